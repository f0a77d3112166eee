import { ageOf } from './dates.ts'
import { familyRoles, type Person } from './person.ts'
import type { Random } from './random.ts'

/** What somebody has finished and what they attend, by the codes of the register. */
export interface Schooling {
  readonly completedEducation: number
  readonly currentEducation: number
}

const completed = {
  none: 1,
  primaryUnfinished: 2,
  primary: 3,
  lowerSecondary: 4,
  upperSecondary: 5,
  diploma: 7,
  bachelor: 8,
  master: 9,
} as const

const attends = {
  notYet: 1,
  kindergarten: 2,
  never: 3,
  primary: 4,
  lowerSecondary: 6,
  upperSecondary: 7,
  diploma: 10,
  bachelor: 11,
  specialSchool: 16,
  nothing: 18,
} as const

/** Schooling that fits an age, and the years in which somebody was young. */
export function schoolingOf(random: Random, person: Person): Schooling {
  const age = ageOf(person.birthDate)
  if (age < 4) return told(completed.none, attends.notYet)
  if (age < 7) return told(completed.none, random.chance(0.68) ? attends.kindergarten : attends.notYet)
  if (age < 13) {
    const isSpecial = random.chance(0.008)
    return told(completed.primaryUnfinished, isSpecial ? attends.specialSchool : attends.primary)
  }
  if (age < 16) return told(completed.primary, random.chance(0.95) ? attends.lowerSecondary : attends.nothing)
  if (age < 19) {
    if (random.chance(0.83)) return told(completed.lowerSecondary, attends.upperSecondary)
    return told(random.chance(0.7) ? completed.lowerSecondary : completed.primary, attends.nothing)
  }
  // Whoever is married at that age has left school.
  if (age < 24 && person.marriedOn === undefined && person.role !== familyRoles.wife && random.chance(0.2)) {
    return told(completed.upperSecondary, random.chance(0.8) ? attends.bachelor : attends.diploma)
  }
  const highest = random.weighted(age < 35 ? ofYoung : age < 55 ? ofGrown : ofOld)
  return told(highest, highest === completed.none ? attends.never : attends.nothing)
}

const ofYoung = [
  [completed.primary, 16],
  [completed.lowerSecondary, 27],
  [completed.upperSecondary, 41],
  [completed.diploma, 4],
  [completed.bachelor, 12],
] as const
const ofGrown = [
  [completed.primaryUnfinished, 5],
  [completed.primary, 36],
  [completed.lowerSecondary, 23],
  [completed.upperSecondary, 26],
  [completed.diploma, 3],
  [completed.bachelor, 6],
  [completed.master, 1],
] as const
const ofOld = [
  [completed.none, 12],
  [completed.primaryUnfinished, 26],
  [completed.primary, 40],
  [completed.lowerSecondary, 10],
  [completed.upperSecondary, 9],
  [completed.bachelor, 3],
] as const

function told(completedEducation: number, currentEducation: number): Schooling {
  return { completedEducation, currentEducation }
}

/** Whether somebody goes to a school or university. */
export function isPupil({ currentEducation }: Schooling): boolean {
  return currentEducation >= attends.primary && currentEducation <= attends.specialSchool
}
