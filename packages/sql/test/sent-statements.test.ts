import { AsyncLocalStorage } from 'node:async_hooks'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AnyCollection, type DumpLine, defineCollection, type Storage } from '@lumbung/core/storage'
import { answerAsSecondProcess, conformanceSchema, testConformance } from '@lumbung/core/storage/conformance'
import { loadModule } from 'libpg-query'
import pg from 'pg'
import { beforeAll, expect, inject, test, vi } from 'vitest'
import * as z from 'zod'
import { restoreBackup, writeBackup } from '../src/backup/index.ts'
import { openPostgres, type PostgresOptions } from '../src/postgres/index.ts'
import { faultsOf, type Scope } from './distributed-subset.ts'
import { createDatabase } from './embedded-server.ts'
import { touchedVillages } from './touched-villages.ts'

/** Goal: what is really sent to PostgreSQL, and nothing that was made up for this test, stays in the subset. */

beforeAll(loadModule)

/** One statement as our adapter tells of it. */
interface Told {
  readonly scope: Scope
  readonly sql: string
}

/** The villages of one transaction of which each may touch one. */
type Touched = Set<unknown>

interface Recorded {
  readonly told: readonly Told[]
  readonly transactions: readonly Touched[]
}

/** In which scope a statement is sent follows the call that sends it, also where calls overlap. */
const scopes = new AsyncLocalStorage<Scope>()
const inAllVillages = <T>(work: () => T): T => scopes.run('all-villages', work)
const scopeNow = (): Scope => scopes.getStore() ?? 'one-village'

/** A store of which the calls that mean all villages, and only they, are marked. */
function marked(storage: Storage): Storage {
  return {
    ...storage,
    readAcrossVillages: (work) => inAllVillages(() => storage.readAcrossVillages(work)),
    restore: (...given) => inAllVillages(() => storage.restore(...given)),
    verify: (...given) => inAllVillages(() => storage.verify(...given)),
    async *dump() {
      const lines = storage.dump()[Symbol.asyncIterator]()
      try {
        for (;;) {
          const { done, value } = await inAllVillages(() => lines.next())
          if (done) return
          yield value
        }
      } finally {
        await inAllVillages(() => lines.return?.())
      }
    },
  }
}

type OpenMarked = (options?: Partial<PostgresOptions>) => Promise<Storage>

/** Does work on a database of its own and records what is sent to it. Opening means all villages. */
async function record(name: string, work: (open: OpenMarked) => Promise<void>): Promise<Recorded> {
  const { url, drop } = await createDatabase(
    inject('postgresUrl'),
    `lumbung_sent_${process.pid}_${Date.now()}_${name}`,
  )
  const told: Told[] = []
  const sent: string[] = []
  const transactions: Touched[] = []
  const running = new Map<pg.Client, Touched>()
  const { query } = pg.Client.prototype
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const [config] = given as [{ text: string; values: unknown[] }]
    sent.push(config.text)
    if (config.text.startsWith('begin') && scopeNow() === 'one-village') {
      const touched: Touched = new Set()
      transactions.push(touched)
      running.set(this, touched)
    }
    for (const village of touchedVillages(config.text, config.values)) running.get(this)?.add(village)
    if (/^(commit|rollback)$/.test(config.text)) running.delete(this)
    // The real call with what it was given; its many overloads cannot be named.
    return Reflect.apply(query, this, given)
  })
  try {
    await work((options = {}) =>
      inAllVillages(() =>
        openPostgres({
          url,
          schema: conformanceSchema,
          onStatement: (sql) => told.push({ scope: scopeNow(), sql }),
          ...options,
        }),
      ).then(marked),
    )
    // Nothing is sent behind the back of whoever listens.
    expect(sent.sort()).toEqual(told.map(({ sql }) => sql).sort())
  } finally {
    spy.mockRestore()
    await drop()
  }
  return { told, transactions }
}

/** The whole conformance suite, in one database that is emptied before each of its tests. */
async function conformance(open: OpenMarked): Promise<void> {
  const storage = await open()
  const empty: DumpLine[] = []
  for await (const line of storage.dump()) empty.push(line)
  const runs: (() => Promise<void>)[] = []
  testConformance({
    store: 'postgres',
    test: (_, run) => runs.push(run),
    open: async () => {
      await storage.restore(empty)
      return await open()
    },
    // In this process, so that what the second one sends is recorded as well.
    openSecondProcess: async () => {
      const second = await open()
      return { ask: (task) => answerAsSecondProcess(second, task), end: () => second.close() }
    },
    workloads: { count: 1, seed: 1 },
  })
  try {
    for (const run of runs) await run()
  } finally {
    await storage.close()
  }
}

