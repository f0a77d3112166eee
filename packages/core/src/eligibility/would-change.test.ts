import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { allOf, packOf, programme, version } from './pack.fixtures.ts'
import type { ProgrammeVersion } from './programme.ts'
import { wouldChange } from './would-change.ts'

// The goal (semantics 9): the smallest sets of changes that a person can bring about, and never a change of anything else.

const on = parseCivilDate('2026-06-15')

function changesOf(
  criteria: ProgrammeVersion['criteria'],
  changeable: readonly string[],
  question: Partial<Parameters<typeof wouldChange>[1]>,
) {
  const unit = question.member === undefined ? 'household' : 'resident'
  const pack = packOf(programme({ unit, versions: [version({ criteria, changeable })] }))
  const sets = wouldChange(pack, { programme: 'roof', on, household: {}, ...question })
  return sets.map((set) => set.map(({ path, to }) => `${path.replace('household.', '')} = ${to}`).join(', '))
}

const everything = ['household.leaks', 'household.rooms', 'household.decile', 'household.income']

test('a number moves to the nearest value that satisfies, across its threshold', () => {
  expect(changesOf(allOf('household.rooms <= 30'), everything, { household: { rooms: 500 } })).toEqual([
    'rooms = 30',
  ])
  expect(changesOf(allOf('household.rooms > 30'), everything, { household: { rooms: 3 } })).toEqual([
    'rooms = 31',
  ])
  expect(changesOf(allOf('household.decile in [2, 4, 9]'), everything, { household: { decile: 6 } })).toEqual(
    ['decile = 4'],
  )
})

test('a date moves to the nearest day', () => {
  const rule = "household.movedIn < date('2020-01-01') || household.movedIn > date('2024-01-01')"
  const from = (movedIn: string) => changesOf(allOf(rule), ['household.movedIn'], { household: { movedIn } })
  expect(from('2020-03-01')).toEqual(['movedIn = 2019-12-31'])
  expect(from('2023-12-01')).toEqual(['movedIn = 2024-01-02'])
})

test('only what is declared changeable changes', () => {
  const criteria = allOf('household.leaks', 'household.rooms < 3')
  const household = { leaks: false, rooms: 5 }
  expect(changesOf(criteria, ['household.rooms'], { household })).toEqual([])
  expect(changesOf(criteria, [], { household })).toEqual([])
  expect(changesOf(criteria, everything, { household })).toEqual(['leaks = true, rooms = 2'])
})

test('the smallest sets come first, none of them within another, then by path', () => {
  const { all, ...named } = allOf('household.leaks', 'household.rooms < 3 && household.decile < 5')
  expect(
    changesOf({ ...named, any: all }, everything, { household: { leaks: false, rooms: 5, decile: 9 } }),
  ).toEqual(['leaks = true', 'decile = 4, rooms = 2'])
})

test('at most three sets are told', () => {
  const { all, ...named } = allOf(
    'household.leaks',
    'household.rooms < 3',
    'household.decile < 5',
    'household.income < 100',
  )
  const household = { leaks: false, rooms: 5, decile: 9, income: 100 }
  expect(changesOf({ ...named, any: all }, everything, { household })).toEqual([
    'decile = 4',
    'income = 99',
    'leaks = true',
  ])
})

test('who is eligible already needs no change, and where nothing helps there is none', () => {
  expect(changesOf(allOf('household.leaks'), everything, { household: { leaks: true } })).toEqual([])
  const never = allOf('household.leaks && !household.leaks')
  expect(changesOf(never, everything, { household: { leaks: true } })).toEqual([])
})

test('a fact that is not known may turn out to satisfy', () => {
  const pack = packOf(
    programme({
      versions: [version({ criteria: allOf('household.leaks'), changeable: ['household.leaks'] })],
    }),
  )
  expect(wouldChange(pack, { programme: 'roof', on, household: null })).toEqual([
    [{ path: 'household.leaks', from: null, to: true }],
  ])
})

test('a fact of each member stands for every one of them, and that of the resident for one', () => {
  const household = { members: [{ pupil: false }, { pupil: false }] }
  const some = allOf('household.members.exists(m, m.pupil)')
  expect(changesOf(some, ['household.members.pupil'], { household })).toEqual([
    'members[0].pupil = true',
    'members[1].pupil = true',
  ])
  expect(changesOf(allOf('resident.pupil'), ['resident.pupil'], { household, member: 1 })).toEqual([
    'members[1].pupil = true',
  ])
})

test('where no version is in force nothing would change that', () => {
  const versions = [version({ from: parseCivilDate('2027-01-01'), changeable: everything })]
  expect(wouldChange(packOf(programme({ versions })), { programme: 'roof', on, household: {} })).toEqual([])
})
