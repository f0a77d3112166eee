import type { CivilDate } from '../kernel/index.ts'
import { ColumnsBuilder, compileColumns, type FactValues } from '../rules/index.ts'
import { programmeOf, programmeOn } from './decide.ts'
import type { Outcome } from './decision.ts'
import type { Pack } from './define-pack.ts'
import { givenOf, membersOf } from './unit.ts'

/** A household as screening takes it: its facts with the list `members`, and the ids that outcomes are told by. */
export interface ScreenedHousehold {
  readonly id: string
  readonly household: FactValues
  /** The ids of the members, in the order of the list. Only programmes of residents read them. */
  readonly memberIds?: readonly string[]
}

/** What {@link screen} is asked. */
export interface ScreenOptions {
  readonly on: CivilDate
  /** By id. Default: all of the pack. */
  readonly programmes?: readonly string[]
  /** How many households were screened so far, after each batch. */
  readonly onProgress?: (households: number) => void
}

/** The outcome of one unit for one programme; null where no version is in force. */
export interface ScreenedUnit {
  readonly programme: string
  /** The id of the household, or of the member. */
  readonly id: string
  readonly household: ScreenedHousehold
  /** Of a programme of residents. */
  readonly member?: number
  readonly outcome: Outcome | null
}

/** Enough rows that the cost of a batch does not count, few enough that they stay in the processor's cache. */
const batchRows = 4_096

const outcomes = ['ineligible', 'undetermined', 'eligible'] as const

/**
 * Screens a population as it streams by: the outcome of every unit for every programme, the same as {@link decide}
 * gives one at a time. Facts go through typed columns, a few thousand households at a time, so memory stays constant.
 *
 * @throws LumbungError `eligibility/no-such-programme`
 *
 * @example
 * ```ts
 * import { definePack, screen, vocabularyOf } from '@lumbung/core/eligibility'
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
 *         versions: [
 *           {
 *             from: '2026-01-01',
 *             legalBasis: [{ source: 'bylaw', confidence: 'high' }],
 *             criteria: {
 *               id: 'whole',
 *               label: { en: 'All of' },
 *               all: [{ id: 'rooms', label: { en: 'At most 2 rooms' }, when: 'household.rooms <= 2' }],
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
 *   { id: 'a', household: { rooms: 1 } },
 *   { id: 'b', household: { rooms: 3 } },
 * ]
 * const outcomes: string[] = []
 * for await (const { id, outcome } of screen(pack, population, { on })) outcomes.push(`${id}: ${outcome}`)
 * outcomes // => ['a: eligible', 'b: ineligible']
 * ```
 */
export async function* screen(
  pack: Pack,
  population: Iterable<ScreenedHousehold> | AsyncIterable<ScreenedHousehold>,
  { on, programmes = [...pack.programmes.keys()], onProgress }: ScreenOptions,
): AsyncGenerator<ScreenedUnit> {
  const checked = programmes.map((id) => programmeOf(pack, id))
  const screens = (['household', 'resident'] as const).flatMap((unit) => {
    const own = checked.filter(({ config }) => config.unit === unit)
    return own.length === 0
      ? []
      : [
          new UnitScreen(
            unit,
            own.map(({ config }) => config.id),
            own.map((each) => programmeOn(each, on)?.rule),
            on,
          ),
        ]
  })
  let households = 0
  let waiting = 0
  for await (const household of population) {
    for (const each of screens) each.add(household)
    households += 1
    waiting += 1
    if (waiting < batchRows) continue
    for (const each of screens) yield* each.take()
    waiting = 0
    onProgress?.(households)
  }
  for (const each of screens) yield* each.take()
  if (waiting > 0) onProgress?.(households)
}

type RuleInForce = NonNullable<ReturnType<typeof programmeOn>>['rule']

/** The programmes of one kind of unit, and the rows that wait for them. */
class UnitScreen {
  readonly #unit: 'household' | 'resident'
  readonly #programmes: readonly string[]
  /** Which outcome column a programme has; none where no version is in force. */
  readonly #columnOf: readonly (number | undefined)[]
  readonly #compiled: ReturnType<typeof compileColumns>
  readonly #builder: ColumnsBuilder
  readonly #on: CivilDate
  #rows: { readonly household: ScreenedHousehold; readonly member?: number }[] = []

  constructor(
    unit: 'household' | 'resident',
    programmes: readonly string[],
    rules: readonly (RuleInForce | undefined)[],
    on: CivilDate,
  ) {
    this.#unit = unit
    this.#programmes = programmes
    this.#on = on
    let column = 0
    this.#columnOf = rules.map((rule) => (rule === undefined ? undefined : column++))
    this.#compiled = compileColumns(rules.filter((rule) => rule !== undefined))
    this.#builder = new ColumnsBuilder(this.#compiled.plan)
  }

  add(household: ScreenedHousehold): void {
    if (this.#unit === 'household') {
      this.#builder.add({ household: household.household })
      this.#rows.push({ household })
      return
    }
    membersOf(household.household).forEach((_, member) => {
      this.#builder.add(givenOf({ household: household.household, member }))
      this.#rows.push({ household, member })
    })
  }

  *take(): Generator<ScreenedUnit> {
    const rows = this.#rows
    this.#rows = []
    const columns = this.#compiled.run(this.#builder.take(), this.#on)
    for (const [row, { household, member }] of rows.entries()) {
      const id =
        member === undefined ? household.id : (household.memberIds?.[member] ?? `${household.id}/${member}`)
      for (const [index, programme] of this.#programmes.entries()) {
        const column = this.#columnOf[index]
        const value = column === undefined ? undefined : columns[column]?.[row]
        yield {
          programme,
          id,
          household,
          ...(member !== undefined && { member }),
          outcome: value === undefined ? null : (outcomes[value] ?? null),
        }
      }
    }
  }
}
