import type { FactValue, FactValues, GivenFacts } from '../rules/index.ts'
import { itemsOf } from './with-fact.ts'

/** Whom a decision is about: a household, or one of its members. */
export interface UnitFacts {
  /** The facts of the household with its list `members`; null where nothing is known. */
  readonly household: FactValues | null
  /** For a programme of residents: the position of the member. */
  readonly member?: number
}

/** The facts as the rules of a unit read them. */
export function givenOf({ household, member }: UnitFacts): GivenFacts {
  if (member === undefined) return { household }
  return { household, resident: membersOf(household)[member] ?? null }
}

/** The known members of a household. */
export function membersOf(household: FactValues | null): readonly FactValue[] {
  return itemsOf(household?.['members'] ?? null)
}

/** The path of a fact from the household: a resident stands among its members. */
export function pathFromHousehold(path: string, { member }: UnitFacts): string {
  return member !== undefined && path.startsWith('resident.')
    ? `household.members[${member}].${path.slice('resident.'.length)}`
    : path
}
