import { VillageId } from '@lumbung/core/kernel'
import { type AnyCollection, defineCollection, type Storage } from '@lumbung/core/storage'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { databaseKinds, type TestDatabase, withDatabase } from './databases.ts'

const village = VillageId.parse('village')
const otherVillage = VillageId.parse('other-village')

const plain = (name: string) =>
  defineCollection({ name, schema: z.object({ id: z.string() }), key: 'id', fieldClasses: 'public' })
const [hamlets, districts] = [plain('hamlets'), plain('districts')]

const base = { id: z.string(), hamletId: z.string().nullable() }
const homes = (references: Record<string, AnyCollection>, more: z.ZodRawShape = {}): AnyCollection =>
  defineCollection({
    name: 'homes',
    schema: z.object({ ...base, ...more }),
    key: 'id',
    references,
    fieldClasses: 'public',
  })
const loose = homes({})
const held = homes({ hamletId: hamlets })

async function fill(
  storage: Storage,
  rows: readonly (readonly [VillageId, AnyCollection, Record<string, unknown>])[],
): Promise<void> {
  for (const [where, collection, record] of rows) {
    await storage.transact(where, (tx) => tx.insert(collection, record))
  }
}

/** Opens the database with these definitions, works and closes it. */
async function opened<T>(
  { open }: TestDatabase,
  collections: readonly AnyCollection[],
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  const storage = await open(collections)
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error) => error.code,
  )

