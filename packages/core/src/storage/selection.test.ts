import { expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { CivilDate } from '../kernel/index.ts'
import { defineCollection, type RecordOf } from './collection.ts'
import {
  type Condition,
  comparePositions,
  conditionsOf,
  endOfPrefix,
  type OrderBy,
  orderOf,
  type ScalarField,
  type Where,
} from './selection.ts'

/** Goal: what the types let through is what a store can compare, and nothing else. */

const things = defineCollection({
  name: 'things',
  schema: z.object({
    id: z.string(),
    born: CivilDate.optional(),
    count: z.int(),
    wide: z.bigint().nullable(),
    flag: z.boolean(),
    kind: z.union([z.literal('a'), z.literal('b'), z.null()]),
    level: z.literal([1, 2]),
    several: z.union([z.string(), z.int()]),
    mixed: z.literal(['a', 1]),
    list: z.array(z.string()),
    bytes: z.instanceof(Uint8Array),
    nested: z.object({ x: z.string() }).optional(),
  }),
  key: 'id',
  fieldClasses: 'internal',
})
type Things = typeof things
type Comparable = 'id' | 'born' | 'count' | 'wide' | 'flag' | 'kind' | 'level'

test('a query names exactly the fields that have a column to compare by, in types and at run time', () => {
  expectTypeOf<ScalarField<RecordOf<Things>>>().toEqualTypeOf<Comparable>()
  expectTypeOf<keyof Where<Things>>().toEqualTypeOf<Comparable>()
  expectTypeOf<OrderBy<Things>>().toEqualTypeOf<Comparable | `-${Comparable}`>()
  const compared = things.columns.filter(({ type }) => type !== 'json' && type !== 'bytes')
  const names: readonly Comparable[] = ['id', 'born', 'count', 'wide', 'flag', 'kind', 'level']
  expect(compared.map(({ field }) => field)).toEqual(names)
  for (const { field } of things.columns) {
    const ask = () => orderOf(things, [field])
    if (names.some((name) => name === field)) expect(ask).not.toThrow()
    else expect(ask).toThrow(expect.objectContaining({ code: 'storage/invalid-query' }))
  }
})

test('a condition is a value of the field, nothing, or one of the named forms', () => {
  expectTypeOf<'a'>().toExtend<Condition<'a' | 'b' | null>>()
  expectTypeOf<null>().toExtend<Condition<number>>()
  expectTypeOf<{ startsWith: string }>().toExtend<Condition<string>>()
  expectTypeOf<{ startsWith: string }>().not.toExtend<Condition<number>>()
  expectTypeOf<'c'>().not.toExtend<Condition<'a' | 'b'>>()
  expectTypeOf<{ in: string[] }>().not.toExtend<Condition<number>>()
  const where: Where<Things> = { count: { from: 1, to: 5 }, kind: { in: ['a'] }, wide: { not: null } }
  expect(conditionsOf(things, where).map(({ operator }) => operator)).toEqual(['from', 'to', 'in', 'not'])
})

test('what has another type or form is refused also without types', () => {
  for (const where of [
    { count: 'x' },
    { count: { like: 'x' } },
    { kind: { in: 'a' } },
    { list: [] },
    { born: { from: null } },
  ]) {
    expect(() => conditionsOf(things, where)).toThrow(
      expect.objectContaining({ code: 'storage/invalid-query' }),
    )
  }
})

test('an order ends with the key, in the direction of its last term, and missing values stay last', () => {
  const order = orderOf(things, ['-wide'])
  expect(order.map(({ column, descending }) => [column.name, descending])).toEqual([
    ['wide', true],
    ['id', true],
  ])
  const sorted = [
    [1n, 'a'],
    [null, 'b'],
    [2n, 'c'],
    [2n, 'd'],
  ].toSorted((a, b) => comparePositions(order, a, b))
  expect(sorted.map(([, id]) => id)).toEqual(['d', 'c', 'a', 'b'])
})

test('the end of a prefix steps over the surrogates and past the last character', () => {
  expect(endOfPrefix('a\ud7ff')).toBe('a\ue000')
  expect(endOfPrefix('a\u{10ffff}')).toBe('b')
  expect(endOfPrefix('\u{10ffff}')).toBeUndefined()
})
