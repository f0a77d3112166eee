import type { CivilDate } from '@lumbung/core/kernel'
import type { PopulationRecord } from '@lumbung/opensid'
import { ageOf } from './dates.ts'

/** Places in a family, by their codes in the register. */
export const familyRoles = {
  head: 1,
  wife: 3,
  child: 4,
  childInLaw: 5,
  grandchild: 6,
  parent: 7,
  parentInLaw: 8,
  otherRelative: 9,
} as const

/** Whether somebody is married, by the codes of the register. */
export const maritalStates = { never: 1, married: 2, divorced: 3, widowed: 4 } as const

/** Where somebody stands towards the village, by the codes of the register. */
export const lifeStates = { alive: 1, dead: 2, moved: 3, missing: 4, away: 6, invalid: 9 } as const

/** Somebody of the made-up village: what of them decides everything else. */
export interface Person {
  readonly sex: 'female' | 'male'
  readonly name: string
  readonly birthDate: CivilDate
  readonly role: (typeof familyRoles)[keyof typeof familyRoles]
  readonly maritalStatus: (typeof maritalStates)[keyof typeof maritalStates]
  readonly lifeStatus: (typeof lifeStates)[keyof typeof lifeStates]
  readonly ethnicity: string
  /** Those who live in the same house are people, others just have a name. */
  readonly father?: Person | string
  readonly mother?: Person | string
  /** For the married whose day is known. */
  readonly marriedOn?: CivilDate
}

/** A family card and those who stand on it. */
export interface Family {
  readonly hamlet: string
  readonly rw: string
  readonly rt: string
  readonly address: string
  readonly religion: number
  /** How they fare, 1 the poorest tenth to 10: what a decile would be if it were never out of date. */
  readonly welfare: number
  readonly people: readonly Person[]
}

/** A family whose people have their rows in the workbook. */
export interface RecordedFamily {
  readonly family: Family
  readonly familyCardNumber: string
  readonly members: readonly RecordedPerson[]
}

/** A person and their row in the workbook. */
export interface RecordedPerson {
  readonly person: Person
  readonly record: PopulationRecord
}

/** Whether somebody lives in the village and stands in its figures. */
export function isHere({ lifeStatus }: Person): boolean {
  return lifeStatus === lifeStates.alive
}

/** Whether somebody is of an age, both ends included. */
export function isAged({ birthDate }: Person, from: number, to: number): boolean {
  const age = ageOf(birthDate)
  return age >= from && age <= to
}
