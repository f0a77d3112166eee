import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { allOf, label, packOf, programme, version } from './pack.fixtures.ts'
import type { ProgrammeInput } from './programme.ts'
import { testPack } from './test-pack.ts'

// The goal: a sentence in a pack passes only if the rules say what it says.

const on = parseCivilDate('2026-06-15')

function resultOf(
  sentence: Omit<NonNullable<ProgrammeInput['tests']>[number], 'it' | 'on'>,
  given: Partial<ProgrammeInput> = {},
) {
  return testPack(packOf(programme({ ...given, tests: [{ it: label('It is so'), on, ...sentence }] })))[0]
}

test('a sentence that holds passes', () => {
  expect(resultOf({ household: { leaks: true }, expect: { outcome: 'eligible' } })).toEqual({
    programme: 'roof',
    it: label('It is so'),
    passed: true,
    differences: [],
  })
})

test('every part of a sentence that does not hold is told', () => {
  const claims = { outcome: 'eligible', missing: ['household.rooms'], benefit: 5 } as const
  expect(resultOf({ household: {}, expect: claims })).toMatchObject({
    passed: false,
    differences: [
      { what: 'outcome', expected: 'eligible', actual: 'undetermined' },
      { what: 'missing', expected: ['household.rooms'], actual: ['household.leaks'] },
      { what: 'benefit', expected: 5, actual: null },
    ],
  })
})

test('a sentence may say that no version is in force', () => {
  const versions = [version({ from: parseCivilDate('2027-01-01') })]
  expect(resultOf({ household: {}, expect: { outcome: null } }, { versions })?.passed).toBe(true)
  expect(resultOf({ household: {}, expect: { outcome: null } })?.passed).toBe(false)
})

test('facts are written as people write them: a decimal with its point, money as text', () => {
  const versions = [version({ criteria: allOf('resident.fieldArea > 2.4', 'household.income == 5') })]
  const household = { income: '5', members: [{ fieldArea: 2.5 }] }
  const sentence = { household, member: 0, expect: { outcome: 'eligible' } } as const
  expect(resultOf(sentence, { unit: 'resident', versions })).toMatchObject({ differences: [] })
})
