import type { CivilDate, DateInterval } from '../kernel/index.ts'
import { firstCivilDate, intersectIntervals, intervalContains } from '../kernel/index.ts'

/** A span of days in which nothing dated changes. */
export type Segment = DateInterval

/**
 * Cuts an interval at every day on which one of the others begins or ends, in order of time: within each part the
 * same of them are in force.
 */
export function segmentsOf(whole: DateInterval, others: readonly DateInterval[]): Segment[] {
  const cuts = new Set<CivilDate>()
  for (const other of others) {
    const common = intersectIntervals(whole, other)
    if (common?.from !== undefined && common.from !== whole.from) cuts.add(common.from)
    if (common?.to !== undefined && common.to !== whole.to) cuts.add(common.to)
  }
  const days = [...cuts].sort()
  return [undefined, ...days].map((day, index) => {
    const from = day ?? whole.from
    const to = days[index] ?? whole.to
    return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  })
}

/** The one of some dated values that is in force during a whole segment of {@link segmentsOf}. */
export function inForceDuring<Dated extends DateInterval>(
  segment: Segment,
  values: readonly Dated[],
): Dated | undefined {
  const first = segment.from ?? firstCivilDate
  return values.find((value) => intervalContains(value, first))
}
