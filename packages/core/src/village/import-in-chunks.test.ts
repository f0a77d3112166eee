// A large population comes in a part at a time, with the same outcome as all at once, and survives being cut short.
import { expect, test } from 'vitest'
import { CivilDate } from '../kernel/index.ts'
import { chunksOfPopulation, households, memberships, type Population, residents } from '../people/index.ts'
import { config, openTestVillage, sessionOf } from './fixtures.ts'
import { importInChunks } from './import-in-chunks.ts'
import { auditLog } from './records.ts'
import { importPopulation } from './register-changes.ts'
import type { Village } from './village.ts'

/** Families of three in two hamlets; every tenth has a second household, every seventh a child without a number. */
function families(count: number): Population {
  const homes = Array.from({ length: count }, (_, index) => [
    { key: `h${index}`, kind: 'family', number: `CARD-${index}`, address: 'Mill lane', area: areaOf(index) },
    ...(index % 10 === 0
      ? [{ key: `d${index}`, kind: 'dwelling', number: null, address: 'Mill lane', area: areaOf(index) }]
      : []),
  ]).flat() as unknown as Population['households']
  const people = Array.from({ length: count }, (_, index) =>
    ['head', 'spouse', 'child'].map((relationship, member): Population['residents'][number] => {
      const key = `${index}.${member}`
      const isUnnumbered = index % 7 === 0 && member === 2
      return {
        key,
        identityNumber: isUnnumbered ? null : `N-${key}`,
        name: isUnnumbered ? 'Sari' : `Sari ${key}`,
        sex: 'female',
        birthDate: CivilDate.parse(`2001-01-${String(1 + (Math.floor(index / 7) % 28)).padStart(2, '0')}`),
        birthPlace: isUnnumbered ? `Place ${index}` : null,
        area: areaOf(index),
        memberships: [
          { household: `h${index}`, relationship },
          // Two families of one dwelling.
          ...(index % 10 < 2 ? [{ household: `d${index - (index % 10)}`, relationship: 'member' }] : []),
        ],
      }
    }),
  ).flat()
  const areas = [
    { key: 'a0', kind: 'hamlet', name: 'East' },
    { key: 'a1', kind: 'hamlet', name: 'West' },
    { key: 'r', parent: 'a1', kind: 'neighbourhood', name: '1' },
    { key: 'none', kind: 'hamlet', name: 'Empty' },
  ] as const
  return { areas, households: homes, residents: people }
}

function areaOf(index: number): string {
  return index % 3 === 0 ? 'r' : 'a0'
}

/** What the register holds, by what stands for it outside. */
async function registerOf({ storage }: Village): Promise<readonly string[]> {
  return await storage.read(config.id, async (tx) => {
    const names = new Map<string, string>()
    const lines: string[] = []
    for await (const { id, name, identityNumber, birthPlace } of tx.stream(residents))
      names.set(id, `${name} ${identityNumber} ${birthPlace}`)
    for await (const { id, kind, number, address } of tx.stream(households))
      names.set(id, `${kind} ${number} ${address}`)
    for await (const { household, resident, relationship } of tx.stream(memberships))
      lines.push(`${names.get(resident)}: ${relationship} of ${names.get(household)}`)
    return [...names.values(), ...lines].toSorted()
  })
}

const population = families(60)

test('parts hold every household and person once, and nobody without their household', () => {
  for (const size of [1, 10, 50, 1000]) {
    const chunks = chunksOfPopulation(population, size)
    const keys = (of: 'residents' | 'households') =>
      chunks.flatMap((c) => c[of].map(({ key }) => key)).toSorted()
    expect(keys('residents')).toEqual(population.residents.map(({ key }) => key).toSorted())
    expect(keys('households')).toEqual(population.households.map(({ key }) => key).toSorted())
    for (const { areas, households: homes, residents: people } of chunks) {
      const present = new Set(homes.map(({ key }) => key))
      const known = new Set<string>(areas.map(({ key }) => key))
      for (const { memberships: held, area } of people) {
        expect(held.every(({ household }) => present.has(household))).toBe(true)
        expect(known.has(area ?? '')).toBe(true)
      }
    }
  }
})

