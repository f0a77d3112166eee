import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isLumbungError } from '@lumbung/core/kernel'
import { openMemory } from '@lumbung/core/storage'
import { writeBackup } from '../src/backup/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { notes, schema, village } from './writer-process.ts'

/** What became of a piece of work: `done`, or the code and message of its refusal. */
type Outcome = string

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work()
    return 'done'
  } catch (error) {
    return isLumbungError(error) ? `${error.code}: ${error.message}` : String(error)
  }
}

/** What the file systems let a process do that opens, reads and writes a database. */
export interface Attempt {
  readonly opening: Outcome
  readonly count?: number
  readonly writing?: Outcome
  /** The files beside the database afterwards. */
  readonly files: readonly string[]
}

async function attempt(file: string): Promise<Attempt> {
  const found: { -readonly [Name in keyof Attempt]: Attempt[Name] } = { opening: '', files: [] }
  found.opening = await outcomeOf(async () => {
    const storage = await openSqlite({ file, schema })
    try {
      found.count = await storage.read(village, (tx) => tx.count(notes))
      found.writing = await outcomeOf(() =>
        storage.transact(village, (tx) => tx.insert(notes, { number: 1000, text: '' })),
      )
    } finally {
      await storage.close()
    }
  })
  found.files = readdirSync(dirname(file)).sort()
  return found
}

/** What a disk that fills up did to a database on it. */
export interface Filling {
  /** Records acknowledged, one commit each, before the first refusal. */
  readonly acknowledged: number
  readonly refusal: Outcome
  /** A transaction far larger than the disk. */
  readonly large: Outcome
  /** Records that are there while the disk is full. */
  readonly kept: number
  /** The same write, once there is space again. */
  readonly later: Outcome
  readonly keptLater: number
  readonly faults: number
  /** Records after the database was closed and opened again. */
  readonly reopened: number
}

async function fill(folder: string): Promise<Filling> {
  const file = join(folder, 'village.db')
  const ballast = join(folder, 'ballast')
  const storage = await openSqlite({ file, schema })
  const one = (number: number) =>
    storage.transact(village, (tx) => tx.insert(notes, { number, text: 'x'.repeat(2000) }))
  const count = () => storage.read(village, (tx) => tx.count(notes))
  writeFileSync(ballast, Buffer.alloc(statSync(file).size + 256 * 1024))
  let acknowledged = 0
  let refusal: Outcome = 'done'
  while (refusal === 'done' && acknowledged < 100_000) {
    refusal = await outcomeOf(() => one(acknowledged))
    if (refusal === 'done') acknowledged += 1
  }
  const many = Array.from({ length: 50_000 }, (_, number) => ({ number: -1 - number, text: 'x'.repeat(200) }))
  const large = await outcomeOf(() => storage.transact(village, (tx) => tx.insertMany(notes, many)))
  const kept = await count()
  rmSync(ballast)
  const later = await outcomeOf(() => one(acknowledged))
  const keptLater = await count()
  const { faultCount } = await storage.verify()
  await storage.close()
  const again = await openSqlite({ file, schema })
  const reopened = await again.read(village, (tx) => tx.count(notes))
  await again.close()
  return { acknowledged, refusal, large, kept, later, keptLater, faults: faultCount, reopened }
}

/** Writes a backup that hardly packs, and tells what became of it and what lies beside it. */
async function backup(file: string): Promise<Attempt> {
  const storage = openMemory(schema)
  await storage.transact(village, (tx) => tx.putBlob(randomBytes(1024 * 1024)))
  const opening = await outcomeOf(() => writeBackup(storage, { file }))
  return { opening, files: readdirSync(dirname(file)).sort() }
}

const works = { fill, attempt, backup }

if (process.argv[1] === import.meta.filename) {
  const [, , work = '', place = '', user = ''] = process.argv
  // Only now that everything is loaded: another user may not be able to read the sources.
  if (user !== '') {
    process.setgid?.(Number(user))
    process.setuid?.(Number(user))
  }
  const known = Object.entries(works).find(([name]) => name === work)
  console.log(JSON.stringify(await known?.[1](place)))
}
