import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { VillageId } from '@lumbung/core/kernel'
import { defineCollection, openMemory, type Storage } from '@lumbung/core/storage'
import { afterAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { decryptFrames, encryptFrames } from '../src/backup/encryption.ts'
import { checkBackup, restoreBackup, writeBackup } from '../src/backup/index.ts'
import { databaseKinds, withDatabase } from './databases.ts'
import { codeOf } from './outcomes.ts'

/** Goal: a backup is whole, private and of one state, and says so where it is not. */

const folder = mkdtempSync(join(tmpdir(), 'lumbung-backup-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const village = VillageId.parse('village')
const plain = { schema: z.object({ id: z.string() }), key: 'id', fieldClasses: 'personal' } as const
const [wells, visits] = [
  defineCollection({ ...plain, name: 'wells' }),
  defineCollection({ ...plain, name: 'visits' }),
]
const schema = { collections: [wells, visits], streams: [] }

let files = 0
const newFile = () => {
  files += 1
  return join(folder, `${files}.backup`)
}

async function filled(count = 3): Promise<Storage> {
  const storage = openMemory(schema)
  const records = Array.from({ length: count }, (_, index) => ({ id: `w${index}` }))
  await storage.transact(village, (tx) => tx.insertMany(wells, records))
  return storage
}

test('two that write to one path at once both end well, and what stays is whole', async () => {
  const [small, large] = [await filled(10), await filled(20_000)]
  const file = newFile()
  await Promise.all([large, small, large].map((storage) => writeBackup(storage, { file })))
  const { rows } = await checkBackup({ file })
  expect([10, 20_000]).toContain(rows['wells'])
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
})

test('the file is on the disk before it gets its name, and its name is before it is told', async () => {
  const probe = await fs.open(newFile(), 'w')
  const prototype: typeof probe = Object.getPrototypeOf(probe)
  await probe.close()
  const { sync } = prototype
  const [file, steps]: [string, string[]] = [newFile(), []]
  const spy = vi.spyOn(prototype, 'sync').mockImplementation(async function (this: typeof probe) {
    const isFolder = (await this.stat()).isDirectory()
    const isNamed = readdirSync(folder).some((name) => file.endsWith(name))
    steps.push(`${isFolder ? 'folder' : 'file'} ${isNamed ? 'named' : 'unnamed'}`)
    await sync.call(this)
  })
  try {
    await writeBackup(await filled(), { file })
  } finally {
    spy.mockRestore()
  }
  expect(steps).toEqual(process.platform === 'win32' ? ['file unnamed'] : ['file unnamed', 'folder named'])
})

test('a row that was exchanged for another of the same length is found by its hash', async () => {
  const file = newFile()
  await writeBackup(await filled(), { file })
  const bytes = readFileSync(file)
  const start = bytes.indexOf('\n') + 1
  const text = gunzipSync(bytes.subarray(start)).toString()
  expect(text).toContain('"w1"')
  const altered = gzipSync(text.replace('"w1"', '"w9"'))
  writeFileSync(file, Buffer.concat([bytes.subarray(0, start), altered]))
  expect(await codeOf(checkBackup({ file }))).toBe('backup/damaged')
})

describe.each(Object.entries(databaseKinds))('backup of %s', (_, create) => {
  test('it is of the state at its beginning, whatever is written meanwhile', () =>
    withDatabase(create, async ({ open }) => {
      const storage = await open([wells, visits])
      try {
        const records = Array.from({ length: 2500 }, (_, index) => ({ id: `w${index}` }))
        await storage.transact(village, (tx) => tx.insertMany(wells, records))
        let written = false
        const meanwhile: Storage = {
          ...storage,
          async *dump() {
            for await (const line of storage.dump()) {
              yield line
              if (written || !('row' in line)) continue
              written = true
              // One that a later batch of the same table would meet, and one of a later table.
              await storage.transact(village, async (tx) => {
                await tx.insert(wells, { id: 'z' })
                await tx.insert(visits, { id: 'z' })
              })
            }
          },
        }
        const { rows } = await writeBackup(meanwhile, { file: newFile() })
        expect(written).toBe(true)
        expect(rows).toMatchObject({ wells: 2500, visits: 0 })
        expect(await storage.read(village, (tx) => tx.count(wells))).toBe(2501)
      } finally {
        await storage.close()
      }
    }))
})

async function* oneByOne(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces
}

async function gathered(pieces: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}

test('two frames of the same content look different, and cannot change places', async () => {
  const [key, header] = [randomBytes(32), Buffer.from('header')]
  const content = Buffer.from('the same')
  const frames = await gathered(encryptFrames(oneByOne([content, content]), key, header))
  const [first, second, ...rest] = frames
  if (first === undefined || second === undefined) throw new Error('no frames')
  expect(first.equals(second)).toBe(false)
  expect(first.subarray(5, 13).equals(second.subarray(5, 13))).toBe(false)
  const opened = await gathered(decryptFrames(oneByOne(frames), key, header))
  expect(Buffer.concat(opened).toString()).toBe('the samethe same')
  const exchanged = gathered(decryptFrames(oneByOne([second, first, ...rest]), key, header))
  expect(await codeOf(exchanged)).toBe('backup/wrong-passphrase')
})

test('two backups of one store under one passphrase share neither salt nor key', async () => {
  const storage = await filled()
  const salts: string[] = []
  const ends: string[] = []
  for (const file of [newFile(), newFile()]) {
    await writeBackup(storage, { file, passphrase: 'beras di lumbung' })
    const bytes = readFileSync(file)
    salts.push(JSON.parse(bytes.subarray(0, bytes.indexOf('\n')).toString()).encryption.salt)
    // The last frame is empty, so but for key and header its tag would be the same.
    ends.push(bytes.subarray(-16).toString('hex'))
  }
  expect(new Set(salts).size).toBe(2)
  expect(new Set(ends).size).toBe(2)
})

test.each([
  ['a cost that is no power of two', { cost: 100_000 }],
  ['a cost below the least', { cost: 1 }],
  ['a cost beyond any machine', { cost: 2 ** 31 }],
  ['a cipher that nobody wrote', { cipher: 'rot13' }],
])('a header with %s is damaged', async (_, change) => {
  const file = newFile()
  await writeBackup(await filled(), { file, passphrase: 'one' })
  const bytes = readFileSync(file)
  const end = bytes.indexOf('\n')
  const header = JSON.parse(bytes.subarray(0, end).toString())
  const altered = JSON.stringify({ ...header, encryption: { ...header.encryption, ...change } })
  writeFileSync(file, Buffer.concat([Buffer.from(altered), bytes.subarray(end)]))
  expect(await codeOf(checkBackup({ file, passphrase: 'one' }))).toBe('backup/damaged')
})

test('a blob of the greatest size is checked in a time that grows with its size alone', async () => {
  const storage = openMemory(schema)
  await storage.transact(village, (tx) => tx.putBlob(new Uint8Array(16 * 1024 * 1024).fill(7)))
  const file = newFile()
  await writeBackup(storage, { file })
  const before = process.cpuUsage()
  expect((await checkBackup({ file })).rows['blobs']).toBe(1)
  // What this process computed, whatever else the machine does. When each piece was looked through again: 20 s.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4)
})

test('a line longer than any that was written is damaged, and not read to its end', async () => {
  const file = newFile()
  await writeBackup(await filled(), { file })
  const bytes = readFileSync(file)
  const start = bytes.indexOf('\n') + 1
  const endless = gzipSync(Buffer.alloc(80 * 1024 * 1024, 'x'), { level: 1 })
  writeFileSync(file, Buffer.concat([bytes.subarray(0, start), endless]))
  expect(await codeOf(checkBackup({ file }))).toBe('backup/damaged')
})

test('a path that cannot be read or written is named as for a database file', async () => {
  const storage = await filled()
  const missing = join(folder, 'missing', 'village.backup')
  expect(await codeOf(writeBackup(storage, { file: missing }))).toBe('storage/unavailable')
  expect(await codeOf(checkBackup({ file: missing }))).toBe('storage/unavailable')
  expect(await codeOf(restoreBackup(storage, { file: folder }))).toBe('storage/unavailable')
})
