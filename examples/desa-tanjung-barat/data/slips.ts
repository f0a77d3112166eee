import { addDays, addMonths, type CivilDate, isCivilDate } from '@lumbung/core/kernel'
import type { PopulationRecord } from '@lumbung/opensid'
import {
  familyRoles,
  isAged,
  isHere,
  lifeStates,
  type RecordedFamily,
  type RecordedPerson,
} from './person.ts'

/**
 * The mistakes of a real register, few and known: a test counts what the reader says to each of them. They are
 * made after all chance is spent, so that another slip changes no other row.
 */
export function withSlips(families: readonly RecordedFamily[]): readonly RecordedFamily[] {
  return [wrongDates, wrongSexes, noHeads, twoHeads, otherSpellings, namesNobody, twice].reduce(
    (all, slip) => slip(all),
    families,
  )
}

/** So many people stand twice. */
export const duplicateCount = 9

type Slip = (families: readonly RecordedFamily[]) => readonly RecordedFamily[]

/** Every so manieth of those whom a slip may befall, spread over the village. */
function spread<T>(all: readonly T[], count: number): ReadonlySet<T> {
  const step = Math.floor(all.length / (count + 1))
  const chosen = Array.from({ length: count }, (_, index) => all[(index + 1) * step])
  if (step === 0 || chosen.includes(undefined)) throw new Error('A slip finds too few people.')
  return new Set(chosen.filter((one) => one !== undefined))
}

function withRecords(
  families: readonly RecordedFamily[],
  chosen: ReadonlySet<RecordedPerson>,
  changed: (record: PopulationRecord) => PopulationRecord,
): readonly RecordedFamily[] {
  return families.map((family) => ({
    ...family,
    members: family.members.map((one) => (chosen.has(one) ? { ...one, record: changed(one.record) } : one)),
  }))
}

function numbered(families: readonly RecordedFamily[]): readonly RecordedPerson[] {
  return families.flatMap(({ members }) =>
    members.filter(({ person, record }) => record.identityNumber !== undefined && isHere(person)),
  )
}

/** A birth date that was corrected later, while the number kept the old one: 14 times. */
const wrongDates: Slip = (families) => {
  const grown = numbered(families).filter(
    ({ person }) => isAged(person, 30, 80) && person.role !== familyRoles.child,
  )
  return withRecords(families, spread(grown, 14), ({ birthDate, ...record }) => ({
    ...record,
    ...(birthDate === undefined ? {} : { birthDate: corrected(birthDate) }),
  }))
}

/** Odd days were off by two years, even ones by three days. */
function corrected(date: CivilDate): CivilDate {
  return Number(date.slice(8)) % 2 === 1 ? addMonths(date, -24) : addDays(date, 3)
}

/** The wrong sex was ticked in the register: 2 times. */
const wrongSexes: Slip = (families) => {
  const children = numbered(families).filter(
    ({ person }) => person.role === familyRoles.child && isAged(person, 5, 16),
  )
  return withRecords(families, spread(children, 2), (record) => ({
    ...record,
    sex: record.sex === 2 ? 1 : 2,
  }))
}

/** A card on which nobody is the head: 2 times. */
const noHeads: Slip = (families) => {
  const heads = families
    .filter(({ members }) => members.length === 3)
    .flatMap(({ members }) => members.filter(({ person }) => person.role === familyRoles.head))
  return withRecords(families, spread(heads, 2), (record) => ({
    ...record,
    familyRole: familyRoles.otherRelative,
  }))
}

/** A card on which wife and husband both are: 2 times. */
const twoHeads: Slip = (families) => {
  const wives = families
    .filter(({ members }) => members.length === 4 && members.every(({ person }) => isHere(person)))
    .flatMap(({ members }) => members.filter(({ person }) => person.role === familyRoles.wife))
  return withRecords(families, spread(wives, 2), (record) => ({ ...record, familyRole: familyRoles.head }))
}

/** A hamlet in capital letters: 3 times. */
const otherSpellings: Slip = (families) => {
  const lone = families
    .filter(({ members, family }) => members.length === 1 && family.hamlet !== 'Mekar')
    .flatMap(({ members }) => members)
  return withRecords(families, spread(lone, 3), (record) => ({
    ...record,
    hamlet: record.hamlet.toUpperCase(),
  }))
}

/** A record that names nobody, kept since a number once was given to it: 2 times. */
const namesNobody: Slip = (families) => {
  const children = numbered(families).filter(
    ({ person }) => person.role === familyRoles.child && isAged(person, 30, 45),
  )
  return withRecords(families, spread(children, 2), (record) => ({
    ...record,
    lifeStatus: lifeStates.invalid,
  }))
}

/**
 * Nine people stand a second time on another card of their hamlet, as when a grandmother takes in a child: four
 * with another spelling, four with day and month exchanged, one with both, which only a person can find. The
 * second row has no number.
 */
const twice: Slip = (families) => {
  const known = numbered(families).filter(({ person, record }) => {
    const exchanged = exchangedDate(person.birthDate)
    const isOther = exchanged !== undefined && exchanged !== person.birthDate
    return isOther && isAged(person, 6, 26) && otherSpelling(record.name) !== record.name
  })
  const chosen = [...spread(known, duplicateCount)]
  const copies = chosen.map(({ person, record }, index) => {
    const { identityNumber: _, familyCardNumber: __, ...rest } = record
    const name = index < 4 || index === 8 ? otherSpelling(record.name) : record.name
    const birthDate = index < 4 ? person.birthDate : (exchangedDate(person.birthDate) ?? person.birthDate)
    return {
      person: { ...person, name, birthDate },
      from: record.familyCardNumber,
      rest: { ...rest, name, birthDate },
    }
  })
  const taken = new Map<string, RecordedPerson>()
  for (const { person, from, rest } of copies) {
    const host = families.find(
      ({ family, members, familyCardNumber }) =>
        family.hamlet === rest.hamlet &&
        familyCardNumber !== from &&
        !taken.has(familyCardNumber) &&
        members.length === 2 &&
        members.every((one) => isHere(one.person)),
    )
    if (host === undefined) throw new Error('Nobody takes the second record in.')
    const { rw, rt, address } = host.family
    const { familyCardNumber } = host
    const familyRole = familyRoles.otherRelative
    taken.set(familyCardNumber, {
      person: { ...person, role: familyRole },
      record: { ...rest, rw, rt, address, familyCardNumber, familyRole },
    })
  }
  return families.map((family) => {
    const one = taken.get(family.familyCardNumber)
    return one === undefined ? family : { ...family, members: [...family.members, one] }
  })
}

function exchangedDate(date: CivilDate): CivilDate | undefined {
  const [year, month, day] = date.split('-')
  const exchanged = `${year}-${day}-${month}`
  return isCivilDate(exchanged) ? exchanged : undefined
}

/** How one clerk writes what another writes otherwise: Sitti for Siti, Mochamad for Muhammad, y for i. */
function otherSpelling(name: string): string {
  return name
    .replace('Muhammad', 'Mochamad')
    .replace('Siti ', 'Sitti ')
    .replace('Rizky', 'Riski')
    .replace('Dwi', 'Dwie')
    .replace('Putri', 'Puteri')
    .replace('Anisa', 'Annisa')
    .replace('Yusuf', 'Yusup')
    .replace('Nur ', 'Noor ')
}
