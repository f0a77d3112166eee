import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Comparison, Spread } from './measure.ts'

/** One measured line of a benchmark. */
export interface Result extends Comparison {
  /** What was done, on which store and on how much. */
  readonly what: string
  readonly store: string
  readonly size: number
  /** How many rows, reads or pages one run took, to which the cost refers. */
  readonly units: number
  /** Greatest ratio wanted; none where the figure is only shown. */
  readonly ratioGoal?: number
}

const folder = new URL('../.generated/bench/', import.meta.url)

/** Prints a table and writes the same figures, with facts of the machine, to `.generated/bench/<name>.json`. */
export function report(name: string, results: readonly Result[]): void {
  const rows = results.map((result) => ({
    store: result.store,
    size: result.size,
    work: result.what,
    'baseline µs/unit': microseconds(result.baselineMs.median, result.units),
    'ours µs/unit': microseconds(result.candidateMs.median, result.units),
    ratio: `${result.ratio.median.toFixed(2)} (${range(result.ratio)})`,
    goal: result.ratioGoal === undefined ? '' : `≤ ${result.ratioGoal}`,
    outcome: outcomeOf(result) ?? '',
  }))
  console.table(rows)
  console.table(growthOf(results))
  mkdirSync(folder, { recursive: true })
  const facts = { benchmark: name, measuredAt: new Date().toISOString(), machine: machineFacts() }
  const lines = results.map((result) => ({ ...result, outcome: outcomeOf(result) }))
  const written = { ...facts, results: lines, growth: growthOf(results) }
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(written, undefined, 2)}\n`)
}

function outcomeOf({ ratio, ratioGoal }: Result): 'pass' | 'fail' | undefined {
  if (ratioGoal === undefined) return undefined
  return ratio.median <= ratioGoal ? 'pass' : 'fail'
}

/** How the cost of one unit grows from the smallest to the largest size: 1 is linear. */
function growthOf(results: readonly Result[]) {
  const groups = Map.groupBy(results, ({ store, what }) => `${store}: ${what}`)
  return [...groups].flatMap(([work, group]) => {
    const sorted = group.toSorted((a, b) => a.size - b.size)
    const [first, last] = [sorted[0], sorted.at(-1)]
    if (first === undefined || last === undefined || first === last) return []
    const growth = (side: 'baselineMs' | 'candidateMs') =>
      Number((last[side].median / last.units / (first[side].median / first.units)).toFixed(2))
    const sizes = `${first.size} to ${last.size}`
    return [
      { work, sizes, 'growth of baseline': growth('baselineMs'), 'growth of ours': growth('candidateMs') },
    ]
  })
}

function microseconds(ms: number, units: number): number {
  return Number(((ms * 1000) / units).toFixed(2))
}

function range({ minimum, maximum }: Spread): string {
  return `${minimum.toFixed(2)}..${maximum.toFixed(2)}`
}

/** What the figures depend on; nothing that tells whose machine it was. */
function machineFacts() {
  return {
    platform: process.platform,
    architecture: process.arch,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    sqlite: process.versions['sqlite'],
  }
}
