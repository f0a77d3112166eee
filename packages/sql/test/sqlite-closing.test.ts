import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { openSqlite } from '../src/sqlite/index.ts'
import { codeOf } from './outcomes.ts'
import { nodeArguments } from './processes.ts'
import { notes, schema, village } from './writer-process.ts'

/** Goal: a database that was closed is one whole file, and one that is held by somebody is waited for. */

const base = mkdtempSync(join(tmpdir(), 'lumbung-closing-'))
afterAll(() => rmSync(base, { recursive: true }))

let folders = 0
function newFolder(): { readonly folder: string; readonly file: string } {
  folders += 1
  const folder = join(base, String(folders))
  mkdirSync(folder)
  return { folder, file: join(folder, 'village.db') }
}

async function countIn(file: string): Promise<number> {
  const storage = await openSqlite({ file, schema })
  try {
    expect((await storage.verify()).faults).toEqual([])
    return await storage.read(village, (tx) => tx.count(notes))
  } finally {
    await storage.close()
  }
}

test('after closing there is one file, and a copy of it alone holds everything', async () => {
  const { folder, file } = newFolder()
  const storage = await openSqlite({ file, schema })
  const insert = (number: number) =>
    storage.transact(village, (tx) => tx.insert(notes, { number, text: 'x'.repeat(5000) }))
  for (let number = 0; number < 20; number += 1) await insert(number)
  await Promise.all([1, 2, 3].map(() => storage.read(village, (tx) => tx.count(notes))))
  await storage.close()
  expect(readdirSync(folder)).toEqual(['village.db'])
  const copy = newFolder().file
  copyFileSync(file, copy)
  expect(await countIn(copy)).toBe(20)
})

test('closing while a read and a write are open rolls the write back, keeps the rest and leaves one file', async () => {
  const { folder, file } = newFolder()
  const storage = await openSqlite({ file, schema })
  await storage.transact(village, (tx) => tx.insert(notes, { number: 1, text: '' }))
  const began = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const closed = Promise.withResolvers<void>()
  const reading = codeOf(
    storage.read(village, async (tx) => {
      await tx.count(notes)
      began[0]?.resolve()
      await closed.promise
    }),
  )
  const writing = codeOf(
    storage.transact(village, async (tx) => {
      await tx.insert(notes, { number: 2, text: '' })
      began[1]?.resolve()
      await closed.promise
    }),
  )
  const waiting = codeOf(storage.transact(village, (tx) => tx.insert(notes, { number: 3, text: '' })))
  await Promise.all(began.map(({ promise }) => promise))
  await storage.close()
  closed.resolve()
  expect(await Promise.all([reading, writing, waiting])).toEqual(Array(3).fill('storage/closed'))
  expect(readdirSync(folder)).toEqual(['village.db'])
  expect(await countIn(file)).toBe(1)
})

/** Holds a file as a process does that is in the middle of something no other may see. */
function hold(file: string): () => void {
  const holder = new DatabaseSync(file)
  holder.exec('pragma locking_mode = exclusive; begin exclusive')
  return () => holder.close()
}

test('opening waits for who holds the file, and is told when that takes longer than it may wait', async () => {
  const { file } = newFolder()
  await (await openSqlite({ file, schema })).close()
  const letGo = hold(file)
  const started = performance.now()
  expect(await codeOf(openSqlite({ file, schema, busyTimeoutMs: 600 }))).toBe('storage/busy')
  expect(performance.now() - started).toBeGreaterThan(600)
  setTimeout(letGo, 400)
  const storage = await openSqlite({ file, schema, busyTimeoutMs: 30_000 })
  await storage.close()
})

test('a script whose work waits for itself ends with an error, and one that is done ends at once', () => {
  const script = (busyTimeoutMs: number, inner: string) => `
    import { openSqlite } from '${join(import.meta.dirname, '../src/sqlite/index.ts')}'
    import { notes, schema, village } from '${join(import.meta.dirname, 'writer-process.ts')}'
    const file = '${newFolder().file}'
    const storage = await openSqlite({ file, schema, busyTimeoutMs: ${busyTimeoutMs} })
    const insert = (number) => storage.transact(village, (tx) => tx.insert(notes, { number, text: '' }))
    ${inner}
    await storage.close()
    console.log('closed')`
  const run = (text: string) =>
    spawnSync(process.execPath, [...nodeArguments, '--input-type=module', '--eval', text], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    })
  // Also where the timer is one of an earlier wait that is over.
  const waited = 'await Promise.all([insert(1), insert(2)])'
  const selfish = run(script(50, `${waited}\nawait storage.transact(village, () => insert(3))`))
  expect(selfish.stderr).toContain('storage/busy')
  expect(selfish.status).toBe(1)
  const started = performance.now()
  const queued = run(script(10_000, 'await Promise.all([insert(1), insert(2), insert(3)])'))
  expect([queued.stdout, queued.status]).toEqual(['closed\n', 0])
  // Far less than the minute that a turn may last.
  expect(performance.now() - started).toBeLessThan(30_000)
})
