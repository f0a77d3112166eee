import { expect, test } from 'vitest'
import { CivilDate, foldText, HouseholdId, Instant, ResidentId } from '../kernel/index.ts'
import type { PlanResult } from './edits.ts'
import type { LifeEvent, LifeEventDetails } from './event-records.ts'
import { planLifeEvent } from './life-event.ts'
import type { PeopleState } from './life-event-plan.ts'
import { type Household, LifeEventId, type Membership, MembershipId, type Resident } from './records.ts'

const id = (kind: string, number: number) =>
  `0190a5b8-7e2c-7c3e-9f5${kind}-${String(number).padStart(12, '0')}`
const person = (number: number) => ResidentId.parse(id('a', number))
const home = (number: number) => HouseholdId.parse(id('b', number))
const day = (text: string) => CivilDate.parse(text)
const on = day('2026-05-01')
const now = Instant.parse('2026-11-24T03:00:00.000Z')

function resident(number: number, rest: Partial<Resident> = {}): Resident {
  const birthDate = rest.birthDate ?? day('1980-01-01')
  return {
    id: person(number),
    identityNumber: null,
    temporaryNumber: null,
    name: `Person ${number}`,
    nameKey: foldText(`Person ${number}`),
    sex: 'female',
    birthDate,
    birthPlace: null,
    status: 'present',
    statusSince: birthDate,
    area: null,
    validFrom: birthDate,
    mergedInto: null,
    revision: 1,
    ...rest,
  }
}

function household(number: number, rest: Partial<Household> = {}): Household {
  const validFrom = day('0001-01-01')
  const base = { id: home(number), kind: 'family' as const, number: `${number}`, address: '', area: null }
  return { ...base, from: null, to: null, validFrom, revision: 1, ...rest }
}

let memberships = 0
function membership(
  who: number,
  where: number,
  relationship: string,
  rest: Partial<Membership> = {},
): Membership {
  memberships += 1
  return {
    id: MembershipId.parse(id('c', memberships)),
    household: home(where),
    resident: person(who),
    kind: 'family',
    relationship,
    from: null,
    to: null,
    recordedAt: now,
    retractedAt: null,
    ...rest,
  }
}

/** A mother at the head of a card, a man and a child on it. */
const family: PeopleState = {
  residents: [resident(1), resident(2, { sex: 'male' }), resident(3, { birthDate: day('2015-06-01') })],
  households: [household(1)],
  memberships: [membership(1, 1, 'head'), membership(2, 1, 'spouse'), membership(3, 1, 'child')],
  events: [],
}

function plan(details: LifeEventDetails, state = family, at = on): PlanResult {
  let ids = 6
  const nextId = () => {
    ids += 1
    return id('d', ids)
  }
  return planLifeEvent(state, { on: at, details }, { now, on: day('2026-11-24'), nextId })
}

/** Who is in a household after a plan, on its day. */
function membersAfter(result: PlanResult, where: number, state = family): Record<string, string> {
  if (!result.ok) throw new Error(result.refusal.code)
  const records = new Map(state.memberships.map((m) => [m.id, m]))
  for (const edit of result.edits) if (edit.of === 'membership') records.set(edit.after.id, edit.after)
  const standing = [...records.values()].filter(
    (m) => m.household === home(where) && m.retractedAt === null && (m.to === null || m.to > on),
  )
  return Object.fromEntries(standing.map((m) => [m.resident.slice(-1), m.relationship]))
}

const codeOf = (result: PlanResult) => (result.ok ? 'ok' : result.refusal.code)
const death = (who: number, heir?: number): LifeEventDetails => ({
  kind: 'death',
  resident: person(who),
  newHeads: heir === undefined ? [] : [{ household: home(1), resident: person(heir) }],
})
const child = {
  identityNumber: null,
  temporaryNumber: null,
  name: 'Nur',
  sex: 'male',
  birthPlace: null,
} as const
const birth = (mother: number, father: number | null = null): LifeEventDetails => ({
  kind: 'birth',
  child,
  mother: person(mother),
  father: father === null ? null : person(father),
  relationship: 'child',
})
const opens = { number: '9', address: 'New', area: null }

test('a newborn joins the households of the mother, on the day of the birth', () => {
  const state = {
    ...family,
    households: [household(1), household(2, { kind: 'dwelling' })],
    memberships: [...family.memberships, membership(1, 2, 'other', { kind: 'dwelling' })],
  }
  const result = plan(birth(1, 2), state)
  expect(result.ok && result.edits.map(({ of }) => of)).toEqual(['resident', 'membership', 'membership'])
  const [added] = result.ok ? result.edits : []
  expect(added?.after).toMatchObject({ name: 'Nur', nameKey: 'nur', birthDate: on, status: 'present' })
  expect(Object.values(membersAfter(result, 1, state))).toEqual(['head', 'spouse', 'child', 'child'])
})

