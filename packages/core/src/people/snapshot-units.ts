import { ResidentId } from '../kernel/index.ts'
import type { AnyCollection, Query, ReadTransaction, ScalarField, Stored } from '../storage/index.ts'
import { datedFacts, householdVersions, memberships, residentVersions } from './collections.ts'
import type { Membership } from './records.ts'
import { membershipOn, type SnapshotPerson, type SnapshotUnit } from './snapshot-of.ts'
import { type AsOf, groupBy } from './spans.ts'

/** How many ids one query names; enough that queries do not count, and below what any database takes. */
const idsMax = 512

/** Cuts a list into parts of a size that one query can name. */
export function* chunksOf<T>(items: readonly T[], size = idsMax): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

/**
 * All records whose field is one of the values, by the order of their key within each few hundred values.
 *
 * @example
 * ```ts
 * import { VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections, recordsWith, residents } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: peopleCollections, streams: [] })
 * await storage.read(VillageId.parse('v'), (tx) => recordsWith(tx, residents, 'name', ['Sari'])) // => []
 * ```
 */
export async function recordsWith<C extends AnyCollection>(
  tx: ReadTransaction,
  collection: C,
  field: ScalarField<Stored<C>>,
  values: readonly string[],
): Promise<Stored<C>[]> {
  const found: Stored<C>[] = []
  for (const chunk of chunksOf(values)) {
    // The field was checked against the records; TypeScript cannot join a generic name and its condition.
    const query = { where: { [field]: { in: chunk } } } as unknown as Query<C>
    for await (const record of tx.stream(collection, query)) found.push(record)
  }
  return found
}

/**
 * All that the storage knows of some households, and of people who may be on no family card, for {@link snapshotOf}:
 * so one household of any day, by what was known at any instant, needs no temporary snapshot.
 *
 * @example
 * ```ts
 * import { VillageId } from '@lumbung/core/kernel'
 * import { loadUnits, peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: peopleCollections, streams: [] })
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const units = await storage.read(VillageId.parse('v'), (tx) => loadUnits(tx, [id]))
 * units.map(({ people }) => people.length) // => [1]
 * ```
 *
 * @param asOf For which day: then nothing more is read of people who are on a family card on it, and so have no row
 * of their own. Default: all is read.
 */
export async function loadUnits(
  tx: ReadTransaction,
  ids: readonly string[],
  asOf?: AsOf,
): Promise<SnapshotUnit[]> {
  const versions = groupBy(
    await recordsWith(tx, householdVersions, 'household', ids),
    ({ household }) => household,
  )
  const homes = ids.filter((id) => versions.has(id))
  const people = ids.filter((id) => !versions.has(id))
  const ofHomes = await recordsWith(tx, memberships, 'household', homes)
  const ofPeople = await recordsWith(tx, memberships, 'resident', people)
  const byPerson = groupBy(ofPeople, ({ resident }) => resident)
  const alone = people.filter(
    (id) => !asOf || membershipOn(byPerson.get(id) ?? [], asOf, undefined) === undefined,
  )
  const residents = [...new Set([...alone, ...ofHomes.map(({ resident }) => resident)])]
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
