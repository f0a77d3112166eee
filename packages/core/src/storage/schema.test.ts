import { expect, test } from 'vitest'
import * as z from 'zod'
import { type AnyCollection, defineCollection } from './collection.ts'
import { tablesOf } from './schema.ts'
import { defineStream } from './stream.ts'

/** Goal: what a database is to hold has names that are told apart, and references that can hold. */

const text = z.string()
const collection = (name: string, rest: object = {}, fields: z.core.$ZodShape = {}): AnyCollection =>
  defineCollection({
    name,
    schema: z.object({ id: text, ...fields }),
    key: 'id',
    fieldClasses: 'public',
    ...rest,
  })
const tablesWith = (...collections: AnyCollection[]) => tablesOf({ collections, streams: [] })
const invalid = expect.objectContaining({ code: 'storage/invalid-definition' })

test('a table stands after those that it refers to, and may refer to itself', () => {
  const homes = collection('homes')
  const people = collection(
    'people',
    { references: { head: collection('people'), home: homes } },
    { head: text, home: text },
  )
  expect(tablesWith(people, homes).map(({ name }) => name)).toEqual([
    'stream_heads',
    'blobs',
    'homes',
    'people',
  ])
})

test('a name that is given twice is refused, be it of a table or of an index', () => {
  expect(() => tablesWith(collection('homes'), collection('homes'))).toThrow(invalid)
  const short = collection('a', { indexes: [['bC']] }, { bC: text })
  const long = collection('a_b', { indexes: [['c']] }, { c: text })
  expect(() => tablesWith(short, long)).toThrow(/a_b_c_idx/)
  expect(() => tablesWith(short, collection('a_b_c_idx'))).toThrow(invalid)
  expect(() => tablesWith(short, collection('a_pkey'))).toThrow(invalid)
  expect(tablesWith(short, collection('a_b'))).toHaveLength(4)
})

test('a reference is held to the collection that is in the schema, not to the one that it was declared with', () => {
  const people = collection('people', { references: { home: collection('homes') } }, { home: text })
  expect(() => tablesWith(people)).toThrow(/not in it/)
  const numbered = defineCollection({
    name: 'homes',
    schema: z.object({ id: z.int() }),
    key: 'id',
    fieldClasses: 'public',
  })
  expect(() => tablesWith(people, numbered)).toThrow(/of type text, refers to homes.id, of type integer/)
})

test('references in a circle are refused', () => {
  const eggs = collection('eggs', { references: { hen: collection('hens') } }, { hen: text })
  const hens = collection('hens', { references: { egg: eggs } }, { egg: text })
  expect(() => tablesWith(eggs, hens)).toThrow(/circle/)
})

test.each(['Bad Name', 'heads', '', 'visits-2', 'x'.repeat(57)])('%j is no name of a stream', (name) => {
  expect(() => defineStream({ name, event: z.object({}) })).toThrow(invalid)
})

test('the table of a stream with the longest name has a name that a database keeps', () => {
  expect(defineStream({ name: 'x'.repeat(56), event: z.object({}) }).table.name).toHaveLength(63)
})
