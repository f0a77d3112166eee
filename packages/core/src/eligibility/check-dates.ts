import { type DateInterval, findGapsAndOverlaps, intersectIntervals } from '../kernel/index.ts'
import type { DeclaredGap } from './dated.ts'
import type { PackFaults, PackPath } from './pack-fault.ts'

/** Whether an interval lies within another one. */
export function isWithin({ from, to }: DateInterval, outer: DateInterval): boolean {
  const isFromInside = outer.from === undefined || (from !== undefined && from >= outer.from)
  const isToInside = outer.to === undefined || (to !== undefined && to <= outer.to)
  return isFromInside && isToInside
}

/** Finds what is wrong with the dates of versions or values: empty ones, overlaps, gaps that are not declared. */
export function checkDates(
  dated: readonly DateInterval[],
  path: PackPath,
  declared: readonly DeclaredGap[],
  faults: PackFaults,
): void {
  const empty = dated.findIndex(({ from, to }) => from !== undefined && to !== undefined && from >= to)
  if (empty !== -1) {
    faults.add('eligibility/empty-interval', [...path, empty], 'It ends before it begins.')
    return
  }
  const { gaps, overlaps } = findGapsAndOverlaps(dated)
  for (const { interval, second } of overlaps) {
    const message = `From ${interval.from ?? 'the beginning'} another one is in force as well.`
    faults.add('eligibility/overlap', [...path, dated.indexOf(second)], message)
  }
  for (const { interval, after } of gaps) {
    if (declared.some((gap) => gap.from === interval.from && gap.to === interval.to)) continue
    const message = `Nothing is in force from ${interval.from} to ${interval.to}; declare the gap, or close it.`
    faults.add('eligibility/gap', [...path, dated.indexOf(after)], message)
  }
  const gapsPath = [...path.slice(0, -1), 'gaps']
  declared.forEach((gap, index) => {
    if (dated.every((each) => intersectIntervals(each, gap) === undefined)) return
    faults.add(
      'eligibility/gap-in-force',
      [...gapsPath, index],
      'Within the declared gap something is in force.',
    )
  })
}
