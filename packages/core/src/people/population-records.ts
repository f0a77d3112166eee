import {
  type CivilDate,
  firstCivilDate,
  foldText,
  type HouseholdId,
  type ResidentId,
} from '../kernel/index.ts'
import type { PeopleContext } from './apply.ts'
import { checkFactValue, type FactDefinition } from './facts.ts'
import type { PopulationFact, PopulationHousehold, PopulationResident } from './population.ts'
import type { KnownPopulation } from './population-known.ts'
import type { MatchedHousehold } from './population-match.ts'
import type { Absorbed } from './population-merged.ts'
import {
  type AreaId,
  type DatedFact,
  DatedFactId,
  type Household,
  type Membership,
  MembershipId,
  Resident,
} from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { isOfSource, isSame, lastOf } from './save-fact.ts'
import { groupBy, inForce } from './spans.ts'

/** The record of a person who is new to the register. */
export function newResident(person: PopulationResident, id: ResidentId, area: AreaId | null): Resident {
  const { identityNumber, temporaryNumber, name, sex, birthDate, birthPlace } = person
  const statusSince = person.statusSince ?? birthDate
  return {
    id,
    identityNumber,
    temporaryNumber: temporaryNumber ?? null,
    name: name.normalize('NFC'),
    nameKey: foldText(name),
    sex,
    birthDate,
    birthPlace: birthPlace?.normalize('NFC') ?? null,
    status: person.status ?? 'present',
    statusSince,
    area,
    validFrom: statusSince,
    mergedInto: null,
    revision: 1,
  }
}

/** The record of a household that is new to the register. */
export function newHousehold(input: PopulationHousehold, id: HouseholdId, area: AreaId | null): Household {
  const { kind, number, address, from = null } = input
  const validFrom = from ?? firstCivilDate
  return { id, kind, number, address: address.normalize('NFC'), area, from, to: null, validFrom, revision: 1 }
}

/**
 * What differs in the record of a person; what the population does not tell stays, and what a record said that was
 * merged into it is nothing new. Undefined where nothing differs.
 */
export function changesOf(
  person: PopulationResident,
  before: Resident,
  area: AreaId | null,
  states: Absorbed['states'] = [],
): Partial<Resident> | undefined {
  const { identityNumber, temporaryNumber, name, sex, birthDate, birthPlace } = person
  const told: Partial<Resident> = {
    ...(identityNumber === null ? {} : { identityNumber }),
    ...(temporaryNumber === undefined ? {} : { temporaryNumber }),
    name: name.normalize('NFC'),
    nameKey: foldText(name),
    sex,
    birthDate,
    ...(birthPlace === null ? {} : { birthPlace: birthPlace.normalize('NFC') }),
    ...(area === null ? {} : { area }),
  }
  const said: readonly Readonly<Record<string, unknown>>[] = [before, ...states]
  const changes = Object.entries(told).filter(([field, value]) => said.every((one) => one[field] !== value))
  return changes.length === 0 ? undefined : Object.fromEntries(changes)
}

/** Why a name is none: it is blank, or holds what cannot stand in one. */
export function nameRefusal({ name }: PopulationResident, resident: ResidentId): PeopleRefusal | undefined {
  return Resident.shape.name.safeParse(name).success ? undefined : { code: 'people/unfit-name', resident }
}

/** Why the dates of a person cannot be. */
export function datesRefusal(
  { birthDate, statusSince = birthDate }: PopulationResident,
  resident: ResidentId,
  { on }: { readonly on: CivilDate },
): PeopleRefusal | undefined {
  if (birthDate > on || statusSince > on) return { code: 'people/in-the-future', resident }
  return statusSince < birthDate ? { code: 'people/before-birth', resident } : undefined
}

/** A status changes by a life event, which has a day and a reason. */
export function statusRefusal(
  { status }: PopulationResident,
  before: Resident | undefined,
  states: Absorbed['states'] = [],
): PeopleRefusal | undefined {
  if (before === undefined || status === undefined) return undefined
  if ([before, ...states].some((state) => state.status === status)) return undefined
  return { code: 'people/needs-life-event', resident: before.id }
}

