import type { Merge } from './event-records.ts'
import type { DatedFact } from './records.ts'
import { isSame } from './save-fact.ts'

/** A fact as a file tells it. */
export type ToldFact = Omit<DatedFact, 'id' | 'recordedAt' | 'retractedAt'>

/** What one source tells about one thing, one fact after the other. */
export function seriesOf({ unit, subject, name, source }: ToldFact): string {
  return `${unit}/${subject}/${name}/${source}`
}

/**
 * Stored facts by series, each with the record that it was told of: what a merge brought to another record stands
 * in the series of the one that it was told of first.
 */
export function storedSeries(
  stored: readonly DatedFact[],
  merges: readonly Merge[],
): ReadonlyMap<string, DatedFact[]> {
  const brought = new Set<string>()
  const moved: DatedFact[] = []
  for (const { edits } of merges) {
    for (const edit of edits) {
      if (edit.of !== 'fact') continue
      if (edit.before === null) brought.add(edit.after.id)
      else moved.push(edit.before)
    }
  }
  const standing = stored.filter(({ retractedAt }) => retractedAt === null)
  const all = new Map<string, DatedFact[]>()
  for (const fact of [...standing, ...moved].filter(({ id }) => !brought.has(id)).toSorted(byRecording)) {
    const series = all.get(seriesOf(fact))
    if (series === undefined) all.set(seriesOf(fact), [fact])
    else series.push(fact)
  }
  return all
}

/**
 * Takes out of stored series what a file tells again, and says how many facts at the beginning of its own series
 * that are: those that a stored series ends with, then those that another one ends with, and so on.
 */
export function takeToldAgain(stored: readonly DatedFact[][], told: readonly ToldFact[]): number {
  let known = 0
  for (let taken = -1; taken !== known; ) {
    taken = known
    for (const series of stored) {
      const length = overlapOf(series, told.slice(known))
      series.splice(series.length - length)
      known += length
    }
  }
  return known
}

/** How many facts at the beginning of what is told are those that the stored series ends with. */
function overlapOf(stored: readonly DatedFact[], told: readonly ToldFact[]): number {
  for (let length = Math.min(stored.length, told.length); length > 0; length -= 1) {
    const end = stored.slice(-length)
    const isOverlap = end.every((fact, index) => {
      const again = told[index]
      return again !== undefined && isSame(fact, again)
    })
    if (isOverlap) return length
  }
  return 0
}

function byRecording(a: DatedFact, b: DatedFact): number {
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt ? -1 : 1
  return a.id < b.id ? -1 : 1
}
