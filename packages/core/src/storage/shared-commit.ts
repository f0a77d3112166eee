import { isLumbungError } from '../kernel/index.ts'
import type { Isolation } from './driver.ts'
import type { TakeTurn } from './turns.ts'

/** How one unit of a group went; it is told to its caller only after the commit. */
export type UnitOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown }

/** Queues kept though nobody uses them: one made anew for each group would begin a wait of its own each time. */
const idleQueuesMax = 64

/** Most units that share one commit: above this the wait of the first grows without saving much. */
const groupUnitsMax = 256

/** The work of one unit. */
type Unit<Context> = (context: Context) => Promise<unknown>

/** What the units of shared commits run in. */
export interface SharedCommitOptions<Context> {
  /** The turns of the groups of one village and isolation. */
  readonly takeTurnsFor: () => TakeTurn
  /** Waited for before a group is put together, so that whoever was about to ask travels along. */
  readonly gather?: (() => Promise<void>) | undefined
  /**
   * Runs units in one transaction and commits. `runUnits` is given the way to run one under a savepoint, which
   * throws only where the transaction cannot go on.
   */
  readonly runTogether: (
    villageId: string,
    isolation: Isolation,
    runUnits: (runUnit: (unit: Unit<Context>) => Promise<UnitOutcome>) => Promise<void>,
  ) => Promise<void>
  /** Runs one unit in a transaction of its own, again where it met a conflict. */
  readonly runAlone: (villageId: string, isolation: Isolation, unit: Unit<Context>) => Promise<unknown>
}

/** A unit that waits for its group. */
interface Waiting<Context> {
  readonly work: Unit<Context>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** The units of one village and isolation that wait, and the turns of their groups. */
interface Queue<Context> {
  readonly waiting: Set<Waiting<Context>>
  readonly takeTurn: TakeTurn
  /** How many units wait or run: after the last one the queue may be let go. */
  users: number
}

/**
 * Combines units of work that wait at the same time into one transaction and one commit (semantics 17). While
 * one group commits the next one gathers, so a unit alone never waits for company; a store that hears nobody while
 * it commits lets the group gather before it begins. Units of different villages or isolation levels are never
 * combined.
 *
 * A unit that waits within another one of its queue would wait for ever; its turn is refused with `storage/busy`.
 */
export function createSharedCommits<Context>(
  options: SharedCommitOptions<Context>,
): <T>(villageId: string, isolation: Isolation, work: (context: Context) => Promise<T>) => Promise<T> {
  const queues = new Map<string, Queue<Context>>()

  async function travel(
    villageId: string,
    isolation: Isolation,
    { waiting, takeTurn }: Queue<Context>,
    unit: Waiting<Context>,
  ): Promise<void> {
    waiting.add(unit)
    // Units that are called for before the turn comes travel together.
    let end: () => void
    try {
      end = await takeTurn()
    } catch (error) {
      // It may have travelled meanwhile with a unit that came before it.
      if (waiting.delete(unit)) unit.reject(error)
      return
    }
    try {
      if (waiting.has(unit)) await options.gather?.()
      const group = waiting.has(unit) ? [...waiting].slice(0, groupUnitsMax) : []
      for (const one of group) waiting.delete(one)
      if (group.length > 0) await runGroup(options, villageId, isolation, group)
    } finally {
      end()
    }
  }

  return <T>(villageId: string, isolation: Isolation, work: (context: Context) => Promise<T>) => {
    const name = `${isolation} ${villageId}`
    const queue = queues.get(name) ?? { waiting: new Set(), takeTurn: options.takeTurnsFor(), users: 0 }
    queues.set(name, queue)
    queue.users += 1
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    // A unit is answered with what its own work gave.
    const unit = { work, resolve: resolve as (value: unknown) => void, reject }
    void travel(villageId, isolation, queue, unit).finally(() => {
      queue.users -= 1
      if (queue.users === 0 && queues.size > idleQueuesMax) queues.delete(name)
    })
    return promise
  }
}

/** Runs a group and answers its units. */
async function runGroup<Context>(
  { runTogether, runAlone }: SharedCommitOptions<Context>,
  villageId: string,
  isolation: Isolation,
  group: readonly Waiting<Context>[],
): Promise<void> {
  const outcomes: UnitOutcome[] = []
  let began = false
  try {
    await runTogether(villageId, isolation, async (runUnit) => {
      began = true
      for (const { work } of group) outcomes.push(await runUnit(work))
    })
  } catch (error) {
    const wasCutShort = began && outcomes.length < group.length
    if (!wasCutShort && !isLumbungError(error, 'storage/conflict')) {
      for (const { reject } of group) reject(error)
      return
    }
    // One unit has ended the transaction of all, so each goes on alone and tries again for itself.
    for (const { work, resolve, reject } of group) {
      await runAlone(villageId, isolation, work).then(resolve, reject)
    }
    return
  }
  group.forEach(({ resolve, reject }, index) => {
    const outcome = outcomes[index]
    if (outcome?.ok) resolve(outcome.value)
    else reject(outcome?.error)
  })
}
