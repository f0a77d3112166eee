import { LumbungError, VillageId } from '@lumbung/core/kernel'
import { type AnyCollection, type DumpLine, defineCollection, type Storage } from '@lumbung/core/storage'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { catalogueOf, databaseKinds, withDatabase } from './databases.ts'

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
  indexes: readonly (readonly string[] | { readonly unique: readonly string[] })[] = [['name']],
  name = 'homes',
  key: string | readonly string[] = 'id',
): AnyCollection {
  const schema = z.object(shape)
  // The names of the fields are known only when the test runs.
  return defineCollection({ name, schema, key, indexes, fieldClasses: 'personal' } as never)
}

const home = { id: 'a', name: 'North', rooms: 3, water: 'well', note: '' }
const { note, ...withoutNote } = before

/** What it changes, the definition after it, what a new record has more, and what the log tells of it. */
const additive: readonly [string, AnyCollection, Record<string, unknown>, readonly string[]][] = [
  [
    'a field that may be missing',
    homes({ ...before, roof: z.string().optional() }),
    { roof: 'reed' },
    ['add-column homes.roof'],
  ],
  [
    'a field with a default',
    homes({ ...before, roof: z.string().default("d'ak") }),
    { roof: 'reed' },
    ['add-column homes.roof'],
  ],
  [
    'a wider range',
    homes({ ...before, rooms: z.int().min(0).max(50) }),
    { rooms: 50 },
    ['widen-column homes.rooms'],
  ],
  [
    'a wider closed set',
    homes({ ...before, water: z.enum(['well', 'pipe', 'rain']) }),
    { water: 'rain' },
    ['widen-column homes.water'],
  ],
  [
    'a greater length',
    homes({ ...before, name: z.string().max(20) }),
    { name: 'x'.repeat(20) },
    ['widen-column homes.name'],
  ],
  [
    'a field that may now be missing',
    homes({ ...before, note: z.string().nullable() }),
    { note: null },
    ['widen-column homes.note'],
  ],
  [
    'another index',
    homes(before, [['water', 'name']]),
    {},
    ['drop-index homes_name_idx', 'create-index homes_water_name_idx'],
  ],
  [
    'bytes with a default',
    homes({ ...before, plan: z.instanceof(Uint8Array).default(new Uint8Array([0, 39, 255])) }),
    { plan: new Uint8Array([1]) },
    ['add-column homes.plan'],
  ],
  ['an index less', homes(before, []), {}, ['drop-index homes_name_idx']],
  [
    'a unique index over values that differ',
    homes(before, [{ unique: ['id', 'name'] }]),
    {},
    ['drop-index homes_name_idx', 'create-index homes_id_name_key'],
  ],
]

const destructive: readonly [string, AnyCollection, RegExp][] = [
  ['a field that is gone', homes(withoutNote), /note is no longer defined/],
  ['a collection that is gone', homes(before, [], 'houses'), /homes is no longer defined/],
  ['a narrower range', homes({ ...before, rooms: z.int().min(2).max(4) }), /higher minimum.*lower maximum/],
  ['a closed set that loses a value', homes({ ...before, water: z.enum(['well']) }), /loses the values pipe/],
  ['another type', homes({ ...before, rooms: z.string() }), /from integer to text/],
  ['a new field that is required', homes({ ...before, roof: z.string() }), /roof is new, required/],
  ['a smaller length', homes({ ...before, name: z.string().max(5) }), /smaller greatest length/],
  ['another key', homes(before, [['name']], 'homes', 'name'), /homes: the key differs/],
  ['the same key in another order', homes(before, [], 'homes', ['name', 'id']), /homes: the key differs/],
]

async function dumpOf(storage: Storage): Promise<DumpLine[]> {
  const lines: DumpLine[] = []
  for await (const line of storage.dump()) lines.push(line)
  return lines
}

