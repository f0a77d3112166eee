import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LumbungError, VillageId } from '@lumbung/core/kernel'
import { type AnyCollection, type DumpLine, defineCollection, type Storage } from '@lumbung/core/storage'
import { afterAll, describe, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { createDatabase } from './embedded-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-migration-'))
afterAll(() => rmSync(folder, { recursive: true }))

const village = VillageId.parse('village')
const before = {
  id: z.string(),
  name: z.string().max(10),
  rooms: z.int().min(1).max(5),
  water: z.enum(['well', 'pipe']),
  note: z.string(),
}

function homes(
  shape: z.ZodRawShape,
  indexes: readonly string[][] = [['name']],
  name = 'homes',
): AnyCollection {
  const schema = z.object(shape)
  return defineCollection({ name, schema, key: 'id', indexes, fieldClasses: 'personal' } as never)
}

const home = { id: 'a', name: 'North', rooms: 3, water: 'well', note: '' }
const { note, ...withoutNote } = before

type Open = (collections: readonly AnyCollection[]) => Promise<Storage>

let databases = 0
const stores: Readonly<Record<string, () => Promise<{ open: Open; drop: () => Promise<void> }>>> = {
  sqlite: async () => {
    databases += 1
    const file = join(folder, `${databases}.db`)
    return {
      open: (collections) => openSqlite({ file, schema: { collections, streams: [] } }),
      drop: async () => {},
    }
  },
  postgres: async () => {
    databases += 1
    const { url, drop } = await createDatabase(
      inject('postgresUrl'),
      `lumbung_migration_${process.pid}_${databases}`,
    )
    return { open: (collections) => openPostgres({ url, schema: { collections, streams: [] } }), drop }
  },
}

const additive: readonly [string, AnyCollection, Record<string, unknown>][] = [
  ['a field that may be missing', homes({ ...before, roof: z.string().optional() }), { roof: 'reed' }],
  ['a field with a default', homes({ ...before, roof: z.string().default("d'ak") }), { roof: 'reed' }],
  ['a wider range', homes({ ...before, rooms: z.int().min(0).max(50) }), { rooms: 50 }],
  ['a wider closed set', homes({ ...before, water: z.enum(['well', 'pipe', 'rain']) }), { water: 'rain' }],
  ['a greater length', homes({ ...before, name: z.string().max(20) }), { name: 'x'.repeat(20) }],
  ['a field that may now be missing', homes({ ...before, note: z.string().nullable() }), { note: null }],
  ['another index', homes(before, [['water', 'name']]), {}],
]

const destructive: readonly [string, AnyCollection, RegExp][] = [
  ['a field that is gone', homes(withoutNote), /note is no longer defined/],
  ['a collection that is gone', homes(before, [], 'houses'), /homes is no longer defined/],
  ['a narrower range', homes({ ...before, rooms: z.int().min(2).max(4) }), /higher minimum.*lower maximum/],
  ['a closed set that loses a value', homes({ ...before, water: z.enum(['well']) }), /loses the values pipe/],
  ['another type', homes({ ...before, rooms: z.string() }), /from integer to text/],
  ['a new field that is required', homes({ ...before, roof: z.string() }), /roof is new, required/],
  ['a smaller length', homes({ ...before, name: z.string().max(5) }), /smaller greatest length/],
]

async function dumpOf(storage: Storage): Promise<DumpLine[]> {
  const lines: DumpLine[] = []
  for await (const line of storage.dump()) lines.push(line)
  return lines
}

describe.each(Object.entries(stores))('migration on %s', (_, create) => {
  const first = homes(before)

  test.each(additive)('%s keeps every row and can be used', async (_, after, change) => {
    const { open, drop } = await create()
    try {
      const old = await open([first])
      await old.transact(village, (tx) => tx.insert(first, home))
      await old.close()
      for (const id of ['b', 'c']) {
        // The second time there is nothing left to migrate.
        const storage = await open([after])
        expect(await storage.read(village, (tx) => tx.get(after, { id: 'a' }))).toMatchObject(home)
        const added = { ...home, ...change, id }
        expect(await storage.transact(village, (tx) => tx.insert(after, added))).toMatchObject(added)
        expect((await storage.verify()).faults).toEqual([])
        await storage.close()
      }
    } finally {
      await drop()
    }
  })

  test('a new field that refers to another collection is held to what is there', async () => {
    const { open, drop } = await create()
    try {
      const old = await open([first])
      await old.transact(village, (tx) => tx.insert(first, home))
      await old.close()
      const schema = z.object({ ...before, nextTo: z.string().nullable() })
      const references = { nextTo: first }
      const after = defineCollection({
        name: 'homes',
        schema,
        key: 'id',
        references,
        fieldClasses: 'personal',
      })
      const storage = await open([after])
      const refusal = storage.transact(village, (tx) =>
        tx.insert(after, { ...home, id: 'b', nextTo: 'z' } as never),
      )
      await expect(refusal).rejects.toMatchObject({ code: 'storage/reference-missing' })
      await storage.transact(village, (tx) => tx.insert(after, { ...home, id: 'b', nextTo: 'a' } as never))
      await storage.close()
    } finally {
      await drop()
    }
  })

  test.each(destructive)('%s is refused, says why, and changes nothing', async (_, after, why) => {
    const { open, drop } = await create()
    try {
      const old = await open([first])
      await old.transact(village, (tx) => tx.insert(first, home))
      const dump = await dumpOf(old)
      await old.close()
      const refusal = await open([after]).then(
        (opened) => opened.close(),
        (error: unknown) => error,
      )
      expect(refusal).toBeInstanceOf(LumbungError)
      expect(refusal).toMatchObject({
        code: 'storage/destructive-change',
        message: expect.stringMatching(why),
      })
      const again = await open([first])
      expect(await dumpOf(again)).toEqual(dump)
      await again.close()
    } finally {
      await drop()
    }
  })

  test('several that open a new database at once all find it ready', async () => {
    const { open, drop } = await create()
    try {
      const opened = await Promise.all(Array.from({ length: 4 }, () => open([first])))
      await Promise.all(
        opened.map((storage, index) =>
          storage.transact(village, (tx) => tx.insert(first, { ...home, id: String(index) }), {
            attempts: 100,
          }),
        ),
      )
      expect(await opened[0]?.read(village, (tx) => tx.count(first))).toBe(4)
      for (const storage of opened) await storage.close()
    } finally {
      await drop()
    }
  })
})
