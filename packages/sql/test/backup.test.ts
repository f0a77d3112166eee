import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Instant, isLumbungError, VillageId } from '@lumbung/core/kernel'
import {
  type DumpLine,
  defineCollection,
  defineStream,
  openMemory,
  type Storage,
} from '@lumbung/core/storage'
import * as fc from 'fast-check'
import { afterAll, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { checkBackup, restoreBackup, writeBackup } from '../src/backup/index.ts'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { createDatabase } from './embedded-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-backup-'))
afterAll(() => rmSync(folder, { recursive: true }))

const wells = defineCollection({
  name: 'wells',
  schema: z.object({ id: z.string(), name: z.string(), costMinor: z.bigint(), parts: z.array(z.bigint()) }),
  key: 'id',
  fieldClasses: 'personal',
})
const readings = defineStream({ name: 'readings', event: z.object({ well: z.string(), level: z.int() }) })
const schema = { collections: [wells], streams: [readings] }
const villages = ['one', 'two'].map((id) => VillageId.parse(id))
const noon = Instant.parse('2026-11-24T05:00:00.000Z')

async function fill(storage: Storage, count = 1500): Promise<void> {
  for (const village of villages) {
    await storage.transact(village, async (tx) => {
      await tx.insertMany(
        wells,
        Array.from({ length: count }, (_, index) => ({
          id: `w${index}`,
          name: `Sumur "${index}" \u{a984}`,
          costMinor: 2n ** 60n + BigInt(index),
          parts: [1n, -(2n ** 62n)],
        })),
      )
      await tx.append(
        readings,
        'main',
        [
          { well: 'w0', level: 3 },
          { well: 'w1', level: 4 },
        ],
        noon,
      )
      await tx.putBlob(new Uint8Array(100_000).fill(7))
    })
  }
}

async function dumpOf(storage: Storage): Promise<DumpLine[]> {
  const lines: DumpLine[] = []
  for await (const line of storage.dump()) lines.push(line)
  return lines
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing refused',
    (error: unknown) => (isLumbungError(error) ? error.code : error),
  )

const files = { count: 0 }
const newFile = (ending: string) => {
  files.count += 1
  return join(folder, `${files.count}.${ending}`)
}

for (const passphrase of [undefined, 'beras di lumbung']) {
  const how = passphrase === undefined ? 'plain' : 'encrypted'
  const secret = passphrase === undefined ? {} : { passphrase }

  test(`${how} backup: it carries a village from SQLite to PostgreSQL and back, row for row`, async () => {
    const sqlite = await openSqlite({ file: newFile('db'), schema })
    const database = await createDatabase(inject('postgresUrl'), `lumbung_backup_${process.pid}_${how}`)
    const postgres = await openPostgres({ url: database.url, schema })
    const back = await openSqlite({ file: newFile('db'), schema })
    try {
      await fill(sqlite)
      const [first, second] = [newFile('backup'), newFile('backup')]
      const manifest = await writeBackup(sqlite, { file: first, ...secret })
      expect(manifest.rows).toMatchObject({ wells: 3000, stream_readings: 4, blobs: 2 })
      await restoreBackup(postgres, { file: first, ...secret })
      await writeBackup(postgres, { file: second, ...secret })
      await restoreBackup(back, { file: second, ...secret })
      const dump = await dumpOf(sqlite)
      expect(await dumpOf(postgres)).toEqual(dump)
      expect(await dumpOf(back)).toEqual(dump)
      expect((await postgres.verify()).faults).toEqual([])
    } finally {
      await Promise.all([sqlite.close(), postgres.close(), back.close()])
      await database.drop()
    }
  })

  test(`${how} backup: any byte that changes, and any cut, is found, and the store stays as it was`, async () => {
    const source = openMemory(schema)
    await fill(source, 20)
    const whole = newFile('backup')
    await writeBackup(source, { file: whole, ...secret })
    const bytes = readFileSync(whole)
    const target = openMemory(schema)
    await fill(target, 3)
    const before = await dumpOf(target)
    // The header carries the date, which nothing else depends on; gzip has a few bytes that do not matter either.
    const start = bytes.indexOf('\n') + 1 + 10
    const damages = fc.oneof(
      fc.record({
        at: fc.integer({ min: start, max: bytes.length - 1 }),
        bit: fc.integer({ min: 0, max: 7 }),
      }),
      fc.record({ cut: fc.integer({ min: 0, max: bytes.length - 1 }) }),
    )
    const runs = passphrase === undefined ? 60 : 6
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        const damaged = Buffer.from('cut' in damage ? bytes.subarray(0, damage.cut) : bytes)
        if ('at' in damage) damaged[damage.at] = (damaged[damage.at] ?? 0) ^ (1 << damage.bit)
        const file = newFile('backup')
        writeFileSync(file, damaged)
        const code = await codeOf(restoreBackup(target, { file, ...secret }))
        if (code === 'nothing refused' && passphrase === undefined) {
          // The bits that pad the packed data to a whole byte carry nothing: then all of it came back unchanged.
          expect(await dumpOf(target)).toEqual(await dumpOf(source))
          await target.restore(before)
          return
        }
        expect(code).toMatch(/^backup\/(damaged|not-a-backup|wrong-passphrase)$/)
        expect(await dumpOf(target)).toEqual(before)
      }),
      { numRuns: runs },
    )
  })
}

