import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test, vi } from 'vitest'
import { openSqlite } from '../src/sqlite/index.ts'
import { notes, schema, village } from './writer-process.ts'

/** Goal: the connections on which a village really writes and reads hold the settings that it relies on. */

const folder = mkdtempSync(join(tmpdir(), 'lumbung-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** SQLite keeps most settings for each connection, so these are the adapter's own, in the order of opening. */
async function connectionsOf(work: () => Promise<void>): Promise<readonly DatabaseSync[]> {
  const connections = new Set<DatabaseSync>()
  const { exec } = DatabaseSync.prototype
  const spy = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
    connections.add(this)
    exec.call(this, sql)
  })
  try {
    await work()
  } finally {
    spy.mockRestore()
  }
  return [...connections]
}

function settingsOf(connection: DatabaseSync | undefined) {
  return Object.fromEntries(
    ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map((name) => [
      name,
      Object.values(connection?.prepare(`pragma ${name}`).get() ?? {})[0],
    ]),
  )
}

const writing = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: 0 }

let files = 0

test.each<[string, (file: string) => Promise<void>]>([
  ['a new file', async () => {}],
  ['a file with nothing to migrate', async (file) => (await openSqlite({ file, schema })).close()],
  [
    'a file with much to migrate',
    async (file) => (await openSqlite({ file, schema: { collections: [], streams: [] } })).close(),
  ],
  [
    'a file that was not WAL',
    async (file) => {
      await (await openSqlite({ file, schema })).close()
      const other = new DatabaseSync(file)
      other.exec('pragma journal_mode = delete')
      other.close()
    },
  ],
])(
  'the adapter holds its settings on %s, and still after a write, a read and a refusal',
  async (_, prepare) => {
    files += 1
    const file = join(folder, `${files}.db`)
    await prepare(file)
    const opened = Promise.withResolvers<Awaited<ReturnType<typeof openSqlite>>>()
    const connections = await connectionsOf(async () => {
      const storage = await openSqlite({ file, schema })
      opened.resolve(storage)
      const number = 1
      await storage.transact(village, (tx) => tx.insert(notes, { number, text: '' }))
      await storage.read(village, (tx) => tx.count(notes))
      await expect(
        storage.transact(village, (tx) => tx.insert(notes, { number, text: '' })),
      ).rejects.toMatchObject({ code: 'storage/duplicate' })
    })
    const storage = await opened.promise
    try {
      const [writer, reader, ...more] = connections
      expect(more).toEqual([])
      expect(settingsOf(writer)).toEqual(writing)
      // A reader flushes nothing, so how it would is left as it is.
      expect(settingsOf(reader)).toMatchObject({ journal_mode: 'wal', foreign_keys: 1, busy_timeout: 0 })
      expect(() => reader?.exec('delete from notes')).toThrow('readonly')
    } finally {
      await storage.close()
    }
  },
)

test.skipIf(process.platform === 'win32')(
  'the database and the files beside it are readable for their owner only, while they are open too',
  async () => {
    const own = join(folder, 'private')
    const file = join(own, 'village.db')
    mkdirSync(own)
    // A folder open to all must not decide about what lies in it.
    chmodSync(own, 0o777)
    const before = process.umask(0)
    try {
      const storage = await openSqlite({ file, schema })
      try {
        await storage.transact(village, (tx) => tx.insert(notes, { number: 1, text: '' }))
        await storage.read(village, (tx) => tx.count(notes))
        const modes = readdirSync(own).map((name) => [
          name,
          (statSync(join(own, name)).mode & 0o777).toString(8),
        ])
        expect(modes).toEqual([
          ['village.db', '600'],
          ['village.db-shm', '600'],
          ['village.db-wal', '600'],
        ])
      } finally {
        await storage.close()
      }
    } finally {
      process.umask(before)
    }
  },
)

test.skipIf(process.platform === 'win32')(
  'a database that others could read is closed to them, with the files beside it, and opens as it was',
  async () => {
    const own = join(folder, 'open')
    const file = join(own, 'village.db')
    mkdirSync(own)
    const first = await openSqlite({ file, schema })
    await first.transact(village, (tx) => tx.insert(notes, { number: 1, text: '' }))
    const names = readdirSync(own)
    expect(names).toHaveLength(3)
    for (const name of names) chmodSync(join(own, name), 0o644)
    // While the first is open, whose locks must not be let go of.
    const second = await openSqlite({ file, schema })
    expect(names.map((name) => (statSync(join(own, name)).mode & 0o777).toString(8))).toEqual([
      '600',
      '600',
      '600',
    ])
    expect(await second.read(village, (tx) => tx.count(notes))).toBe(1)
    await Promise.all([first.close(), second.close()])
  },
)

test.each([':memory:', '', 'file:village.db', 'FILE::memory:?cache=shared'])(
  'what is no path of a file is refused: %j',
  async (file) => {
    await expect(openSqlite({ file, schema })).rejects.toMatchObject({ code: 'storage/unavailable' })
    expect(readdirSync('.').filter((name) => /memory|village/i.test(name))).toEqual([])
  },
)

test('units that are asked for by requests which arrive together share one commit', async () => {
  const storage = await openSqlite({ file: join(folder, 'together.db'), schema })
  const told: string[] = []
  const ask = async (id: string) => {
    await storage.transact(village, async () => void told.push(`${id} ran`), { shared: true })
    told.push(`${id} is durable`)
  }
  // Each request is heard by itself, as the event loop hands on what has arrived.
  const heard = ['a', 'b', 'c'].map(
    (id) => new Promise<void>((resolve, reject) => setImmediate(() => ask(id).then(resolve, reject))),
  )
  await Promise.all(heard)
  expect(told.slice(0, 3)).toEqual(['a ran', 'b ran', 'c ran'])
  await storage.close()
})

test('a long read lets others have the thread between its batches', async () => {
  const storage = await openSqlite({ file: join(folder, 'long.db'), schema })
  await storage.transact(village, (tx) =>
    tx.insertMany(
      notes,
      Array.from({ length: 2_500 }, (_, index) => ({ number: index, text: '' })),
    ),
  )
  let heard = false
  let heardBeforeTheEnd = false
  setImmediate(() => {
    heard = true
  })
  const count = await storage.read(village, async (tx) => {
    let read = 0
    for await (const _ of tx.stream(notes)) read += 1
    heardBeforeTheEnd = heard
    return read
  })
  expect(count).toBe(2_500)
  expect(heardBeforeTheEnd).toBe(true)
  await storage.close()
})