test('a birth is refused without a woman who lived here then', () => {
  expect(codeOf(plan(birth(2)))).toBe('people/mother-not-female')
  expect(codeOf(plan(birth(1, 1)))).toBe('people/same-person')
  expect(codeOf(plan(birth(9)))).toBe('people/unknown-resident')
  expect(codeOf(plan(birth(1), family, day('1979-12-31')))).toBe('people/before-birth')
  const died = { status: 'dead', statusSince: day('2026-04-01') } as const
  expect(codeOf(plan(birth(1), { ...family, residents: [resident(1, died)] }))).toBe('people/not-living-here')
  const diedThen = { status: 'dead', statusSince: on } as const
  expect(codeOf(plan(birth(1), { ...family, residents: [resident(1, diedThen)] }))).toBe('ok')
})

test('who dies is no member from that day on', () => {
  const result = plan(death(3))
  expect(membersAfter(result, 1)).toEqual({ 1: 'head', 2: 'spouse' })
  const [dead] = result.ok ? result.edits : []
  expect(dead?.after).toMatchObject({ status: 'dead', statusSince: on, revision: 2 })
  // What the register knew before stays: the membership is taken back and written anew with an end.
  const ended = result.ok
    ? result.edits.filter(({ of }) => of === 'membership').map(({ after }) => after)
    : []
  expect(ended).toMatchObject([
    { retractedAt: now, to: null },
    { retractedAt: null, to: on },
  ])
})

test('a head who dies leaves a household that needs a new head from among its members', () => {
  expect(plan(death(1))).toEqual({
    ok: false,
    refusal: { code: 'people/new-head-needed', household: home(1) },
  })
  expect(codeOf(plan(death(1, 9)))).toBe('people/not-a-member')
  expect(codeOf(plan(death(1, 1)))).toBe('people/not-a-member')
  expect(membersAfter(plan(death(1, 2)), 1)).toEqual({ 2: 'head', 3: 'child' })
  const alone = { ...family, memberships: [membership(1, 1, 'head')] }
  expect(codeOf(plan(death(1), alone))).toBe('ok')
})

test('an event is refused after today, before a birth, and before a later change', () => {
  expect(codeOf(plan(death(3), family, day('2026-11-25')))).toBe('people/in-the-future')
  expect(codeOf(plan(death(3), family, day('2015-05-31')))).toBe('people/before-birth')
  const moved = { ...family, residents: [resident(3, { validFrom: day('2026-06-01') })] }
  expect(codeOf(plan(death(3), moved))).toBe('people/changed-later')
})

test('the dead neither die nor marry nor move', () => {
  const state = {
    ...family,
    residents: [resident(1, { status: 'dead', statusSince: day('2020-01-01') }), resident(2)],
  }
  const spouses: [ResidentId, ResidentId] = [person(1), person(2)]
  const moveOut = { kind: 'move-out', residents: [person(1)], newHeads: [], destination: null } as const
  for (const details of [
    death(1),
    { kind: 'marriage', spouses, joins: null } as const,
    { ...moveOut, residents: [person(1)] },
  ]) {
    expect(codeOf(plan(details, state))).toBe('people/not-living-here')
  }
})

function married(first: number, second: number, rest: Partial<LifeEvent> = {}): LifeEvent {
  const spouses: [ResidentId, ResidentId] = [person(first), person(second)]
  const details = { kind: 'marriage', spouses, joins: null } as const
  const base = {
    id: LifeEventId.parse(id('e', 1)),
    kind: details.kind,
    on: day('2010-01-01'),
    details,
    note: '',
  }
  return { ...base, edits: [], reverses: null, recordedAt: now, ...rest }
}

test('nobody marries twice at a time, or themselves', () => {
  const marriage = (a: number, b: number): LifeEventDetails => ({
    kind: 'marriage',
    spouses: [person(a), person(b)],
    joins: null,
  })
  const state = { ...family, residents: [...family.residents, resident(4)], events: [married(1, 2)] }
  expect(codeOf(plan(marriage(1, 4), state))).toBe('people/already-married')
  expect(codeOf(plan(marriage(4, 4), state))).toBe('people/same-person')
  const spouses: [ResidentId, ResidentId] = [person(2), person(1)]
  const divorce = { kind: 'divorce', spouses } as const
  const divorced = married(1, 2, {
    id: LifeEventId.parse(id('e', 2)),
    kind: 'divorce',
    on: day('2012-01-01'),
    details: divorce,
  })
  expect(codeOf(plan(marriage(1, 4), { ...state, events: [married(1, 2), divorced] }))).toBe('ok')
  const spouseDied = married(1, 2, {
    id: LifeEventId.parse(id('e', 2)),
    kind: 'death',
    on: day('2012-01-01'),
    details: death(2),
  })
  expect(codeOf(plan(marriage(1, 4), { ...state, events: [married(1, 2), spouseDied] }))).toBe('ok')
  expect(codeOf(plan({ kind: 'divorce', spouses: [person(1), person(4)] }, state))).toBe('people/not-married')
  expect(codeOf(plan(divorce, state))).toBe('ok')
})

