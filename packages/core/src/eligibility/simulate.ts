import { type CivilDate, intervalContains, LumbungError } from '../kernel/index.ts'
import type { ScalarValue } from '../rules/index.ts'
import { benefitOf } from './benefit-outcome.ts'
import { programmeOf, programmeOn } from './decide.ts'
import type { Outcome } from './decision.ts'
import { checkPack, type Pack } from './define-pack.ts'
import type { PackConfig } from './pack.ts'
import type { CheckedProgramme } from './programme-in-force.ts'
import { type ScreenedHousehold, type ScreenedUnit, screen } from './screen.ts'
import { givenOf } from './unit.ts'

/** What a simulation is asked: what would be if parameters of a programme were others. */
export interface Simulation {
  readonly programme: string
  readonly on: CivilDate
  /** New values by the names of parameters; the others stay. */
  readonly parameters: Readonly<Record<string, ScalarValue | readonly ScalarValue[]>>
  /** In which group a unit is counted, such as its hamlet. Default: all in one. */
  readonly groupOf?: (household: ScreenedHousehold, member: number | undefined) => string
  /** Hears of each unit that enters or leaves, as the population streams by. */
  readonly onMove?: (unit: MovedUnit) => void
}

/** A unit whose outcome changes with the parameters. */
export interface MovedUnit extends Pick<ScreenedUnit, 'id' | 'household' | 'member'> {
  readonly to: 'entering' | 'leaving'
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
 * that is spread over groups. Nothing is stored. The population streams by once, a few thousand households at a time;
 * only the ids of those who enter or leave are kept.
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
  { programme, on, parameters, groupOf = () => '', onMove }: Simulation,
): Promise<SimulationResult> {
  const now = programmeOf(pack, programme)
  const changed = withParameters(pack, programme, on, parameters)
  const sides = { before: programmeOn(now, on)?.benefit, after: programmeOn(changed, on)?.benefit }
  const moved: Record<'entering' | 'leaving', string[]> = { entering: [], leaving: [] }
  const groups = new Map<string, Compared>()
  const whole = nothingCompared()
  // Both stand in one pack, so that each unit is read once for both, and tells both outcomes one after the other.
  const both = {
    ...pack,
    programmes: new Map([
      [programme, now],
      ['', changed],
    ]),
  }
  let before: Outcome | null = null
  for await (const unit of screen(both, population, { on })) {
    const { id, household, member, outcome } = unit
    if (unit.programme === programme) {
      before = outcome
      continue
    }
    if (before === null || outcome === null) continue
    const name = groupOf(household, member)
    const group = groups.get(name) ?? nothingCompared()
    groups.set(name, group)
    const facts = { household: household.household, ...(member !== undefined && { member }) }
    for (const [side, of] of [
      ['before', before],
      ['after', outcome],
    ] as const) {
      const benefit = sides[side]
      const cost =
        of === 'eligible' && benefit !== undefined
          ? benefitOf(benefit, facts, givenOf(facts), on).totalMinor
          : 0
      for (const total of [whole, group]) count(total[side], of, cost)
    }
    if ((before === 'eligible') === (outcome === 'eligible')) continue
    const to = outcome === 'eligible' ? 'entering' : 'leaving'
    moved[to].push(id)
    onMove?.({ ...unit, to })
  }
  return { ...whole, ...moved, groups }
}

interface Compared {
  readonly before: Mutable
  readonly after: Mutable
}

type Mutable = { -readonly [Key in keyof SimulatedTotal]: SimulatedTotal[Key] }

function nothingCompared(): Compared {
  const nothing = { eligible: 0, ineligible: 0, undetermined: 0, costMinor: 0, costUnknown: 0 }
  return { before: nothing, after: { ...nothing } }
}

function count(total: Mutable, outcome: Outcome, cost: number | null): void {
  total[outcome] += 1
  if (cost === null) total.costUnknown += 1
  else total.costMinor += cost
}

/** The programme with other values of its parameters on a day, under an id of its own. */
function withParameters(
  pack: Pack,
  id: string,
  on: CivilDate,
  values: Simulation['parameters'],
): CheckedProgramme {
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
    // They were chosen when the pack was checked, and stand in its parameters.
    readings: undefined,
    extends: [],
    sources: pack.sources,
    programmes: [{ ...programme.config, parameters, tests: [] }],
  }
  const checked = checkPack(changed, { vocabulary: pack.vocabulary })
  if (checked.ok) {
    const other = programmeOf(checked.pack, id)
    // No id of a programme is empty, so it cannot be that of another.
    return { ...other, config: { ...other.config, id: '' } }
  }
  throw new LumbungError('eligibility/invalid-pack', `With these values ${id} does not hold.`, {
    details: { faults: checked.faults },
  })
}
