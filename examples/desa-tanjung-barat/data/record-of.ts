import { addDays, addMonths, type CivilDate, parseCivilDate } from '@lumbung/core/kernel'
import type { PopulationRecord } from '@lumbung/opensid'
import { ageOf, dayBetween, registerDay } from './dates.ts'
import type { Numbers } from './numbers.ts'
import { type Family, isAged, lifeStates, maritalStates, type Person, type RecordedFamily } from './person.ts'
import { birthPlaces } from './places.ts'
import type { Random } from './random.ts'
import { schoolingOf } from './schooling.ts'
import { occupationOf } from './work.ts'

const female = 2
const male = 1
const citizen = 1
const bloodTypeUnknown = 13
const notDisabled = 7
const cardAge = 17
const cardNone = 1
const cardElectronic = 2
const cardNotDue = 1
const cardNotRecorded = 2
const cardRecorded = 3
const cardIssued = 8
/** Fewer are without a number the older they are, and a few old ones never had one. */
const withoutNumber = [
  { belowAge: 1, share: 0.5 },
  { belowAge: 2, share: 0.12 },
  { belowAge: 70, share: 0.002 },
  { belowAge: 200, share: 0.07 },
]

/** Writes a family down as the workbook's rows. */
export function recordFamily(random: Random, numbers: Numbers, family: Family): RecordedFamily {
  const issuedOn = dayBetween(random, parseCivilDate('2009-02-01'), registerDay)
  const familyCardNumber = numbers.familyCardNumber(issuedOn)
  const identity = new Map(family.people.map((person) => [person, identityNumberOf(random, numbers, person)]))
  const members = family.people.map((person) => {
    const parent = (who: Person | string | undefined) => {
      if (who === undefined || typeof who === 'string') return { name: who, number: undefined }
      // Copies were made of the parents while their family was put together, but their name and day stay.
      const known = family.people.find(
        ({ name, birthDate }) => name === who.name && birthDate === who.birthDate,
      )
      return { name: who.name, number: known === undefined ? undefined : identity.get(known) }
    }
    const [father, mother] = [parent(person.father), parent(person.mother)]
    const number = identity.get(person)
    const record: PopulationRecord = {
      address: family.address,
      hamlet: family.hamlet,
      rw: family.rw,
      rt: family.rt,
      name: person.name,
      familyCardNumber,
      ...(number === undefined ? {} : { identityNumber: number }),
      sex: person.sex === 'female' ? female : male,
      birthPlace: random.weighted(birthPlaces),
      birthDate: person.birthDate,
      religion: family.religion,
      maritalStatus: person.maritalStatus,
      familyRole: person.role,
      citizenship: citizen,
      ...(father.name === undefined ? {} : { fatherName: father.name }),
      ...(father.number === undefined ? {} : { fatherIdentityNumber: father.number }),
      ...(mother.name === undefined ? {} : { motherName: mother.name }),
      ...(mother.number === undefined ? {} : { motherIdentityNumber: mother.number }),
      lifeStatus: person.lifeStatus,
      ethnicity: person.ethnicity,
      ...schoolAndWorkOf(random, person),
      ...healthOf(random, person, family),
      ...papersOf(random, person, number),
    }
    return { person, record }
  })
  return { family, familyCardNumber, members }
}

function identityNumberOf(random: Random, numbers: Numbers, person: Person): string | undefined {
  const age = ageOf(person.birthDate)
  const share = withoutNumber.find(({ belowAge }) => age < belowAge)?.share ?? 0
  if (random.chance(share)) return undefined
  // Some were registered elsewhere first; a number is for life.
  const isFromElsewhere = age > 4 && random.chance(0.14)
  return isFromElsewhere
    ? numbers.identityNumber(person, random.pick(['990102', '990105', '990203', '990711']))
    : numbers.identityNumber(person)
}

function schoolAndWorkOf(random: Random, person: Person): Partial<PopulationRecord> {
  const schooling = schoolingOf(random, person)
  return { ...schooling, occupation: occupationOf(random, person, schooling) }
}

function healthOf(random: Random, person: Person, { welfare }: Family): Partial<PopulationRecord> {
  const age = ageOf(person.birthDate)
  const bloodType = random.chance(0.62) ? bloodTypeUnknown : random.weighted(bloodTypes)
  const isDisabled = random.chance(age < 18 ? 0.012 : age < 60 ? 0.017 : 0.06)
  const disability = isDisabled ? random.weighted(disabilities) : random.chance(0.7) ? notDisabled : undefined
  const isWife = person.sex === 'female' && person.maritalStatus === maritalStates.married
  const plans = isWife && isAged(person, 20, 48) && random.chance(0.55)
  // The state pays for those who fare worst; of some nobody has asked yet.
  const insurance = random.chance(0.09)
    ? undefined
    : random.weighted(welfare <= 5 ? insuredPoor : insuredOthers)
  return {
    bloodType,
    ...(disability === undefined ? {} : { disability }),
    ...(plans ? { contraception: random.weighted(contraceptions) } : {}),
    ...(insurance === undefined ? {} : { healthInsurance: insurance }),
  }
}

const bloodTypes = [
  [1, 24],
  [2, 28],
  [3, 8],
  [4, 36],
  [5, 1],
  [7, 1],
  [11, 2],
] as const
const disabilities = [
  [1, 40],
  [2, 15],
  [3, 17],
  [4, 15],
  [5, 6],
  [6, 7],
] as const
const contraceptions = [
  [3, 52],
  [1, 20],
  [5, 12],
  [2, 9],
  [6, 4],
  [4, 3],
] as const
const insuredPoor = [
  [2, 72],
  [3, 6],
  [1, 17],
  [4, 5],
] as const
const insuredOthers = [
  [2, 20],
  [3, 48],
  [1, 27],
  [4, 3],
  [99, 2],
] as const

function papersOf(random: Random, person: Person, number: string | undefined): Partial<PopulationRecord> {
  const { birthDate, maritalStatus, marriedOn } = person
  const age = ageOf(birthDate)
  const hasCard = age >= cardAge && number !== undefined && random.chance(0.94)
  const hasBirthCertificate = random.chance(age < 18 ? 0.86 : age < 40 ? 0.5 : 0.14)
  const isMarried = maritalStatus === maritalStates.married
  return {
    ...(hasBirthCertificate ? { birthCertificate: certificate('AL', random, addDays(birthDate, 40)) } : {}),
    ...(isMarried && marriedOn !== undefined
      ? { marriageCertificate: certificate('AK', random, marriedOn), marriedOn }
      : {}),
    ...(maritalStatus === maritalStates.divorced && age >= 30 && random.chance(0.5)
      ? { divorcedOn: dayBetween(random, addMonths(birthDate, 12 * 27), registerDay) }
      : {}),
    identityCard: hasCard ? cardElectronic : cardNone,
    identityCardState:
      age < cardAge
        ? cardNotDue
        : hasCard
          ? random.chance(0.9)
            ? cardIssued
            : cardRecorded
          : cardNotRecorded,
    // Whoever works away from home is reached at another address.
    ...(person.lifeStatus === lifeStates.away ? { currentAddress: 'Kota Lestari' } : {}),
  }
}

function certificate(kind: string, random: Random, on: CivilDate): string {
  return `${kind}-9901-${on.slice(0, 4)}-${String(random.int(1, 9_999)).padStart(4, '0')}`
}