describe.each(Object.entries(databaseKinds))('references that change on %s', (_, create) => {
  const insert = (storage: Storage, collection: AnyCollection, id: string, hamletId: string | null) =>
    codeOf(fill(storage, [[village, collection, { id, hamletId }]]))

  test('a reference that is gone no longer holds anything, and every row stays', () =>
    withDatabase(create, async (database) => {
      await opened(database, [hamlets, held], async (storage) => {
        await fill(storage, [
          [village, hamlets, { id: 'north' }],
          [village, held, { id: 'a', hamletId: 'north' }],
        ])
        expect(await insert(storage, held, 'b', 'nowhere')).toBe('storage/reference-missing')
      })
      await opened(database, [hamlets, loose], async (storage) => {
        expect(await insert(storage, loose, 'b', 'nowhere')).toBe('done')
        expect(await storage.read(village, (tx) => tx.count(loose))).toBe(2)
        const north = await storage.read(village, (tx) => tx.get(hamlets, { id: 'north' }))
        expect(
          await codeOf(storage.transact(village, async (tx) => north && tx.remove(hamlets, north))),
        ).toBe('done')
        expect((await storage.verify()).faults).toEqual([])
      })
      expect(await logOf(database)).toContain('drop-reference homes.hamlet_id to hamlets')
    }))

  test('a reference that is new holds what comes, in both directions, where all rows fit', () =>
    withDatabase(create, async (database) => {
      await opened(database, [hamlets, loose], (storage) =>
        fill(storage, [
          [village, hamlets, { id: 'north' }],
          [village, loose, { id: 'a', hamletId: 'north' }],
          [village, loose, { id: 'b', hamletId: null }],
        ]),
      )
      for (const id of ['c', 'd']) {
        // The second time there is nothing left to migrate.
        await opened(database, [hamlets, held], async (storage) => {
          expect(await insert(storage, held, id, 'nowhere')).toBe('storage/reference-missing')
          expect(await insert(storage, held, id, 'north')).toBe('done')
          const north = await storage.read(village, (tx) => tx.get(hamlets, { id: 'north' }))
          expect(
            await codeOf(storage.transact(village, async (tx) => north && tx.remove(hamlets, north))),
          ).toBe('storage/referenced')
        })
      }
      expect(await logOf(database)).toContain('add-reference homes.hamlet_id to hamlets')
    }))

  test('a reference that rows would break is refused with their number, and changes nothing', () =>
    withDatabase(create, async (database) => {
      await opened(database, [hamlets, loose], (storage) =>
        fill(storage, [
          [village, hamlets, { id: 'north' }],
          [village, loose, { id: 'a', hamletId: 'north' }],
          [village, loose, { id: 'b', hamletId: 'nowhere' }],
          // A record of the same key in another village is not the one that is named.
          [otherVillage, loose, { id: 'c', hamletId: 'north' }],
        ]),
      )
      await expect(database.open([hamlets, held])).rejects.toMatchObject({
        code: 'storage/destructive-change',
        details: { faults: ['homes: hamlet_id of 2 rows names what is not in hamlets'] },
      })
      await opened(database, [hamlets, loose], async (storage) => {
        expect(await insert(storage, loose, 'd', 'anywhere')).toBe('done')
      })
      expect((await logOf(database)).join()).not.toContain('reference')
    }))

  test('a reference to a collection that is only being added is refused where rows name anything', () =>
    withDatabase(create, async (database) => {
      await opened(database, [loose], (storage) =>
        fill(storage, [[village, loose, { id: 'a', hamletId: 'north' }]]),
      )
      await expect(database.open([hamlets, held])).rejects.toMatchObject({
        details: { faults: ['homes: hamlet_id of 1 row names what is not in hamlets'] },
      })
      await opened(database, [loose], async (storage) => {
        const a = await storage.read(village, (tx) => tx.get(loose, { id: 'a' }))
        await storage.transact(
          village,
          async (tx) => a && tx.update(loose, { ...a, hamletId: null } as never),
        )
      })
      await opened(database, [hamlets, held], async (storage) => {
        expect(await insert(storage, held, 'b', 'north')).toBe('storage/reference-missing')
      })
    }))

  test('a reference that turns to another collection is checked against that one', () =>
    withDatabase(create, async (database) => {
      await opened(database, [hamlets, districts, held], (storage) =>
        fill(storage, [
          [village, hamlets, { id: 'north' }],
          [village, held, { id: 'a', hamletId: 'north' }],
        ]),
      )
      const turned = homes({ hamletId: districts })
      await expect(database.open([hamlets, districts, turned])).rejects.toMatchObject({
        details: { faults: ['homes: hamlet_id of 1 row names what is not in districts'] },
      })
      await opened(database, [hamlets, districts, held], (storage) =>
        fill(storage, [[village, districts, { id: 'north' }]]),
      )
      await opened(database, [hamlets, districts, turned], async (storage) => {
        await fill(storage, [[village, hamlets, { id: 'south' }]])
        expect(await insert(storage, turned, 'b', 'south')).toBe('storage/reference-missing')
        expect(await insert(storage, turned, 'c', 'north')).toBe('done')
      })
    }))

  test('a new field that refers is held, and its default must name what is there in every village', () =>
    withDatabase(create, async (database) => {
      await opened(database, [hamlets, loose], (storage) =>
        fill(storage, [
          [village, loose, { id: 'a', hamletId: null }],
          [otherVillage, loose, { id: 'a', hamletId: null }],
          [village, hamlets, { id: 'main' }],
        ]),
      )
      const nextTo = homes({ besideId: hamlets }, { besideId: z.string().default('main') })
      await expect(database.open([hamlets, nextTo])).rejects.toMatchObject({
        code: 'storage/destructive-change',
        details: { faults: ['homes: beside_id of 1 row names what is not in hamlets'] },
      })
      await opened(database, [hamlets, loose], (storage) =>
        fill(storage, [[otherVillage, hamlets, { id: 'main' }]]),
      )
      await opened(database, [hamlets, nextTo], async (storage) => {
        const record = { id: 'b', hamletId: null, besideId: 'nowhere' }
        expect(await codeOf(fill(storage, [[village, nextTo, record]]))).toBe('storage/reference-missing')
        expect(await codeOf(fill(storage, [[village, nextTo, { ...record, besideId: 'main' }]]))).toBe('done')
        expect((await storage.verify()).faults).toEqual([])
      })
    }))

  test('a reference to a key that changes as well is refused for the key, not for what it would ask', () =>
    withDatabase(create, async (database) => {
      await opened(database, [hamlets, loose], (storage) =>
        fill(storage, [[village, loose, { id: 'a', hamletId: 'north' }]]),
      )
      const renamed = defineCollection({
        name: 'hamlets',
        schema: z.object({ code: z.string() }),
        key: 'code',
        fieldClasses: 'public',
      })
      await expect(database.open([renamed, homes({ hamletId: renamed })])).rejects.toMatchObject({
        code: 'storage/destructive-change',
        details: {
          faults: [
            'hamlets: the key differs',
            'hamlets: code is new, required and has no default',
            'hamlets: id is no longer defined',
          ],
        },
      })
    }))

  test('a collection that others refer to can be rebuilt, and so can one that refers to itself', () =>
    withDatabase(create, async (database) => {
      const people = (limit: number, refers: boolean) => {
        const schema = z.object({ id: z.string(), age: z.int().max(limit), parentId: z.string().nullable() })
        const own = { name: 'people', schema, key: 'id', fieldClasses: 'public' } as const
        const target = defineCollection(own)
        return refers ? defineCollection({ ...own, references: { parentId: target } }) : target
      }
      const pets = (target: AnyCollection) =>
        defineCollection({
          name: 'pets',
          schema: z.object({ id: z.string(), ownerId: z.string() }),
          key: 'id',
          references: { ownerId: target },
          fieldClasses: 'public',
        })
      const before = people(99, true)
      await opened(database, [before, pets(before)], (storage) =>
        fill(storage, [
          [village, before, { id: 'a', age: 60, parentId: null }],
          [village, before, { id: 'b', age: 30, parentId: 'a' }],
          [village, pets(before), { id: 'cat', ownerId: 'b' }],
        ]),
      )
      for (const after of [people(150, true), people(150, false), people(150, true)]) {
        await opened(database, [after, pets(after)], async (storage) => {
          const cat = { id: 'dog', ownerId: 'nobody' }
          expect(await codeOf(fill(storage, [[village, pets(after), cat]]))).toBe('storage/reference-missing')
          expect((await storage.verify()).faults).toEqual([])
        })
      }
    }))
})

async function logOf({ run }: TestDatabase): Promise<string[]> {
  const rows = await run('select change from migration_log order by step')
  return rows.map(({ change }) => String(change))
}
