import { expect, expectTypeOf, test } from 'vitest'
import { VillageId } from '../kernel/index.ts'
import { createStorage } from './create-storage.ts'
import type { RowTransaction, StorageDriver } from './driver.ts'
import { openMemory } from './memory/open.ts'
import type { TransactOptions } from './storage.ts'

/** Goal: the rules of the record face that no single store shows. */

const village = VillageId.parse('example-village')
const schema = { collections: [], streams: [] }

test('units that share a commit name no attempts of their own', () => {
  expectTypeOf<{ shared: true; isolation: 'read-committed' }>().toExtend<TransactOptions>()
  expectTypeOf<{ attempts: 3 }>().toExtend<TransactOptions>()
  expectTypeOf<{ shared: false; attempts: 3 }>().toExtend<TransactOptions>()
  expectTypeOf<{ shared: true; attempts: 3 }>().not.toExtend<TransactOptions>()
})

test('a driver is closed once, however often its storage is, and not asked any more', async () => {
  const driver: StorageDriver = {
    name: 'counted',
    capabilities: openMemory(schema).capabilities,
    beginRead: () => Promise.reject(new Error('not asked for')),
    beginWrite: () => Promise.reject(new Error('not asked for')),
    pause: async () => {},
    integrityFaults: () => Promise.reject(new Error('the connection is gone')),
    close: async () => {
      closed += 1
    },
  }
  let closed = 0
  const storage = createStorage(driver, schema)
  await Promise.all([storage.close(), storage.close()])
  await storage.close()
  expect(closed).toBe(1)
  await expect(storage.verify()).rejects.toMatchObject({ code: 'storage/closed' })
})

test('a transaction that could not begin because its storage was being closed says so', async () => {
  const began = Promise.withResolvers<RowTransaction>()
  const storage = createStorage(
    {
      name: 'slow',
      capabilities: openMemory(schema).capabilities,
      beginRead: () => began.promise,
      beginWrite: () => began.promise,
      pause: async () => {},
      integrityFaults: async () => [],
      close: async () => began.reject(new Error('the connection is gone')),
    },
    schema,
  )
  const read = expect(storage.read(village, async () => 0)).rejects.toMatchObject({ code: 'storage/closed' })
  await storage.close()
  await read
})

test('a writer that waits for itself does so by the wait that the store was opened with', async () => {
  const waits: number[] = []
  const wait = async (waitMs: number) => {
    waits.push(waitMs)
  }
  const storage = openMemory(schema, { wait, waitMsMax: 7 })
  const nested = storage.transact(village, () => storage.transact(village, async () => 0))
  await expect(nested).rejects.toMatchObject({ code: 'storage/busy' })
  expect(waits).toEqual([7])
  expect(await storage.transact(village, async () => 'after')).toBe('after')
})
