// Personal data are read for a purpose that the village knows, and a fact tells how its value is to be read.
import { expect, test } from 'vitest'
import { defineVillage } from './config.ts'
import { config, links, peopled, sessionOf } from './fixtures.ts'
import { glance } from './glance.ts'
import { showResidentNumbers } from './numbers.ts'
import { listDuplicates, readsOfResident } from './oversight.ts'
import { readHousehold, readResident, searchResidents } from './register.ts'
import { recordDatedFact, saveResidentRecord } from './register-changes.ts'

test('a purpose that the village does not know is refused, also where a role has none of its own', async () => {
  const { village } = await peopled()
  const before = await links(village)
  const refused = { code: 'village/forbidden', details: { reason: 'purpose' } }
  const secretary = sessionOf(village, 'secretary', { purpose: 'curiosity' })
  await expect(secretary.perform(searchResidents, {})).rejects.toMatchObject(refused)
  const visitor = sessionOf(village, 'visitor', { purpose: 'curiosity' })
  await expect(visitor.perform(glance, {})).rejects.toMatchObject(refused)
  expect(await links(village)).toEqual(before)
})

const number = { minimum: 0, maximum: 1_000_000 }
const label = { en: 'Of a resident' }
const withFacts = defineVillage({
  ...config,
  facts: [
    ...config.facts,
    {
      name: 'height',
      unit: 'resident',
      type: { kind: 'decimal', scale: 2, ...number },
      label,
      fieldClass: 'internal',
    },
    { name: 'income', unit: 'resident', type: { kind: 'money', ...number }, label, fieldClass: 'internal' },
    { name: 'visits', unit: 'resident', type: { kind: 'int', ...number }, label, fieldClass: 'internal' },
  ],
})

async function told(subject: string) {
  const { village, ids } = await peopled(withFacts)
  const secretary = sessionOf(village, 'secretary')
  for (const [name, value] of [
    ['height', '1.5'],
    ['income', 150],
    ['visits', 150],
  ]) {
    const fact = { unit: 'resident', subject: ids[subject], name, value, from: null, to: null } as never
    const saved = await secretary.perform(recordDatedFact, {
      ...(fact as object),
      source: 'survey',
      degree: 'declared',
    } as never)
    expect(saved.ok).toBe(true)
  }
  return { village, ids, secretary }
}

test('a decimal and a sum of money say where the point stands', async () => {
  const { secretary, ids } = await told('N-1')
  const { facts } = await secretary.perform(readResident, { id: ids['N-1'] as never })
  expect(facts.map(({ name, value, kind, scale }) => [name, value, kind, scale])).toEqual([
    ['height', 150, 'decimal', 2],
    ['income', 150, 'money', 2],
    ['visits', 150, 'int', 0],
  ])
})

test('a number among the facts stands masked until it is opened on purpose, which is a read of its own', async () => {
  const { village, ids } = await peopled(
    defineVillage({
      ...config,
      facts: [
        ...config.facts,
        {
          name: 'numberOfMother',
          unit: 'resident',
          type: { kind: 'text' },
          label,
          fieldClass: 'personal',
          isIdentifying: true,
        },
      ],
    }),
  )
  const secretary = sessionOf(village, 'secretary')
  const id = ids['N-1'] as never
  const about = { unit: 'resident', subject: id, name: 'numberOfMother', value: '9999-TEST-0001' } as const
  const dated = { from: null, to: null, source: 'card', degree: 'declared' } as const
  expect(await secretary.perform(recordDatedFact, { ...about, ...dated })).toMatchObject({ ok: true })
  const { facts } = await secretary.perform(readResident, { id })
  expect(facts.map(({ value }) => value)).toEqual(['99••••••••0001'])
  const opened = await secretary.perform(showResidentNumbers, { id })
  expect(opened.facts.map(({ value }) => value)).toEqual(['9999-TEST-0001'])
  const { reads } = await secretary.perform(readsOfResident, { resident: id })
  expect(reads.map(({ useCase }) => useCase)).toEqual(['resident.show-numbers', 'resident.read'])
})

test('every fact of a child is specific, whatever the config says', async () => {
  const { village, ids, secretary } = await told('N-2')
  const id = ids['N-2'] as never
  const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
  expect((await head.perform(readResident, { id })).facts).toEqual([])
  expect((await secretary.perform(readResident, { id })).facts.length).toBe(3)
})

test('reading a household is noted for each of its members, and reading likely duplicates for both', async () => {
  const { village, ids } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const readsOf = async (number: string) => {
    const { reads } = await secretary.perform(readsOfResident, { resident: ids[number] as never })
    return reads.map(({ useCase }) => useCase)
  }
  await secretary.perform(readHousehold, { id: ids['CARD-1'] as never })
  expect([await readsOf('N-1'), await readsOf('N-2'), await readsOf('N-3')]).toEqual([
    ['household.read'],
    ['household.read'],
    [],
  ])
  const twin = {
    identityNumber: null,
    temporaryNumber: null,
    name: 'Darto Wibowo',
    sex: 'male',
    birthDate: '1968-07-01',
    birthPlace: null,
    status: 'present',
    statusSince: '1968-07-01',
    area: ids['West'],
  } as never
  await secretary.perform(saveResidentRecord, twin)
  expect((await secretary.perform(listDuplicates, {})).count).toBe(1)
  expect(await readsOf('N-3')).toEqual(['duplicate.list'])
})
