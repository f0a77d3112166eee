import { addDays, addMonths, ageYears, type CivilDate } from '@lumbung/core/kernel'
import { type Culture, cultures, nameIn } from './cultures.ts'
import { ageOf, birthDateAt, registerDay } from './dates.ts'
import { type Family, familyRoles, lifeStates, maritalStates, type Person } from './person.ts'
import { hamlets } from './places.ts'
import type { Random } from './random.ts'

/** How the families of the village are made up, in so many of a hundred. */
const kinds = [
  ['couple', 63],
  ['couple-with-parent', 8],
  ['three-generations', 8],
  ['mother-alone', 9],
  ['father-alone', 2],
  ['old-alone', 5],
  ['grown-alone', 2],
  ['couple-with-relative', 3],
] as const

/** Ages of men who head a family of two. */
const ageOfHusband: readonly (readonly [ages: readonly [from: number, to: number], weight: number])[] = [
  [[22, 24], 3],
  [[25, 29], 10],
  [[30, 34], 13],
  [[35, 39], 14],
  [[40, 44], 14],
  [[45, 49], 12],
  [[50, 54], 11],
  [[55, 59], 9],
  [[60, 64], 6],
  [[65, 69], 4],
  [[70, 79], 3],
  [[80, 86], 1],
]

/** How many children a woman has in her life: those of today's mothers, and those of their mothers. */
const birthsOfYoung = [
  [0, 4],
  [1, 20],
  [2, 44],
  [3, 23],
  [4, 7],
  [5, 2],
] as const
const birthsOfOld = [
  [0, 4],
  [1, 8],
  [2, 22],
  [3, 28],
  [4, 20],
  [5, 12],
  [6, 6],
] as const

/** Makes one family. */
export function makeFamily(random: Random): Family {
  const hamlet = random.weighted(hamlets.map((one) => [one, one.share] as const))
  const { rw, rts } = random.pick(hamlet.neighbourhoods)
  const culture = random.weighted(cultures.map((one) => [one, one.share] as const))
  const religion = random.weighted(culture.religions)
  const lane = random.pick(hamlet.lanes)
  return {
    hamlet: hamlet.name,
    rw,
    rt: random.pick(rts),
    address: `${lane} No. ${random.int(1, 96)}`,
    religion,
    welfare: random.weighted([
      [1, 8],
      [2, 11],
      [3, 13],
      [4, 14],
      [5, 13],
      [6, 12],
      [7, 10],
      [8, 8],
      [9, 6],
      [10, 5],
    ]),
    people: openFamilyMaker(random, culture, religion).peopleOf(random.weighted(kinds)),
  }
}

type Told = Omit<Person, 'name' | 'lifeStatus' | 'ethnicity'> & { readonly birthOrder?: number }

