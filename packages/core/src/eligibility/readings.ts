import type { PackFaults } from './pack-fault.ts'
import type { ProgrammeParameter } from './parameter.ts'
import type { Programme } from './programme.ts'
import type { CheckedProgramme } from './programme-in-force.ts'

/**
 * Which reading a village chose where sources conflict: `programme.parameter` names the parameter, and the value the
 * source of the reading.
 */
export type Readings = Readonly<Record<string, string>>

/**
 * The programmes with the chosen readings in place of those that the pack prefers, which stay visible among the
 * alternatives. Since they change the pack, they change its hash too. A reading of an inherited programme makes a copy
 * of it that replaces it, without its tests, which speak of the other reading.
 */
export function withReadings(
  programmes: readonly Programme[],
  inherited: ReadonlyMap<string, CheckedProgramme>,
  readings: Readings,
  faults: PackFaults,
): readonly Programme[] {
  const left = new Map(Object.entries(readings))
  const copies = [...inherited.values()].flatMap(({ config }) =>
    [...left.keys()].some((key) => key.startsWith(`${config.id}.`)) &&
    programmes.every(({ id }) => id !== config.id)
      ? [{ ...config, tests: [] }]
      : [],
  )
  const chosen = [...programmes, ...copies].map((programme) => {
    const parameters = Object.entries(programme.parameters).map(([name, parameter]) => {
      const key = `${programme.id}.${name}`
      const source = left.get(key)
      if (source === undefined || !sourcesOf(parameter).includes(source)) return [name, parameter]
      left.delete(key)
      return [name, read(parameter, source)]
    })
    return { ...programme, parameters: Object.fromEntries(parameters) }
  })
  for (const [key, source] of left) {
    faults.add('eligibility/no-such-reading', ['readings', key], `${key} has no reading by ${source}.`)
  }
  return chosen
}

function sourcesOf({ values }: ProgrammeParameter): readonly string[] {
  return values.flatMap(({ citation, alternatives }) =>
    [citation, ...alternatives.map((each) => each.citation)].map(({ source }) => source),
  )
}

function read(parameter: ProgrammeParameter, source: string): ProgrammeParameter {
  const values = parameter.values.map((dated) => {
    const { value, citation, alternatives } = dated
    const reading = alternatives.find((each) => each.citation.source === source)
    if (citation.source === source || reading === undefined) return dated
    const others = alternatives.filter((each) => each !== reading)
    return { ...dated, ...reading, alternatives: [{ value, citation }, ...others] }
  })
  return { ...parameter, values }
}
