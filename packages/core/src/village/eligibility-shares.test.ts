// What is asked first follows from the village's own people: where nearly all are poor, the decile settles little.
import { expect, test } from 'vitest'
import type { Population } from '../people/index.ts'
import { households } from '../people/index.ts'
import { defineVillage } from './config.ts'
import { nextQuestionFor } from './eligibility-decisions.ts'
import { createShareKeeper } from './eligibility-shares.ts'
import { config, openTestVillage, ricePack, sessionOf } from './fixtures.ts'
import { importPopulation } from './register-changes.ts'

const fact = (name: string, type: object) =>
  ({ name, unit: 'household', type, label: { en: name }, fieldClass: 'internal' }) as never

const [rice] = ricePack.programmes
if (rice === undefined) throw new Error('There is no such programme.')

/** Rice for families of a low decile whose roof leaks. */
const leaking = defineVillage({
  ...config,
  facts: [
    ...config.facts,
    fact('leaks', { kind: 'bool' }),
    fact('income', { kind: 'int', minimum: 0, maximum: 1_000_000 }),
  ],
  packs: [
    {
      ...ricePack,
      programmes: [
        {
          ...rice,
          versions: rice.versions.map((version) => ({
            ...version,
            criteria: {
              id: 'rice',
              label: { en: 'All' },
              all: [
                {
                  id: 'decile',
                  label: { en: 'Low' },
                  when: 'household.welfareDecile <= parameters.decileMax',
                },
                { id: 'leaks', label: { en: 'Leaks' }, when: 'household.leaks' },
              ],
            },
          })),
        },
      ],
    },
  ],
})

/** Families of one, all poor, of whom every tenth roof is sound; of the last nothing is known. */
function families(count: number): Population {
  const known = (name: string, value: unknown) => ({
    ...{ name, value, from: '2026-01-01', to: null, source: 'survey', degree: 'declared' },
  })
  const factsOf = (index: number) => [
    known('welfareDecile', 1),
    known('leaks', index % 10 !== 0),
    known('income', index * 1_000),
  ]
  return {
    areas: [{ key: 'east', kind: 'hamlet', name: 'East' }],
    households: Array.from({ length: count + 1 }, (_, index) => ({
      ...{ key: `h${index}`, kind: 'family', number: `CARD-${index}`, address: '', area: 'east' },
      facts: index < count ? factsOf(index) : [],
    })),
    residents: Array.from({ length: count + 1 }, (_, index) => ({
      ...{ key: `r${index}`, identityNumber: `N-${index}`, name: `Person ${index}`, sex: 'female' },
      ...{ birthDate: '1985-03-12', birthPlace: null, area: 'east' },
      memberships: [{ household: `h${index}`, relationship: 'head' }],
    })),
  } as unknown as Population
}

async function villageOf(count: number) {
  const { village, clock } = openTestVillage(undefined, leaking)
  const secretary = sessionOf(village, 'secretary')
  const { refused } = await secretary.perform(importPopulation, { population: families(count) })
  expect(refused).toEqual([])
  const last = await village.storage.read(config.id, async (tx) => {
    const { records } = await tx.query(households, { where: { number: `CARD-${count}` } })
    return records[0]?.id
  })
  return { village, clock, secretary, last: last as never }
}

test('without shares the decile settles most, and by those of the village the roof does', async () => {
  const few = await villageOf(5)
  // Too few are known: all values count alike.
  expect((await few.secretary.perform(nextQuestionFor, { household: few.last }))?.fact).toBe('welfareDecile')
  const many = await villageOf(100)
  expect((await many.secretary.perform(nextQuestionFor, { household: many.last }))?.fact).toBe('leaks')
})

test('every possible value stays possible, and many values are told by as few as serve', async () => {
  const { village } = await villageOf(200)
  const keeper = createShareKeeper(leaking)
  const shares = await village.storage.read(config.id, (tx) => keeper(tx, village.now()))
  expect(shares('household.leaks')).toEqual([
    { value: true, weight: 181 },
    { value: false, weight: 21 },
  ])
  expect(shares('household.welfareDecile')).toHaveLength(10)
  expect(shares('household.income')?.length).toBe(24)
  expect(shares('household.members[3].sex')).toEqual([
    { value: 'female', weight: 202 },
    { value: 'male', weight: 1 },
  ])
  expect(shares('household.colour')).toBeUndefined()
})

test('they are counted once an hour at most, and anew each day', async () => {
  const { village, clock } = await villageOf(30)
  const keeper = createShareKeeper(leaking)
  const at = (hours: number) => {
    const now = clock.now
    clock.now = now + hours * 60 * 60 * 1000
    const instant = village.now()
    clock.now = now
    return village.storage.read(config.id, (tx) => keeper(tx, instant))
  }
  const first = await at(0)
  expect(await at(0.9)).toBe(first)
  const second = await at(1.1)
  expect(second).not.toBe(first)
  expect(await at(24)).not.toBe(second)
})
