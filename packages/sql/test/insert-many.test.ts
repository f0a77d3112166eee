import { VillageId } from '@lumbung/core/kernel'
import { type DumpLine, defineCollection, openMemory, type Storage } from '@lumbung/core/storage'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { insertBatches } from '../src/database/insert-batches.ts'
import { openPostgres } from '../src/postgres/index.ts'
import { databaseKinds, withDatabase } from './databases.ts'
import { codeOf } from './outcomes.ts'

/** Goal: many records in one call mean the same as one after the other, on every store and at every size. */

const village = VillageId.parse('village')
const person = z.object({ id: z.string(), head: z.string().nullable() })
const plain = { name: 'people', schema: person, key: 'id', fieldClasses: 'internal' } as const
const people = defineCollection({ ...plain, references: { head: defineCollection(plain) } })
const schema = { collections: [people], streams: [] }

type WithStore = (work: (storage: Storage) => Promise<void>) => Promise<void>
const stores: readonly (readonly [string, WithStore])[] = [
  ['memory', (work) => work(openMemory(schema))],
  ...Object.entries(databaseKinds).map(([kind, create]): [string, WithStore] => [
    kind,
    (work) =>
      withDatabase(create, async ({ open }) => {
        const storage = await open([people])
        try {
          await work(storage)
        } finally {
          await storage.close()
        }
      }),
  ]),
]

describe.each(stores)('many records at once on %s', (_, withStore) => {
  const insert = (storage: Storage, records: readonly z.output<typeof person>[]) =>
    codeOf(storage.transact(village, (tx) => tx.insertMany(people, records)))
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, head: 'b' }))

  test('one may name itself and what stands before it, and nothing that only comes after it', () =>
    withStore(async (storage) => {
      if (a === undefined || b === undefined || c === undefined) throw new Error('no people')
      expect(await insert(storage, [a, b])).toBe('storage/reference-missing')
      expect(await insert(storage, [{ id: 'x', head: null }, c, a, b])).toBe('storage/reference-missing')
      expect(await storage.read(village, (tx) => tx.count(people))).toBe(0)
      expect(await insert(storage, [b, a, c])).toBe('nothing refused')
      // It is there already, so the first is in order and only the second is one too many.
      expect(await insert(storage, [{ id: 'd', head: 'b' }, b])).toBe('storage/duplicate')
      expect(await storage.read(village, (tx) => tx.count(people))).toBe(3)
    }))
})

test('rows are put together up to a size, and one that is larger goes alone', () => {
  const mebibyte = 1024 * 1024
  const { table } = people
  const rows = [1, 1, 1, 6, 1, 1].map((size, index) => ['v', `${index}`, 'x'.repeat(size * mebibyte), 1])
  const sizes = insertBatches({ ...table, references: [] }, rows).map((batch) => batch.length)
  expect(sizes).toEqual([3, 1, 2])
  expect(insertBatches(table, [])).toEqual([])
})

test('large blobs reach PostgreSQL as bytes, and not as one text that no string could hold', () =>
  withDatabase(databaseKinds.postgres, async ({ place }) => {
    const source = openMemory(schema)
    await source.transact(village, async (tx) => {
      for (const fill of [1, 2, 3]) await tx.putBlob(new Uint8Array(5 * 1024 * 1024).fill(fill))
    })
    const lines: DumpLine[] = []
    for await (const line of source.dump()) lines.push(line)
    const texts: string[] = []
    const storage = await openPostgres({ url: place, schema, onStatement: (sql) => texts.push(sql) })
    try {
      await storage.restore(lines)
      expect(texts.filter((sql) => sql.startsWith('insert into "blobs"'))).toEqual(
        Array(3).fill(expect.stringContaining('values ($1, $2')),
      )
      expect((await storage.verify()).faults).toEqual([])
    } finally {
      await storage.close()
    }
  }))
