import { setImmediate } from 'node:timers/promises'

/** One way of doing the work. */
export interface Side {
  /** Brings back the state before the work; not timed. */
  readonly prepare?: () => Promise<void>
  readonly run: () => Promise<void>
}

/** The middle of several figures, and how far they lie apart. */
export interface Spread {
  readonly median: number
  readonly minimum: number
  readonly maximum: number
}

/** Times of both sides, in milliseconds, and the ratio candidate to baseline of each pair. */
export interface Comparison {
  readonly baselineMs: Spread
  readonly candidateMs: Spread
  readonly ratio: Spread
}

/**
 * Runs both sides in turn, so that what the machine does meanwhile meets both alike, and lets them take turns at
 * going first. The ratio is taken pair by pair for the same reason. The first pair only warms up.
 */
export async function compare(baseline: Side, candidate: Side, repetitions: number): Promise<Comparison> {
  const pairs: { readonly baselineMs: number; readonly candidateMs: number }[] = []
  for (let pair = 0; pair <= repetitions; pair += 1) {
    let baselineMs = 0
    let candidateMs = 0
    if (pair % 2 === 0) {
      baselineMs = await timeMs(baseline)
      candidateMs = await timeMs(candidate)
    } else {
      candidateMs = await timeMs(candidate)
      baselineMs = await timeMs(baseline)
    }
    if (pair > 0) pairs.push({ baselineMs, candidateMs })
  }
  return {
    baselineMs: spreadOf(pairs.map((pair) => pair.baselineMs)),
    candidateMs: spreadOf(pairs.map((pair) => pair.candidateMs)),
    ratio: spreadOf(pairs.map((pair) => pair.candidateMs / pair.baselineMs)),
  }
}

async function timeMs({ prepare, run }: Side): Promise<number> {
  // An embedded database never waits, so that no signal would be heard before the end.
  await setImmediate()
  await prepare?.()
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** The middle of figures with the least and the greatest. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    minimum: at(0),
    maximum: at(sorted.length - 1),
  }
}
