import * as z from 'zod'
import { CivilDate, firstCivilDate } from './civil-date.ts'

/**
 * A half-open span of days: `from` is included, `to` is excluded, and an end left out is open.
 *
 * An interval holds at least one day. Unknown keys are refused, since a misspelt `from` would otherwise open
 * the interval in silence.
 *
 * @example
 * ```ts
 * import { DateInterval } from '@lumbung/core/kernel'
 *
 * DateInterval.parse({ from: '2026-01-01', to: '2027-01-01' }) // => { from: '2026-01-01', to: '2027-01-01' }
 * DateInterval.safeParse({ from: '2026-01-01', to: '2026-01-01' }).success // => false
 * ```
 */
export const DateInterval = z
  .strictObject({ from: CivilDate.optional(), to: CivilDate.optional() })
  .refine(({ from = firstCivilDate, to }) => to === undefined || from < to, {
    error: 'An interval begins before it ends',
    path: ['to'],
  })
  .readonly()

/** A span of days that the schema of the same name has accepted. */
export type DateInterval = z.infer<typeof DateInterval>

/**
 * Whether a date lies in an interval: on or after `from`, and before `to`.
 *
 * @example
 * ```ts
 * import { DateInterval, intervalContains, parseCivilDate } from '@lumbung/core/kernel'
 *
 * const year = DateInterval.parse({ from: '2026-01-01', to: '2027-01-01' })
 * intervalContains(year, parseCivilDate('2026-01-01')) // => true
 * intervalContains(year, parseCivilDate('2027-01-01')) // => false
 * ```
 */
export function intervalContains(interval: DateInterval, date: CivilDate): boolean {
  const { from, to } = interval
  return (from === undefined || from <= date) && (to === undefined || date < to)
}

/**
 * Whether two intervals share a day. Neighbours, of which one ends where the other begins, do not.
 *
 * @example
 * ```ts
 * import { DateInterval, intervalsOverlap } from '@lumbung/core/kernel'
 *
 * const until = DateInterval.parse({ to: '2026-07-01' })
 * intervalsOverlap(until, DateInterval.parse({ from: '2026-06-30' })) // => true
 * intervalsOverlap(until, DateInterval.parse({ from: '2026-07-01' })) // => false
 * ```
 */
export function intervalsOverlap(a: DateInterval, b: DateInterval): boolean {
  return intersectIntervals(a, b) !== undefined
}

/**
 * The days that lie in both intervals, or `undefined` where there are none.
 *
 * @example
 * ```ts
 * import { DateInterval, intersectIntervals } from '@lumbung/core/kernel'
 *
 * const since = DateInterval.parse({ from: '2026-01-01' })
 * intersectIntervals(since, DateInterval.parse({ to: '2026-07-01' })) // => { from: '2026-01-01', to: '2026-07-01' }
 * intersectIntervals(since, DateInterval.parse({ to: '2026-01-01' })) // => undefined
 * ```
 */
export function intersectIntervals(a: DateInterval, b: DateInterval): DateInterval | undefined {
  const from = a.from === undefined || (b.from !== undefined && b.from > a.from) ? b.from : a.from
  const to = a.to === undefined || (b.to !== undefined && b.to < a.to) ? b.to : a.to
  if (from !== undefined && to !== undefined && from >= to) return undefined
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** Days between two versions on which none is in force, with the neighbours on either side. */
export interface VersionGap<Version> {
  readonly interval: DateInterval
  readonly before: Version
  readonly after: Version
}

/** Days on which two versions are in force; `first` is the one that begins earlier or stands earlier in the list. */
export interface VersionOverlap<Version> {
  readonly interval: DateInterval
  readonly first: Version
  readonly second: Version
}

/**
 * The gaps between dated versions of one thing, such as a programme or a parameter, and their overlaps.
 *
 * The versions may stand in any order; both lists come in order of time. The time before the first version and
 * after the last is no gap. Whether a gap is declared, and so allowed, is for the caller to know.
 *
 * @example
 * ```ts
 * import { DateInterval, findGapsAndOverlaps } from '@lumbung/core/kernel'
 *
 * const old = DateInterval.parse({ to: '2025-01-01' })
 * const current = DateInterval.parse({ from: '2025-03-01' })
 * findGapsAndOverlaps([current, old]).gaps[0]?.interval // => { from: '2025-01-01', to: '2025-03-01' }
 * findGapsAndOverlaps([current, old]).overlaps // => []
 * ```
 */
export function findGapsAndOverlaps<Version extends DateInterval>(
  versions: readonly Version[],
): { gaps: VersionGap<Version>[]; overlaps: VersionOverlap<Version>[] } {
  const gaps: VersionGap<Version>[] = []
  const overlaps: VersionOverlap<Version>[] = []
  const earlier: Version[] = []
  let lastToEnd: Version | undefined
  for (const version of versions.toSorted(byBeginning)) {
    if (lastToEnd?.to !== undefined && version.from !== undefined && lastToEnd.to < version.from) {
      gaps.push({ interval: { from: lastToEnd.to, to: version.from }, before: lastToEnd, after: version })
    }
    for (const first of earlier) {
      const interval = intersectIntervals(first, version)
      if (interval !== undefined) overlaps.push({ interval, first, second: version })
    }
    earlier.push(version)
    if (lastToEnd === undefined || endsLater(version, lastToEnd)) lastToEnd = version
  }
  return { gaps, overlaps }
}

function byBeginning(a: DateInterval, b: DateInterval): number {
  const [fromA, fromB] = [a.from ?? firstCivilDate, b.from ?? firstCivilDate]
  return fromA < fromB ? -1 : fromA > fromB ? 1 : 0
}

function endsLater(a: DateInterval, b: DateInterval): boolean {
  return b.to !== undefined && (a.to === undefined || a.to > b.to)
}
