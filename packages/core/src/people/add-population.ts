import type { Transaction } from '../storage/index.ts'
import { applyEdits, householdVersionOf, type PeopleContext, residentVersionOf, wordsOf } from './apply.ts'
import {
  areaEvents,
  areas,
  datedFacts,
  households,
  householdVersions,
  memberships,
  residents,
  residentVersions,
  residentWords,
} from './collections.ts'
import type { EditContext } from './edits.ts'
import type { Population, PopulationReport } from './population.ts'
import { loadKnown } from './population-known.ts'
import { type AddedPopulation, planPopulation } from './population-plan.ts'
import type { HouseholdVersion } from './records.ts'
import { todaySnapshot } from './snapshot.ts'
import { type SnapshotPerson, type SnapshotRows, type SnapshotUnit, snapshotOf } from './snapshot-of.ts'
import { insertRows, refreshSnapshot } from './snapshot-store.ts'
import { chunksOf } from './snapshot-units.ts'
import { groupBy } from './spans.ts'

/**
 * Adds a whole population: areas, households, people, memberships and facts, with their history and today's
 * snapshot. Once more, it adds only what is new and changes what is different; a person whose record was merged into
 * another is that other one, of whom what the merged record said is nothing new. Refused, each by itself, are:
 *
 * - `people/number-taken`: a number stands twice in the population;
 * - `people/needs-life-event`: a person in the register has another household, relationship or status;
 * - `people/unknown-household`, `people/unknown-area`, `people/second-household`;
 * - `people/in-the-future`, `people/before-birth`;
 * - `people/listed-twice`: two rows of one person, more than the records that became one, or both with changes;
 * - `people/already-merged`: the record that the person was merged into cannot be found;
 * - what `checkFactValue` refuses, and `people/unknown-fact`.
 *
 * @example
 * ```ts
 * import { CivilDate, createIdGenerator, Instant, VillageId } from '@lumbung/core/kernel'
 * import { addPopulation, defineSnapshot, peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const random = (length: number) => new Uint8Array(length)
 * const nextId = createIdGenerator({ clock: () => 1_795_000_000_000, random })
 * const population = {
 *   areas: [{ key: 'a', kind: 'hamlet', name: 'Riverside' }],
 *   households: [{ key: 'h', kind: 'family', number: '7', address: 'Mill lane', area: 'a' }],
 *   residents: [
 *     {
 *       key: 'row 2', identityNumber: '77', name: 'Sari', sex: 'female', birthDate: on, birthPlace: null,
 *       memberships: [{ household: 'h', relationship: 'head' }],
 *     },
 *   ],
 * } as const
 * const add = () => storage.transact(VillageId.parse('v'), (tx) =>
 *   addPopulation(tx, population, { now, on, snapshot, nextId }),
 * )
 * const first = await add()
 * first.added // => { areas: 1, households: 1, residents: 1, memberships: 1, facts: 0 }
 * const second = await add()
 * second.added.residents + second.changed.residents // => 0
 * ```
 */
export async function addPopulation(
  tx: Transaction,
  population: Population,
  context: PeopleContext,
): Promise<PopulationReport> {
  const known = await loadKnown(tx, population)
  const plan = planPopulation(population, known, context)
  const { added, edits } = plan
  const { now, snapshot, on } = context

  await tx.insertMany(areas, added.areas)
  await tx.insertMany(areaEvents, added.areaEvents)
  await tx.insertMany(households, added.households)
  await tx.insertMany(
    householdVersions,
    added.households.map((record) => householdVersionOf(record, now)),
  )
  await tx.insertMany(residents, added.residents)
  await tx.insertMany(
    residentVersions,
    added.residents.map((record) => residentVersionOf(record, now)),
  )
  await tx.insertMany(residentWords, added.residents.flatMap(wordsOf))
  await tx.insertMany(memberships, added.memberships)
  await tx.insertMany(datedFacts, added.facts)
  context.addedInBulk?.(households, added.households.length)
  context.addedInBulk?.(residents, added.residents.length)
  context.addedInBulk?.(memberships, added.memberships.length)
  context.addedInBulk?.(datedFacts, added.facts.length)
  for (const chunk of chunksOf(edits)) await applyEdits(tx, chunk, context)

  const { fresh, touched } = unitsOf(added, now)
  for (const chunk of chunksOf(fresh, 1000)) {
    const rows: SnapshotRows[] = []
    for (const unit of chunk) {
      const built = snapshotOf(snapshot, unit, { snapshot: todaySnapshot, on })
      if (built !== undefined) rows.push(built)
    }
    await insertRows(tx, snapshot, rows)
  }
  await refreshSnapshot(tx, snapshot, touched, on)
  return plan.report
}

/** The households and people that are new as a whole, and the ids of those that were there before. */
function unitsOf(
  { households: homes, residents: people, memberships: all, facts: told }: AddedPopulation,
  now: EditContext['now'],
): { readonly fresh: readonly SnapshotUnit[]; readonly touched: ReadonlySet<string> } {
  const persons = new Map<string, Omit<SnapshotPerson, 'memberships'>>()
  const facts = groupBy(told, ({ subject }) => subject)
  for (const resident of people) {
    const { id } = resident
    persons.set(id, {
      resident: id,
      versions: [residentVersionOf(resident, now)],
      facts: facts.get(id) ?? [],
    })
  }
  const byHome = groupBy(all, ({ household }) => household)
  const byPerson = groupBy(all, ({ resident }) => resident)
  const versions = new Map<string, HouseholdVersion>(
    homes.map((home) => [home.id, householdVersionOf(home, now)]),
  )

  const fresh: SnapshotUnit[] = []
  const touched = new Set<string>()
  for (const [id, version] of versions) {
    const members: SnapshotPerson[] = []
    for (const membership of byHome.get(id) ?? []) {
      const person = persons.get(membership.resident)
      if (person === undefined) touched.add(id)
      else members.push({ ...person, memberships: [membership] })
    }
    if (!touched.has(id)) fresh.push({ id, versions: [version], people: members, facts: facts.get(id) ?? [] })
  }
  for (const [id, person] of persons) {
    fresh.push({ id, versions: [], people: [{ ...person, memberships: byPerson.get(id) ?? [] }], facts: [] })
  }
  for (const { household, resident } of all) {
    if (!versions.has(household)) touched.add(household)
    if (!persons.has(resident)) touched.add(resident)
  }
  return { fresh, touched }
}