/** What the memberships of a person come to. */
export interface PlannedMemberships {
  readonly added: readonly Membership[]
  readonly unchanged: number
  readonly refusal?: PeopleRefusal
}

/** Plans the memberships of a person. Another household or relationship than the register's needs a life event. */
export function planMemberships(
  person: PopulationResident,
  resident: ResidentId,
  standing: readonly Membership[],
  homes: ReadonlyMap<string, MatchedHousehold>,
  { now, on, nextId }: PeopleContext,
  former: Absorbed['memberships'] = [],
): PlannedMemberships {
  const added: Membership[] = []
  const kinds = new Set<Household['kind']>()
  let unchanged = 0
  const refuse = (refusal: PeopleRefusal): PlannedMemberships => ({ added: [], unchanged: 0, refusal })
  for (const { household: key, relationship, from = null } of person.memberships) {
    const home = homes.get(key)
    if (home === undefined) return refuse({ code: 'people/unknown-household', resident, household: key })
    const { id: household, kind } = home
    if (kinds.has(kind)) return refuse({ code: 'people/second-household', resident, household })
    kinds.add(kind)
    const isTold = (m: Membership) => m.household === household && m.relationship === relationship
    const present = standing.find((m) => m.kind === kind && inForce(m, on))
    if (present === undefined) {
      const id = MembershipId.parse(nextId())
      const rest = { relationship, from, to: null, recordedAt: now, retractedAt: null }
      added.push({ id, household, resident, kind, ...rest })
    } else if (isTold(present) || former.some(isTold)) unchanged += 1
    else return refuse({ code: 'people/needs-life-event', resident, household: present.household })
  }
  return { added, unchanged }
}

/** What the facts of a person or household come to. */
export interface PlannedFacts {
  readonly added: readonly DatedFact[]
  readonly unchanged: number
  readonly refusal?: PeopleRefusal
}

/** Plans facts, and keeps those that were accepted. */
export interface FactPlanner {
  readonly plan: (
    facts: readonly PopulationFact[],
    unit: FactDefinition['unit'],
    subject: string,
  ) => PlannedFacts
  readonly accept: (planned: PlannedFacts) => void
  readonly accepted: readonly DatedFact[]
  readonly unchanged: () => number
}

/** A planner of facts against those that the register holds. */
export function openFactPlanner(
  known: KnownPopulation,
  { now, nextId, snapshot }: PeopleContext,
): FactPlanner {
  const definitions = new Map(snapshot.facts.map((fact) => [`${fact.unit}/${fact.name}`, fact]))
  const standing = groupBy(known.facts, ({ subject, name }) => `${subject}/${name}`)
  const absorbed: ReadonlyMap<string, Absorbed> = known.absorbed
  const accepted: DatedFact[] = []
  let unchanged = 0
  return {
    plan(facts, unit, subject) {
      const added: DatedFact[] = []
      let same = 0
      for (const { name, value, from = null, to = null, source, degree } of facts) {
        const refuse = (refusal: PeopleRefusal): PlannedFacts => ({ added: [], unchanged: 0, refusal })
        const definition = definitions.get(`${unit}/${name}`)
        if (definition === undefined) return refuse({ code: 'people/unknown-fact', fact: name })
        if (from !== null && to !== null && from >= to)
          return refuse({ code: 'people/empty-span', fact: name })
        const checked = checkFactValue(definition, value)
        if (!checked.ok) return refuse(checked.refusal)
        const told = {
          unit,
          subject,
          name,
          value: checked.text,
          from,
          to,
          source: source.normalize('NFC'),
          degree,
        }
        const isKnown = [subject, ...(absorbed.get(subject)?.residents ?? [])].some((one) => {
          const last = lastOf((standing.get(`${one}/${name}`) ?? []).filter((fact) => isOfSource(fact, told)))
          return last !== undefined && isSame(last, told)
        })
        if (isKnown) same += 1
        else added.push({ ...told, id: DatedFactId.parse(nextId()), recordedAt: now, retractedAt: null })
      }
      return { added, unchanged: same }
    },
    accept(planned) {
      accepted.push(...planned.added)
      unchanged += planned.unchanged
    },
    accepted,
    unchanged: () => unchanged,
  }
}
