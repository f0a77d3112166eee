import type { Isolation } from './driver.ts'

/** How one unit of a group went; it is told to its caller only after the commit. */
export type UnitOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

/** Most units that share one commit: above this the wait of the first grows without saving much. */
const groupUnitsMax = 256

/**
 * Combines units of work that wait at the same time into one transaction and one commit (semantics 17). While
 * one group commits the next one gathers, so a unit alone never waits for company. Units of different villages
 * or isolation levels are never combined.
 *
 * `runGroup` runs the units one after another, each under a savepoint, commits, and tells how each went.
 */
export function createSharedCommits<Context>(
  runGroup: (
    villageId: string,
    isolation: Isolation,
    units: readonly ((context: Context) => Promise<unknown>)[],
  ) => Promise<readonly UnitOutcome[]>,
): <T>(villageId: string, isolation: Isolation, work: (context: Context) => Promise<T>) => Promise<T> {
  interface Waiting {
    readonly work: (context: Context) => Promise<unknown>
    readonly resolve: (value: unknown) => void
    readonly reject: (reason: unknown) => void
  }
  const queues = new Map<string, Waiting[]>()

  async function drain(
    name: string,
    villageId: string,
    isolation: Isolation,
    queue: Waiting[],
  ): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, groupUnitsMax)
      try {
        const outcomes = await runGroup(
          villageId,
          isolation,
          group.map(({ work }) => work),
        )
        group.forEach((unit, index) => {
          const outcome = outcomes[index]
          if (outcome?.ok) unit.resolve(outcome.value)
          else unit.reject(outcome?.error)
        })
      } catch (error) {
        for (const unit of group) unit.reject(error)
      }
    }
    queues.delete(name)
  }

  return <T>(villageId: string, isolation: Isolation, work: (context: Context) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const name = `${isolation} ${villageId}`
      const unit = { work, resolve: resolve as (value: unknown) => void, reject }
      const queue = queues.get(name)
      if (queue !== undefined) {
        queue.push(unit)
        return
      }
      const fresh = [unit]
      queues.set(name, fresh)
      // Units that are called for in the same turn travel together.
      queueMicrotask(() => void drain(name, villageId, isolation, fresh))
    })
}
