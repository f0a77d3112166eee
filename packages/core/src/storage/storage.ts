import { isLumbungError, LumbungError, VillageId } from '../kernel/index.ts'
import { type AnyCollection, recordOf, type Stored } from './collection.ts'
import type { Capabilities, Isolation, RowTransaction, StorageDriver } from './driver.ts'
import { type DumpLine, dumpRows, restoreRows } from './dump.ts'
import { rowBatches } from './pages.ts'
import { type StorageSchema, tablesOf } from './schema.ts'
import { conditionsOf, type Query, villageOrder } from './selection.ts'
import { createSharedCommits, type UnitOutcome } from './shared-commit.ts'
import { openTransaction, type ReadTransaction, type Transaction } from './transaction.ts'
import { type VerifyReport, verifyRows } from './verify.ts'

/** How {@link Storage.transact} runs its work. */
export interface TransactOptions {
  /** Default `serializable`. */
  readonly isolation?: Isolation
  /** How often the work runs at most when others get in its way. Default 10. */
  readonly attempts?: number
  /**
   * Shares the commit with other units that wait at the same time, so that many small writes cost few flushes.
   * A unit that fails harms no neighbour. Default false.
   */
  readonly shared?: boolean
}

/** How {@link Storage.restore} judges what it restores. */
export interface RestoreOptions {
  /** Keeps what was restored though its verification found faults: to save what is left. Default false. */
  readonly acceptFaults?: boolean
}

/** One record with the village it belongs to. */
export interface AcrossVillages<C extends AnyCollection> {
  readonly villageId: VillageId
  readonly record: Stored<C>
}

/** What an analytical read may ask of all villages at once. */
export interface AcrossTransaction {
  /** All records of a collection by village and key, in constant memory. */
  stream<C extends AnyCollection>(
    collection: C,
    where?: NonNullable<Query<C>['where']>,
  ): AsyncIterable<AcrossVillages<C>>
  count<C extends AnyCollection>(collection: C, where?: NonNullable<Query<C>['where']>): Promise<number>
}

/** An open store. All that is read or written happens in a transaction of one village. */
export interface Storage {
  readonly name: string
  readonly capabilities: Capabilities
  readonly schema: StorageSchema
  /** Reads from one state that stays the same until `work` ends, while others write. */
  read<T>(villageId: VillageId, work: (transaction: ReadTransaction) => Promise<T>): Promise<T>
  /**
   * Runs `work` in a transaction, commits and only then returns. The work may run several times, so all it
   * does outside the transaction must be harmless to repeat; if it throws, nothing is left of it.
   *
   * @throws LumbungError `storage/conflict` when others got in the way at every attempt; `storage/busy`,
   * `storage/full`, `storage/read-only`, `storage/unavailable`; whatever `work` throws.
   */
  transact<T>(
    villageId: VillageId,
    work: (transaction: Transaction) => Promise<T>,
    options?: TransactOptions,
  ): Promise<T>
  /** An analytical read over all villages, from one state. Everyday reads name their village. */
  readAcrossVillages<T>(work: (transaction: AcrossTransaction) => Promise<T>): Promise<T>
  /** Everything that is stored, table by table in key order, from one state. */
  dump(): AsyncIterable<DumpLine>
  /**
   * Replaces everything that is stored by what was dumped, or changes nothing. Before it commits it verifies
   * what it wrote.
   *
   * @throws LumbungError `storage/invalid-dump`, with the faults where the verification found some.
   */
  restore(lines: AsyncIterable<DumpLine> | Iterable<DumpLine>, options?: RestoreOptions): Promise<void>
  /** Checks the database's own structure, each record against its schema, and each stream's chain. */
  verify(): Promise<VerifyReport>
  close(): Promise<void>
}

