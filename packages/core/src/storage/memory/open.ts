import { createStorage } from '../create-storage.ts'
import type { StorageDriver } from '../driver.ts'
import { type StorageSchema, tablesOf } from '../schema.ts'
import type { Storage } from '../storage.ts'
import { createTurns, elapsed, type TurnsOptions, waitMsMaxDefault } from '../turns.ts'
import { createState, openSnapshot } from './state.ts'
import { openTransaction } from './transaction.ts'

/** How {@link openMemory} lets writers wait for one another. */
export interface MemoryOptions {
  /** How long writers wait for one that does not end, in milliseconds. Default 10,000. */
  readonly waitMsMax?: number
  /** Waits so many milliseconds. Default: the timer of the host. */
  readonly wait?: TurnsOptions['wait']
}

/**
 * Opens a store in memory: for tests, demonstrations and a browser. It keeps the same promises as a database
 * but one: nothing outlives the process.
 *
 * @throws LumbungError `storage/invalid-definition`.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { VillageId } from '@lumbung/core/kernel'
 * import { defineCollection, openMemory } from '@lumbung/core/storage'
 *
 * const wells = defineCollection({
 *   name: 'wells',
 *   schema: z.object({ name: z.string(), depthMetres: z.int() }),
 *   key: 'name',
 *   fieldClasses: 'public',
 * })
 * const storage = openMemory({ collections: [wells], streams: [] })
 * const village = VillageId.parse('example-village')
 * await storage.transact(village, (tx) => tx.insert(wells, { name: 'north', depthMetres: 12 }))
 * await storage.read(village, (tx) => tx.count(wells)) // => 1
 * ```
 */
export function openMemory(schema: StorageSchema, options: MemoryOptions = {}): Storage {
  return createStorage(memoryDriver(schema, options), schema)
}

function memoryDriver(schema: StorageSchema, options: MemoryOptions): StorageDriver {
  const { waitMsMax = waitMsMaxDefault, wait = elapsed } = options
  const state = createState(tablesOf(schema))
  const takeTurn = createTurns({ wait, waitMsMax })
  return {
    name: 'memory',
    waitMsMax,
    capabilities: { durable: false, sharedBetweenProcesses: false, concurrentWriters: false },
    beginRead: async () => openTransaction(state, openSnapshot(state)),
    beginWrite: async () => {
      const endTurn = await takeTurn()
      return openTransaction(state, endTurn)
    },
    pause: async () => {},
    integrityFaults: async () => [],
    close: async () => {},
  }
}
