import type { Population, PopulationFact } from '@lumbung/core/people'
import { factDefinitionsOf, type VillageConfig } from '@lumbung/core/village'

/** A population with the facts that the village keeps, and the names of those that it does not. */
export function keepFacts(
  population: Population,
  config: VillageConfig,
): { readonly population: Population; readonly leftOut: readonly string[] } {
  const kept = new Set(factDefinitionsOf(config).map(({ unit, name }) => `${unit}/${name}`))
  const leftOut = new Set<string>()
  const pick =
    (unit: 'resident' | 'household') =>
    <Unit extends { readonly facts?: readonly PopulationFact[] }>(one: Unit): Unit => ({
      ...one,
      facts: (one.facts ?? []).filter(({ name }) => {
        const isKept = kept.has(`${unit}/${name}`)
        if (!isKept) leftOut.add(name)
        return isKept
      }),
    })
  const [residents, households] = [
    population.residents.map(pick('resident')),
    population.households.map(pick('household')),
  ]
  return { population: { ...population, residents, households }, leftOut: [...leftOut].sort() }
}