const attemptsDefault = 10

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

  async function retried<T>(attempts: number, run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run()
      } catch (error) {
        if (!isLumbungError(error, 'storage/conflict')) throw error
        if (attempt >= attempts) {
          throw new LumbungError('storage/conflict', `Others got in the way ${attempt} times.`, {
            details: { attempts: attempt },
            cause: error,
          })
        }
        await driver.pause(attempt)
      }
    }
  }

  async function within<T>(rows: RowTransaction, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      await rows.commit()
      return result
    } catch (error) {
      await rows.rollback()
      throw error
    }
  }

  async function runOnce<T>(
    rows: RowTransaction,
    villageId: string,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const scope = openTransaction(rows, villageId)
    try {
      const result = await work(scope.transaction)
      // Work that swallowed a failed call must not commit half of what it meant.
      const failure = scope.failure()
      if (failure !== undefined) throw failure
      return result
    } finally {
      scope.close()
    }
  }

  async function runUnit(
    rows: RowTransaction,
    villageId: string,
    work: (transaction: Transaction) => Promise<unknown>,
  ): Promise<UnitOutcome> {
    await rows.savepoint()
    try {
      const value = await runOnce(rows, villageId, work)
      await rows.releaseSavepoint()
      return { ok: true, value }
    } catch (error) {
      // A conflict ends the whole transaction on some stores, so the group starts over.
      if (isLumbungError(error, 'storage/conflict')) throw error
      await rows.rollbackToSavepoint()
      return { ok: false, error }
    }
  }

  const shareCommit = createSharedCommits<Transaction>((villageId, isolation, units) =>
    retried(attemptsDefault, async () => {
      const rows = await driver.beginWrite(isolation)
      return await within(rows, async () => {
        const outcomes: UnitOutcome[] = []
        for (const unit of units) outcomes.push(await runUnit(rows, villageId, unit))
        return outcomes
      })
    }),
  )

  return {
    name: driver.name,
    capabilities: driver.capabilities,
    schema,

    async read(villageId, work) {
      const village = checkedVillage(villageId)
      const rows = await driver.beginRead()
      return await within(rows, () => runOnce(rows, village, work))
    },

    async transact(villageId, work, options = {}) {
      const village = checkedVillage(villageId)
      const isolation = options.isolation ?? 'serializable'
      if (options.shared) return await shareCommit(village, isolation, work)
      return await retried(options.attempts ?? attemptsDefault, async () => {
        const rows = await driver.beginWrite(isolation)
        return await within(rows, () => runOnce(rows, village, work))
      })
    },

    async readAcrossVillages(work) {
      const rows = await driver.beginRead()
      return await within(rows, () => work(acrossTransaction(rows)))
    },

    async *dump() {
      const rows = await driver.beginRead()
      try {
        yield* dumpRows(rows, tables)
      } finally {
        await rows.rollback()
      }
    },

    async restore(lines, options = {}) {
      const rows = await driver.beginWrite('read-committed')
      await within(rows, async () => {
        await restoreRows(rows, tables, lines)
        if (options.acceptFaults) return
        const { faults } = await verifyRows(rows, schema, [])
        if (faults.length > 0) {
          throw new LumbungError('storage/invalid-dump', 'What was dumped does not verify.', {
            details: { faults },
          })
        }
      })
    },

    async verify() {
      const integrity = await driver.integrityFaults()
      const rows = await driver.beginRead()
      return await within(rows, () => verifyRows(rows, schema, integrity))
    },

    close: () => driver.close(),
  }
}

function acrossTransaction(rows: RowTransaction): AcrossTransaction {
  return {
    async *stream(collection, where) {
      const { table } = collection
      const query = { conditions: conditionsOf(collection, where), order: villageOrder(table) }
      for await (const batch of rowBatches(rows, table, query)) {
        for (const row of batch) {
          // The village leads every row, and only checked ids are written.
          yield { villageId: row[0] as VillageId, record: recordOf(collection, row) }
        }
      }
    },
    count: async (collection, where) =>
      await rows.count(collection.table, undefined, conditionsOf(collection, where)),
  }
}

function checkedVillage(villageId: string): string {
  const parsed = VillageId.safeParse(villageId)
  if (parsed.success) return parsed.data
  throw new LumbungError('storage/invalid-key', 'This is no village id.', { details: { villageId } })
}
