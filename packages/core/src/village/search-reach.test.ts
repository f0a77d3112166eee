// A search by a name or a number finds only those whom it may name: a child who stands masked in the list must not
// be found by typing who they might be.
import { describe, expect, test } from 'vitest'
import { links, peopled, sessionOf, withRole } from './fixtures.ts'
import { searchResidents } from './register.ts'
import { saveResidentRecord } from './register-changes.ts'
import { Grant } from './roles.ts'

async function found(grants: readonly unknown[], text: string, hamlets: readonly string[] = []) {
  const role = { id: 'clerk', label: { en: 'Clerk' }, grants: grants.map((grant) => Grant.parse(grant)) }
  const { village, ids } = await peopled(withRole(role))
  const before = await links(village)
  const clerk = sessionOf(village, 'clerk', { hamlets: hamlets.map((name) => ids[name] ?? '') })
  const page = await clerk.perform(searchResidents, { text })
  const { reads } = await links(village)
  expect(page.count).toBe(page.residents.length)
  return { names: page.residents.map(({ name }) => name), noted: reads - before.reads }
}

const read = { scope: 'resident.read' }
const personal = { ...read, shows: 'personal' }
const nobody = { names: [], noted: 0 }

describe('a child', () => {
  test.each([['budi'], ['budi puspita'], ['N-2']])(
    'is not found by %s where personal fields alone are shown',
    async (text) => {
      expect(await found([personal], text)).toEqual(nobody)
      expect(await found([{ ...personal, reach: 'hamlets' }], text, ['East'])).toEqual(nobody)
    },
  )

  test('is found by whoever may see children, and in the list stands without a name', async () => {
    expect(await found([{ ...read, shows: 'specific' }], 'budi')).toEqual({
      names: ['Budi Puspita'],
      noted: 1,
    })
    expect((await found([personal], '')).names).toEqual(['•••', 'Darto Wibowo', 'Sari Puspita'])
  })

  test('is listed without a name on a card whose number may be seen', async () => {
    expect((await found([personal], 'CARD-1')).names).toEqual(['•••', 'Sari Puspita'])
    expect(await found([read], 'CARD-1')).toEqual(nobody)
  })
})

describe('anybody', () => {
  test('is found by name or number where these may be seen, and else not', async () => {
    expect(await found([personal], 'puspita')).toEqual({ names: ['Sari Puspita'], noted: 1 })
    expect(await found([personal], 'N-1')).toEqual({ names: ['Sari Puspita'], noted: 1 })
    expect(await found([read], 'puspita')).toEqual(nobody)
    expect(await found([read], 'N-1')).toEqual(nobody)
    expect((await found([read], '')).names).toEqual(['•••', '•••', '•••'])
  })

  test('is judged by the hamlet that they live in, where grants differ', async () => {
    const grants = [read, { ...personal, reach: 'hamlets' }]
    expect((await found(grants, 'darto', ['West'])).names).toEqual(['Darto Wibowo'])
    expect(await found(grants, 'darto', ['East'])).toEqual(nobody)
    const wide = [personal, { ...read, shows: 'specific', reach: 'hamlets' }]
    expect((await found(wide, 'puspita', ['East'])).names).toEqual(['Budi Puspita', 'Sari Puspita'])
    expect((await found(wide, 'puspita', ['West'])).names).toEqual(['Sari Puspita'])
    expect((await found(wide, 'N-3', ['East'])).names).toEqual(['Darto Wibowo'])
  })
})

test.each([
  ['2008-11-24', true],
  ['2008-11-25', false],
])('whoever was born on %s is of age on 24 November 2026: %s', async (birthDate, isGrown) => {
  const role = { id: 'clerk', label: { en: 'Clerk' }, grants: [Grant.parse(personal)] }
  const { village } = await peopled(withRole(role))
  const wati = { name: 'Wati', sex: 'female', birthPlace: null, identityNumber: null, temporaryNumber: null }
  const since = { birthDate, status: 'present', statusSince: birthDate, area: null }
  await sessionOf(village, 'secretary').perform(saveResidentRecord, { ...wati, ...since } as never)
  const page = await sessionOf(village, 'clerk').perform(searchResidents, { text: 'wati' })
  expect(page.count).toBe(isGrown ? 1 : 0)
})

test('where a page ends is told by an id, and never by a name', async () => {
  const { village, ids } = await peopled(
    withRole({ id: 'clerk', label: { en: 'Clerk' }, grants: [Grant.parse(personal)] }),
  )
  const clerk = sessionOf(village, 'clerk')
  const first = await clerk.perform(searchResidents, { limit: 1 })
  expect(first.next).toBe(ids['N-2'])
  const rest = await clerk.perform(searchResidents, { limit: 5, after: first.next ?? '' })
  expect(rest.residents.map(({ name }) => name)).toEqual(['Darto Wibowo', 'Sari Puspita'])
  expect(rest.count).toBe(3)
})
