import { foldText, HouseholdId, type ResidentId } from '../kernel/index.ts'
import { belongs } from './belonging.ts'
import { residentEdit } from './edits.ts'
import type { LifeEventDetails } from './event-records.ts'
import {
  absent,
  addPerson,
  find,
  join,
  leave,
  membersOn,
  type NewHeads,
  oneHead,
  openHousehold,
  type Plan,
  type Refusal,
  relate,
  settle,
  spouseOf,
  unfit,
} from './life-event-plan.ts'
import { headRelationship } from './records.ts'
import { inForce } from './spans.ts'

type Details<Kind extends LifeEventDetails['kind']> = Extract<LifeEventDetails, { readonly kind: Kind }>

/** Adds to the plan what an event of any kind but a reversal changes, or tells why it is refused. */
export function planKinds(plan: Plan, details: Exclude<LifeEventDetails, Details<'reversal'>>): Refusal {
  switch (details.kind) {
    case 'birth':
      return birth(plan, details)
    case 'death':
      return depart(plan, [details.resident], 'dead', details.newHeads)
    case 'move-in':
      return moveIn(plan, details)
    case 'move-out':
      return depart(plan, details.residents, 'moved', details.newHeads)
    case 'marriage':
      return marriage(plan, details)
    case 'divorce':
      return divorce(plan, details)
    case 'head-change':
      return headChange(plan, details)
    case 'card-split':
      return cardSplit(plan, details)
  }
}

function birth(plan: Plan, { child, mother, father, relationship }: Details<'birth'>): Refusal {
  const woman = find(plan, mother)
  if (woman === undefined) return { code: 'people/unknown-resident', resident: mother }
  if (woman.sex !== 'female') return { code: 'people/mother-not-female', resident: mother }
  if (woman.birthDate >= plan.on) return { code: 'people/before-birth', resident: mother }
  const wasThere = belongs(woman.status) || (woman.status === 'dead' && woman.statusSince >= plan.on)
  if (!wasThere) return { code: 'people/not-living-here', resident: mother }
  if (father !== null) {
    if (father === mother) return { code: 'people/same-person', resident: father }
    const man = find(plan, father)
    if (man === undefined) return { code: 'people/unknown-resident', resident: father }
    if (man.birthDate >= plan.on) return { code: 'people/before-birth', resident: father }
  }
  if (isBirthOnRecord(plan, child.name, mother)) return { code: 'people/already-there', resident: mother }
  const resident = addPerson(plan, { ...child, birthDate: plan.on, area: woman.area })
  if (typeof resident !== 'string') return resident
  const homes = plan.draft.current().filter((m) => m.resident === mother && inForce(m, plan.on))
  for (const { household, kind, to } of homes) {
    plan.draft.add({ household, kind, resident, relationship, from: plan.on, to })
  }
  return undefined
}

/** Whether a birth of that day, mother and name stands: it was reported before. */
function isBirthOnRecord({ on, state }: Plan, name: string, mother: ResidentId): boolean {
  const reversed = new Set(state.events.map(({ reverses }) => reverses))
  return state.events.some(
    ({ id, details, on: day }) =>
      details.kind === 'birth' &&
      !reversed.has(id) &&
      day === on &&
      details.mother === mother &&
      foldText(details.child.name) === foldText(name),
  )
}

/** People who die or move out. */
function depart(
  plan: Plan,
  ids: readonly ResidentId[],
  status: 'dead' | 'moved',
  newHeads: NewHeads,
): Refusal {
  for (const id of new Set(ids)) {
    const person = find(plan, id)
    const refusal = unfit(plan, id, person)
    if (person === undefined || refusal !== undefined) return refusal
    plan.edits.push(residentEdit(person, { status, statusSince: plan.on, validFrom: plan.on }))
  }
  return leave(plan, new Set(ids), undefined, newHeads)
}

