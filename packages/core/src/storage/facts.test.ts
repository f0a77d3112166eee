import { expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { CivilDate } from '../kernel/index.ts'
import type { FactValue, FactValues } from '../rules/index.ts'
import { defineCollection } from './collection.ts'
import { defineFacts } from './facts.ts'

const households = defineCollection({
  name: 'households',
  schema: z.object({
    id: z.string(),
    decile: z.int().min(1).max(10).nullable(),
    incomeMinor: z.bigint().min(0n).optional(),
    roofShare: z.int().gt(-1).max(10_000),
    water: z.enum(['well', 'pipe']),
    area: z.number(),
  }),
  key: 'id',
  fieldClasses: 'personal',
})
const members = defineCollection({
  name: 'members',
  schema: z.object({
    id: z.string(),
    householdId: z.string(),
    birthDate: CivilDate,
    pregnant: z.boolean().nullable(),
  }),
  key: 'id',
  references: { householdId: households },
  fieldClasses: 'specific',
})
const memberFacts = defineFacts(members, {
  name: 'resident',
  facts: { birthDate: 'birthDate', pregnant: 'pregnant' },
})
const householdFacts = defineFacts(households, {
  name: 'household',
  facts: {
    welfareDecile: 'decile',
    income: { field: 'incomeMinor', as: 'money' },
    roofShare: { field: 'roofShare', as: { decimalScale: 4 } },
    water: 'water',
  },
  lists: { members: { of: memberFacts, by: 'householdId', itemsMax: 3 } },
})

test('types, ranges and what is promised come from the schema', () => {
  expect(householdFacts.type.facts).toEqual({
    welfareDecile: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
    // No CHECK holds an amount below 2^53, so a rule must still check it.
    income: { kind: 'money', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, promised: false, known: false },
    roofShare: { kind: 'decimal', scale: 4, minimum: 0, maximum: 10_000, promised: true, known: true },
    water: { kind: 'enum', values: ['well', 'pipe'], known: true },
    members: { kind: 'list', item: memberFacts.type, itemsMax: 3, known: false },
  })
  expect(memberFacts.type.facts).toEqual({
    birthDate: { kind: 'date', promised: true, known: true },
    pregnant: { kind: 'bool', known: false },
  })
  expect(householdFacts.columns['welfareDecile']?.name).toBe('decile')
})

const home = { id: 'h', decile: null, roofShare: 2500, water: 'well', area: 1 } as const

test('semantics 1: null and an absent fact are both unknown', () => {
  const child = { id: 'c', householdId: 'h', birthDate: CivilDate.parse('2024-02-29'), pregnant: null }
  const values = householdFacts.valuesOf(home, { members: [memberFacts.valuesOf(child)] })
  expect(values).toEqual({
    welfareDecile: null,
    income: null,
    roofShare: 2500,
    water: 'well',
    members: [{ birthDate: '2024-02-29', pregnant: null }],
  })
})

test('semantics 3: "no members" and "members unknown" differ', () => {
  expect(householdFacts.valuesOf(home, { members: [] })['members']).toEqual([])
  expect(householdFacts.valuesOf(home)['members']).toBeNull()
})

test('semantics 6: a bigint is converted at the door, out of range refused', () => {
  expect(householdFacts.valuesOf({ ...home, incomeMinor: 150_000n })['income']).toBe(150_000)
  expect(householdFacts.valuesOf({ ...home, incomeMinor: 2n ** 53n - 1n })['income']).toBe(2 ** 53 - 1)
  expect(() => householdFacts.valuesOf({ ...home, incomeMinor: 2n ** 53n })).toThrow(
    expect.objectContaining({ code: 'facts/out-of-range' }),
  )
})

test('a value beyond what its type promises is refused at the door', () => {
  const wrong: readonly object[] = [
    { decile: 11 },
    { decile: 0 },
    { decile: 1.5 },
    { decile: Number.NaN },
    { roofShare: 10_001 },
    { incomeMinor: -1n },
    { water: 'rain' },
  ]
  for (const part of wrong) {
    const record = { ...home, ...part } as typeof home
    expect(() => householdFacts.valuesOf(record)).toThrow(
      expect.objectContaining({ code: 'facts/out-of-range' }),
    )
  }
  const child = { id: 'c', householdId: 'h', birthDate: '2023-02-29' as CivilDate, pregnant: null }
  expect(() => memberFacts.valuesOf(child)).toThrow(expect.objectContaining({ code: 'facts/out-of-range' }))
})

test('semantics 10: a longer list than declared is refused at the door', () => {
  expect(() => householdFacts.valuesOf(home, { members: [{}, {}, {}, {}] })).toThrow(
    expect.objectContaining({ code: 'facts/list-too-long' }),
  )
})

test('what no rule can read is refused when it is declared', () => {
  const invalid = expect.objectContaining({ code: 'facts/invalid-definition' })
  const declare =
    (facts: Record<string, Parameters<typeof defineFacts<typeof households>>[1]['facts'][string]>) => () =>
      defineFacts(households, { name: 'household', facts })
  expect(declare({ area: 'area' })).toThrow(invalid)
  expect(declare({ nobody: 'nobody' as 'area' })).toThrow(invalid)
  expect(declare({ water: { field: 'water', as: 'money' } })).toThrow(invalid)
  expect(declare({ roof: { field: 'roofShare', as: { decimalScale: 10 } } })).toThrow(invalid)
  for (const name of ['__proto__', '', 'a b', '1st', 'a.b']) {
    expect(declare(Object.fromEntries([[name, 'water']]))).toThrow(invalid)
    expect(() => defineFacts(households, { name, facts: {} })).toThrow(invalid)
    const lists = Object.fromEntries([[name, { of: memberFacts, by: 'householdId' }]])
    expect(() => defineFacts(households, { name: 'household', facts: {}, lists })).toThrow(invalid)
  }
  for (const itemsMax of [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY]) {
    const lists = { members: { of: memberFacts, by: 'householdId', itemsMax } }
    expect(() => defineFacts(households, { name: 'household', facts: {}, lists })).toThrow(invalid)
  }
  const lists = { members: { of: memberFacts, by: 'birthDate' } }
  expect(() => defineFacts(households, { name: 'household', facts: {}, lists })).toThrow(invalid)
})

test('the facts of a record are values that a rule can read, lists of records included', () => {
  expectTypeOf(householdFacts.valuesOf(home)['income']).toEqualTypeOf<FactValue | undefined>()
  expectTypeOf<{ members: { age: number }[] }>().toExtend<FactValues>()
  expectTypeOf<{ on: Date }>().not.toExtend<FactValues>()
})
