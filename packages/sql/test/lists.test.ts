import { DatabaseSync } from 'node:sqlite'
import { CivilDate, VillageId } from '@lumbung/core/kernel'
import { defineCollection, openMemory, type Storage } from '@lumbung/core/storage'
import * as fc from 'fast-check'
import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { openPostgres } from '../src/postgres/index.ts'
import { databaseKinds, withDatabase } from './databases.ts'

/** Goal: a condition on a list means the same on every store, however long it is, and costs one statement. */

const village = VillageId.parse('village')
const samples = defineCollection({
  name: 'samples',
  schema: z.object({
    id: z.string(),
    kind: z.enum(['a', 'b']),
    day: CivilDate,
    whole: z.int(),
    wide: z.bigint(),
    real: z.number(),
    flag: z.boolean(),
    maybe: z.string().nullable(),
  }),
  key: 'id',
  indexes: [['whole'], ['maybe']],
  fieldClasses: 'internal',
})
const sample = (id: string, more: object = {}) => ({
  id,
  kind: 'a' as const,
  day: CivilDate.parse('2026-11-24'),
  whole: 0,
  wide: 0n,
  real: 0,
  flag: false,
  maybe: null,
  ...more,
})
const odd = '"quoted", \\ and [] \u{1f35a}'
const records = [
  sample('1', { maybe: odd, real: 0.1 + 0.2, wide: 2n ** 53n + 1n }),
  sample('2', { maybe: '', real: -5e-324, wide: -(2n ** 63n), whole: Number.MAX_SAFE_INTEGER }),
  sample('3', { maybe: '1', real: 1.7976931348623157e308, wide: 2n ** 53n, flag: true, kind: 'b' as const }),
  sample('4', { day: CivilDate.parse('0001-01-01'), whole: -1, wide: 2n ** 63n - 1n, real: 5 }),
]

const questions = [
  [{ id: { in: ['1', '3', 'none'] } }, ['1', '3']],
  [{ id: { in: [] } }, []],
  [{ kind: { in: ['b' as const] } }, ['3']],
  [{ day: { in: [CivilDate.parse('0001-01-01')] } }, ['4']],
  [{ whole: { in: [Number.MAX_SAFE_INTEGER, -1] } }, ['2', '4']],
  [{ wide: { in: [2n ** 53n + 1n, -(2n ** 63n)] } }, ['1', '2']],
  [{ wide: { in: [2n ** 63n - 1n] } }, ['4']],
  [{ real: { in: [0.1 + 0.2, 5] } }, ['1', '4']],
  [{ real: { in: [0.3] } }, []],
  [{ real: { in: [-5e-324, 1.7976931348623157e308] } }, ['2', '3']],
  [{ flag: { in: [true] } }, ['3']],
  [{ flag: { in: [true, false] } }, ['1', '2', '3', '4']],
  [{ maybe: { in: [odd, '1'] } }, ['1', '3']],
  [{ maybe: { in: [''] } }, ['2']],
] as const

const stores: Readonly<Record<string, (work: (storage: Storage) => Promise<void>) => Promise<void>>> = {
  memory: (work) => work(openMemory({ collections: [samples], streams: [] })),
  ...Object.fromEntries(
    Object.entries(databaseKinds).map(([kind, create]) => [
      kind,
      (work: (storage: Storage) => Promise<void>) =>
        withDatabase(create, async ({ open }) => {
          const storage = await open([samples])
          try {
            await work(storage)
          } finally {
            await storage.close()
          }
        }),
    ]),
  ),
}

describe.each(Object.entries(stores))('lists on %s', (_, withStore) => {
  test('values of every type are found, and no others', () =>
    withStore(async (storage) => {
      await storage.transact(village, (tx) => tx.insertMany(samples, records))
      for (const [where, ids] of questions) {
        const found = await storage.read(village, (tx) => tx.query(samples, { where }))
        expect([where, found.records.map(({ id }) => id)]).toEqual([where, ids])
        expect(await storage.read(village, (tx) => tx.count(samples, where))).toBe(ids.length)
      }
    }))

  test('70,000 values are no more than three', () =>
    withStore(async (storage) => {
      await storage.transact(village, (tx) => tx.insertMany(samples, records))
      const many = Array.from({ length: 70_000 }, (_, index) => `other ${index}`)
      const where = { id: { in: [...many, '2'] } }
      expect(await storage.read(village, (tx) => tx.count(samples, where))).toBe(1)
      const wide = { wide: { in: many.map((_, index) => 2n ** 60n + BigInt(index)).concat(2n ** 53n) } }
      expect(await storage.read(village, (tx) => tx.count(samples, wide))).toBe(1)
    }))
})

