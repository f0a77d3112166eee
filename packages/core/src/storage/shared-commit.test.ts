import { expect, test } from 'vitest'
import * as z from 'zod'
import { LumbungError, VillageId } from '../kernel/index.ts'
import { defineCollection } from './collection.ts'
import { createStorage } from './create-storage.ts'
import type { RowTransaction, StorageDriver } from './driver.ts'

/** Goal: what is told where a store loses the transaction of a whole group, as a full disk does. */

const village = VillageId.parse('example-village')
const wells = defineCollection({
  name: 'wells',
  schema: z.object({ id: z.string() }),
  key: 'id',
  fieldClasses: 'public',
})
const full = new LumbungError('storage/full', 'The disk is full.')

/** A store that loses its transaction where a row has the key `full`, and notes what it commits. */
function losingDriver(committed: string[][], { isBusy = false } = {}): StorageDriver & { begun: number } {
  const refuse = () => {
    throw new Error('not asked for')
  }
  const driver = {
    name: 'losing',
    capabilities: { durable: false, sharedBetweenProcesses: false, concurrentWriters: false },
    begun: 0,
    beginRead: refuse,
    beginWrite: async (): Promise<RowTransaction> => {
      driver.begun += 1
      if (isBusy) throw new LumbungError('storage/busy', 'Another process writes.')
      let ids: string[] = []
      let isLost = false
      return {
        get: refuse,
        select: refuse,
        count: refuse,
        screen: undefined,
        update: refuse,
        remove: refuse,
        clear: refuse,
        insert(_, rows) {
          for (const row of rows) {
            isLost ||= row[1] === 'full'
            if (isLost) throw full
            ids.push(String(row[1]))
          }
        },
        savepoint() {},
        releaseSavepoint() {},
        rollbackToSavepoint() {
          if (isLost) throw new Error('no such savepoint: unit')
        },
        commit: () => void committed.push(ids),
        rollback() {
          ids = []
          if (isLost) throw new Error('no transaction is active')
        },
      }
    },
    pause: async () => {},
    integrityFaults: async () => [],
    close: async () => {},
  }
  return driver
}

test('a unit that loses the transaction says why, and its neighbours are run without it', async () => {
  const committed: string[][] = []
  const storage = createStorage(losingDriver(committed), { collections: [wells], streams: [] })
  const insert = (id: string) => storage.transact(village, (tx) => tx.insert(wells, { id }), { shared: true })
  const outcomes = await Promise.allSettled(['a', 'full', 'b'].map(insert))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: full })
  expect(committed).toEqual([['a'], ['b']])
})

test('work whose rollback fails as well says what it failed by', async () => {
  const storage = createStorage(losingDriver([]), { collections: [wells], streams: [] })
  await expect(storage.transact(village, (tx) => tx.insert(wells, { id: 'full' }))).rejects.toBe(full)
})

test('units whose transaction could not begin are refused together, and wait no second time', async () => {
  const driver = losingDriver([], { isBusy: true })
  const storage = createStorage(driver, { collections: [wells], streams: [] })
  const insert = (id: string) => storage.transact(village, (tx) => tx.insert(wells, { id }), { shared: true })
  const outcomes = await Promise.allSettled(['a', 'b'].map(insert))
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual([
    'storage/busy',
    'storage/busy',
  ])
  expect(driver.begun).toBe(1)
})

test('units that wait at the same time share one commit, those that come meanwhile the next', async () => {
  const committed: string[][] = []
  const storage = createStorage(losingDriver(committed), { collections: [wells], streams: [] })
  const insert = (id: string) => storage.transact(village, (tx) => tx.insert(wells, { id }), { shared: true })
  const later: Promise<unknown>[] = []
  const first = storage.transact(
    village,
    async (tx) => {
      later.push(insert('c'), insert('d'))
      await tx.insert(wells, { id: 'a' })
    },
    { shared: true },
  )
  await Promise.all([first, insert('b')])
  await Promise.all(later)
  expect(committed).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a store that hears nobody while it commits lets those who are about to ask travel along', async () => {
  const committed: string[][] = []
  const { promise: heard, resolve: hear } = Promise.withResolvers<void>()
  const driver = { ...losingDriver(committed), gather: () => heard }
  const storage = createStorage(driver, { collections: [wells], streams: [] })
  const insert = (id: string) => storage.transact(village, (tx) => tx.insert(wells, { id }), { shared: true })
  const first = insert('a')
  await new Promise((resolve) => setTimeout(resolve))
  const second = insert('b')
  hear()
  await Promise.all([first, second])
  expect(committed).toEqual([['a', 'b']])
})
