import type { CivilDate } from '../kernel/index.ts'
import { traceRule } from '../rules/index.ts'
import type { ProgrammeInForce } from './programme-in-force.ts'
import { givenOf, type UnitFacts } from './unit.ts'

/** A unit that waits for a place: its keys in the order of the programme's ranking, and what it costs. */
export interface RankedUnit {
  readonly id: string
  /** Null is unknown, and comes last. */
  readonly keys: readonly (number | string | boolean | null)[]
  /** What it would get; null where it is unknown. */
  readonly costMinor: number | null
}

/** A place in the order. */
export interface RankedPlace<Unit extends RankedUnit> {
  readonly unit: Unit
  /** From 1. Units that are equal in every key have the same. */
  readonly rank: number
}

/** Who is served, who waits, and why the line is where it is. */
export interface Ranking<Unit extends RankedUnit> {
  readonly served: readonly RankedPlace<Unit>[]
  /** In the order in which they move up. */
  readonly waiting: readonly RankedPlace<Unit>[]
  readonly spentMinor: number
  /** What ended the list; null where all are served. */
  readonly limit: 'quota' | 'budget' | 'unknown-cost' | null
  /** Units on both sides of the line that are equal in every key: among them only the id decided. */
  readonly tiedAtLine: readonly string[]
}

/**
 * Puts units in order and serves them until the quota or the budget is used up. A later unit never overtakes one
 * that the budget does not suffice for. Among units that are equal in every key the id decides, by code unit, which
 * says nothing about them; the result names such ties at the line, so that people can settle them.
 *
 * @example
 * ```ts
 * import { rank } from '@lumbung/core/eligibility'
 *
 * const units = [
 *   { id: 'a', keys: [3], costMinor: 100 },
 *   { id: 'b', keys: [1], costMinor: 100 },
 *   { id: 'c', keys: [3], costMinor: 100 },
 * ]
 * const { served, limit, tiedAtLine } = rank(units, ['ascending'], { units: 2 })
 * served.map(({ unit }) => unit.id) // => ['b', 'a']
 * limit // => 'quota'
 * tiedAtLine // => ['a', 'c']
 * ```
 */
export function rank<Unit extends RankedUnit>(
  units: readonly Unit[],
  orders: readonly ('ascending' | 'descending')[],
  limits: { readonly units?: number | undefined; readonly budgetMinor?: number | undefined } = {},
): Ranking<Unit> {
  const sorted = units.toSorted(
    (a, b) => compareKeys(a, b, orders) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
  const places: RankedPlace<Unit>[] = []
  for (const [index, unit] of sorted.entries()) {
    const before = places.at(-1)
    const isTied = before !== undefined && compareKeys(before.unit, unit, orders) === 0
    places.push({ unit, rank: isTied ? before.rank : index + 1 })
  }
  const { end, spentMinor, limit } = lineIn(places, limits)
  const [served, waiting] = [places.slice(0, end), places.slice(end)]
  const [last, next] = [served.at(-1), waiting[0]]
  const tied =
    last !== undefined && last.rank === next?.rank ? places.filter(({ rank: own }) => own === last.rank) : []
  return { served, waiting, spentMinor, limit, tiedAtLine: tied.map(({ unit }) => unit.id) }
}

function lineIn(
  places: readonly RankedPlace<RankedUnit>[],
  limits: { readonly units?: number | undefined; readonly budgetMinor?: number | undefined },
): { readonly end: number; readonly spentMinor: number; readonly limit: Ranking<RankedUnit>['limit'] } {
  let spentMinor = 0
  for (const [end, { unit }] of places.entries()) {
    if (limits.units !== undefined && end >= limits.units) return { end, spentMinor, limit: 'quota' }
    if (limits.budgetMinor !== undefined) {
      if (unit.costMinor === null) return { end, spentMinor, limit: 'unknown-cost' }
      if (spentMinor + unit.costMinor > limits.budgetMinor) return { end, spentMinor, limit: 'budget' }
    }
    spentMinor += unit.costMinor ?? 0
  }
  return { end: places.length, spentMinor, limit: null }
}

function compareKeys(a: RankedUnit, b: RankedUnit, orders: readonly ('ascending' | 'descending')[]): number {
  for (const [index, order] of orders.entries()) {
    const [x, y] = [a.keys[index] ?? null, b.keys[index] ?? null]
    if (x === y) continue
    if (x === null) return 1
    if (y === null) return -1
    return x < y === (order === 'ascending') ? -1 : 1
  }
  return 0
}

/**
 * The keys by which the ranking of a programme puts a unit in order.
 *
 * @example
 * ```ts
 * import { definePack, programmeOf, programmeOn, rankKeysOf, vocabularyOf } from '@lumbung/core/eligibility'
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
 *             ranking: [{ label: { en: 'Few rooms first' }, by: 'household.rooms', order: 'ascending' }],
 *           },
 *         ],
 *       },
 *     ],
 *   },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * const on = parseCivilDate('2026-06-15')
 * const inForce = programmeOn(programmeOf(pack, 'rooms'), on)
 * inForce && rankKeysOf(inForce, { household: { rooms: 2 } }, on) // => [2]
 * ```
 */
export function rankKeysOf(
  { ranking }: ProgrammeInForce,
  unit: UnitFacts,
  on: CivilDate,
): RankedUnit['keys'] {
  const facts = givenOf(unit)
  return ranking.map(({ rule }) => traceRule(rule, { facts, on }).value)
}