test('without its passphrase an encrypted backup shows nothing of what it holds', async () => {
  const storage = openMemory(schema)
  await fill(storage, 5)
  const file = newFile('backup')
  await writeBackup(storage, { file, passphrase: 'one' })
  expect(readFileSync(file).includes('Sumur')).toBe(false)
  expect(await codeOf(checkBackup({ file }))).toBe('backup/passphrase-needed')
  expect(await codeOf(checkBackup({ file, passphrase: 'two' }))).toBe('backup/wrong-passphrase')
})

test('the file is readable for its owner only, and appears only when it is whole', async () => {
  const storage = openMemory(schema)
  await fill(storage, 5)
  const file = newFile('backup')
  await writeBackup(storage, { file })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const broken: Storage = {
    ...storage,
    async *dump() {
      yield* []
      throw new Error('the disk of the database broke')
    },
  }
  await expect(writeBackup(broken, { file: `${file}2` })).rejects.toThrow('broke')
  expect(readdirSync(folder).filter((name) => name.includes('.backup2'))).toEqual([])
})

test('a backup is consistent while others write', async () => {
  const storage = await openSqlite({ file: newFile('db'), schema })
  try {
    await fill(storage)
    const [village] = villages
    if (village === undefined) throw new Error('no village')
    const file = newFile('backup')
    let writing = true
    const writer = (async () => {
      for (let index = 0; writing; index += 1) {
        // A well and its reading belong together: a backup has both or neither.
        await storage.transact(village, async (tx) => {
          await tx.insert(wells, { id: `new${index}`, name: '', costMinor: 0n, parts: [] })
          await tx.append(readings, 'main', [{ well: `new${index}`, level: 1 }], noon)
        })
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const manifest = await writeBackup(storage, { file })
    writing = false
    await writer
    expect((manifest.rows['wells'] ?? 0) - 3000).toBe((manifest.rows['stream_readings'] ?? 0) - 4)
    const copy = openMemory(schema)
    await restoreBackup(copy, { file })
    expect((await copy.verify()).faults).toEqual([])
  } finally {
    await storage.close()
  }
})

test('a file that is no backup, or of a newer version, is refused', async () => {
  const file = newFile('backup')
  for (const [text, code] of [
    ['', 'backup/not-a-backup'],
    ['hello\n', 'backup/not-a-backup'],
    ['{"format":"lumbung-backup","version":2,"more":true}\n', 'backup/newer-version'],
    ['{"format":"other","version":1}\n', 'backup/not-a-backup'],
  ] as const) {
    writeFileSync(file, text)
    expect(await codeOf(checkBackup({ file }))).toBe(code)
  }
})
