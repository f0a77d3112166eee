import { LumbungError, VillageId } from '../kernel/index.ts'
import type { Isolation, RowTransaction, StorageDriver } from './driver.ts'
import { dumpRows, restoreRows } from './dump.ts'
import { createGate } from './gate.ts'
import { attemptsDefault, retried, runOnce, runUnit, within } from './runs.ts'
import { type StorageSchema, tablesOf } from './schema.ts'
import { createSharedCommits } from './shared-commit.ts'
import type { RestoreOptions, Storage } from './storage.ts'
import { acrossFace } from './transaction/across.ts'
import { readFace } from './transaction/read.ts'
import type { Transaction } from './transaction/transaction.ts'
import { writeFace } from './transaction/write.ts'
import { createTurns, elapsed, waitMsMaxDefault } from './turns.ts'
import { verifyRows } from './verify.ts'

/**
 * A storage over an adapter's driver. Adapters call it; everybody else opens one of theirs.
 *
 * @throws LumbungError `storage/invalid-definition`.
 *
 * @example
 * ```ts
 * import { createStorage, type StorageDriver } from '@lumbung/core/storage'
 *
 * function openMine(driver: StorageDriver) {
 *   return createStorage(driver, { collections: [], streams: [] })
 * }
 * typeof openMine // => 'function'
 * ```
 */
export function createStorage(driver: StorageDriver, schema: StorageSchema): Storage {
  const tables = tablesOf(schema)
  const gate = createGate(driver)
  const transactOnce = async <T>(
    village: string,
    isolation: Isolation,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> => {
    const rows = await gate.beginWrite(isolation)
    return await within(rows, () =>
      runOnce(rows, (scope) => writeFace({ ...scope, villageId: village }), work),
    )
  }
  const shareCommit = createSharedCommits<Transaction>({
    takeTurnsFor: () => createTurns({ wait: elapsed, waitMsMax: driver.waitMsMax ?? waitMsMaxDefault }),
    gather: driver.gather?.bind(driver),
    runAlone: (village, isolation, unit) =>
      retried(driver, attemptsDefault, () => transactOnce(village, isolation, unit)),
    async runTogether(village, isolation, runUnits) {
      const rows = await gate.beginWrite(isolation)
      await within(rows, () =>
        runUnits((unit) =>
          runUnit(rows, () => runOnce(rows, (scope) => writeFace({ ...scope, villageId: village }), unit)),
        ),
      )
    },
  })

  return {
    name: driver.name,
    capabilities: driver.capabilities,
    schema,

    async read(villageId, work) {
      const village = checkedVillage(villageId)
      const rows = await gate.beginRead()
      return await within(rows, () =>
        runOnce(rows, (scope) => readFace({ ...scope, villageId: village }), work),
      )
    },

    async transact(villageId, work, options = {}) {
      const village = checkedVillage(villageId)
      const isolation = options.isolation ?? 'serializable'
      if (options.shared) return await shareCommit(village, isolation, work)
      return await retried(driver, options.attempts ?? attemptsDefault, () =>
        transactOnce(village, isolation, work),
      )
    },

    async readAcrossVillages(work) {
      const rows = await gate.beginRead()
      return await within(rows, () => runOnce(rows, acrossFace, work))
    },

    async *dump() {
      const rows = await gate.beginRead()
      try {
        yield* dumpRows(rows, tables)
      } finally {
        await rows.rollback()
      }
    },

    async restore(lines, options: RestoreOptions = {}) {
      const rows = await gate.beginWrite('read-committed')
      await within(rows, async () => {
        await restoreRows(rows, tables, lines)
        if (!options.acceptFaults) await assertFaultless(rows, schema)
      })
    },

    async verify(options = {}) {
      gate.assertOpen()
      const integrity = await driver.integrityFaults()
      const rows = await gate.beginRead()
      return await within(rows, () => verifyRows(rows, schema, integrity, options.heads ?? []))
    },

    close: gate.close,
  }
}

async function assertFaultless(rows: RowTransaction, schema: StorageSchema): Promise<void> {
  const { faults } = await verifyRows(rows, schema, [], [])
  if (faults.length === 0) return
  throw new LumbungError('storage/invalid-dump', 'What was dumped does not verify.', { details: { faults } })
}

function checkedVillage(villageId: string): string {
  const parsed = VillageId.safeParse(villageId)
  if (parsed.success) return parsed.data
  throw new LumbungError('storage/invalid-key', 'This is no village id.', { details: { villageId } })
}
