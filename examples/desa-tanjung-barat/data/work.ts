import { ageOf } from './dates.ts'
import { lifeStates, type Person } from './person.ts'
import type { Random } from './random.ts'
import { isPupil, type Schooling } from './schooling.ts'

const none = 1
const homemaker = 2
const pupil = 3
const pensioner = 4
const farmer = 9
const upperSecondary = 5
const bachelor = 8

type Weights = readonly (readonly [code: number, weight: number])[]

/** By the codes of the register: farming, day labour, crafts, trade. */
const ofMen: Weights = [
  [farmer, 30],
  [20, 14],
  [19, 14],
  [88, 10],
  [15, 7],
  [84, 6],
  [13, 5],
  [26, 4],
  [81, 4],
  [11, 4],
  [27, 3],
  [10, 2],
  [35, 2],
  [25, 1],
  [29, 1],
  [24, 1],
  [none, 2],
]
const ofMenWithSchool: Weights = [
  [15, 26],
  [88, 20],
  [farmer, 14],
  [84, 8],
  [18, 5],
  [14, 5],
  [81, 4],
  [12, 4],
  [19, 5],
  [16, 2],
  [17, 2],
  [6, 1],
  [7, 1],
  [none, 5],
]
const ofWomen: Weights = [
  [homemaker, 56],
  [farmer, 14],
  [20, 10],
  [84, 7],
  [88, 5],
  [30, 3],
  [19, 3],
  [23, 2],
]
const ofWomenWithSchool: Weights = [
  [homemaker, 48],
  [15, 20],
  [88, 11],
  [84, 8],
  [30, 3],
  [18, 4],
  [34, 2],
  [none, 4],
]
const ofGraduates: Weights = [
  [65, 27],
  [5, 20],
  [18, 15],
  [15, 18],
  [88, 9],
  [74, 4],
  [73, 2],
  [16, 3],
  [72, 1],
  [homemaker, 6],
]

/** An occupation that fits sex, age and schooling. */
export function occupationOf(random: Random, person: Person, schooling: Schooling): number {
  const age = ageOf(person.birthDate)
  if (isPupil(schooling)) return pupil
  if (age < 16) return none
  if (age >= 68 && random.chance(0.66)) return none
  const isGraduate = schooling.completedEducation >= bachelor
  if (age >= 58 && isGraduate) return pensioner
  // One who is abroad works there as a rule.
  if (person.lifeStatus === lifeStates.away) return 15
  const hasSchool = schooling.completedEducation >= upperSecondary
  if (isGraduate) return withoutMidwives(random.weighted(ofGraduates), person)
  if (person.sex === 'male') return random.weighted(hasSchool ? ofMenWithSchool : ofMen)
  return random.weighted(hasSchool ? ofWomenWithSchool : ofWomen)
}

/** Midwives are women, and a man keeps house too seldom to be drawn. */
function withoutMidwives(code: number, { sex }: Person): number {
  return sex === 'male' && (code === 73 || code === homemaker) ? 88 : code
}
