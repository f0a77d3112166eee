import { foldText, HouseholdId, type ResidentId } from '../kernel/index.ts'
import type { EditContext } from './edits.ts'
import type { Population, PopulationArea, PopulationResident } from './population.ts'
import type { KnownPopulation } from './population-known.ts'
import { keptOf } from './population-merged.ts'
import { Area, AreaId, type Household, type Resident } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { groupBy } from './spans.ts'

/** The areas of a population: those in the register, and new ones. */
export interface MatchedAreas {
  readonly ids: ReadonlyMap<string, AreaId>
  readonly added: readonly Area[]
  readonly unchanged: number
  readonly refused: readonly { readonly key: string; readonly refusal: PeopleRefusal }[]
}

/** Finds the areas of a population in the register by kind, parent and folded name; the others are new. */
export function matchAreas(
  population: Population,
  known: KnownPopulation,
  { nextId }: EditContext,
): MatchedAreas {
  const nameOf = (kind: Area['kind'], parent: AreaId | null, nameKey: string) =>
    `${kind}/${parent}/${nameKey}`
  const byName = new Map(
    known.areas.map((area): [string, AreaId] => [nameOf(area.kind, area.parent, area.nameKey), area.id]),
  )
  const ids = new Map<string, AreaId>()
  const added: Area[] = []
  const refused: { key: string; refusal: PeopleRefusal }[] = []
  let unchanged = 0
  for (const input of population.areas) {
    if (!Area.shape.name.safeParse(input.name).success) {
      refused.push({ key: input.key, refusal: { code: 'people/unfit-name' } })
      continue
    }
    const parent = input.parent === undefined ? null : ids.get(input.parent)
    // An area whose parent is not listed before it stays unknown, and so do those who live there.
    if (parent === undefined) continue
    const area = newArea(input, parent)
    const name = nameOf(area.kind, parent, area.nameKey)
    const present = byName.get(name)
    if (present !== undefined) unchanged += 1
    const id = present ?? AreaId.parse(nextId())
    ids.set(input.key, id)
    byName.set(name, id)
    if (present === undefined) added.push({ ...area, id })
  }
  return { ids, added, unchanged, refused }
}

function newArea({ kind, name, code }: PopulationArea, parent: AreaId | null): Omit<Area, 'id'> {
  const nameKey = foldText(name)
  return { kind, parent, code: code ?? null, name: name.normalize('NFC'), nameKey, from: null, to: null }
}

/** The record in the register of a person of a population, or why it cannot be told. */
export interface MatchedResident {
  readonly known?: Resident
  readonly refusal?: PeopleRefusal
}

/** Finds the people of a population in the register; one answer for each, in order. */
export function matchResidents(population: Population, known: KnownPopulation): readonly MatchedResident[] {
  const byIdentity = new Map<string, Resident>()
  const byTemporary = new Map<string, Resident>()
  const byPerson = new Map<string, Resident>()
  for (const resident of known.residents) {
    if (resident.identityNumber !== null) byIdentity.set(resident.identityNumber, resident)
    if (resident.temporaryNumber !== null) byTemporary.set(resident.temporaryNumber, resident)
    byPerson.set(personKey(resident.nameKey, resident), resident)
  }
  const byId = new Map<string, Resident>(known.residents.map((resident) => [resident.id, resident]))
  const listed = new Set<string>()
  const claims = new Map<ResidentId, number>()
  return population.residents.map((person): MatchedResident => {
    const names = namesOf(person)
    const code =
      person.identityNumber === null && person.temporaryNumber === undefined ? 'listed-twice' : 'number-taken'
    if (names.some((name) => listed.has(name))) return { refusal: { code: `people/${code}` } }
    for (const name of names) listed.add(name)
    const found =
      (person.identityNumber === null ? undefined : byIdentity.get(person.identityNumber)) ??
      (person.temporaryNumber === undefined ? undefined : byTemporary.get(person.temporaryNumber)) ??
      (names[0]?.startsWith('person/') ? byPerson.get(personKey(foldText(person.name), person)) : undefined)
    if (found === undefined) return {}
    const kept = keptOf(found, byId)
    if (kept === undefined) return { refusal: { code: 'people/already-merged', resident: found.id } }
    // A file from before a merge has a row for each of the records that became one.
    const claimed = claims.get(kept.id) ?? 0
    const rowsMax = 1 + (known.absorbed.get(kept.id)?.residents.length ?? 0)
    if (claimed >= rowsMax) return { refusal: { code: 'people/listed-twice', resident: kept.id } }
    claims.set(kept.id, claimed + 1)
    return { known: kept }
  })
}

function namesOf({ identityNumber, temporaryNumber, ...person }: PopulationResident): readonly string[] {
  const numbers = [
    ...(identityNumber === null ? [] : [`identity/${identityNumber}`]),
    ...(temporaryNumber === undefined ? [] : [`temporary/${temporaryNumber}`]),
  ]
  return numbers.length > 0 ? numbers : [`person/${personKey(foldText(person.name), person)}`]
}

/** A record that names nobody is known again by another of that kind alone, so that no person is taken for it. */
function personKey(
  nameKey: string,
  {
    birthDate,
    birthPlace,
    status,
  }: Pick<PopulationResident, 'birthDate' | 'birthPlace'> & { status?: string },
): string {
  return `${birthDate}/${nameKey}/${foldText(birthPlace ?? '')}/${status === 'invalid' ? 'nobody' : ''}`
}

/** A household of a population: its id, and its record if the register has one. */
export interface MatchedHousehold {
  readonly id: HouseholdId
  readonly kind: Household['kind']
  readonly known: Household | undefined
}

/** Finds the households of a population in the register by number, or else by the people in them. */
export function matchHouseholds(
  population: Population,
  known: KnownPopulation,
  people: readonly MatchedResident[],
  { nextId }: EditContext,
): Map<string, MatchedHousehold> {
  const open = known.households.filter(({ to }) => to === null)
  const byId = new Map(open.map((home) => [home.id, home]))
  const byNumber = new Map<string, Household>()
  for (const home of open) if (home.number !== null) byNumber.set(`${home.kind}/${home.number}`, home)
  const standing = groupBy(known.memberships, ({ resident }) => resident)
  const kinds = new Map(population.households.map(({ key, kind }) => [key, kind]))
  // A household without a number is the one in which the first of its people is already.
  const firstHome = new Map<string, Household>()
  for (const [index, person] of population.residents.entries()) {
    const theirs = standing.get(people[index]?.known?.id ?? '') ?? []
    for (const { household: key } of person.memberships) {
      const own = theirs.find(({ kind, to }) => kind === kinds.get(key) && to === null)
      const home = own === undefined ? undefined : byId.get(own.household)
      if (home?.number === null && !firstHome.has(key)) firstHome.set(key, home)
    }
  }
  const taken = new Set<HouseholdId>()
  return new Map(
    population.households.map((input): [string, MatchedHousehold] => {
      const { key, kind, number } = input
      const found = number === null ? firstHome.get(key) : byNumber.get(`${kind}/${number}`)
      const home = found?.kind === kind && !taken.has(found.id) ? found : undefined
      if (home !== undefined) taken.add(home.id)
      return [key, { id: home?.id ?? HouseholdId.parse(nextId()), kind, known: home }]
    }),
  )
}
