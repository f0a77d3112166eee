import { connect, createServer, type Socket } from 'node:net'
import { VillageId } from '@lumbung/core/kernel'
import { defineCollection, type Storage } from '@lumbung/core/storage'
import pg from 'pg'
import { expect, inject, test, vi } from 'vitest'
import * as z from 'zod'
import { openPostgres, type PostgresOptions } from '../src/postgres/index.ts'
import { createDatabase, startEmbeddedServer } from './embedded-server.ts'
import { codeOf } from './outcomes.ts'

/** Goal: a connection or a server that fails is named for what it did to the work, and never passes for success. */

const village = VillageId.parse('village')
const wells = defineCollection({
  name: 'wells',
  schema: z.object({ id: z.string(), depth: z.int() }),
  key: 'id',
  fieldClasses: 'internal',
})
const schema = { collections: [wells], streams: [] }

let databases = 0

async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  databases += 1
  const { url, drop } = await createDatabase(
    inject('postgresUrl'),
    `lumbung_connection_${process.pid}_${databases}`,
  )
  try {
    await work(url)
  } finally {
    await drop()
  }
}

function withStorage(
  work: (storage: Storage, url: string) => Promise<void>,
  options: Partial<PostgresOptions> = {},
): Promise<void> {
  return withDatabase(async (url) => {
    const storage = await openPostgres({ url, schema, ...options })
    try {
      await work(storage, url)
    } finally {
      await storage.close()
    }
  })
}

