import type { CivilDate } from '../kernel/index.ts'
import { foldText, type HouseholdId, ResidentId } from '../kernel/index.ts'
import { belongs } from './belonging.ts'
import type { MembershipDraft } from './edits.ts'
import { residentEdit } from './edits.ts'
import type { Edit, LifeEvent, LifeEventDetails, NewResident } from './event-records.ts'
import { type Household, headRelationship, type Membership, type Resident } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { inForce } from './spans.ts'

/** What a plan looks at: the records of all whom an event names, of their households, and of those in them. */
export interface PeopleState {
  readonly residents: readonly Resident[]
  readonly households: readonly Household[]
  readonly memberships: readonly Membership[]
  /** The events of those whom the event names. */
  readonly events: readonly LifeEvent[]
  /** Other records that an event to be reversed has changed, by id. */
  readonly others?: ReadonlyMap<string, object>
}

/** A plan in the making. A function that refuses leaves it half made, and it is thrown away. */
export interface Plan {
  readonly on: CivilDate
  readonly state: PeopleState
  readonly draft: MembershipDraft
  readonly edits: Edit[]
  readonly nextId: () => string
}

/** Why a step is refused; undefined where it is not. */
export type Refusal = PeopleRefusal | undefined
/** Who answers for a household after its head has gone. */
export type NewHeads = Extract<LifeEventDetails, { readonly kind: 'death' }>['newHeads']

/** People leave their households, of one kind or of both; whoever stays behind without a head gets a new one. */
export function leave(
  plan: Plan,
  leaving: ReadonlySet<ResidentId>,
  kind: Household['kind'] | undefined,
  newHeads: NewHeads,
): Refusal {
  const { draft, on } = plan
  const headless = new Set<HouseholdId>()
  for (const membership of draft.current()) {
    if (!leaving.has(membership.resident)) continue
    if (kind !== undefined && membership.kind !== kind) continue
    if (inForce(membership, on) && membership.relationship === headRelationship)
      headless.add(membership.household)
    draft.end(membership, on)
  }
  for (const household of headless) {
    const staying = membersOn(plan, household)
    if (staying.length === 0 || staying.some(({ relationship }) => relationship === headRelationship))
      continue
    const named = newHeads.find((candidate) => candidate.household === household)
    if (named === undefined) return { code: 'people/new-head-needed', household }
    const refusal = relate(plan, household, named.resident, headRelationship)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/** A member becomes something else to the head, from the day on. */
export function relate(
  plan: Plan,
  household: HouseholdId,
  resident: ResidentId,
  relationship: string,
): Refusal {
  const membership = membersOn(plan, household).find((m) => m.resident === resident)
  if (membership === undefined) return { code: 'people/not-a-member', resident, household }
  if (membership.relationship === relationship) return undefined
  plan.draft.end(membership, plan.on)
  plan.draft.add({ ...membership, relationship, from: plan.on })
  return undefined
}

/** A person becomes a member, unless they are one of a household of that kind already. */
export function join(plan: Plan, household: Household, resident: ResidentId, relationship: string): Refusal {
  const { id, kind } = household
  const inTheWay = plan.draft
    .current()
    .find((m) => m.resident === resident && m.kind === kind && (m.to === null || m.to > plan.on))
  if (inTheWay !== undefined)
    return { code: 'people/already-member', resident, household: inTheWay.household }
  plan.draft.add({ household: id, kind, resident, relationship, from: plan.on, to: null })
  return undefined
}

/** A person who joins a household lives in its area. */
export function settle(plan: Plan, person: Resident, { area }: Household): Refusal {
  if (area === null || area === person.area) return undefined
  if (plan.on < person.validFrom) return { code: 'people/changed-later', resident: person.id }
  plan.edits.push(residentEdit(person, { area, validFrom: plan.on }))
  return undefined
}

/** A household that begins on the day. */
export function openHousehold(
  plan: Plan,
  id: HouseholdId,
  { kind, number, address, area }: Pick<Household, 'kind' | 'number' | 'address' | 'area'>,
): Household {
  const { on } = plan
  const after = { id, kind, number, address, area, from: on, to: null, validFrom: on, revision: 1 }
  plan.edits.push({ of: 'household', before: null, after })
  return after
}

/** A person who is written down for the first time; the id, or why not. */
export function addPerson(plan: Plan, person: NewResident): ResidentId | PeopleRefusal {
  const { id = ResidentId.parse(plan.nextId()), ...fields } = person
  if (find(plan, id) !== undefined) return { code: 'people/already-there', resident: id }
  if (person.birthDate > plan.on) return { code: 'people/before-birth', resident: id }
  const since = { status: 'present', statusSince: plan.on, validFrom: plan.on } as const
  const after = { id, ...fields, nameKey: foldText(person.name), ...since, mergedInto: null, revision: 1 }
  plan.edits.push({ of: 'resident', before: null, after })
  return id
}

/** A household has one head. */
export function oneHead(plan: Plan, household: HouseholdId): Refusal {
  const heads = membersOn(plan, household).filter(({ relationship }) => relationship === headRelationship)
  return heads.length === 1 ? undefined : { code: 'people/one-head', household }
}

/** The members of a household on the day, with all changes so far. */
export function membersOn({ draft, on }: Plan, household: HouseholdId): readonly Membership[] {
  return draft.current().filter((m) => m.household === household && inForce(m, on))
}

/** The record of a person. */
export function find({ state }: Plan, id: ResidentId): Resident | undefined {
  return state.residents.find((resident) => resident.id === id)
}

/** Why a person cannot have part in an event of that day that does not change them. */
export function absent(plan: Plan, id: ResidentId): Refusal {
  const person = find(plan, id)
  if (person === undefined) return { code: 'people/unknown-resident', resident: id }
  if (plan.on < person.birthDate) return { code: 'people/before-birth', resident: id }
  return belongs(person.status) || person.statusSince > plan.on
    ? undefined
    : { code: 'people/not-living-here', resident: id }
}

/** Why a person cannot be changed from that day on. */
export function unfit(plan: Plan, id: ResidentId, person: Resident | undefined): Refusal {
  if (person === undefined) return { code: 'people/unknown-resident', resident: id }
  if (!belongs(person.status)) return { code: 'people/not-living-here', resident: id }
  if (plan.on < person.birthDate) return { code: 'people/before-birth', resident: id }
  return plan.on < person.validFrom ? { code: 'people/changed-later', resident: id } : undefined
}

/** To whom a person is married on the day, as far as events on record tell. */
export function spouseOf({ state, on }: Plan, id: ResidentId): ResidentId | undefined {
  const reversed = new Set(state.events.map(({ reverses }) => reverses))
  const standing = state.events
    .filter((event) => !reversed.has(event.id) && event.on <= on)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.recordedAt < b.recordedAt ? -1 : 1))
  let spouse: ResidentId | undefined
  for (const { details } of standing) {
    if (details.kind === 'marriage' || details.kind === 'divorce') {
      const [first, second] = details.spouses
      if (first !== id && second !== id) continue
      spouse = details.kind === 'divorce' ? undefined : first === id ? second : first
    } else if (details.kind === 'death' && details.resident === spouse) spouse = undefined
  }
  return spouse
}