test.each(Object.entries(databaseKinds))('every real number is found as it was given on %s', (_, create) =>
  withDatabase(create, async ({ open }) => {
    const storage = await open([samples])
    try {
      const real = fc.double({ noNaN: true, noDefaultInfinity: true })
      const values = [...new Set(fc.sample(real, { numRuns: 2000, seed: 7 }))].filter((value) => value !== 0)
      await storage.transact(village, (tx) =>
        tx.insertMany(
          samples,
          values.map((value, index) => sample(String(index), { real: value })),
        ),
      )
      const where = { real: { in: values } }
      expect(await storage.read(village, (tx) => tx.count(samples, where))).toBe(values.length)
    } finally {
      await storage.close()
    }
  }),
)

/** How SQLite finds the rows of each question. */
async function plansOf(
  { open, place }: Parameters<Parameters<typeof withDatabase>[1]>[0],
  ask: (storage: Storage) => Promise<void>,
): Promise<readonly unknown[]> {
  const storage = await open([samples])
  const texts: string[] = []
  const { prepare } = DatabaseSync.prototype
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    texts.push(sql)
    return prepare.call(this, sql)
  })
  try {
    await ask(storage)
  } finally {
    spy.mockRestore()
    await storage.close()
  }
  const database = new DatabaseSync(place)
  try {
    return texts
      .filter((sql) => /^select .* from "samples" where/.test(sql))
      .map((sql) => database.prepare(`explain query plan ${sql}`))
      .map((statement) => statement.all()[0]?.['detail'])
  } finally {
    database.close()
  }
}

test('an index serves a list of values on SQLite', () =>
  withDatabase(databaseKinds.sqlite, async (database) => {
    const plans = await plansOf(database, async (storage) => {
      for (const where of [{ id: { in: ['1'] } }, { whole: { in: [1] } }, { maybe: { in: ['1'] } }]) {
        await storage.read(village, (tx) => tx.count(samples, where))
      }
    })
    expect(plans).toEqual([
      expect.stringMatching(/^SEARCH samples .*\(village_id=\? AND id=\?\)/),
      expect.stringMatching(/^SEARCH samples .*whole_idx \(village_id=\? AND whole=\?\)/),
      expect.stringMatching(/^SEARCH samples .*maybe_idx \(village_id=\? AND maybe=\?\)/),
    ])
  }))

