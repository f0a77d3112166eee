import { LumbungError } from '../../kernel/index.ts'
import type { Awaitable, RowTransaction } from '../driver.ts'
import type { ScreeningRows } from '../screen-rows.ts'

/** An open row transaction, through which all calls of its record face go. */
export interface Scope {
  /**
   * Does the whole of one call: what is checked before and after the rows are touched belongs to it, since any
   * throw of a call must make its transaction fail, not only one of the store.
   */
  readonly call: <T>(work: (rows: RowTransaction) => Awaitable<T>) => Promise<T>
  /** Only reads, by the same rules. */
  readonly rows: ScreeningRows
  /** The failure after which nothing may be committed, if there was one: the first. */
  readonly failure: () => { readonly error: unknown } | undefined
  /** Ends it for its user: any later call is refused. Waits for the calls that nobody has waited for. */
  readonly close: () => Promise<void>
}

/** The scope of a transaction of one village. */
export interface VillageScope extends Scope {
  readonly villageId: string
}

/** Opens a scope, in which a failed call is the last. */
export function openScope(rows: RowTransaction): Scope {
  const pending = new Set<Promise<unknown>>()
  let closed = false
  let failure: { readonly error: unknown } | undefined

  async function run<T>(work: (rows: RowTransaction) => Awaitable<T>): Promise<T> {
    try {
      if (closed) throw new LumbungError('storage/transaction-closed', 'This transaction has ended.')
      if (failure !== undefined) {
        throw new LumbungError('storage/transaction-failed', 'An earlier call of this transaction failed.', {
          cause: failure.error,
        })
      }
      return await work(rows)
    } catch (error) {
      failure ??= { error }
      throw error
    }
  }

  function call<T>(work: (rows: RowTransaction) => Awaitable<T>): Promise<T> {
    const running = run(work)
    const settled: Promise<unknown> = running.then(
      () => pending.delete(settled),
      () => pending.delete(settled),
    )
    pending.add(settled)
    return running
  }

  return {
    call,
    rows: {
      select: (table, selection) => call((open) => open.select(table, selection)),
      get: (table, key) => call((open) => open.get(table, key)),
      screen:
        rows.screen === undefined
          ? undefined
          : (screening) => call(async (open) => (await open.screen?.(screening)) ?? []),
    },
    failure: () => failure,
    async close() {
      closed = true
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
