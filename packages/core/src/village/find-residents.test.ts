import { expect, test } from 'vitest'
import type { Population } from '../people/index.ts'
import { openTestVillage, population, sessionOf } from './fixtures.ts'
import { searchResidents } from './register.ts'
import { importPopulation } from './register-changes.ts'

/** Goal: a search finds, counts and pages the same whoever else is in the register, and by what they may see. */

const names = ['Ana Putri', 'Putri Ana', 'Anaya Putra', 'Ana Sari', 'Budi Ana Putri', 'Putu Anang']

async function searched(named: readonly string[] = names) {
  const { village } = openTestVillage()
  const [one] = population.residents
  if (one === undefined) throw new Error('The fixtures hold nobody.')
  const people: Population = {
    ...population,
    residents: named.map((name, index) => ({
      ...one,
      key: `p${index}`,
      identityNumber: `P-${index}`,
      name,
      area: index % 2 === 0 ? 'east' : 'west',
      memberships: [],
    })),
  }
  const secretary = sessionOf(village, 'secretary')
  await secretary.perform(importPopulation, { population: people })
  const { hamlets } = await secretary.perform(searchResidents, {})
  const areaOf = (name: string) => hamlets.find((hamlet) => hamlet.name === name)?.id ?? ''
  return { village, secretary, areaOf }
}

test.each([
  ['ana', ['Ana Putri', 'Ana Sari', 'Anaya Putra', 'Budi Ana Putri', 'Putri Ana', 'Putu Anang']],
  ['putri ana', ['Ana Putri', 'Budi Ana Putri', 'Putri Ana']],
  ['a put', ['Ana Putri', 'Anaya Putra', 'Budi Ana Putri', 'Putri Ana', 'Putu Anang']],
  ['budi sari', []],
  ['ana ana', ['Ana Putri', 'Ana Sari', 'Anaya Putra', 'Budi Ana Putri', 'Putri Ana', 'Putu Anang']],
])('%s finds those who have each word, by name', async (text, expected) => {
  const { secretary } = await searched()
  const found = await secretary.perform(searchResidents, { text })
  expect(found.residents.map(({ name }) => name)).toEqual(expected)
  expect(found.count).toBe(expected.length)
})

test.each([
  ['nuraini', "Nur'aini Hasan"],
  ["nur'aini", "Nur'aini Hasan"],
  ['ahmad', 'H.Ahmad Bria-Nahak'],
  ['h.ahm', 'H.Ahmad Bria-Nahak'],
  ['nahak ahmad', 'H.Ahmad Bria-Nahak'],
])('%s finds %s, whatever stands between its letters', async (text, name) => {
  const { secretary } = await searched(["Nur'aini Hasan", 'H.Ahmad Bria-Nahak', 'Ana Putri'])
  const found = await secretary.perform(searchResidents, { text })
  expect(found.residents.map((resident) => resident.name)).toEqual([name])
})

test('the pages of a search hold everybody once, and each tells how many there are in all', async () => {
  const { secretary } = await searched()
  const seen: unknown[] = []
  let after: string | undefined
  do {
    const more = after === undefined ? {} : { after }
    const page = await secretary.perform(searchResidents, { text: 'ana', limit: 4, ...more })
    expect(page.count).toBe(6)
    seen.push(...page.residents.map(({ name }) => name))
    after = page.next
  } while (after !== undefined)
  expect(seen).toEqual(['Ana Putri', 'Ana Sari', 'Anaya Putra', 'Budi Ana Putri', 'Putri Ana', 'Putu Anang'])
})

test('the place of somebody whom the actor may not find leads to the beginning, and so tells nothing', async () => {
  const { village, secretary, areaOf } = await searched()
  const head = sessionOf(village, 'hamlet-head', { hamlets: [areaOf('East')] })
  const own = ['Ana Putri', 'Anaya Putra', 'Budi Ana Putri']
  const everybody = await secretary.perform(searchResidents, { text: 'ana' })
  const foreign = everybody.residents.find(({ name }) => name === 'Putri Ana')?.id ?? ''
  const page = await head.perform(searchResidents, { text: 'ana', after: foreign })
  expect(page.residents.map(({ name }) => name)).toEqual(own)
  expect(page.count).toBe(3)
})

test('what another process adds to the areas is seen by the next read', async () => {
  const { village, secretary } = await searched()
  const { village: other, clock } = openTestVillage(village.storage)
  clock.now += 60_000
  const hamletsOf = async () =>
    (await secretary.perform(searchResidents, {})).hamlets.map(({ name }) => name).toSorted()
  expect(await hamletsOf()).toEqual(['East', 'West'])
  const areas = [{ key: 'north', kind: 'hamlet', name: 'North' }] as const
  const added = { areas, households: [], residents: [] }
  await sessionOf(other, 'secretary').perform(importPopulation, { population: added })
  expect(await hamletsOf()).toEqual(['East', 'North', 'West'])
})