test('comes to the same register and report as all at once, each part with its audit link', async () => {
  const whole = openTestVillage().village
  const expected = await sessionOf(whole, 'secretary').perform(importPopulation, { population })
  const { village } = openTestVillage()
  const told: number[] = []
  const report = await importInChunks(sessionOf(village, 'secretary'), population, {
    peoplePerChunk: 20,
    onProgress: ({ done, total }) => {
      expect(total).toBe(180)
      told.push(done)
    },
  })
  expect(report).toEqual(expected)
  expect(await registerOf(village)).toEqual(await registerOf(whole))
  expect(told.length).toBeGreaterThan(4)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect([told[0], told.at(-1)]).toEqual([0, 180])
  const head = await village.storage.read(config.id, (tx) => tx.head(auditLog, 'village'))
  expect(head?.seq).toBe(told.length - 1)
})

test('cut short anywhere, the same import goes on and adds nothing twice', async () => {
  const whole = openTestVillage().village
  await sessionOf(whole, 'secretary').perform(importPopulation, { population })
  const expected = await registerOf(whole)
  for (const stopAfter of [1, 2, 4]) {
    const { village } = openTestVillage()
    const session = sessionOf(village, 'secretary')
    let chunks = 0
    const killed = importInChunks(session, population, {
      peoplePerChunk: 20,
      between: async () => {
        chunks += 1
        if (chunks === stopAfter) throw new Error('killed')
      },
    })
    await expect(killed).rejects.toThrow('killed')
    expect((await registerOf(village)).length).toBeLessThan(expected.length)
    await importInChunks(session, population, { peoplePerChunk: 20 })
    expect(await registerOf(village)).toEqual(expected)
    const again = await importInChunks(session, population, { peoplePerChunk: 20 })
    expect(again).toMatchObject({
      added: { residents: 0, memberships: 0 },
      changed: { residents: 0 },
      refused: [],
    })
  }
})

test('one person in the future refuses the whole, and nothing is written', async () => {
  const { village } = openTestVillage()
  const late = population.residents.map((person, index) =>
    index === 170 ? { ...person, birthDate: CivilDate.parse('2099-01-01') } : person,
  )
  const report = await importInChunks(sessionOf(village, 'secretary'), { ...population, residents: late })
  expect(report.refused.map(({ refusal }) => refusal.code)).toEqual(['people/in-the-future'])
  expect(await registerOf(village)).toEqual([])
  expect(await village.changes()).toBe(0)
})

test('a record that breaks its schema refuses the whole before anything is written', async () => {
  const { village } = openTestVillage()
  const long = population.residents.map((person, index) =>
    index === 170 ? { ...person, birthPlace: 'x'.repeat(5000) } : person,
  )
  const imported = importInChunks(sessionOf(village, 'secretary'), { ...population, residents: long })
  await expect(imported).rejects.toMatchObject({ code: 'storage/invalid-record' })
  expect(await village.changes()).toBe(0)
})

test('what somebody else changes meanwhile ends it with what was done, and says so', async () => {
  const { village } = openTestVillage()
  const session = sessionOf(village, 'secretary')
  const other: Population = {
    areas: [],
    households: [{ key: 'x', kind: 'family', number: 'OTHER', address: 'Ridge' }],
    residents: population.residents
      .filter(({ key }) => key === '59.0')
      .map((person) => {
        const { area: _, ...rest } = person
        return { ...rest, memberships: [{ household: 'x', relationship: 'head' }] }
      }),
  }
  let isFirst = true
  const imported = importInChunks(session, population, {
    peoplePerChunk: 20,
    between: async () => {
      if (isFirst) await session.perform(importPopulation, { population: other })
      isFirst = false
    },
  })
  await expect(imported).rejects.toMatchObject({ code: 'village/import-overtaken', details: { total: 180 } })
})

test('a role that may not import is refused before anything is read', async () => {
  const { village } = openTestVillage()
  const imported = importInChunks(sessionOf(village, 'visitor'), population)
  await expect(imported).rejects.toMatchObject({ code: 'village/forbidden' })
})
