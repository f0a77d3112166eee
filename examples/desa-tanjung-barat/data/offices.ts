import { ageOf } from './dates.ts'
import { familyRoles, isHere, type RecordedFamily, type RecordedPerson } from './person.ts'

const villageHead = 86
const villageOfficial = 85
const midwife = 73
const upperSecondary = 5
const bachelor = 8
const diploma = 7

interface Office {
  readonly occupation: number
  readonly count: number
  readonly suits: (one: RecordedPerson) => boolean
}

const isGrown = ({ person }: RecordedPerson, from: number, to: number) =>
  isHere(person) && ageOf(person.birthDate) >= from && ageOf(person.birthDate) <= to
const isSchooled = ({ record }: RecordedPerson, least: number) => (record.completedEducation ?? 0) >= least

/** The offices that every village has. Their families lose some kinds of assistance, so it matters who holds them. */
const offices: readonly Office[] = [
  {
    occupation: villageHead,
    count: 1,
    suits: (one) => isGrown(one, 40, 58) && one.person.role === familyRoles.head && isSchooled(one, bachelor),
  },
  {
    occupation: villageOfficial,
    count: 11,
    suits: (one) => isGrown(one, 26, 57) && isSchooled(one, upperSecondary),
  },
  {
    occupation: midwife,
    count: 2,
    suits: (one) => isGrown(one, 25, 50) && one.person.sex === 'female' && isSchooled(one, diploma),
  },
]

/** The same families, with village head, officials and midwives among them. */
export function withOffices(families: readonly RecordedFamily[]): readonly RecordedFamily[] {
  const held = new Map<RecordedPerson, number>()
  for (const { occupation, count, suits } of offices) {
    const all = families.flatMap(({ members }) => members.filter((one) => !held.has(one) && suits(one)))
    const step = Math.max(1, Math.floor(all.length / count))
    for (let index = 0; index < count; index += 1) {
      const one = all[index * step]
      if (one === undefined) throw new Error(`Nobody suits the occupation ${occupation}.`)
      held.set(one, occupation)
    }
  }
  return families.map((family) => ({
    ...family,
    members: family.members.map((one) => {
      const occupation = held.get(one)
      return occupation === undefined ? one : { ...one, record: { ...one.record, occupation } }
    }),
  }))
}
