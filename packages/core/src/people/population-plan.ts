import { ResidentId } from '../kernel/index.ts'
import type { PeopleContext } from './apply.ts'
import { householdEdit, residentEdit, sameFields } from './edits.ts'
import type { Edit } from './event-records.ts'
import type { Population, PopulationCounts, PopulationReport } from './population.ts'
import type { KnownPopulation } from './population-known.ts'
import { matchAreas, matchHouseholds, matchResidents } from './population-match.ts'
import {
  changesOf,
  datesRefusal,
  nameRefusal,
  newHousehold,
  newResident,
  openFactPlanner,
  planMemberships,
  statusRefusal,
} from './population-records.ts'
import type { Area, AreaEvent, DatedFact, Household, Membership, Resident } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { firstNaming } from './save-area.ts'
import { groupBy } from './spans.ts'

/** New records of a population. */
export interface AddedPopulation {
  readonly areas: readonly Area[]
  readonly areaEvents: readonly AreaEvent[]
  readonly households: readonly Household[]
  readonly residents: readonly Resident[]
  readonly memberships: readonly Membership[]
  readonly facts: readonly DatedFact[]
}

/** What adding a population writes. */
export interface PopulationPlan {
  readonly added: AddedPopulation
  /** Changes of records that are there. */
  readonly edits: readonly Edit[]
  readonly report: PopulationReport
}

type Counts = { -readonly [K in keyof PopulationCounts]: number }
type Refusals = { key: string; refusal: PeopleRefusal }[]

function noCounts(): Counts {
  return { areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 }
}

/** Plans what adding a population writes, against what the register holds of it already. */
export function planPopulation(
  population: Population,
  known: KnownPopulation,
  context: PeopleContext,
): PopulationPlan {
  const refused: Refusals = []
  const changed = noCounts()
  const unchanged = noCounts()
  const edits: Edit[] = []
  const areas = matchAreas(population, known, context)
  unchanged.areas = areas.unchanged
  refused.push(...areas.refused)

  // Who is in the register already decides which households are.
  const people = matchResidents(population, known)
  const homes = matchHouseholds(population, known, people, context)
  const areaOf = (key: string | undefined) => (key === undefined ? null : areas.ids.get(key))
  for (const { key, area } of population.households) {
    if (areaOf(area) !== undefined) continue
    refused.push({ key, refusal: { code: 'people/unknown-area' } })
    homes.delete(key)
  }
  const standing = groupBy(known.memberships, ({ resident }) => resident)
  const facts = openFactPlanner(known, context)
  const addedResidents: Resident[] = []
  const addedMemberships: Membership[] = []
  const edited = new Set<string>()
  const acceptedHomes = new Set<string>()
  const refusedHomes = new Set<string>()

  for (const [index, person] of population.residents.entries()) {
    const match = people[index] ?? {}
    const before = match.known
    const id = before?.id ?? ResidentId.parse(context.nextId())
    const area = areaOf(person.area)
    const { states, memberships: former } = known.absorbed.get(id) ?? { states: [], memberships: [] }
    const joins = planMemberships(person, id, standing.get(id) ?? [], homes, context, former)
    const told = facts.plan(person.facts ?? [], 'resident', id)
    const changes = before && changesOf(person, before, area ?? null, states)
    const refusal =
      match.refusal ??
      (area === undefined ? { code: 'people/unknown-area' as const, resident: id } : undefined) ??
      nameRefusal(person, id) ??
      datesRefusal(person, id, context) ??
      statusRefusal(person, before, states) ??
      joins.refusal ??
      told.refusal ??
      // Of two rows that are one person by now, only one can tell something new.
      (changes && edited.has(id) ? { code: 'people/listed-twice' as const, resident: id } : undefined)
    if (refusal !== undefined) {
      refused.push({ key: person.key, refusal })
      for (const { household } of person.memberships) refusedHomes.add(household)
      continue
    }
    for (const { household } of person.memberships) acceptedHomes.add(household)
    addedMemberships.push(...joins.added)
    unchanged.memberships += joins.unchanged
    facts.accept(told)
    if (before === undefined) {
      addedResidents.push(newResident(person, id, area ?? null))
      continue
    }
    if (changes === undefined) unchanged.residents += 1
    else {
      changed.residents += 1
      edited.add(id)
      edits.push(residentEdit(before, changes))
    }
  }

  const addedHouseholds: Household[] = []
  for (const input of population.households) {
    const home = homes.get(input.key)
    if (home === undefined) continue
    const area = areaOf(input.area) ?? null
    const told = facts.plan(input.facts ?? [], 'household', home.id)
    // A new household all of whose people were refused would stand empty.
    if (home.known === undefined && refusedHomes.has(input.key) && !acceptedHomes.has(input.key)) continue
    // Its people may be in order, so a household stays, without the facts that are not.
    if (told.refusal === undefined) facts.accept(told)
    else refused.push({ key: input.key, refusal: { ...told.refusal, household: home.id } })
    if (home.known === undefined) {
      addedHouseholds.push(newHousehold(input, home.id, area))
      continue
    }
    const changes = { address: input.address.normalize('NFC'), area: area ?? home.known.area }
    if (sameFields(changes, home.known)) unchanged.households += 1
    else {
      changed.households += 1
      edits.push(householdEdit(home.known, changes))
    }
  }

  // Facts of records that were there go with their edits, so that today's snapshot follows.
  const isNew = new Set<string>([...addedResidents, ...addedHouseholds].map(({ id }) => id))
  const addedFacts = facts.accepted.filter(({ subject }) => isNew.has(subject))
  const otherFacts = facts.accepted.filter(({ subject }) => !isNew.has(subject))
  edits.push(...otherFacts.map((after): Edit => ({ of: 'fact', before: null, after })))
  unchanged.facts = facts.unchanged()
  const added = {
    areas: areas.added,
    areaEvents: areas.added.map((area) => firstNaming(area, context)),
    households: addedHouseholds,
    residents: addedResidents,
    memberships: addedMemberships,
    facts: addedFacts,
  }
  const counts = {
    areas: added.areas.length,
    households: added.households.length,
    residents: added.residents.length,
    memberships: added.memberships.length,
    facts: facts.accepted.length,
  }
  return { added, edits, report: { added: counts, changed, unchanged, refused } }
}
