import { type CivilDate, intervalContains, LumbungError } from '../kernel/index.ts'
import type { ScalarValue } from '../rules/index.ts'
import { benefitOf } from './benefit-outcome.ts'
import { programmeOf, programmeOn } from './decide.ts'
import { checkPack, type Pack } from './define-pack.ts'
import type { PackConfig } from './pack.ts'
import { type ScreenedHousehold, screen } from './screen.ts'
import { givenOf } from './unit.ts'

/** What a simulation is asked: what would be if parameters of a programme were others. */
export interface Simulation {
  readonly programme: string
  readonly on: CivilDate
  /** New values by the names of parameters; the others stay. */
  readonly parameters: Readonly<Record<string, ScalarValue | readonly ScalarValue[]>>
  /** In which group a unit is counted, such as its hamlet. Default: all in one. */
  readonly groupOf?: (household: ScreenedHousehold, member: number | undefined) => string
}

/** Who gains and loses, and what it costs. Amounts are for the time that the benefit is per. */
export interface SimulationResult {
  readonly before: SimulatedTotal
  readonly after: SimulatedTotal
  /** Eligible only afterwards, and only before. */
  readonly entering: readonly string[]
  readonly leaving: readonly string[]
  readonly groups: ReadonlyMap<string, { readonly before: SimulatedTotal; readonly after: SimulatedTotal }>
}

/** Counts of units by outcome, and what the eligible ones would get. */
export interface SimulatedTotal {
  readonly eligible: number
  readonly ineligible: number
  readonly undetermined: number
  readonly costMinor: number
  /** Eligible units whose benefit is not known; they are not in the cost. */
  readonly costUnknown: number
}

/**
 * Tells who would enter and who would leave a programme if its parameters were others, what it would cost, and how
 * that is spread over groups. Nothing is stored.
 *
 * @throws LumbungError `eligibility/no-such-programme`, `eligibility/no-such-parameter`,
 * `eligibility/no-version-in-force`, `eligibility/invalid-pack` where a value is not of the parameter's type
 *
 * @example
 * ```ts
 * import { definePack, simulate, vocabularyOf } from '@lumbung/core/eligibility'
 * import { parseCivilDate } from '@lumbung/core/kernel'
 *
 * const pack = definePack(
 *   {
 *     id: 'village',
 *     version: '1',
 *     title: { en: 'Our village' },
 *     sources: { bylaw: { title: 'Bylaw 3' } },
 *     facts: [
 *       {
 *         name: 'rooms',
 *         unit: 'household',
 *         type: { kind: 'int', minimum: 0, maximum: 20 },
 *         label: { en: 'Rooms' },
 *         fieldClass: 'internal',
 *       },
 *     ],
 *     programmes: [
 *       {
 *         id: 'rooms',
 *         title: { en: 'Another room' },
 *         purpose: { en: 'Room for families' },
 *         unit: 'household',
 *         parameters: {
 *           roomsMax: {
 *             type: { kind: 'int' },
 *             label: { en: 'Greatest number of rooms' },
 *             values: [{ value: 2, citation: { source: 'bylaw', confidence: 'high' } }],
 *           },
 *         },
 *         versions: [
 *           {
 *             from: '2026-01-01',
 *             legalBasis: [{ source: 'bylaw', confidence: 'high' }],
 *             criteria: {
 *               id: 'whole',
 *               label: { en: 'All of' },
 *               all: [{ id: 'rooms', label: { en: 'Few rooms' }, when: 'household.rooms <= parameters.roomsMax' }],
 *             },
 *           },
 *         ],
 *       },
 *     ],
 *   },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * const on = parseCivilDate('2026-06-15')
 * const population = [
 *   { id: 'a', household: { rooms: 2 } },
 *   { id: 'b', household: { rooms: 3 } },
 * ]
 * const { entering, after } = await simulate(pack, population, {
 *   programme: 'rooms',
 *   on,
 *   parameters: { roomsMax: 3 },
 * })
 * entering // => ['b']
 * after.eligible // => 2
 * ```
 */
