import { expect, test } from 'vitest'
import { checkFacts } from './check-facts.ts'
import type { FactType } from './fact-types.ts'

const types: Readonly<Record<string, FactType>> = {
  household: {
    kind: 'record',
    facts: {
      income: { kind: 'money', minimum: 0, maximum: 1000, promised: true, known: false },
      village: { kind: 'text', known: true },
      tenure: { kind: 'enum', values: ['owned', 'né'], known: false },
      birth: { kind: 'date', promised: false, known: false },
      members: {
        kind: 'list',
        itemsMax: 2,
        known: false,
        item: { kind: 'record', facts: { isHead: { kind: 'bool', known: false } } },
      },
    },
  },
}

function checked(household: unknown) {
  return checkFacts(types, { household })
}

function refusalsOf(household: unknown): string[] {
  const result = checked(household)
  return result.ok ? [] : result.refusals.map(({ code, path }) => `${code} ${path}`)
}

test('text is NFC-normalised at the door, labels too; a bigint becomes a number, and zero loses its sign', () => {
  const given = { village: 'e\u0301', tenure: 'ne\u0301', income: 0n, other: 1 }
  expect(checked(given)).toMatchObject({
    ok: true,
    facts: { household: { village: 'é', tenure: 'né', income: 0, birth: null, members: null } },
  })
  const zero = checked({ village: '', income: -0 })
  expect(JSON.stringify(zero)).toContain('"income":0')
})

test('a date that does not exist is an unknown fact', () => {
  expect(checked({ village: '', birth: '2023-02-29' })).toMatchObject({
    facts: { household: { birth: null } },
  })
})

test('out of range and of a wrong type are refused, with the path, all at once', () => {
  const members = [{ isHead: 'yes' }, 7]
  expect(refusalsOf({ income: 1001, tenure: 'rented', birth: 20_240_101, members })).toEqual([
    'facts/out-of-range household.income',
    'facts/missing household.village',
    'facts/unknown-label household.tenure',
    'facts/type household.birth',
    'facts/type household.members[0].isHead',
    'facts/type household.members[1]',
  ])
  expect(refusalsOf({ village: 'a\0', income: 2n ** 70n })).toEqual([
    'facts/out-of-range household.income',
    'facts/invalid-text household.village',
  ])
  expect(refusalsOf({ village: '\ud800', income: 0.5 })).toHaveLength(2)
  expect(refusalsOf(null)).toEqual(['facts/missing household.village'])
})

test('a longer list is refused at the door, complete or not', () => {
  expect(refusalsOf({ village: '', members: [{}, {}, {}] })).toEqual([
    'facts/list-too-long household.members',
  ])
  const incomplete = { items: [{}, {}, {}], complete: false }
  expect(refusalsOf({ village: '', members: incomplete })).toEqual(['facts/list-too-long household.members'])
  expect(refusalsOf({ village: '', members: { items: [{}], complete: false } })).toEqual([])
})

test('names that every object inherits are no facts', () => {
  const named = Object.fromEntries<FactType>([['constructor', { kind: 'text', known: false }]])
  expect(checkFacts(named, {})).toMatchObject({ ok: true, facts: { constructor: null } })
})
