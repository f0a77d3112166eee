import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../src/sqlite/index.ts'
import type { Attempt, Filling } from './machine-process.ts'
import { nodeArguments } from './processes.ts'
import { notes, schema, village } from './writer-process.ts'

/** Goal: a machine that cannot write is named, nothing is half written, and all goes on once it can again. */

const base = mkdtempSync(join(tmpdir(), 'lumbung-machine-'))
// Another user must get to the files in it.
beforeAll(() => chmodSync(base, 0o755))
afterAll(() => rmSync(base, { recursive: true }))

const isRoot = process.getuid?.() === 0
/** Root writes whatever the modes of files say, so a process of root becomes somebody else. */
const user = isRoot ? 65_534 : undefined
const childArguments = [...nodeArguments, join(import.meta.dirname, 'machine-process.ts')]

/** The database of a village with one record, in a folder of its own. */
async function newDatabase(name: string): Promise<{ folder: string; file: string }> {
  const folder = join(base, name)
  const file = join(folder, 'village.db')
  mkdirSync(folder)
  await write(file, 500_000)
  if (user !== undefined) for (const path of [folder, file]) chownSync(path, user, user)
  return { folder, file }
}

async function write(file: string, number: number): Promise<void> {
  const storage = await openSqlite({ file, schema })
  await storage.transact(village, (tx) => tx.insert(notes, { number, text: '' }))
  await storage.close()
}

/** Opens the database, counts its records and closes it. */
async function countIn(file: string): Promise<number> {
  const storage = await openSqlite({ file, schema })
  try {
    expect((await storage.verify()).faults).toEqual([])
    return await storage.read(village, (tx) => tx.count(notes))
  } finally {
    await storage.close()
  }
}

function answerOf<Answer>(command: string, args: readonly string[]): Answer {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  // The script and this file agree about what it prints.
  return JSON.parse(stdout) as Answer
}

const attempt = (file: string): Attempt =>
  answerOf(process.execPath, [...childArguments, 'attempt', file, String(user ?? '')])

const cannotWrite = 'storage/read-only: The database file cannot be written.'

test.skipIf(process.platform === 'win32')(
  'a file that may only be read opens, shows what it holds, and refuses each write',
  async () => {
    const { folder, file } = await newDatabase('read-only-file')
    chmodSync(file, 0o444)
    expect(attempt(file)).toMatchObject({ opening: 'done', count: 1, writing: cannotWrite })
    chmodSync(file, 0o600)
    chmodSync(folder, 0o755)
    await write(file, 2)
    expect(await countIn(file)).toBe(2)
  },
)

test.skipIf(process.platform === 'win32').each([
  ['a folder that may only be read', 0o555, 0o600, cannotWrite],
  ['a file and a folder that may only be read', 0o555, 0o444, cannotWrite],
  ['a file that may not be read', 0o755, 0o000, 'storage/unavailable: The database file cannot be opened.'],
])(
  '%s: opening says so, leaves nothing behind, and works once it may',
  async (name, folderMode, mode, opening) => {
    const { folder, file } = await newDatabase(name.replaceAll(' ', '-'))
    chmodSync(file, mode)
    chmodSync(folder, folderMode)
    expect(attempt(file)).toEqual({ opening, files: ['village.db'] })
    chmodSync(folder, 0o755)
    chmodSync(file, 0o600)
    await write(file, 2)
    expect(await countIn(file)).toBe(2)
  },
)

test.skipIf(process.platform === 'win32')('a folder in which no file may be made is named', () => {
  const folder = join(base, 'no-file')
  mkdirSync(folder, { mode: 0o555 })
  expect(attempt(join(folder, 'village.db'))).toEqual({
    opening: 'storage/read-only: The database file cannot be created.',
    files: [],
  })
})

/**
 * A process for which a folder is another file system than for everybody else, and which takes it along when it
 * ends; undefined where mounting is not allowed.
 */
function withMounted(folder: string, mount: string): readonly [string, readonly string[]] | undefined {
  const script = `${mount} && shift && exec "$@"`
  const own = ['--mount', ...(isRoot ? [] : ['--map-root-user']), 'sh', '-c', script, 'sh', folder]
  const unshare = '/usr/bin/unshare'
  const tried = spawnSync(unshare, [...own, 'true'])
  return tried.status === 0 ? [unshare, [...own, process.execPath, ...childArguments]] : undefined
}

