import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { programmeOf, programmeOn } from './decide.ts'
import { label, packOf, programme, version } from './pack.fixtures.ts'
import { rank, rankKeysOf } from './rank.ts'

// The goal: who is served follows from the stated order alone, and where only chance would decide, that is said.

const unit = (id: string, ...keys: readonly (number | null)[]) => ({ id, keys, costMinor: 10 })
const ids = (places: readonly { readonly unit: { readonly id: string } }[]) =>
  places.map((each) => each.unit.id)

test('each key has its own direction, and a later one decides among equals', () => {
  const units = [unit('a', 2, 1), unit('b', 1, 1), unit('c', 1, 5)]
  expect(ids(rank(units, ['ascending', 'descending']).served)).toEqual(['c', 'b', 'a'])
})

test('what is not known comes last, in both directions', () => {
  const units = [unit('a', null), unit('b', 1), unit('c', 3)]
  expect(ids(rank(units, ['ascending']).served)).toEqual(['b', 'c', 'a'])
  expect(ids(rank(units, ['descending']).served)).toEqual(['c', 'b', 'a'])
})

test('equal units share a rank, and the next has that of its place', () => {
  const { served } = rank([unit('c', 1), unit('b', 1), unit('a', 2)], ['ascending'])
  expect(served.map((place) => [place.unit.id, place.rank])).toEqual([
    ['b', 1],
    ['c', 1],
    ['a', 3],
  ])
})

test('a quota ends the list, and the others wait in their order', () => {
  const units = [unit('a', 3), unit('b', 1), unit('c', 2)]
  const ranking = rank(units, ['ascending'], { units: 2 })
  expect(ranking).toMatchObject({ limit: 'quota', spentMinor: 20, tiedAtLine: [] })
  expect(ids(ranking.served)).toEqual(['b', 'c'])
  expect(ids(ranking.waiting)).toEqual(['a'])
  expect(rank(units, ['ascending'], { units: 3 }).limit).toBe(null)
})

test('a tie across the line is named in full, and one beside it is not', () => {
  const units = [unit('a', 1), unit('d', 2), unit('c', 2), unit('b', 2), unit('e', 3)]
  expect(rank(units, ['ascending'], { units: 2 }).tiedAtLine).toEqual(['b', 'c', 'd'])
  expect(rank(units, ['ascending'], { units: 4 }).tiedAtLine).toEqual([])
})

test('nobody overtakes one for whom the budget does not suffice', () => {
  const units = [
    { id: 'a', keys: [1], costMinor: 60 },
    { id: 'b', keys: [2], costMinor: 50 },
    { id: 'c', keys: [3], costMinor: 10 },
  ]
  const ranking = rank(units, ['ascending'], { budgetMinor: 100 })
  expect(ranking).toMatchObject({ limit: 'budget', spentMinor: 60 })
  expect(ids(ranking.waiting)).toEqual(['b', 'c'])
  expect(rank(units, ['ascending'], { budgetMinor: 120 }).limit).toBe(null)
})

test('under a budget a cost that is not known ends the list; under a quota it does not', () => {
  const units = [{ id: 'a', keys: [1], costMinor: null }, unit('b', 2)]
  expect(rank(units, ['ascending'], { budgetMinor: 100 })).toMatchObject({
    limit: 'unknown-cost',
    served: [],
    spentMinor: 0,
  })
  expect(rank(units, ['ascending'], { units: 2 }).limit).toBe(null)
})

test('the order in which units come does not count', () => {
  const units = fc.uniqueArray(
    fc.record({
      id: fc.string({ maxLength: 3 }),
      keys: fc.array(fc.constantFrom(null, 1, 2, 3), { minLength: 2, maxLength: 2 }),
      costMinor: fc.constantFrom(null, 10, 20),
    }),
    { selector: ({ id }) => id },
  )
  fc.assert(
    fc.property(units, fc.nat(6), (given, places) => {
      const limits = { units: places, budgetMinor: 60 }
      const forwards = rank(given, ['ascending', 'descending'], limits)
      const backwards = rank(given.toReversed(), ['ascending', 'descending'], limits)
      expect(forwards).toEqual(backwards)
      expect(forwards.served.length + forwards.waiting.length).toBe(given.length)
      expect(forwards.served.length).toBeLessThanOrEqual(places)
      expect(forwards.spentMinor).toBeLessThanOrEqual(60)
    }),
  )
})

test('keys are those of the programme, for a household or one of its members', () => {
  const on = parseCivilDate('2026-06-15')
  const by = (text: string) => ({ label: label('x'), by: text, order: 'ascending' as const })
  const ranking = [by('household.decile'), by('0 - resident.distance')]
  const pack = packOf(programme({ unit: 'resident', versions: [version({ ranking })] }))
  const inForce = programmeOn(programmeOf(pack, 'roof'), on)
  if (inForce === undefined) throw new Error('not in force')
  const household = { decile: 3, members: [{}, { distance: 4 }] }
  expect(rankKeysOf(inForce, { household, member: 1 }, on)).toEqual([3, -4])
  expect(rankKeysOf(inForce, { household, member: 0 }, on)).toEqual([3, null])
})
