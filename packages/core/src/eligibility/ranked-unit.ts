import type { CivilDate } from '../kernel/index.ts'
import { factsRead, type Rule, traceRule } from '../rules/index.ts'
import { benefitOf } from './benefit-outcome.ts'
import type { ProgrammeInForce } from './programme-in-force.ts'
import { type RankedUnit, rankKeysOf } from './rank.ts'
import { givenOf, pathFromHousehold, type UnitFacts } from './unit.ts'

/** A unit with what ranks it, and the facts that were read for it, so that a screen may hide what tells them. */
export interface ReckonedUnit extends RankedUnit {
  /** The facts that each key was made from, as paths from the household. */
  readonly keyFacts: readonly (readonly string[])[]
  /** The facts that the cost was made from. */
  readonly costFacts: readonly string[]
}

/**
 * What {@link rank} needs of a unit: its keys by the ranking of the programme, and what it would get. A programme
 * that gives no money costs nothing.
 *
 * @example
 * ```ts
 * import { definePack, programmeOf, programmeOn, rankedUnitOf, vocabularyOf } from '@lumbung/core/eligibility'
 * import { parseCivilDate } from '@lumbung/core/kernel'
 *
 * const citation = { source: 'bylaw', confidence: 'high' }
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
 *           grant: { type: { kind: 'money' }, label: { en: 'Grant' }, values: [{ value: 500, citation }] },
 *         },
 *         versions: [
 *           {
 *             from: '2026-01-01',
 *             legalBasis: [citation],
 *             criteria: {
 *               id: 'whole',
 *               label: { en: 'All of' },
 *               all: [{ id: 'rooms', label: { en: 'At most 2 rooms' }, when: 'household.rooms <= 2' }],
 *             },
 *             benefit: {
 *               per: 'once',
 *               components: [{ id: 'grant', label: { en: 'Grant' }, amount: 'parameters.grant' }],
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
 * const unit = inForce && rankedUnitOf(inForce, { id: 'a', household: { rooms: 2 } }, on)
 * unit?.keys // => [2]
 * unit?.costMinor // => 500
 * unit?.keyFacts // => [['household.rooms']]
 * ```
 */
export function rankedUnitOf(
  inForce: ProgrammeInForce,
  { id, ...unit }: UnitFacts & { readonly id: string },
  on: CivilDate,
): ReckonedUnit {
  const { ranking, benefit } = inForce
  const facts = givenOf(unit)
  const factsOf = (rule?: Rule) =>
    rule === undefined
      ? []
      : factsRead(traceRule(rule, { facts, on }).trace).map(({ path }) => pathFromHousehold(path, unit))
  return {
    id,
    keys: rankKeysOf(inForce, unit, on),
    costMinor: benefit === undefined ? 0 : benefitOf(benefit, unit, facts, on).totalMinor,
    keyFacts: ranking.map(({ rule }) => factsOf(rule)),
    costFacts: [
      ...(benefit?.components ?? []).flatMap(({ amount, count }) => [amount, count]),
      benefit?.countMax,
      benefit?.totalMax,
    ].flatMap((rule) => factsOf(rule)),
  }
}