test('a spouse who joins the household of the other leaves the old one', () => {
  const state: PeopleState = {
    residents: [resident(1), resident(2), resident(3)],
    households: [household(1), household(2)],
    memberships: [membership(1, 1, 'head'), membership(3, 1, 'child'), membership(2, 2, 'head')],
    events: [],
  }
  const joins = { resident: person(3), household: home(2), relationship: 'spouse', newHeads: [] }
  const result = plan({ kind: 'marriage', spouses: [person(2), person(3)], joins }, state)
  expect(membersAfter(result, 1, state)).toEqual({ 1: 'head' })
  expect(membersAfter(result, 2, state)).toEqual({ 2: 'head', 3: 'spouse' })
})

test('who moves in joins one household, and a new one has one head', () => {
  const newcomer = (relationship: string) => ({
    person: { ...child, birthDate: day('1990-01-01'), area: null },
    relationship,
  })
  const moveIn = (where: number, relationships: string[], isNew: boolean): LifeEventDetails => ({
    kind: 'move-in',
    household: home(where),
    opens: isNew ? { ...opens, kind: 'family' } : null,
    newcomers: relationships.map(newcomer),
    returning: [],
    origin: 'Elsewhere',
  })
  expect(codeOf(plan(moveIn(5, ['head', 'child'], true)))).toBe('ok')
  expect(codeOf(plan(moveIn(5, ['child'], true)))).toBe('people/one-head')
  expect(codeOf(plan(moveIn(5, ['head'], false)))).toBe('people/unknown-household')
  expect(codeOf(plan(moveIn(1, ['head'], true)))).toBe('people/already-there')
  expect(codeOf(plan(moveIn(1, ['head'], false)))).toBe('people/one-head')
  expect(Object.values(membersAfter(plan(moveIn(1, ['other'], false)), 1))).toContain('other')
})

test('who moved away can return, who is here cannot', () => {
  const away = resident(4, { status: 'moved', statusSince: day('2020-01-01'), validFrom: day('2020-01-01') })
  const state = { ...family, residents: [...family.residents, away] }
  const back = (who: number): LifeEventDetails => ({
    kind: 'move-in',
    household: home(1),
    opens: null,
    newcomers: [],
    returning: [{ resident: person(who), relationship: 'other' }],
    origin: null,
  })
  const result = plan(back(4), state)
  expect(membersAfter(result, 1, state)).toMatchObject({ 4: 'other' })
  expect(result.ok && result.edits[0]?.after).toMatchObject({ status: 'present', statusSince: on })
  expect(codeOf(plan(back(3), state))).toBe('people/already-there')
})

test('a change of head says what the former head becomes', () => {
  const change = (relationships: { resident: ResidentId; relationship: string }[]): LifeEventDetails => ({
    kind: 'head-change',
    household: home(1),
    head: person(2),
    relationships,
  })
  expect(codeOf(plan(change([])))).toBe('people/one-head')
  const result = plan(change([{ resident: person(1), relationship: 'spouse' }]))
  expect(membersAfter(result, 1)).toEqual({ 1: 'spouse', 2: 'head', 3: 'child' })
  expect(codeOf(plan(change([{ resident: person(9), relationship: 'spouse' }])))).toBe('people/not-a-member')
})

test('a card is split among its members, and somebody stays', () => {
  const split = (members: [number, string][], heir?: number): LifeEventDetails => ({
    kind: 'card-split',
    household: home(1),
    opens: { ...opens, id: home(7) },
    members: members.map(([who, relationship]) => ({ resident: person(who), relationship })),
    newHeads: heir === undefined ? [] : [{ household: home(1), resident: person(heir) }],
  })
  const result = plan(
    split([
      [2, 'head'],
      [3, 'child'],
    ]),
  )
  expect(membersAfter(result, 1)).toEqual({ 1: 'head' })
  expect(membersAfter(result, 7)).toEqual({ 2: 'head', 3: 'child' })
  expect(codeOf(plan(split([[9, 'head']])))).toBe('people/not-a-member')
  expect(codeOf(plan(split([[2, 'child']])))).toBe('people/one-head')
  expect(codeOf(plan(split([[1, 'head']])))).toBe('people/new-head-needed')
  expect(membersAfter(plan(split([[1, 'head']], 2)), 1)).toEqual({ 2: 'head', 3: 'child' })
  const everybody: [number, string][] = [
    [1, 'head'],
    [2, 'spouse'],
    [3, 'child'],
  ]
  expect(codeOf(plan(split(everybody)))).toBe('people/nobody-left')
})