async function runOn(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

const idsIn = (url: string) =>
  runOn(url, 'select id from wells order by id').then((rows) => rows.map(({ id }) => id))

/** A way to a server that can be cut: at once, or when a commit has passed. */
async function startProxy(url: string) {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let cutsAtCommit = false
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    client.on('data', (chunk) => {
      const isCut = cutsAtCommit && chunk.includes('commit')
      server.write(chunk, () => {
        // The server has it, and its answer finds nobody.
        if (isCut) client.destroy()
      })
      if (isCut) server.removeAllListeners('data').resume()
    })
    server.on('data', (chunk) => client.write(chunk))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const through = new URL(url)
  through.port = String(address.port)
  return {
    url: through.href,
    cut,
    cutAtCommit: () => {
      cutsAtCommit = true
    },
    async stop() {
      cut()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

/** Does something of a client's own before each commit that our code sends, while work runs. */
async function beforeCommits(
  before: (query: (sql: string) => Promise<pg.QueryResult>) => void,
  work: () => Promise<void>,
): Promise<void> {
  const { query } = pg.Client.prototype
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const [config] = given as [{ text: string }]
    // The real calls; their many overloads cannot be named.
    if (config.text === 'commit')
      before((sql) => Reflect.apply(query, this, [sql]) as Promise<pg.QueryResult>)
    return Reflect.apply(query, this, given)
  })
  try {
    await work()
  } finally {
    spy.mockRestore()
  }
}

test('a transaction that the server had given up is not acknowledged, though its commit gets no error', () =>
  withStorage(async (storage, url) => {
    const fail = (query: (sql: string) => Promise<unknown>) => void query('select 1 / 0').catch(() => {})
    await beforeCommits(fail, async () => {
      const work = storage.transact(village, (tx) => tx.insert(wells, { id: 'lost', depth: 1 }))
      expect(await codeOf(work)).toBe('storage/transaction-failed')
    })
    expect(await idsIn(url)).toEqual([])
    await storage.transact(village, (tx) => tx.insert(wells, { id: 'later', depth: 1 }))
    expect(await idsIn(url)).toEqual(['later'])
  }))

test('a connection that is cut after the commit was sent leaves the outcome unknown', () =>
  withDatabase(async (url) => {
    const proxy = await startProxy(url)
    const storage = await openPostgres({ url: proxy.url, schema })
    try {
      await storage.transact(village, (tx) => tx.insert(wells, { id: 'before', depth: 1 }))
      proxy.cutAtCommit()
      const work = storage.transact(village, (tx) => tx.insert(wells, { id: 'sent', depth: 1 }))
      expect(await codeOf(work)).toBe('storage/outcome-unknown')
      // Here it had arrived, which nobody could have known.
      await expect.poll(() => idsIn(url)).toEqual(['before', 'sent'])
    } finally {
      await storage.close()
      await proxy.stop()
    }
  }))

test('a connection that is cut before the commit wrote nothing, whether it is noticed by a call or by the commit', () =>
  withDatabase(async (url) => {
    const proxy = await startProxy(url)
    const storage = await openPostgres({ url: proxy.url, schema })
    const cut = async () => {
      proxy.cut()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    try {
      const atCall = storage.transact(village, async (tx) => {
        await tx.insert(wells, { id: 'a', depth: 1 })
        await cut()
        await tx.insert(wells, { id: 'b', depth: 1 })
      })
      expect(await codeOf(atCall)).toBe('storage/unavailable')
      const atCommit = storage.transact(village, async (tx) => {
        await tx.insert(wells, { id: 'c', depth: 1 })
        await cut()
      })
      expect(await codeOf(atCommit)).toBe('storage/unavailable')
      await storage.transact(village, (tx) => tx.insert(wells, { id: 'later', depth: 1 }))
      expect(await idsIn(url)).toEqual(['later'])
    } finally {
      await storage.close()
      await proxy.stop()
    }
  }))

test('a backend that is terminated makes the database unavailable for its work, and for no other', () =>
  withStorage(async (storage, url) => {
    const terminate = () =>
      runOn(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      )
    const work = storage.transact(village, async (tx) => {
      await tx.insert(wells, { id: 'a', depth: 1 })
      await terminate()
      await tx.insert(wells, { id: 'b', depth: 1 })
    })
    expect(await codeOf(work)).toBe('storage/unavailable')
    await terminate()
    await storage.transact(village, (tx) => tx.insert(wells, { id: 'later', depth: 1 }))
    expect(await idsIn(url)).toEqual(['later'])
  }))

test('work that waits for a connection which it holds itself ends with storage/busy', () =>
  withStorage(
    async (storage) => {
      const within = storage.transact(village, () =>
        storage.transact(village, (tx) => tx.insert(wells, { id: 'a', depth: 1 })),
      )
      expect(await codeOf(within)).toBe('storage/busy')
      await storage.transact(village, (tx) => tx.insert(wells, { id: 'a', depth: 1 }))
    },
    { connectionsMax: 1, busyTimeoutMs: 200 },
  ))

test('work that waits for a lock which does not come free ends with storage/busy', () =>
  withStorage(
    async (storage) => {
      const well = await storage.transact(village, (tx) => tx.insert(wells, { id: 'a', depth: 1 }))
      await storage.transact(village, async (tx) => {
        await tx.remove(wells, well)
        const other = storage.transact(village, (own) => own.remove(wells, well), {
          isolation: 'read-committed',
        })
        expect(await codeOf(other)).toBe('storage/busy')
      })
    },
    { busyTimeoutMs: 300 },
  ))

test('two that wait for each other are told apart by the server, and both end well', () =>
  withStorage(async (storage) => {
    for (const id of ['a', 'b']) await storage.transact(village, (tx) => tx.insert(wells, { id, depth: 0 }))
    const firstLocks = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let runs = 0
    const deepen = (order: readonly string[], own: number) =>
      storage.transact(
        village,
        async (tx) => {
          runs += 1
          for (const id of order) {
            const found = await tx.get(wells, { id })
            if (found === undefined) throw new Error('no well')
            await tx.update(wells, { ...found, depth: found.depth + 1 })
            firstLocks[own]?.resolve()
            await firstLocks[1 - own]?.promise
          }
        },
        { isolation: 'read-committed' },
      )
    const outcomes = await Promise.all([codeOf(deepen(['a', 'b'], 0)), codeOf(deepen(['b', 'a'], 1))])
    expect(runs).toBe(3)
    // The one that waited meets what the other changed meanwhile: it may be told so, as it read before that.
    expect(outcomes).toEqual(['nothing refused', 'nothing refused'])
    const { records } = await storage.read(village, (tx) => tx.query(wells))
    expect(records.map(({ depth }) => depth)).toEqual([2, 2])
  }))

test('a table of another program under the name of one of ours is no conflict that passes', () =>
  withDatabase(async (url) => {
    await runOn(url, 'create table wells (id text)')
    expect(await codeOf(openPostgres({ url, schema }))).toBe('storage/unavailable')
  }))

test('every session waits for the disk when it commits, also where its user would not', () =>
  withDatabase(async (url) => {
    const name = new URL(url).pathname.slice(1)
    await runOn(url, `alter database ${name} set synchronous_commit = off`)
    const settings: unknown[] = []
    const ask = (query: (sql: string) => Promise<pg.QueryResult>) =>
      void query('show synchronous_commit').then(({ rows }) => settings.push(rows[0]))
    await beforeCommits(ask, async () => {
      const storage = await openPostgres({ url, schema })
      await storage.transact(village, (tx) => tx.insert(wells, { id: 'a', depth: 1 }))
      await storage.close()
    })
    expect(settings).toEqual([{ synchronous_commit: 'on' }, { synchronous_commit: 'on' }])
  }))

test('a server that flushes nothing is not called durable, and one that does is', async () => {
  await withStorage(async (storage, url) => {
    const [setting] = await runOn(url, 'show fsync')
    expect(storage.capabilities.durable).toBe(setting?.['fsync'] === 'on')
  })
  const server = await startEmbeddedServer({ fsync: 'on' })
  try {
    const storage = await openPostgres({ url: server.url, schema })
    expect(storage.capabilities.durable).toBe(true)
    await storage.close()
  } finally {
    await server.stop()
  }
})
