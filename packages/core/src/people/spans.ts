import type { CivilDate, Instant } from '../kernel/index.ts'

/** An interval as it is stored: half-open, null where it has no end. */
export interface Span {
  readonly from: CivilDate | null
  readonly to: CivilDate | null
}

/** When a record was written down, and when it was taken back. */
export interface Recorded {
  readonly recordedAt: Instant
  readonly retractedAt: Instant | null
}

/** Which day is asked for, and what was known when. Without `recordedBy` all that is known now. */
export interface AsOf {
  readonly on: CivilDate
  readonly recordedBy?: Instant | undefined
}

/**
 * Whether a day lies in a span.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { inForce } from '@lumbung/core/people'
 *
 * const span = { from: null, to: CivilDate.parse('2026-05-01') }
 * inForce(span, CivilDate.parse('2026-04-30')) // => true
 * inForce(span, CivilDate.parse('2026-05-01')) // => false
 * ```
 */
export function inForce({ from, to }: Span, on: CivilDate): boolean {
  return (from === null || from <= on) && (to === null || on < to)
}

/**
 * Whether two spans share a day.
 */
export function spansOverlap(a: Span, b: Span): boolean {
  return (
    (a.from === null || b.to === null || a.from < b.to) && (b.from === null || a.to === null || b.from < a.to)
  )
}

/**
 * Whether a record was written down, and not taken back, by an instant; without one, whether it stands now.
 */
export function knownBy({ recordedAt, retractedAt }: Recorded, recordedBy: Instant | undefined): boolean {
  if (recordedBy === undefined) return retractedAt === null
  return recordedAt <= recordedBy && (retractedAt === null || retractedAt > recordedBy)
}

/** Records by the text that `key` gives. */
export function groupBy<T>(records: Iterable<T>, key: (record: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const name = key(record)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [record])
    else group.push(record)
  }
  return groups
}
