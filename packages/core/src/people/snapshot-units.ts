import { ResidentId } from '../kernel/index.ts'
import type { AnyCollection, Query, ReadTransaction, ScalarField, Stored } from '../storage/index.ts'
import { datedFacts, householdVersions, memberships, residentVersions } from './collections.ts'
import type { Membership } from './records.ts'
import type { SnapshotPerson, SnapshotUnit } from './snapshot-of.ts'
import { groupBy } from './spans.ts'

/** How many ids one query names; enough that queries do not count, and below what any database takes. */
const idsMax = 500

/** Cuts a list into parts of a size that one query can name. */
export function* chunksOf<T>(items: readonly T[], size = idsMax): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

/** All records whose field is one of the values. */
export async function recordsWith<C extends AnyCollection>(
  tx: ReadTransaction,
  collection: C,
  field: ScalarField<Stored<C>>,
  values: readonly string[],
): Promise<Stored<C>[]> {
  const found: Stored<C>[] = []
  for (const chunk of chunksOf(values)) {
    // The field was checked against the records; TypeScript cannot join a generic name and its condition.
    const where = { [field]: { in: chunk } } as Query<C>['where'] & object
    for await (const record of tx.stream(collection, { where })) found.push(record)
  }
  return found
}

/** All that the storage knows of some households, and of people who may be on no family card. */
export async function loadUnits(tx: ReadTransaction, ids: readonly string[]): Promise<SnapshotUnit[]> {
  const versions = groupBy(
    await recordsWith(tx, householdVersions, 'household', ids),
    ({ household }) => household,
  )
  const homes = ids.filter((id) => versions.has(id))
  const people = ids.filter((id) => !versions.has(id))
  const ofHomes = await recordsWith(tx, memberships, 'household', homes)
  const ofPeople = await recordsWith(tx, memberships, 'resident', people)
  const residents = [...new Set([...people, ...ofHomes.map(({ resident }) => resident)])]
  const states = groupBy(
    await recordsWith(tx, residentVersions, 'resident', residents),
    ({ resident }) => resident,
  )
  const facts = groupBy(
    await recordsWith(tx, datedFacts, 'subject', [...homes, ...residents]),
    ({ subject }) => subject,
  )
  const person = (resident: ResidentId, theirs: readonly Membership[]): SnapshotPerson => ({
    resident,
    versions: states.get(resident) ?? [],
    memberships: theirs,
    facts: facts.get(resident) ?? [],
  })
  const byHome = groupBy(ofHomes, ({ household }) => household)
  const byPerson = groupBy(ofPeople, ({ resident }) => resident)
  return ids.map((id) => {
    const ofHome = versions.get(id)
    if (ofHome !== undefined) {
      const byMember = groupBy(byHome.get(id) ?? [], ({ resident }) => resident)
      return {
        id,
        versions: ofHome,
        people: [...byMember.values()].flatMap((theirs) =>
          theirs[0] === undefined ? [] : [person(theirs[0].resident, theirs)],
        ),
        facts: facts.get(id) ?? [],
      }
    }
    const resident = ResidentId.parse(id)
    return { id, versions: [], people: [person(resident, byPerson.get(id) ?? [])], facts: [] }
  })
}
