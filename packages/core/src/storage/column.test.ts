import { expect, test } from 'vitest'
import * as z from 'zod'
import { CivilDate, Instant } from '../kernel/index.ts'
import { columnOf } from './column.ts'

/** Goal: the column follows from what a field may hold, however its schema spells it. */

const columnFor = (schema: z.ZodType) => {
  const { name: _, field: __, encode: ___, decode: ____, ...column } = columnOf('things', 'some', schema)
  return column
}
const always = { nullable: false, absent: false }
const int64 = { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n }
const safe = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }

test.each<[string, z.ZodType, ReturnType<typeof columnFor>]>([
  ['text', z.string(), { type: 'text', ...always }],
  ['text of a length', z.string().min(1).max(5), { type: 'text', maxLength: 5, nonEmpty: true, ...always }],
  ['a date', CivilDate, { type: 'date', ...always }],
  ['an instant', Instant, { type: 'instant', ...always }],
  ['a whole number', z.int(), { type: 'integer', ...safe, ...always }],
  ['a range without its ends', z.int().gt(0).lt(10), { type: 'integer', minimum: 1, maximum: 9, ...always }],
  // zod takes it for whole, but its values may lie beyond 2^53.
  ['multiples of five', z.number().multipleOf(5).min(0), { type: 'real', minimum: 0, ...always }],
  [
    'whole multiples of five',
    z.int().multipleOf(5).min(0),
    { type: 'integer', minimum: 0, maximum: safe.maximum, ...always },
  ],
  [
    'an integer of 32 bits',
    z.int32().min(0),
    { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1, ...always },
  ],
  ['a date with a rule of its own', CivilDate.refine(() => true), { type: 'date', ...always }],
  ['an instant with a name', Instant.describe('when'), { type: 'instant', ...always }],
  ['a fraction', z.number().min(0), { type: 'real', minimum: 0, ...always }],
  ['a wide number', z.bigint(), { type: 'bigint', ...int64, ...always }],
  ['a truth value', z.boolean(), { type: 'boolean', ...always }],
  ['bytes', z.instanceof(Uint8Array), { type: 'bytes', ...always }],
  ['bytes or nothing', z.instanceof(Uint8Array).nullable(), { type: 'bytes', nullable: true, absent: false }],
  ['a nested part', z.object({ a: z.string() }), { type: 'json', ...always }],
  ['a closed set', z.enum(['a', 'b']), { type: 'enum', values: ['a', 'b'], ...always }],
  [
    'a union of literals',
    z.union([z.literal('a'), z.literal('b')]),
    { type: 'enum', values: ['a', 'b'], ...always },
  ],
  [
    'a set and a literal',
    z.union([z.enum(['a', 'b']), z.literal('b')]),
    { type: 'enum', values: ['a', 'b'], ...always },
  ],
  [
    'a literal or any text',
    z.union([z.literal('a'), z.string().max(9)]),
    { type: 'text', maxLength: 9, ...always },
  ],
  ['a date or a literal', z.union([CivilDate, z.literal('never')]), { type: 'text', ...always }],
  ['number literals', z.literal([1, 3]), { type: 'integer', minimum: 1, maximum: 3, ...always }],
  ['a literal fraction', z.literal([0.5, 3]), { type: 'real', minimum: 0.5, maximum: 3, ...always }],
  ['literal wide numbers', z.literal([9n, 7n]), { type: 'bigint', minimum: 7n, maximum: 9n, ...always }],
  ['a literal truth value', z.literal(true), { type: 'boolean', ...always }],
  [
    'two ranges',
    z.union([z.int().max(0), z.int().min(5).max(9)]),
    { type: 'integer', minimum: safe.minimum, maximum: 9, ...always },
  ],
  ['a union with null', z.union([z.string(), z.null()]), { type: 'text', nullable: true, absent: false }],
  ['a literal null', z.literal(['a', null]), { type: 'enum', values: ['a'], nullable: true, absent: false }],
  ['what is optional', z.string().optional(), { type: 'text', nullable: true, absent: true }],
  [
    'a default',
    z.int().min(0).max(9).default(3),
    { type: 'integer', minimum: 0, maximum: 9, fallback: 3, ...always },
  ],
  ['a prefault', z.string().prefault('a'), { type: 'text', fallback: 'a', ...always }],
  [
    'a default in a union',
    z.union([z.string().default('a'), z.null()]),
    { type: 'text', nullable: true, absent: false, fallback: 'a' },
  ],
  ['an optional default', z.string().default('a').optional(), { type: 'text', fallback: 'a', ...always }],
  ['a readonly part', z.enum(['a']).readonly(), { type: 'enum', values: ['a'], ...always }],
  ['a lazy part', z.lazy(() => z.boolean()), { type: 'boolean', ...always }],
  ['values of two kinds', z.union([z.string(), z.int()]), { type: 'json', ...always }],
  ['literals of two kinds', z.literal(['a', 1]), { type: 'json', ...always }],
])('the column of %s', (_, schema, expected) => {
  expect(columnFor(schema)).toEqual(expected)
})

test.each<[string, z.ZodType]>([
  ['what is both absent and null', z.string().nullable().optional()],
  ['what is both, through a union', z.union([z.string(), z.null()]).optional()],
  ['nothing but null', z.null()],
  ['a Date', z.date()],
  ['what is transformed', z.string().transform(Number)],
  ['bytes within a nested part', z.object({ bytes: z.instanceof(Uint8Array) })],
  ['a date of zod, which may be in the year 0', z.iso.date()],
  ['an instant of zod, which may have another precision', z.iso.datetime()],
  ['an instant of zod of our precision', z.iso.datetime({ precision: 3 })],
  ['an instant with an offset', z.iso.datetime({ offset: true, precision: 3 })],
  ['a closed text that is not in normal form', z.enum(['e\u0301'])],
  ['two kinds that are alike in JSON', z.union([z.string(), z.bigint()])],
])('%s has no column', (_, schema) => {
  expect(() => columnFor(schema)).toThrow(
    expect.objectContaining({
      code: 'storage/unsupported-field',
      details: { collection: 'things', field: 'some' },
    }),
  )
})

test.each<[z.ZodType, readonly unknown[]]>([
  [z.union([z.string(), z.int(), z.null()]), ['a', '1', 1, null]],
  [z.literal([1, 3]), [1, 3]],
  [z.union([z.literal('a'), z.null()]), ['a', null]],
  [z.array(z.bigint()).optional(), [[2n ** 60n], undefined]],
  [z.string().prefault('a'), ['', 'b']],
])('what goes into a cell comes back, %#', (schema, values) => {
  const column = columnOf('things', 'some', schema)
  for (const value of values) expect(column.decode(column.encode(value))).toEqual(value)
})
