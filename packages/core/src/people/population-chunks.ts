import { foldText } from '../kernel/index.ts'
import type { Population, PopulationArea, PopulationHousehold, PopulationResident } from './population.ts'
import { groupBy } from './spans.ts'

/**
 * A population in parts of about so many people that can be added one after the other, with the same outcome as the
 * whole. What belongs together stays together: the people of a household, with all their households, and people who
 * could be taken for one another since one of them has no number. Each part has the areas that it needs.
 *
 * @param peopleMin A part ends with the household that brings it to so many people.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { chunksOfPopulation } from '@lumbung/core/people'
 *
 * const person = (key: string, household: string) => ({
 *   key, identityNumber: key, name: 'Sari', sex: 'female', birthDate: CivilDate.parse('1990-01-01'), birthPlace: null,
 *   memberships: [{ household, relationship: 'head' }],
 * }) as const
 * const home = (key: string) => ({ key, kind: 'family', number: key, address: '' }) as const
 * const population = {
 *   areas: [],
 *   households: [home('h1'), home('h2')],
 *   residents: [person('1', 'h1'), person('2', 'h2'), person('3', 'h1')],
 * }
 * const chunks = chunksOfPopulation(population, 2)
 * chunks.map(({ residents }) => residents.map(({ key }) => key)) // => [['1', '3'], ['2']]
 * ```
 */
export function chunksOfPopulation(population: Population, peopleMin: number): readonly Population[] {
  const groups = groupsOf(population)
  const areasByKey = new Map(population.areas.map((area) => [area.key, area]))
  const chunks: Population[] = []
  let households: PopulationHousehold[] = []
  let residents: PopulationResident[] = []
  const end = () => {
    // An area that nobody lives in belongs to the village too; the first part brings them all.
    const areas = chunks.length === 0 ? population.areas : areasOf(areasByKey, [...households, ...residents])
    chunks.push({ areas, households, residents })
    households = []
    residents = []
  }
  for (const group of groups) {
    for (const home of group.households) households.push(home)
    for (const person of group.residents) residents.push(person)
    if (residents.length >= peopleMin) end()
  }
  if (chunks.length === 0 || residents.length + households.length > 0) end()
  return chunks
}

/** Households and people that belong together, in the order in which the first of each stands in the population. */
function groupsOf({
  households,
  residents,
}: Population): readonly Pick<Population, 'households' | 'residents'>[] {
  const root = openRoots()
  const nameOfHome = (key: string) => `household ${key}`
  const nameOfPerson = (index: number) => `person ${index}`
  residents.forEach(({ memberships }, index) => {
    for (const { household } of memberships) root.join(nameOfPerson(index), nameOfHome(household))
  })
  const unnumbered = new Set(residents.filter(hasNoNumber).map(alikeKey))
  residents.forEach((person, index) => {
    const alike = alikeKey(person)
    if (unnumbered.has(alike)) root.join(nameOfPerson(index), `alike ${alike}`)
  })
  const homes = groupBy(households, ({ key }) => root.of(nameOfHome(key)))
  const groups = new Map<string, { households: PopulationHousehold[]; residents: PopulationResident[] }>()
  residents.forEach((person, index) => {
    const name = root.of(nameOfPerson(index))
    const group = groups.get(name) ?? { households: homes.get(name) ?? [], residents: [] }
    group.residents.push(person)
    groups.set(name, group)
  })
  const empty = [...homes].filter(([name]) => !groups.has(name))
  return [...groups.values(), ...empty.map(([, alone]) => ({ households: alone, residents: [] }))]
}

function hasNoNumber({ identityNumber, temporaryNumber }: PopulationResident): boolean {
  return identityNumber === null && temporaryNumber === undefined
}

function alikeKey({ name, birthDate }: PopulationResident): string {
  return `${birthDate} ${foldText(name)}`
}

/** Sets that grow together: each name leads to the root of its set. */
function openRoots() {
  const parents = new Map<string, string>()
  const of = (name: string): string => {
    let top = name
    for (let above = parents.get(top); above !== undefined; above = parents.get(top)) top = above
    // Shortens the way for the next one.
    for (let step = name; step !== top; ) {
      const above = parents.get(step) ?? top
      parents.set(step, top)
      step = above
    }
    return top
  }
  return {
    of,
    join(one: string, other: string): void {
      const [a, b] = [of(one), of(other)]
      if (a !== b) parents.set(a, b)
    },
  }
}

/** The areas of some households and people with those that they lie in, in the order of the population. */
function areasOf(
  byKey: ReadonlyMap<string, PopulationArea>,
  located: readonly { readonly area?: string }[],
): readonly PopulationArea[] {
  const needed = new Set<string>()
  for (const { area } of located) {
    for (let key = area; key !== undefined && !needed.has(key); key = byKey.get(key)?.parent) needed.add(key)
  }
  return [...byKey.values()].filter(({ key }) => needed.has(key))
}
