import type { FactDefinition, Population, PopulationFact } from '@lumbung/core/people'

/** A population without what a village does not keep. */
export interface KeptFacts {
  readonly population: Population
  /** Names of the facts that were left out, in order; each deserves a warning `fact/left-out`. */
  readonly leftOut: readonly string[]
}

/**
 * A population with those facts alone that a village keeps: a workbook carries more than most villages ask for, and
 * the register would refuse every person with a fact that it does not know.
 *
 * @param definitions What the village keeps, as `factDefinitionsOf` of `@lumbung/core/village` tells it.
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { keepFacts, populationOf, readPopulation, writePopulation } from '@lumbung/opensid'
 *
 * const siti = {
 *   hamlet: 'Timur', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1, sex: 2, religion: 1,
 *   birthDate: parseCivilDate('1990-01-01'),
 * }
 * const { rows } = await readPopulation(writePopulation([siti]))
 * keepFacts(populationOf(rows).population, []).leftOut // => ['religion']
 * ```
 */
export function keepFacts(
  population: Population,
  definitions: readonly Pick<FactDefinition, 'unit' | 'name'>[],
): KeptFacts {
  const kept = new Set(definitions.map(({ unit, name }) => `${unit}/${name}`))
  const leftOut = new Set<string>()
  const pick =
    (unit: FactDefinition['unit']) =>
    <Unit extends { readonly facts?: readonly PopulationFact[] }>(one: Unit): Unit => ({
      ...one,
      facts: (one.facts ?? []).filter(({ name }) => {
        const isKept = kept.has(`${unit}/${name}`)
        if (!isKept) leftOut.add(name)
        return isKept
      }),
    })
  const residents = population.residents.map(pick('resident'))
  const households = population.households.map(pick('household'))
  return { population: { ...population, residents, households }, leftOut: [...leftOut].sort() }
}
