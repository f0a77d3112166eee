import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { nextQuestion, type QuestionOptions } from './next-question.ts'
import { allOf, packOf, programme, version } from './pack.fixtures.ts'
import type { ProgrammeInput } from './programme.ts'

// The goal: what is asked next settles most, and what cannot matter any more is never asked.

const on = parseCivilDate('2026-06-15')

function rules(id: string, ...texts: readonly string[]): ProgrammeInput {
  return programme({ id, versions: [version({ criteria: allOf(...texts) })] })
}

function asked(programmes: readonly ProgrammeInput[], options: Partial<QuestionOptions> = {}) {
  return nextQuestion(packOf(...programmes), { on, household: { members: [] }, ...options })
}

test('the fact that settles most often comes first', () => {
  // Four of ten deciles leave it open, and one of two answers about the roof.
  expect(asked([rules('a', 'household.leaks', 'household.decile <= 4')])).toEqual({
    path: 'household.decile',
    settles: 0.6,
  })
})

test('over several programmes the one that settles most of them', () => {
  const programmes = [
    rules('a', 'household.leaks', 'household.decile <= 4'),
    rules('b', 'household.leaks'),
    rules('c', '!household.leaks'),
  ]
  expect(asked(programmes)).toEqual({ path: 'household.leaks', settles: 2.5 })
  expect(asked(programmes, { programmes: ['a'] })?.path).toBe('household.decile')
})

test('of questions that settle equally much, the one that leaves the fewest open', () => {
  // None settles it alone, but one answer about the roof makes the rooms idle.
  const roof = 'household.leaks ? household.decile + household.rooms < 9 : household.decile < 3'
  expect(asked([rules('a', roof)])).toEqual({ path: 'household.leaks', settles: 0 })
})

test('what nobody is expected to answer comes after all that somebody is', () => {
  const expectationOf = (path: string) => (path === 'household.decile' ? [] : undefined)
  expect(asked([rules('a', 'household.decile + household.rooms < 9')], { expectationOf })?.path).toBe(
    'household.rooms',
  )
})

test('what is known of a population counts: nearly all of it is poor here', () => {
  const expectationOf = (path: string) =>
    path === 'household.decile'
      ? [
          { value: 1, weight: 98 },
          { value: 9, weight: 2 },
        ]
      : undefined
  expect(asked([rules('a', 'household.leaks', 'household.decile <= 4')], { expectationOf })).toEqual({
    path: 'household.leaks',
    settles: 0.5,
  })
})

test('what is settled is not asked about, nor what no longer matters', () => {
  const programmes = [rules('a', 'household.leaks', 'household.rooms < 3')]
  expect(asked(programmes, { household: { leaks: false } })).toBe(null)
  expect(asked(programmes, { household: { leaks: true } })?.path).toBe('household.rooms')
  expect(asked(programmes, { household: { leaks: true, rooms: 1 } })).toBe(null)
})

test('who belongs to a household is asked before anything about them', () => {
  const programmes = [rules('a', 'household.members.exists(m, m.pupil)')]
  expect(asked(programmes, { household: null })?.path).toBe('household.members')
  expect(asked(programmes, { household: { members: [{}, { pupil: true }] } })).toBe(null)
  expect(asked(programmes, { household: { members: [{}, {}] } })?.path).toBe('household.members[0].pupil')
})

test('a programme of residents is asked about for the one who stands there', () => {
  const pupils: ProgrammeInput = {
    ...rules('pupils', 'resident.pupil'),
    unit: 'resident',
  }
  const household = { members: [{}, {}] }
  expect(asked([pupils], { household })).toBe(null)
  expect(asked([pupils], { household, member: 1 })?.path).toBe('household.members[1].pupil')
})

test('what is not in force is not asked about', () => {
  const later = programme({ versions: [version({ from: parseCivilDate('2027-01-01') })] })
  expect(asked([later])).toBe(null)
})