const readOnly = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
const notAllowed = 'this process may not mount a file system'

test('a file system that may only be read is named, with a database on it and without', async ({ skip }) => {
  const { folder, file } = await newDatabase('read-only-disk')
  const mounted = withMounted(folder, readOnly)
  if (mounted === undefined) return skip(notAllowed)
  const [command, args] = mounted
  expect(answerOf<Attempt>(command, [...args, 'attempt', file])).toEqual({
    opening: 'storage/read-only: The folder of the database cannot be written.',
    files: ['village.db'],
  })
  expect(answerOf<Attempt>(command, [...args, 'attempt', join(folder, 'other.db')])).toEqual({
    opening: 'storage/read-only: The database file cannot be created.',
    files: ['village.db'],
  })
  await write(file, 2)
  expect(await countIn(file)).toBe(2)
})

test('a full disk is named, keeps all that was acknowledged and nothing else, and is usable again with space', ({
  skip,
}) => {
  const folder = join(base, 'full-disk')
  mkdirSync(folder)
  const mounted = withMounted(folder, 'mount -t tmpfs -o size=4m tmpfs "$1"')
  if (mounted === undefined) return skip(notAllowed)
  const [command, args] = mounted
  const { acknowledged, ...rest } = answerOf<Filling>(command, [...args, 'fill', folder])
  expect(acknowledged).toBeGreaterThan(50)
  expect(rest).toEqual({
    refusal: 'storage/full: The disk is full.',
    large: 'storage/full: The disk is full.',
    kept: acknowledged,
    later: 'done',
    keptLater: acknowledged + 1,
    faults: 0,
    reopened: acknowledged + 1,
  })
})

test.for([4, 16, 64])(
  'a disk of %i KiB, too small for a new database, is named as full',
  (size, { skip }) => {
    const folder = join(base, `small-disk-${size}`)
    mkdirSync(folder)
    const mounted = withMounted(folder, `mount -t tmpfs -o size=${size}k tmpfs "$1"`)
    if (mounted === undefined) return skip(notAllowed)
    const [command, args] = mounted
    const { opening } = answerOf<Attempt>(command, [...args, 'attempt', join(folder, 'village.db')])
    expect(opening).toBe('storage/full: The disk is full.')
  },
)

test.skipIf(process.platform === 'win32')('a backup into a folder that may only be read is named', () => {
  const folder = join(base, 'no-backup')
  mkdirSync(folder, { mode: 0o555 })
  const args = [...childArguments, 'backup', join(folder, 'village.backup'), String(user ?? '')]
  expect(answerOf<Attempt>(process.execPath, args)).toEqual({
    opening: 'storage/read-only: The backup cannot be written.',
    files: [],
  })
})

test('a backup on a full disk is named, and leaves nothing behind', ({ skip }) => {
  const folder = join(base, 'full-backup')
  mkdirSync(folder)
  const mounted = withMounted(folder, 'mount -t tmpfs -o size=256k tmpfs "$1"')
  if (mounted === undefined) return skip(notAllowed)
  const [command, args] = mounted
  expect(answerOf<Attempt>(command, [...args, 'backup', join(folder, 'village.backup')])).toEqual({
    opening: 'storage/full: The disk is full.',
    files: [],
  })
})

test.skipIf(process.platform === 'win32')(
  'a limit on the size of files is named, and what was acknowledged is there without it',
  async () => {
    const { folder, file } = await newDatabase('limited')
    // The shell sets it for its child alone; the signal that comes with it would end the process.
    const script = 'trap "" XFSZ; ulimit -f 2000; exec "$@"'
    const command = [process.execPath, ...childArguments, 'fill', folder]
    const { acknowledged, refusal, large, kept, faults } = answerOf<Filling>('sh', [
      '-c',
      script,
      'sh',
      ...command,
    ])
    const failed = 'storage/unavailable: Reading or writing the database file failed.'
    expect({ refusal, large, kept, faults }).toEqual({
      refusal: failed,
      large: failed,
      kept: acknowledged + 1,
      faults: 0,
    })
    await write(file, 1_000_000)
    expect(await countIn(file)).toBe(acknowledged + 2)
  },
)
