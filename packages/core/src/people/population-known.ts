import { foldText, type ResidentId } from '../kernel/index.ts'
import { type ReadTransaction, withoutVersion } from '../storage/index.ts'
import { areas, datedFacts, households, memberships, merges, residents } from './collections.ts'
import type { Merge } from './event-records.ts'
import type { Population } from './population.ts'
import { type Absorbed, absorbedBy } from './population-merged.ts'
import type { Area, DatedFact, Household, Membership, Resident } from './records.ts'
import { recordsWith } from './snapshot-units.ts'

/** What the register holds of a population already. */
export interface KnownPopulation {
  readonly areas: readonly Area[]
  readonly households: readonly Household[]
  readonly residents: readonly Resident[]
  /** Of those residents, not taken back. */
  readonly memberships: readonly Membership[]
  /** Of those residents and households, and of what they absorbed, not taken back. */
  readonly facts: readonly DatedFact[]
  /** What merges have left behind of those residents. */
  readonly absorbed: ReadonlyMap<ResidentId, Absorbed>
}

/** Reads what the register holds of a population; of an empty register almost nothing is read. */
export async function loadKnown(tx: ReadTransaction, population: Population): Promise<KnownPopulation> {
  const known: Area[] = []
  for await (const area of tx.stream(areas, { where: { to: null } })) known.push(withoutVersion(area))
  const absorbed = absorbedBy(await mergesOf(tx))
  const people =
    (await tx.count(residents)) === 0 ? [] : await knownResidents(tx, population, [...absorbed.keys()])
  const theirs = (
    await recordsWith(
      tx,
      memberships,
      'resident',
      people.map(({ id }) => id),
    )
  ).filter(({ retractedAt }) => retractedAt === null)
  const numbers = new Set<string>()
  for (const { number } of population.households) if (number !== null) numbers.add(number)
  const isEmpty = (await tx.count(households)) === 0
  const homes = new Map<string, Household>()
  if (!isEmpty) {
    const ids = [...new Set(theirs.map(({ household }) => household))]
    for (const home of await recordsWith(tx, households, 'number', [...numbers]))
      homes.set(home.id, withoutVersion(home))
    for (const home of await recordsWith(tx, households, 'id', ids)) homes.set(home.id, withoutVersion(home))
  }
  const gone = people.flatMap(({ id }) => absorbed.get(id)?.residents ?? [])
  const subjects = [...new Set<string>([...homes.keys(), ...people.map(({ id }) => id), ...gone])]
  const facts = await recordsWith(tx, datedFacts, 'subject', subjects)
  return {
    areas: known,
    households: [...homes.values()],
    residents: people,
    memberships: theirs.map((held) => withoutVersion(held)),
    facts: facts.filter(({ retractedAt }) => retractedAt === null).map((held) => withoutVersion(held)),
    absorbed,
  }
}

/** The merges that stand; there are few, beside the people of a village. */
export async function mergesOf(tx: ReadTransaction): Promise<Merge[]> {
  const standing: Merge[] = []
  for await (const merge of tx.stream(merges, { where: { undoneAt: null } }))
    standing.push(withoutVersion(merge))
  return standing
}

/** The people of a population, and those that others were merged into, whom it may mean. */
async function knownResidents(
  tx: ReadTransaction,
  population: Population,
  kept: readonly ResidentId[],
): Promise<Resident[]> {
  const identityNumbers = new Set<string>()
  const temporaryNumbers = new Set<string>()
  const nameKeys = new Set<string>()
  for (const { identityNumber, temporaryNumber, name } of population.residents) {
    if (identityNumber !== null) identityNumbers.add(identityNumber)
    if (temporaryNumber !== undefined) temporaryNumbers.add(temporaryNumber)
    if (identityNumber === null && temporaryNumber === undefined) nameKeys.add(foldText(name))
  }
  const found = new Map<string, Resident>()
  for (const [field, values] of [
    ['identityNumber', identityNumbers],
    ['temporaryNumber', temporaryNumbers],
    ['nameKey', nameKeys],
    ['id', new Set<string>(kept)],
  ] as const) {
    for (const record of await recordsWith(tx, residents, field, [...values]))
      found.set(record.id, withoutVersion(record))
  }
  return [...found.values()]
}