describe.each(['sqlite', 'postgres'] as const)('migration on %s', (kind) => {
  const create = databaseKinds[kind]
  const first = homes(before)

  test.each(additive)(
    '%s keeps every row, makes what a new database has and can be used',
    (_, after, change, log) =>
      withDatabase(create, async (database) => {
        const { open, run } = database
        const old = await open([first])
        await old.transact(village, (tx) => tx.insert(first, home))
        await old.close()
        const logged = async () => {
          const steps = await run('select step, change from migration_log order by step')
          return steps.map((step) => step['change'])
        }
        const before = await logged()
        for (const id of ['b', 'c']) {
          // The second time there is nothing left to migrate.
          const storage = await open([after])
          expect(await storage.read(village, (tx) => tx.get(after, { id: 'a' }))).toMatchObject(home)
          const added = { ...home, ...change, id }
          expect(await storage.transact(village, (tx) => tx.insert(after, added))).toMatchObject(added)
          expect((await storage.verify()).faults).toEqual([])
          await storage.close()
        }
        expect(await logged()).toEqual([...before, ...log])
        const found = await catalogueOf(kind, database)
        await withDatabase(create, async (fresh) => {
          await (await fresh.open([after])).close()
          expect(found).toEqual(await catalogueOf(kind, fresh))
        })
      }),
  )

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

  test('a field that may be missing cannot become required, even where every row has it', async () => {
    const { open, drop } = await create()
    try {
      const loose = homes({ ...before, note: z.string().nullable() })
      const old = await open([loose])
      await old.transact(village, (tx) => tx.insert(loose, home))
      await old.close()
      await expect(open([first])).rejects.toMatchObject({
        code: 'storage/destructive-change',
        details: { faults: ['homes: note may no longer be missing'] },
      })
    } finally {
      await drop()
    }
  })

  test('an index that is gone from the definition is gone from the database, unique or not', async () => {
    const { open, run, drop } = await create()
    try {
      const indexed = homes(before, [['water'], { unique: ['name'] }])
      const old = await open([indexed])
      await old.transact(village, (tx) => tx.insert(indexed, home))
      await old.close()
      const bare = homes(before, [])
      const storage = await open([bare])
      await storage.transact(village, (tx) => tx.insert(bare, { ...home, id: 'b' }))
      await storage.close()
      const names =
        kind === 'sqlite'
          ? "select name from sqlite_schema where type = 'index' and sql is not null and tbl_name = 'homes'"
          : "select indexname as name from pg_indexes where tablename = 'homes' and indexname <> 'homes_pkey'"
      expect(await run(names)).toEqual([])
    } finally {
      await drop()
    }
  })

  test('all that does not fit is reported at once, what the rows break included', async () => {
    const { open, drop } = await create()
    try {
      const old = await open([first])
      await old.transact(village, async (tx) => {
        for (const id of ['a', 'b', 'c']) await tx.insert(first, { ...home, id })
        await tx.insert(first, { ...home, id: 'd', name: 'South' })
      })
      const dump = await dumpOf(old)
      await old.close()
      const shape = { ...before, rooms: z.int().min(2).max(5), water: z.enum(['well']), roof: z.string() }
      await expect(open([homes(shape, [{ unique: ['name'] }])])).rejects.toMatchObject({
        code: 'storage/destructive-change',
        details: {
          faults: [
            'homes: rooms has a higher minimum',
            'homes: water loses the values pipe',
            'homes: roof is new, required and has no default',
            'homes: name is not unique in 3 rows',
          ],
        },
      })
      const again = await open([first])
      expect(await dumpOf(again)).toEqual(dump)
      await again.close()
    } finally {
      await drop()
    }
  })

  test('derived collections are dropped together where one changes, and all others keep their rows', async () => {
    const { open, run, drop } = await create()
    try {
      const derived = (name: string, shape: z.ZodRawShape, references = {}): AnyCollection =>
        // The names of the fields are known only when the test runs.
        defineCollection({
          name,
          schema: z.object(shape),
          key: 'id',
          references,
          isDerived: true,
          fieldClasses: 'public',
        } as never)
      const counts = (shape: z.ZodRawShape) => {
        const streets = derived('streets', { id: z.string(), ...shape })
        return [streets, derived('street_homes', { id: z.string(), street: z.string() }, { street: streets })]
      }
      const [before, homesBefore] = counts({ most: z.int().max(9).nullable(), more: z.string().nullable() })
      if (before === undefined || homesBefore === undefined) throw new Error('There are two.')
      const old = await open([first, before, homesBefore])
      await old.transact(village, async (tx) => {
        await tx.insert(first, home)
        await tx.insert(before, { id: 's', most: 9, more: null })
        await tx.insert(homesBefore, { id: 'h', street: 's' })
      })
      await old.close()
      const rows = async (definitions: readonly AnyCollection[]) => {
        const storage = await open([first, ...definitions])
        const all = [first, ...definitions]
        const counted = await storage.read(village, (tx) => Promise.all(all.map((each) => tx.count(each))))
        expect((await storage.verify()).faults).toEqual([])
        await storage.close()
        return counted
      }
      // A column that only another program knows is left alone.
      expect(await rows(counts({ most: z.int().max(9).nullable() }))).toEqual([1, 1, 1])
      expect(await rows(counts({ most: z.int().max(5).nullable() }))).toEqual([1, 0, 0])
      const log = await run('select change from migration_log order by step')
      expect(log.map(({ change }) => change).slice(-4)).toEqual([
        'drop-table street_homes',
        'drop-table streets',
        'create-table streets',
        'create-table street_homes',
      ])
    } finally {
      await drop()
    }
  })

  test('names too long for PostgreSQL stay apart', async () => {
    const { open, drop } = await create()
    try {
      const [name, field] = ['long_'.repeat(11), 'field'.repeat(8)]
      const shape = (max: number) => ({
        id: z.string(),
        [`${field}A`]: z.int().max(max),
        [`${field}B`]: z.int().max(max),
      })
      const long = (max: number) => homes(shape(max), [[`${field}A`], [`${field}B`]], name)
      await (await open([long(5)])).close()
      const storage = await open([long(7)])
      const record = { id: 'a', [`${field}A`]: 7, [`${field}B`]: 6 }
      await storage.transact(village, (tx) => tx.insert(long(7), record))
      await storage.close()
      await (await open([homes(shape(7), [], name)])).close()
    } finally {
      await drop()
    }
  })

  test('each step is logged once, in order', async () => {
    const { open, run, drop } = await create()
    try {
      const wider = homes({ ...before, rooms: z.int().max(9), roof: z.string().nullable() }, [])
      for (const definition of [first, first, wider, wider]) await (await open([definition])).close()
      const log = await run('select step, change from migration_log order by step')
      expect(log.map(({ step }) => Number(step))).toEqual(log.map((_, index) => index + 1))
      expect(log.map(({ change }) => change).slice(-4)).toEqual([
        'create-table homes',
        'widen-column homes.rooms',
        'add-column homes.roof',
        'drop-index homes_name_idx',
      ])
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
