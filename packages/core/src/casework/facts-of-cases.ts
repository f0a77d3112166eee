import type { CivilDate } from '../kernel/index.ts'
import {
  type Membership,
  membershipOn,
  memberships,
  recordsWith,
  type SnapshotDefinition,
  todaySnapshot,
} from '../people/index.ts'
import type { FactValues } from '../rules/index.ts'
import type { ReadTransaction, Stored } from '../storage/index.ts'
import { type CaseFacts, homesOn } from './case-facts.ts'
import type { CaseSubject } from './context.ts'

/** How many cases are looked at together: few enough for memory, enough that queries do not count. */
const casesAtOnce = 500

/**
 * What is known now of many households and residents on a day, in few queries; undefined for one where nobody
 * belonged to it then. A household that several residents share is read once.
 */
export async function* factsOfCases<Given extends CaseSubject>(
  tx: ReadTransaction,
  snapshot: SnapshotDefinition,
  cases: readonly Given[],
  on: CivilDate,
): AsyncGenerator<{ readonly given: Given; readonly facts: CaseFacts | undefined }> {
  for (let start = 0; start < cases.length; start += casesAtOnce) {
    const chunk = cases.slice(start, start + casesAtOnce)
    const people = chunk.filter(({ unit }) => unit === 'resident').map(({ subject }) => subject)
    const held = new Map<string, Membership[]>()
    for (const membership of await recordsWith(tx, memberships, 'resident', [...new Set(people)]))
      held.set(membership.resident, [...(held.get(membership.resident) ?? []), membership])
    const homeOf = ({ unit, subject }: CaseSubject): string =>
      unit === 'household'
        ? subject
        : (membershipOn(held.get(subject) ?? [], { on }, undefined)?.household ?? subject)
    const homes = new Map<string, CaseFacts>()
    for await (const facts of homesOn(tx, snapshot, [...new Set(chunk.map(homeOf))], on))
      homes.set(facts.home, facts)
    for (const given of chunk) {
      const home = homes.get(homeOf(given))
      const ids: readonly string[] = home?.memberIds ?? []
      const member = given.unit === 'resident' ? ids.indexOf(given.subject) : undefined
      const isThere = home !== undefined && member !== -1
      yield { given, facts: isThere ? { ...home, ...(member !== undefined && { member }) } : undefined }
    }
  }
}

/** What rules read of a unit. */
export interface StoredFacts {
  readonly household: FactValues
  /** Of a resident: the place among the members. */
  readonly member?: number
}

/** What rules read of many households and residents in the stored snapshot of today, without where it comes from. */
export async function* storedFacts<Given extends CaseSubject>(
  tx: ReadTransaction,
  { households, members, faces }: SnapshotDefinition,
  cases: readonly Given[],
): AsyncGenerator<{ readonly given: Given; readonly facts: StoredFacts | undefined }> {
  for (let start = 0; start < cases.length; start += casesAtOnce) {
    const chunk = cases.slice(start, start + casesAtOnce)
    const people = chunk.filter(({ unit }) => unit === 'resident').map(({ subject }) => subject)
    const homeOfPerson = new Map<string, string>()
    for (const { resident, home, kind, snapshot } of await recordsWith(tx, members, 'resident', people))
      if (snapshot === todaySnapshot && kind !== 'dwelling') homeOfPerson.set(resident, home)
    const homeOf = ({ unit, subject }: CaseSubject) =>
      unit === 'household' ? `${todaySnapshot}:${subject}` : (homeOfPerson.get(subject) ?? '')
    const ids = [...new Set(chunk.map(homeOf))]
    const inside = new Map<string, Stored<typeof members>[]>()
    for (const member of await recordsWith(tx, members, 'home', ids))
      inside.set(member.home, [...(inside.get(member.home) ?? []), member])
    const facts = new Map<string, { readonly household: FactValues; readonly memberIds: readonly string[] }>()
    for (const home of await recordsWith(tx, households, 'id', ids)) {
      const sorted = (inside.get(home.id) ?? []).toSorted((a, b) => (a.resident < b.resident ? -1 : 1))
      const household = faces.household.valuesOf(home, {
        members: sorted.map((member) => faces.resident.valuesOf(member)),
      })
      facts.set(home.id, { household, memberIds: sorted.map(({ resident }) => resident) })
    }
    for (const given of chunk) {
      const home = facts.get(homeOf(given))
      const member = given.unit === 'resident' ? home?.memberIds.indexOf(given.subject) : undefined
      const isThere = home !== undefined && member !== -1
      yield {
        given,
        facts: isThere ? { household: home.household, ...(member !== undefined && { member }) } : undefined,
      }
    }
  }
}

/** The facts of a unit to which nobody belonged: a decision on them is one that nobody was there. */
export function nobodyThere({ unit, subject }: CaseSubject): CaseFacts {
  return {
    home: subject,
    household: { members: [] },
    memberIds: [],
    sources: [],
    ...(unit === 'resident' && { member: 0 }),
  }
}
