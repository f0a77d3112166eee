import { LumbungError } from '../kernel/index.ts'
import type { Isolation, RowTransaction, StorageDriver } from './driver.ts'

/** A driver that can be closed once, and used only before. */
export interface Gate {
  /** Refuses with `storage/closed` once it is closed. */
  readonly assertOpen: () => void
  readonly beginRead: () => Promise<RowTransaction>
  readonly beginWrite: (isolation: Isolation) => Promise<RowTransaction>
  readonly close: () => Promise<void>
}

/**
 * Stands before a driver, so that every store says alike that it is closed, also to a transaction that is still
 * open; what a database says of a connection that is gone differs from one to the next.
 */
export function createGate(driver: StorageDriver): Gate {
  let closing: Promise<void> | undefined
  const assertOpen = (): void => {
    if (closing !== undefined) throw new LumbungError('storage/closed', 'This storage was closed.')
  }
  const begun = async (begin: () => Promise<RowTransaction>): Promise<RowTransaction> => {
    assertOpen()
    const rows = await begin().catch((error: unknown) => {
      // Closing may be why it could not begin.
      assertOpen()
      throw error
    })
    return guarded(rows, assertOpen)
  }
  return {
    assertOpen,
    beginRead: () => begun(() => driver.beginRead()),
    beginWrite: (isolation) => begun(() => driver.beginWrite(isolation)),
    close: () => {
      closing ??= driver.close()
      return closing
    },
  }
}

/** The rows, each call of which looks first whether the storage is open. Rolling back is always in order. */
function guarded(rows: RowTransaction, assertOpen: () => void): RowTransaction {
  const before = <Arguments extends unknown[], Result>(call: (...given: Arguments) => Result) => {
    return (...given: Arguments): Result => {
      assertOpen()
      return call.apply(rows, given)
    }
  }
  return {
    get: before(rows.get),
    select: before(rows.select),
    screen: rows.screen === undefined ? undefined : before(rows.screen),
    count: before(rows.count),
    insert: before(rows.insert),
    update: before(rows.update),
    remove: before(rows.remove),
    clear: before(rows.clear),
    savepoint: before(rows.savepoint),
    releaseSavepoint: before(rows.releaseSavepoint),
    rollbackToSavepoint: before(rows.rollbackToSavepoint),
    commit: before(rows.commit),
    rollback: () => rows.rollback(),
  }
}