test('an index finds the rows on SQLite also where they come in the order of the key', () =>
  withDatabase(databaseKinds.sqlite, async (database) => {
    const plans = await plansOf(database, async (storage) => {
      await storage.transact(village, (tx) =>
        tx.insertMany(
          samples,
          ['1', '2'].map((id) => sample(id, { maybe: 'x' })),
        ),
      )
      await storage.read(village, async (tx) => {
        const where = { maybe: { in: ['x', 'y'] } }
        const { next } = await tx.query(samples, { where, limit: 1 })
        if (next !== undefined) await tx.query(samples, { where, limit: 1, after: next })
        await tx.query(samples, { where: { maybe: 'x' } })
        // Most may be without a value, and the key finds better than any other index.
        await tx.query(samples, { where: { maybe: null } })
        await tx.query(samples, { where: { maybe: 'x', id: { in: ['1'] } } })
      })
    })
    const byIndex = expect.stringMatching(/^SEARCH samples .*maybe_idx \(village_id=\? AND maybe=\?/)
    const byKey = expect.stringMatching(/^SEARCH samples USING INDEX sqlite_autoindex/)
    expect(plans).toEqual([byIndex, byIndex, byIndex, byKey, byKey])
  }))

test('an index serves a list of values on PostgreSQL', () =>
  withDatabase(databaseKinds.postgres, async ({ open, place, run }) => {
    await (await open([samples])).close()
    const texts: string[] = []
    const onStatement = (sql: string) => texts.push(sql)
    const storage = await openPostgres({ url: place, schema: storageSchema, onStatement })
    for (const where of [{ id: { in: ['1'] } }, { whole: { in: [1] } }, { maybe: { in: ['1'] } }]) {
      await storage.read(village, (tx) => tx.count(samples, where))
    }
    await storage.close()
    const client = new pg.Client({ connectionString: place })
    await client.connect()
    try {
      // The table is empty, and reading it whole would be cheapest: asked is whether an index could serve.
      await client.query('set enable_seqscan = off')
      const plans: string[] = []
      for (const sql of texts.filter((text) => text.includes('any('))) {
        const text = sql.replace('$1', "''").replace('$2', "'{1,2}'")
        const { rows } = await client.query<Record<string, unknown>>(`explain (costs off) ${text}`)
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      }
      expect(plans).toHaveLength(3)
      expect(plans[0]).toMatch(/samples_pkey[\s\S]*Index Cond: .*\(id = ANY/)
      expect(plans[1]).toMatch(/samples_whole_idx[\s\S]*Index Cond: .*\(whole = ANY/)
      expect(plans[2]).toMatch(/samples_maybe_idx[\s\S]*Index Cond: .*\(maybe = ANY/)
    } finally {
      await client.end()
    }
    expect(await run('select 1 as one')).toEqual([{ one: 1 }])
  }))

const storageSchema = { collections: [samples], streams: [] }

/** So many different shapes that the oldest are given up, and then the first again. */
async function askInManyShapes(storage: Storage): Promise<void> {
  const fields = ['kind', 'day', 'whole', 'wide', 'real', 'flag', 'maybe'] as const
  const orders = fields.flatMap((a) =>
    fields.flatMap((b) => fields.flatMap((c) => (a === b || b === c || a === c ? [] : [[a, b, c] as const]))),
  )
  const shapes = orders.flatMap((order) => [order, order.map((field) => `-${field}` as const)])
  expect(shapes.length).toBe(420)
  await storage.read(village, async (tx) => {
    for (const orderBy of [...shapes, ...shapes.slice(0, 1)]) {
      for (const where of [{}, { id: { in: ['1'] } }]) await tx.query(samples, { orderBy, where })
    }
  })
}

test('PostgreSQL keeps a bounded number of statements for a session', () =>
  withDatabase(databaseKinds.postgres, async ({ place }) => {
    const counts: number[] = []
    const { query } = pg.Client.prototype
    const storage = await openPostgres({ url: place, schema: storageSchema, connectionsMax: 1 })
    try {
      const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
        this: pg.Client,
        ...given: unknown[]
      ) {
        const [config] = given as [{ text: string }]
        if (config.text === 'commit') {
          const sql = 'select count(*)::int as count from pg_prepared_statements'
          // The real calls; their many overloads cannot be named.
          const asked = Reflect.apply(query, this, [sql]) as Promise<pg.QueryResult<{ count: number }>>
          void asked.then(({ rows }) => counts.push(rows[0]?.count ?? 0))
        }
        return Reflect.apply(query, this, given)
      })
      try {
        await askInManyShapes(storage)
        for (let length = 0; length < 5; length += 1) {
          await storage.read(village, (tx) => tx.count(samples, { id: { in: Array(length).fill('1') } }))
        }
      } finally {
        spy.mockRestore()
      }
    } finally {
      await storage.close()
    }
    expect(Math.max(...counts)).toBe(500)
  }))

test('SQLite prepares a shape once however long its list, and again only after many others', () =>
  withDatabase(databaseKinds.sqlite, async ({ open }) => {
    const storage = await open([samples])
    const { prepare } = DatabaseSync.prototype
    let prepared: string[] = []
    const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
      this: DatabaseSync,
      sql,
    ) {
      // What begins and ends work is prepared once for a connection, whatever is asked on it.
      if (sql.includes(samples.name)) prepared.push(sql)
      return prepare.call(this, sql)
    })
    const askForLists = () =>
      storage.read(village, async (tx) => {
        for (let length = 0; length < 20; length += 1) {
          await tx.count(samples, { id: { in: Array(length).fill('1') } })
        }
      })
    try {
      await askForLists()
      expect(prepared).toHaveLength(1)
      await askInManyShapes(storage)
      prepared = []
      await askForLists()
      expect(prepared).toHaveLength(1)
    } finally {
      spy.mockRestore()
      await storage.close()
    }
  }))
