import { ageOf } from './dates.ts'
import { type Family, familyRoles, lifeStates, type Person } from './person.ts'

interface RareName {
  readonly name: string
  readonly suits: (person: Person, family: Family) => boolean
}

/** Nobody's father or mother on the card, so that no other row repeats the name. */
const isLone = (person: Person, { people }: Family) =>
  people.length === 1 && person.lifeStatus === lifeStates.alive
const isChild = ({ role, lifeStatus }: Person) =>
  role === familyRoles.child && lifeStatus === lifeStates.alive

/** Names on which programs stumble: another script, great length, signs within, one letter. */
const rareNames: readonly RareName[] = [
  {
    // Sri Harti, in Javanese script.
    name: '\ua9b1\ua9bf\ua9b6 \ua9b2\ua982\ua9a0\ua9b6',
    suits: (person, family) =>
      isLone(person, family) &&
      person.sex === 'female' &&
      person.ethnicity === 'Jawa' &&
      family.hamlet === 'Mekar',
  },
  {
    name: 'Raden Roro Sekar Kusumaningrum Wulandari Puspitasari Hapsari Kinanthi Larasati Anindya Maheswari Cokrokusumo Widyaningrat',
    suits: (person) => isChild(person) && person.sex === 'female' && person.ethnicity === 'Jawa',
  },
  {
    // With the apostrophe that a word processor puts.
    name: 'Nur\u2019azizah Sa\u2019diyah',
    suits: (person) => isChild(person) && person.sex === 'female' && person.ethnicity === 'Melayu',
  },
  {
    name: "Ma'ruf",
    suits: (person) => isChild(person) && person.sex === 'male' && person.ethnicity === 'Melayu',
  },
  {
    name: 'O',
    suits: (person) => isChild(person) && person.sex === 'male' && person.ethnicity === 'Tionghoa',
  },
  {
    name: 'Jos\u00e9 Bria-Nahak',
    suits: (person) => isChild(person) && person.sex === 'male' && person.ethnicity === 'Flores',
  },
  {
    // The oldest of the village.
    name: 'Mbah Satimah',
    suits: (person, family) =>
      isLone(person, family) && person.sex === 'female' && ageOf(person.birthDate) > 84,
  },
]

/** The same families; the first whom a rare name suits bears it. */
export function withRareNames(families: readonly Family[]): readonly Family[] {
  const named = new Map<Person, string>()
  for (const { name, suits } of rareNames) {
    const person = families
      .flatMap((family) => family.people.filter((one) => !named.has(one) && suits(one, family)))
      .at(0)
    if (person === undefined) throw new Error(`The rare name ${name} suits nobody.`)
    named.set(person, name)
  }
  return families.map((family) => ({
    ...family,
    people: family.people.map((person) => ({ ...person, name: named.get(person) ?? person.name })),
  }))
}
