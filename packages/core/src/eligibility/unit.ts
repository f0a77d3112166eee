import type { FactValue, FactValues, GivenFacts } from '../rules/index.ts'

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
  const members = household?.['members'] ?? null
  if (Array.isArray(members)) return members
  if (typeof members === 'object' && members !== null && 'items' in members && Array.isArray(members.items)) {
    return members.items
  }
  return []
}

/** The path of a fact from the household: a resident stands among its members. */
export function pathFromHousehold(path: string, { member }: UnitFacts): string {
  return member !== undefined && path.startsWith('resident.')
    ? `household.members[${member}].${path.slice('resident.'.length)}`
    : path
}