function moveIn(plan: Plan, details: Details<'move-in'>): Refusal {
  const { opens, newcomers, returning } = details
  if (newcomers.length + returning.length === 0) return { code: 'people/nobody-left' }
  const known = plan.state.households.find(({ id }) => id === details.household)
  if (opens !== null && known !== undefined)
    return { code: 'people/already-there', household: details.household }
  const household = opens === null ? known : openHousehold(plan, details.household, opens)
  if (household === undefined) return { code: 'people/unknown-household', household: details.household }
  for (const { person, relationship } of newcomers) {
    const resident = addPerson(plan, { ...person, area: person.area ?? household.area })
    if (typeof resident !== 'string') return resident
    const refusal = join(plan, household, resident, relationship)
    if (refusal !== undefined) return refusal
  }
  for (const { resident, relationship } of returning) {
    const person = find(plan, resident)
    if (person === undefined) return { code: 'people/unknown-resident', resident }
    if (!['moved', 'away', 'missing'].includes(person.status))
      return { code: 'people/already-there', resident }
    if (plan.on < person.validFrom) return { code: 'people/changed-later', resident }
    const area = household.area ?? person.area
    plan.edits.push(
      residentEdit(person, { status: 'present', statusSince: plan.on, area, validFrom: plan.on }),
    )
    const refusal = join(plan, household, resident, relationship)
    if (refusal !== undefined) return refusal
  }
  return oneHead(plan, household.id)
}

function marriage(plan: Plan, { spouses, joins }: Details<'marriage'>): Refusal {
  if (spouses[0] === spouses[1]) return { code: 'people/same-person', resident: spouses[0] }
  for (const id of spouses) {
    const refusal = absent(plan, id)
    if (refusal !== undefined) return refusal
    if (spouseOf(plan, id) !== undefined) return { code: 'people/already-married', resident: id }
  }
  if (joins === null) return undefined
  const { resident, household: id, relationship, newHeads } = joins
  const household = plan.state.households.find((candidate) => candidate.id === id)
  if (household === undefined) return { code: 'people/unknown-household', household: id }
  const person = find(plan, resident)
  if (person === undefined || !spouses.includes(resident))
    return { code: 'people/unknown-resident', resident }
  if (membersOn(plan, id).some((m) => m.resident === resident)) {
    return { code: 'people/already-member', resident, household: id }
  }
  const refusal = leave(plan, new Set([resident]), household.kind, newHeads)
  if (refusal !== undefined) return refusal
  const moves = settle(plan, person, household)
  return moves ?? join(plan, household, resident, relationship) ?? oneHead(plan, id)
}

function divorce(plan: Plan, { spouses }: Details<'divorce'>): Refusal {
  const [first, second] = spouses
  if (first === second) return { code: 'people/same-person', resident: first }
  for (const id of spouses) {
    const refusal = absent(plan, id)
    if (refusal !== undefined) return refusal
  }
  // A marriage from before the register was kept is on no record, so only a marriage to another speaks against it.
  const other = spouses.find((id) => {
    const spouse = spouseOf(plan, id)
    return spouse !== undefined && !spouses.includes(spouse)
  })
  return other === undefined ? undefined : { code: 'people/not-married', resident: other }
}

function headChange(plan: Plan, { household, head, relationships }: Details<'head-change'>): Refusal {
  const known = plan.state.households.find(({ id }) => id === household)
  if (known === undefined) return { code: 'people/unknown-household', household }
  const wanted = new Map(
    [...relationships, { resident: head, relationship: headRelationship }].map(
      ({ resident, relationship }) => [resident, relationship],
    ),
  )
  for (const [resident, relationship] of wanted) {
    const refusal = relate(plan, household, resident, relationship)
    if (refusal !== undefined) return refusal
  }
  return oneHead(plan, household)
}

function cardSplit(plan: Plan, { household: old, opens, members, newHeads }: Details<'card-split'>): Refusal {
  const card = plan.state.households.find(({ id, kind }) => id === old && kind === 'family')
  if (card === undefined) return { code: 'people/unknown-household', household: old }
  const id = opens.id ?? HouseholdId.parse(plan.nextId())
  if (plan.state.households.some((household) => household.id === id)) {
    return { code: 'people/already-there', household: id }
  }
  const leaving = new Set(members.map(({ resident }) => resident))
  const present = membersOn(plan, old)
  const stranger = members.find(({ resident }) => !present.some((m) => m.resident === resident))
  if (stranger !== undefined)
    return { code: 'people/not-a-member', resident: stranger.resident, household: old }
  if (present.every(({ resident }) => leaving.has(resident)))
    return { code: 'people/nobody-left', household: old }
  const household = openHousehold(plan, id, { ...opens, kind: 'family' })
  const refusal = leave(plan, leaving, 'family', newHeads)
  if (refusal !== undefined) return refusal
  for (const { resident, relationship } of members) {
    const person = find(plan, resident)
    const unfitFor = unfit(plan, resident, person)
    if (person === undefined || unfitFor !== undefined) return unfitFor
    const moves = settle(plan, person, household) ?? join(plan, household, resident, relationship)
    if (moves !== undefined) return moves
  }
  return oneHead(plan, id)
}