export async function simulate(
  pack: Pack,
  population: Iterable<ScreenedHousehold> | AsyncIterable<ScreenedHousehold>,
  { programme, on, parameters, groupOf = () => '' }: Simulation,
): Promise<SimulationResult> {
  const changed = withParameters(pack, programme, on, parameters)
  const households: ScreenedHousehold[] = []
  for await (const household of population) households.push(household)
  const [before, after] = [await tallyOf(pack), await tallyOf(changed)]
  const names = [...new Set([...before.groups.keys(), ...after.groups.keys()])].sort()
  return {
    before: before.total,
    after: after.total,
    entering: [...after.eligible].filter((id) => !before.eligible.has(id)),
    leaving: [...before.eligible].filter((id) => !after.eligible.has(id)),
    groups: new Map(
      names.map((name) => [
        name,
        { before: before.groups.get(name) ?? nothing(), after: after.groups.get(name) ?? nothing() },
      ]),
    ),
  }

  async function tallyOf(side: Pack): Promise<Tally> {
    const tally: Tally = { total: nothing(), groups: new Map(), eligible: new Set() }
    for await (const unit of screen(side, households, { on, programmes: [programme] })) {
      const { id, household, member, outcome } = unit
      if (outcome === null) continue
      if (outcome === 'eligible') tally.eligible.add(id)
      const cost = outcome === 'eligible' ? costOf(side, programme, household, member, on) : 0
      const name = groupOf(household, member)
      const group = tally.groups.get(name) ?? nothing()
      tally.groups.set(name, group)
      for (const total of [tally.total, group]) count(total, outcome, cost)
    }
    return tally
  }
}

interface Tally {
  readonly total: Mutable
  readonly groups: Map<string, Mutable>
  readonly eligible: Set<string>
}

type Mutable = { -readonly [Key in keyof SimulatedTotal]: SimulatedTotal[Key] }

function nothing(): Mutable {
  return { eligible: 0, ineligible: 0, undetermined: 0, costMinor: 0, costUnknown: 0 }
}

function count(
  total: Mutable,
  outcome: 'eligible' | 'ineligible' | 'undetermined',
  cost: number | null,
): void {
  total[outcome] += 1
  if (cost === null) total.costUnknown += 1
  else total.costMinor += cost
}

function costOf(
  pack: Pack,
  id: string,
  { household }: ScreenedHousehold,
  member: number | undefined,
  on: CivilDate,
): number | null {
  const benefit = programmeOn(programmeOf(pack, id), on)?.benefit
  if (benefit === undefined) return 0
  const unit = { household, ...(member !== undefined && { member }) }
  return benefitOf(benefit, unit, givenOf(unit), on).totalMinor
}

/** The pack in which the parameters of a programme have other values on a day. */
function withParameters(pack: Pack, id: string, on: CivilDate, values: Simulation['parameters']): Pack {
  const programme = programmeOf(pack, id)
  if (programmeOn(programme, on) === undefined) {
    throw new LumbungError('eligibility/no-version-in-force', `${id} is not in force on ${on}.`, {
      details: { programme: id, on },
    })
  }
  const parameters = { ...programme.config.parameters }
  for (const [name, value] of Object.entries(values)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (parameter === undefined) {
      throw new LumbungError('eligibility/no-such-parameter', `${id} has no parameter ${name}.`, {
        details: { programme: id, parameter: name },
      })
    }
    parameters[name] = {
      ...parameter,
      values: parameter.values.map((dated) => (intervalContains(dated, on) ? { ...dated, value } : dated)),
    }
  }
  const changed: PackConfig = {
    ...pack.config,
    extends: [],
    sources: pack.sources,
    programmes: [{ ...programme.config, parameters, tests: [] }],
  }
  const checked = checkPack(changed, { vocabulary: pack.vocabulary })
  if (checked.ok) return checked.pack
  throw new LumbungError('eligibility/invalid-pack', `With these values ${id} does not hold.`, {
    details: { faults: checked.faults },
  })
}
