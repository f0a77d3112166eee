import type { ResidentId } from '../kernel/index.ts'
import type { Merge } from './event-records.ts'
import type { Membership, Resident } from './records.ts'

/**
 * What merges have left behind of a person. A file that was written before tells it still, and tells nothing new
 * with it.
 */
export interface Absorbed {
  /** How the records stood before they went into another. */
  readonly states: readonly Resident[]
  /** Places in households that a merge took back. */
  readonly memberships: readonly Membership[]
  /** The records that are no more; facts of theirs still stand with them. */
  readonly residents: readonly ResidentId[]
}

/** What was absorbed by each person, however many merges lie between. */
export function absorbedBy(merges: readonly Merge[]): ReadonlyMap<ResidentId, Absorbed> {
  const into = new Map(merges.map(({ merged, kept }) => [merged, kept]))
  const all = new Map<ResidentId, Absorbed>()
  for (const { kept, merged, edits } of merges) {
    const person = endOf(kept, into)
    const { states, memberships, residents } = all.get(person) ?? nothing
    all.set(person, {
      states: [
        ...states,
        ...edits.flatMap((e) => (e.of === 'resident' && e.before?.id === merged ? [e.before] : [])),
      ],
      memberships: [
        ...memberships,
        ...edits.flatMap((e) => (e.of === 'membership' && e.before ? [e.before] : [])),
      ],
      residents: [...residents, merged],
    })
  }
  return all
}

const nothing: Absorbed = { states: [], memberships: [], residents: [] }

/** The person that a record stands for: itself, or the one at the end of its merges. */
function endOf(id: ResidentId, into: ReadonlyMap<ResidentId, ResidentId>): ResidentId {
  let end = id
  // A record is merged once, so the way has an end.
  for (let next = into.get(end); next !== undefined; next = into.get(end)) end = next
  return end
}

/** The record that counts for one that was found; undefined where it is not at hand. */
export function keptOf(found: Resident, byId: ReadonlyMap<string, Resident>): Resident | undefined {
  const seen = new Set<string>()
  let kept: Resident | undefined = found
  while (kept !== undefined && kept.mergedInto !== null && !seen.has(kept.id)) {
    seen.add(kept.id)
    kept = byId.get(kept.mergedInto)
  }
  return kept?.mergedInto === null ? kept : undefined
}
