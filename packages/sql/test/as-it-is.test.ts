import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLumbungError, VillageId } from '@lumbung/core/kernel'
import { defineCollection, openMemory, type Storage, type StorageSchema } from '@lumbung/core/storage'
import { afterAll, describe, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { checkBackup, restoreBackup, writeBackup } from '../src/backup/index.ts'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { createDatabase } from './embedded-server.ts'

// A program that does not know the schema of a database yet looks into it, and changes nothing.

const folder = mkdtempSync(join(tmpdir(), 'lumbung-as-it-is-'))
const drops: (() => Promise<void>)[] = []
afterAll(async () => {
  rmSync(folder, { recursive: true })
  for (const drop of drops) await drop()
})

const wells = collection('wells')
const roads = collection('roads')
const village = VillageId.parse('one')

function collection(name: string) {
  return defineCollection({ name, schema: z.object({ id: z.string() }), key: 'id', fieldClasses: 'public' })
}

type Open = (schema: StorageSchema, asItIs: boolean) => Promise<Storage>

const stores: Readonly<Record<string, () => Promise<Open>>> = {
  async sqlite() {
    const file = join(folder, `${readdirSync(folder).length}.db`)
    return (schema, asItIs) => openSqlite({ file, schema, asItIs })
  },
  async postgres() {
    const { url, drop } = await createDatabase(
      inject('postgresUrl'),
      `as_it_is_${process.pid}_${drops.length}`,
    )
    drops.push(drop)
    return (schema, asItIs) => openPostgres({ url, schema, asItIs })
  },
}

describe.each(Object.entries(stores))('%s', (_, make) => {
  test('one table of many is read, though the schema names no other', async () => {
    const open = await make()
    const whole = await open({ collections: [wells, roads], streams: [] }, false)
    await whole.transact(village, (tx) => tx.insert(wells, { id: 'w' }))
    await whole.close()
    const part = await open({ collections: [wells], streams: [] }, true)
    expect(await part.readAcrossVillages((tx) => tx.count(wells))).toBe(1)
    await part.close()
  })

  test('what is not there is told, and not made', async () => {
    const open = await make()
    const missing = await open({ collections: [wells], streams: [] }, true).catch((error: unknown) => error)
    expect(isLumbungError(missing, 'storage/missing')).toBe(true)
    const whole = await open({ collections: [wells], streams: [] }, false)
    await whole.close()
    const later = await open({ collections: [wells, roads], streams: [] }, true).catch(
      (error: unknown) => error,
    )
    expect(isLumbungError(later, 'storage/missing') && later.details).toEqual({ tables: ['roads'] })
  })
})

test('looking for a database file makes none, and a file that is none is told', async () => {
  const file = join(folder, 'none.db')
  await expect(openSqlite({ file, schema: { collections: [], streams: [] }, asItIs: true })).rejects.toThrow()
  expect(existsSync(file)).toBe(false)
  writeFileSync(file, 'no database '.repeat(200))
  const error = await openSqlite({ file, schema: { collections: [], streams: [] }, asItIs: true }).catch(
    (cause: unknown) => cause,
  )
  expect(isLumbungError(error, 'storage/damaged')).toBe(true)
})

test('after closing, a SQLite database is one file', async () => {
  const file = join(folder, 'whole.db')
  const storage = await openSqlite({ file, schema: { collections: [wells], streams: [] } })
  await storage.transact(village, (tx) => tx.insert(wells, { id: 'w' }))
  await storage.read(village, (tx) => tx.count(wells))
  await storage.close()
  expect(readdirSync(folder).filter((name) => name.startsWith('whole.db'))).toEqual(['whole.db'])
})

test('each line of a backup is told once, by a check and by a restore', async () => {
  const schema = { collections: [wells], streams: [] }
  const storage = openMemory(schema)
  await storage.transact(village, (tx) => tx.insert(wells, { id: 'w' }))
  const file = join(folder, 'told.backup')
  await writeBackup(storage, { file })
  for (const read of [
    checkBackup,
    (options: Parameters<typeof checkBackup>[0]) => restoreBackup(openMemory(schema), options),
  ]) {
    const rows: unknown[] = []
    await read({ file, onLine: (line) => 'row' in line && rows.push(line.row) })
    expect(rows).toEqual([['one', 'w', 1]])
  }
})
