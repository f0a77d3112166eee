import { isLumbungError, LumbungError } from '../kernel/index.ts'
import type { Awaitable, RowTransaction, StorageDriver } from './driver.ts'
import type { UnitOutcome } from './shared-commit.ts'
import { openScope, type Scope } from './transaction/scope.ts'

/** How often work runs at most where its caller names no number. */
export const attemptsDefault = 10

/** Runs again what met a conflict, after the driver's pause. */
export async function retried<T>(
  driver: Pick<StorageDriver, 'pause'>,
  attempts: number,
  run: () => Promise<T>,
): Promise<T> {
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

/** Commits when the work has ended well, and rolls back where it throws. */
export async function within<T>(rows: RowTransaction, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    await rows.commit()
    return result
  } catch (error) {
    await undone(() => rows.rollback())
    throw error
  }
}

/** Runs work once on the face that it is given, which ends with it. */
export async function runOnce<Face, T>(
  rows: RowTransaction,
  faceOf: (scope: Scope) => Face,
  work: (transaction: Face) => Promise<T>,
): Promise<T> {
  const scope = openScope(rows)
  let result: T
  try {
    result = await work(faceOf(scope))
  } catch (error) {
    await scope.close()
    throw firstFailure(scope, error)
  }
  // A call that nobody waited for still belongs to the work.
  await scope.close()
  // Work that swallowed a failed call must not commit half of what it meant.
  const failure = scope.failure()
  if (failure !== undefined) throw failure.error
  return result
}

/**
 * What is to be told of work that threw: as a rule what it threw, be it its own word for what a call met. But a
 * refusal after an earlier failure says less than that, and a conflict has to be tried again whatever came of it.
 */
function firstFailure(scope: Scope, error: unknown): unknown {
  const failure = scope.failure()
  if (failure === undefined) return error
  const isLater = isLumbungError(error, 'storage/transaction-failed')
  return isLater || isLumbungError(failure.error, 'storage/conflict') ? failure.error : error
}

/**
 * Runs one unit of a shared commit under a savepoint, so that its failure harms no neighbour.
 *
 * @throws whatever ended the whole transaction: a conflict does so on some stores.
 */
export async function runUnit(rows: RowTransaction, run: () => Promise<unknown>): Promise<UnitOutcome> {
  await rows.savepoint()
  try {
    const value = await run()
    await rows.releaseSavepoint()
    return { ok: true, value }
  } catch (error) {
    if (isLumbungError(error, 'storage/conflict')) throw error
    // Where a full disk has ended the transaction, its savepoint is gone with it.
    if (!(await undone(() => rows.rollbackToSavepoint()))) throw error
    return { ok: false, error }
  }
}

/** Whether it could be undone. Where not, what led to it says more than why. */
async function undone(undo: () => Awaitable<void>): Promise<boolean> {
  try {
    await undo()
    return true
  } catch {
    return false
  }
}