const plain = { key: 'id', fieldClasses: 'internal' } as const
const hamlets = defineCollection({ ...plain, name: 'hamlets', schema: z.object({ id: z.string() }) })

/** A table that is created, and every change that a migration makes of it. */
async function migration(open: OpenMarked): Promise<void> {
  const shape = { id: z.string(), rooms: z.int().max(5), note: z.string(), hamletId: z.string().nullable() }
  const before: AnyCollection = defineCollection({
    ...plain,
    name: 'homes',
    schema: z.object(shape),
    indexes: [['rooms']],
    references: { hamletId: hamlets },
  })
  const after: AnyCollection = defineCollection({
    ...plain,
    name: 'homes',
    schema: z.object({
      ...shape,
      rooms: z.int().max(50),
      note: z.string().nullable(),
      roof: z.string().default('reed'),
      besideId: z.string().nullable(),
    }),
    indexes: [{ unique: ['note'] }],
    references: { besideId: hamlets },
  })
  for (const homes of [
    before,
    after,
    defineCollection({ ...plain, ...after, references: { hamletId: hamlets } }),
  ]) {
    await (await open({ schema: { collections: [hamlets, homes], streams: [] } })).close()
  }
}

/** A backup of a filled store, and its restore. */
async function backup(open: OpenMarked): Promise<void> {
  const file = join(tmpdir(), `lumbung-sent-${process.pid}.backup`)
  const storage = await open()
  try {
    await answerAsSecondProcess(storage, { kind: 'append', times: 3 })
    await writeBackup(storage, { file })
    await restoreBackup(storage, { file })
  } finally {
    await storage.close()
    rmSync(file, { force: true })
  }
}

function faultsIn({ told }: Recorded) {
  const once = new Map(told.map(({ scope, sql }) => [`${scope} ${sql}`, { scope, sql }]))
  return [...once.values()].flatMap(({ scope, sql }) => {
    const faults = faultsOf(sql, scope)
    return faults.length === 0 ? [] : [{ sql, scope, faults }]
  })
}

const sentIn = ({ told }: Recorded, scope: Scope) =>
  told.flatMap((one) => (one.scope === scope ? [one.sql] : [])).join('\n')

test('every statement of the conformance suite stays within the subset, each transaction in one village', async () => {
  const recorded = await record('conformance', conformance)
  expect(faultsIn(recorded)).toEqual([])
  expect(recorded.transactions.filter((villages) => villages.size > 1)).toEqual([])
  // A load that asks for less would prove less.
  expect(recorded.transactions.filter((villages) => villages.size === 1).length).toBeGreaterThan(200)
  for (const part of [
    /^select .* for update$/m,
    /^select count/m,
    /^insert .* values/m,
    /^insert .* unnest/m,
    /^insert .* do nothing$/m,
    /^insert .* do update/m,
    /^update /m,
    /^delete /m,
    /^savepoint /m,
    /^begin .* serializable$/m,
    /^begin .* read committed$/m,
    // Rules are asked where the records are.
    /^SELECT .* AS "outcome_1".* LEFT JOIN /m,
  ]) {
    expect(sentIn(recorded, 'one-village')).toMatch(part)
  }
  // And the mark matters: without it these statements would be refused.
  const whole = recorded.told.flatMap(({ scope, sql }) =>
    scope === 'all-villages' && faultsOf(sql, 'one-village').length > 0 ? [sql] : [],
  )
  for (const part of [/^select /m, /^select count/m, /^delete /m]) expect(whole.join('\n')).toMatch(part)
})

test('every statement of a migration stays within the subset', async () => {
  const recorded = await record('migration', migration)
  expect(faultsIn(recorded)).toEqual([])
  for (const part of [
    /^create table "/m,
    /^create index/m,
    /^create unique index/m,
    /^drop index/m,
    /add column/,
    /drop constraint if exists "homes_rooms_check"/,
    /add constraint "homes_rooms_check"/,
    /drop not null/,
    /drop constraint "homes_hamlet_id_fkey"/,
    /add constraint "homes_hamlet_id_fkey" foreign key \("village_id", "hamlet_id"\)/,
    /add constraint "homes_beside_id_fkey"/,
    /not exists/,
    /having/,
  ]) {
    expect(sentIn(recorded, 'all-villages')).toMatch(part)
  }
})

test('every statement of a backup and its restore stays within the subset', async () => {
  const recorded = await record('backup', backup)
  expect(faultsIn(recorded)).toEqual([])
  expect(recorded.transactions.filter((villages) => villages.size > 1)).toEqual([])
  for (const part of [/^begin .* read only$/m, /^delete from/m, /^insert .* unnest/m]) {
    expect(sentIn(recorded, 'all-villages')).toMatch(part)
  }
})