function openFamilyMaker(random: Random, culture: Culture, religion: number) {
  const clan = culture.clans === undefined ? undefined : random.pick(culture.clans)
  const person = (told: Told, own: Culture = culture, ownClan: string | undefined = clan): Person => {
    const { birthOrder = random.int(1, 4), ...rest } = told
    const birthYear = Number(told.birthDate.slice(0, 4))
    const name = nameIn(own, random, { sex: told.sex, birthYear, birthOrder, clan: ownClan })
    const parent = (sex: 'female' | 'male') =>
      nameIn(own, random, { sex, birthYear: birthYear - 26, birthOrder: random.int(1, 4), clan: ownClan })
    return {
      father: parent('male'),
      mother: parent('female'),
      ...rest,
      name,
      lifeStatus: lifeStates.alive,
      ethnicity: own.ethnicity,
    }
  }

  /** Somebody from another family, mostly of the same culture and always of the same religion. */
  const marriedIn = (told: Told): Person => {
    const others = cultures.filter(({ religions }) => religions.some(([code]) => code === religion))
    const own = random.chance(0.86) ? culture : random.pick(others)
    return person(told, own, own.clans === undefined ? undefined : random.pick(own.clans))
  }

  const couple = (ageOfHead: number): readonly [Person, Person] => {
    const husbandBorn = birthDateAt(random, ageOfHead)
    const ageOfWife = Math.max(20, ageOfHead - random.int(-2, 4) - random.int(0, 4))
    const wifeBorn = birthDateAt(random, ageOfWife)
    const marriedOn = weddingOf(wifeBorn, husbandBorn)
    const day = marriedOn === undefined || random.chance(0.35) ? {} : { marriedOn }
    const maritalStatus = maritalStates.married
    const head = person({
      sex: 'male',
      birthDate: husbandBorn,
      role: familyRoles.head,
      maritalStatus,
      ...day,
    })
    const wife = marriedIn({
      sex: 'female',
      birthDate: wifeBorn,
      role: familyRoles.wife,
      maritalStatus,
      ...day,
    })
    return [head, wife]
  }

  /** Both are 20 or older on that day, and it is not after the register's. */
  const weddingOf = (a: CivilDate, b: CivilDate): CivilDate | undefined => {
    const later = a > b ? a : b
    const day = addDays(addMonths(later, 12 * 20), random.int(0, 1_100))
    return day > registerDay ? undefined : day
  }

  /** Children who still live with their mother, oldest first. */
  const childrenOf = (mother: Person, father: Person | undefined): readonly Person[] => {
    const births = random.weighted(ageOf(mother.birthDate) < 52 ? birthsOfYoung : birthsOfOld)
    const children: Person[] = []
    const grown = addMonths(mother.birthDate, 12 * (20 + random.int(0, 3) + random.int(0, 4)))
    let born = addDays(grown, random.int(0, 364))
    const wed = mother.marriedOn === undefined ? undefined : addMonths(mother.marriedOn, 10)
    if (wed !== undefined && born < wed) born = addDays(wed, random.int(0, 500))
    for (let birthOrder = 1; birthOrder <= births; birthOrder += 1) {
      if (born > registerDay || (ageYears(mother.birthDate, born) ?? 0) > 43) break
      if (random.chance(livesAtHome(ageOf(born)))) {
        const sex = random.chance(0.512) ? 'male' : 'female'
        const isDivorced = ageOf(born) >= 24 && random.chance(0.06)
        children.push(
          person({
            sex,
            birthDate: born,
            role: familyRoles.child,
            maritalStatus: isDivorced ? maritalStates.divorced : maritalStates.never,
            birthOrder,
            mother,
            ...(father === undefined ? {} : { father }),
          }),
        )
      }
      born = addDays(addMonths(born, 12 * random.int(2, 5)), random.int(0, 500))
    }
    return children
  }

  const alone = (from: number, to: number, femaleShare: number): Person => {
    const age = random.int(from, to)
    const sex = random.chance(femaleShare) ? 'female' : 'male'
    const maritalStatus =
      age < 45
        ? random.weighted([
            [maritalStates.never, 6],
            [maritalStates.divorced, 4],
          ])
        : random.weighted([
            [maritalStates.widowed, 84],
            [maritalStates.divorced, 11],
            [maritalStates.never, 5],
          ])
    return person({ sex, birthDate: birthDateAt(random, age), role: familyRoles.head, maritalStatus })
  }

  const oneParent = (sex: 'female' | 'male'): readonly Person[] => {
    const age = random.int(29, 66)
    const isWidowed = random.chance(age < 45 ? 0.4 : 0.75)
    const maritalStatus = isWidowed ? maritalStates.widowed : maritalStates.divorced
    const parent = person({ sex, birthDate: birthDateAt(random, age), role: familyRoles.head, maritalStatus })
    const children = childrenOf(parent, undefined)
    const named =
      sex === 'female'
        ? children
        : children.map((child) => ({ ...child, father: parent, mother: motherName() }))
    if (!isWidowed || sex === 'male' || !random.chance(0.22)) return [parent, ...named]
    // The card was not renewed: he who died still stands on it as its head, beside her.
    const husband = person({
      sex: 'male',
      birthDate: birthDateAt(random, ageOf(parent.birthDate) + random.int(0, 8)),
      role: familyRoles.head,
      maritalStatus: maritalStates.married,
    })
    const dead = { ...husband, lifeStatus: lifeStates.dead }
    return [dead, parent, ...named.map((child) => ({ ...child, father: dead }))]
  }

  const motherName = () =>
    nameIn(culture, random, { sex: 'female', birthYear: 1980, birthOrder: random.int(1, 4), clan })

  const parentOf = (child: Person, role: Person['role']): Person => {
    const sex = random.chance(0.72) ? 'female' : 'male'
    const age = Math.min(ageOf(child.birthDate) + random.int(20, 32), 94)
    const told = {
      sex,
      birthDate: birthDateAt(random, age),
      role,
      maritalStatus: maritalStates.widowed,
    } as const
    return role === familyRoles.parent ? person(told) : marriedIn(told)
  }

  const young = () => random.int(...random.weighted(ageOfHusband))

  const peopleOf = (kind: (typeof kinds)[number][0]): readonly Person[] => {
    switch (kind) {
      case 'couple':
      case 'couple-with-parent':
      case 'couple-with-relative': {
        const age = kind === 'couple' ? young() : random.int(28, 52)
        const [head, wife] = couple(age)
        const children = childrenOf(wife, head)
        if (kind === 'couple') return [head, wife, ...children]
        if (kind === 'couple-with-relative') {
          const sex = random.chance(0.5) ? 'male' : 'female'
          const birthDate = birthDateAt(random, random.int(9, 24))
          const role = familyRoles.otherRelative
          const relative = person({ sex, birthDate, role, maritalStatus: maritalStates.never })
          return [head, wife, ...children, relative]
        }
        const isHis = random.chance(0.55)
        const parent = parentOf(isHis ? head : wife, isHis ? familyRoles.parent : familyRoles.parentInLaw)
        const knows = parent.sex === 'female' ? { mother: parent } : { father: parent }
        const [he, she] = isHis ? [{ ...head, ...knows }, wife] : [head, { ...wife, ...knows }]
        return [he, she, ...children.map((child) => ({ ...child, father: he, mother: she })), parent]
      }
      case 'three-generations':
        return threeGenerations()
      case 'mother-alone':
        return oneParent('female')
      case 'father-alone':
        return oneParent('male')
      case 'old-alone':
        return [alone(60, 88, 0.74)]
      case 'grown-alone':
        return [alone(24, 58, 0.4)]
    }
  }

  /** An old couple, a grown child who is married, and their children. */
  const threeGenerations = (): readonly Person[] => {
    const [head, wife] = couple(random.int(48, 72))
    const age = Math.max(20, ageOf(wife.birthDate) - random.int(21, 28))
    const sex = random.chance(0.5) ? 'male' : 'female'
    const own = birthDateAt(random, age)
    const theirs = birthDateAt(random, Math.max(20, age + random.int(-2, 3)))
    const marriedOn = weddingOf(own, theirs)
    const known = {
      maritalStatus: maritalStates.married,
      ...(marriedOn === undefined ? {} : { marriedOn }),
    } as const
    const child = person({
      ...known,
      sex,
      birthDate: own,
      role: familyRoles.child,
      birthOrder: 1,
      father: head,
      mother: wife,
    })
    const other = marriedIn({
      ...known,
      sex: sex === 'male' ? 'female' : 'male',
      birthDate: theirs,
      role: familyRoles.childInLaw,
    })
    const [father, mother] = sex === 'male' ? [child, other] : [other, child]
    const grandchildren = childrenOf(mother, father)
      .filter(({ birthDate }) => ageOf(birthDate) < 20)
      .map((grandchild) => ({
        ...grandchild,
        role: familyRoles.grandchild,
        maritalStatus: maritalStates.never,
      }))
    return [head, wife, child, other, ...grandchildren]
  }

  return { peopleOf }
}

/** How likely a son or daughter of that age still stands on the card of the parents. */
function livesAtHome(age: number): number {
  if (age < 18) return 0.985
  if (age < 20) return 0.88
  if (age < 25) return 0.66
  if (age < 30) return 0.36
  return age < 40 ? 0.12 : 0.04
}
