import { LumbungError } from '../kernel/index.ts'

/** How turns wait. */
export interface TurnsOptions {
  /** Waits so many milliseconds: core has no clock of its own. */
  readonly wait: (waitMs: number) => Promise<unknown>
  /** How long one turn may last, in milliseconds, before those that wait for it give up. */
  readonly waitMsMax: number
}

/**
 * Waits for a turn and gives back the way to end it, of which only the first use counts.
 *
 * @throws LumbungError `storage/busy` where an earlier turn did not end.
 */
export type TakeTurn = () => Promise<() => void>

/** How long turns are waited for where nobody says otherwise, in milliseconds. */
export const waitMsMaxDefault = 10_000

/**
 * The one clock in core, at its edge: it decides when work that waits for itself gives up, and never what is
 * stored or computed. It keeps no process alive.
 */
export function elapsed(waitMs: number): Promise<unknown> {
  return new Promise((resolve) => AbortSignal.timeout(waitMs).addEventListener('abort', resolve))
}

interface Waiting {
  readonly resolve: (end: () => void) => void
  readonly reject: (reason: LumbungError) => void
}

/**
 * Turns that are taken one after another, in the order in which they were asked for: the writers of a store that
 * has one writer at a time. Work that asks for a turn within its own would wait for itself for ever; so whoever has
 * waited through `waitMsMax` of one and the same turn is refused, and the turns go on.
 *
 * @example
 * ```ts
 * import { createTurns } from '@lumbung/core/storage'
 *
 * const takeTurn = createTurns({ wait: async () => {}, waitMsMax: 1000 })
 * const end = await takeTurn()
 * await takeTurn().catch((error) => error.code) // => 'storage/busy'
 * end()
 * typeof (await takeTurn()) // => 'function'
 * ```
 */
export function createTurns({ wait, waitMsMax }: TurnsOptions): TakeTurn {
  const waiting: Waiting[] = []
  let turn = 0
  let taken = false
  let watching = false

  function give(): () => void {
    taken = true
    turn += 1
    const given = turn
    return () => {
      if (turn !== given || !taken) return
      const next = waiting.shift()
      if (next === undefined) taken = false
      else next.resolve(give())
    }
  }

  /** One wait at a time, however many wait for a turn. */
  async function watch(): Promise<void> {
    watching = true
    while (waiting.length > 0) {
      const [watched, count] = [turn, waiting.length]
      await wait(waitMsMax)
      // While the turn is the same, those that waited for it from the start are still the first.
      if (turn !== watched || !taken) continue
      for (const { reject } of waiting.splice(0, count)) {
        reject(new LumbungError('storage/busy', 'An earlier transaction of this process has not ended.'))
      }
    }
    watching = false
  }

  return () => {
    if (!taken) return Promise.resolve(give())
    const { promise, resolve, reject } = Promise.withResolvers<() => void>()
    waiting.push({ resolve, reject })
    if (!watching) void watch()
    return promise
  }
}
