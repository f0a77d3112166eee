import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { defineCollection, type KeyOf, type RecordInput, type RecordOf, type Stored } from './collection.ts'

/** Goal: a definition that holds together, or a refusal that names what does not. */

const schema = z.object({
  id: z.string(),
  homeId: z.string().nullable(),
  rooms: z.int(),
  aB: z.string(),
  a: z.string(),
  bC: z.string(),
  c: z.string(),
  note: z.string().default(''),
  nested: z.object({ x: z.string() }),
})
const plain = { name: 'homes', schema, key: 'id', fieldClasses: 'public' } as const
const homes = defineCollection(plain)

/** As a caller without types may define it. */
const define = (change: object) => () =>
  defineCollection({ ...plain, ...change } as Parameters<typeof defineCollection>[0])
const invalid = expect.objectContaining({ code: 'storage/invalid-definition' })

describe('a name is refused', () => {
  test.each([
    'blobs',
    'stream_heads',
    'stream_visits',
    'migration_log',
    'migration_state',
    'sqlite_master',
    'pg_class',
    'Bad Name',
    'räume',
    '1st',
    '',
    'x'.repeat(64),
  ])('%j, of a collection', (name) => {
    expect(define({ name })).toThrow(invalid)
  })

  test.each(['village_id', 'villageId', 'version', 'bad name', 'é', 'x'.repeat(64)])(
    '%j, of a field',
    (field) => {
      const extended = schema.extend({ [field]: z.string() })
      expect(define({ schema: extended })).toThrow(invalid)
    },
  )

  test('of two fields that would be the same column', () => {
    expect(define({ schema: schema.extend({ a_b: z.string() }) })).toThrow(/aB and a_b/)
  })

  test('of two indexes that would have the same', () => {
    const indexes = [
      ['aB', 'c'],
      ['a', 'bC'],
    ]
    expect(define({ indexes })).toThrow(/homes_a_b_c_idx/)
    expect(define({ indexes: [['a'], ['a']] })).toThrow(invalid)
    expect(define({ indexes: [['a'], { unique: ['a'] }] })().table.indexes).toHaveLength(2)
  })

  test('but not the longest that a database keeps', () => {
    const name = 'x'.repeat(63)
    expect(define({ name, schema: schema.extend({ [name]: z.string() }) })().table.name).toBe(name)
  })
})

describe('a reference', () => {
  test('names a field of the type of the key that it refers to', () => {
    expect(define({ references: { homeId: homes } })().table.references).toEqual([
      { column: 'home_id', table: 'homes', targetColumn: 'id' },
    ])
    expect(define({ references: { rooms: homes } })).toThrow(
      /of type integer, refers to homes.id, of type text/,
    )
  })

  test('from a closed set to texts is in order', () => {
    const closed = schema.extend({ kind: z.enum(['a', 'b']) })
    expect(define({ schema: closed, references: { kind: homes } })().table.references).toHaveLength(1)
  })

  test('to a key of several fields, or from a field that is not there or nested, is refused', () => {
    const wide = defineCollection({ ...plain, name: 'wide', key: ['id', 'rooms'] })
    expect(define({ references: { homeId: wide } })).toThrow(invalid)
    expect(define({ references: { nobody: homes } })).toThrow(invalid)
    expect(define({ references: { nested: homes } })).toThrow(invalid)
  })
})

test.each([
  ['a key that may be missing', { key: 'homeId' }],
  ['a nested key', { key: 'nested' }],
  ['an index of no field', { indexes: [['nobody']] }],
  ['counters beside other fields', { counters: ['rooms'] }],
  ['a key of bytes', { schema: schema.extend({ id: z.instanceof(Uint8Array) }) }],
  ['an index of bytes', { schema: schema.extend({ bytes: z.instanceof(Uint8Array) }), indexes: [['bytes']] }],
  [
    'a counter that may be missing',
    { schema: z.object({ id: z.string(), n: z.int().nullable() }), counters: ['n'] },
  ],
  ['a schema that takes more fields than it names', { schema: z.looseObject(schema.shape) }],
  ['a schema with a type for all other fields', { schema: schema.catchall(z.string()) }],
  ['no class at all', { fieldClasses: undefined }],
  ['an unknown class', { fieldClasses: 'secret' }],
  ['an unknown class of a field', { schema: z.object({ id: z.string() }), fieldClasses: { id: 'toString' } }],
  [
    'a class of no field',
    { schema: z.object({ id: z.string() }), fieldClasses: { id: 'public', x: 'public' } },
  ],
  ['a counter that is text', { schema: schema.pick({ id: true, a: true }), counters: ['a'] }],
])('%s is refused', (_, change) => {
  expect(define(change)).toThrow(invalid)
})

test('a strict schema is as good as a plain one', () => {
  expect(define({ schema: z.strictObject(schema.shape) })().columns).toHaveLength(9)
})

test('the types of a record, of its input and of its key are those of the schema', () => {
  expectTypeOf<RecordOf<typeof homes>['rooms']>().toEqualTypeOf<number>()
  expectTypeOf<RecordOf<typeof homes>['note']>().toEqualTypeOf<string>()
  expectTypeOf<RecordInput<typeof homes>['note']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<KeyOf<typeof homes>>().toEqualTypeOf<{ readonly id: string }>()
  const wide = defineCollection({ ...plain, key: ['id', 'rooms'] })
  expectTypeOf<KeyOf<typeof wide>>().toEqualTypeOf<{ readonly id: string; readonly rooms: number }>()
  expectTypeOf<Stored<typeof homes>>().toExtend<RecordOf<typeof homes>>()
  expectTypeOf<Stored<typeof homes>['version']>().toEqualTypeOf<number>()
})

test('a key or a class of a field that is not there does not compile', () => {
  // @ts-expect-error homes have no field nobody
  expect(() => defineCollection({ ...plain, key: 'nobody' })).toThrow(invalid)
  // @ts-expect-error there is no default for the class of a field
  expect(() => defineCollection({ ...plain, fieldClasses: { id: 'public' } })).toThrow(invalid)
})
