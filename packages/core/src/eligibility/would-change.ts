import { type CivilDate, isCivilDate } from '../kernel/index.ts'
import {
  comparePathTexts,
  compileRule,
  type FactValue,
  type FactValues,
  type ScalarValue,
} from '../rules/index.ts'
import { candidateValues, constantsOf, factTypeAt } from './candidate-values.ts'
import { type DecisionQuestion, programmeOf, programmeOn } from './decide.ts'
import type { Pack } from './define-pack.ts'
import type { ProgrammeInForce } from './programme-in-force.ts'
import { givenOf, membersOf } from './unit.ts'
import { factAtPath, withFact } from './with-fact.ts'

/** A fact that would have to be another. */
export interface FactChange {
  readonly path: string
  readonly from: FactValue
  readonly to: ScalarValue
}

/** At most so many sets are told, and each has at most so many facts. */
const setsMax = 3

/** Above so many facts, sets of two and more would be too many to try. */
const factsMax = 12

/**
 * The smallest sets of changes to facts that the programme declares changeable that would turn the outcome eligible
 * (semantics 9): by the number of facts, then by their paths. For each set the values nearest to the present ones.
 * None is a possible answer, also where the unit is eligible already.
 *
 * @example
 * ```ts
 * import { definePack, vocabularyOf, wouldChange } from '@lumbung/core/eligibility'
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
 *             changeable: ['household.rooms'],
 *           },
 *         ],
 *       },
 *     ],
 *   },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * const on = parseCivilDate('2026-06-15')
 * wouldChange(pack, { programme: 'rooms', on, household: { rooms: 5 } }) // => [[{ path: 'household.rooms', from: 5, to: 2 }]]
 * ```
 */
export function wouldChange(pack: Pack, question: DecisionQuestion): readonly (readonly FactChange[])[] {
  const { on, household } = question
  const inForce = programmeOn(programmeOf(pack, question.programme), on)
  if (inForce === undefined) return []
  const isEligible = compileRule(inForce.rule)
  const holds = (facts: FactValues | null) =>
    isEligible(givenOf({ ...question, household: facts }), on) === true
  if (holds(household)) return []
  const options = optionsOf(pack, inForce, question)
  const found: (readonly FactChange[])[] = []
  for (let size = 1; size <= setsMax && found.length < setsMax; size += 1) {
    for (const set of subsetsOf(options, size)) {
      if (found.length === setsMax) break
      const paths = new Set(set.map(({ path }) => path))
      if (found.some((smaller) => smaller.every(({ path }) => paths.has(path)))) continue
      const changes = nearestChanges(set, household, holds)
      if (changes !== undefined) found.push(changes)
    }
  }
  return found
}

/** A fact that can be changed, with the values to try, the nearest first. */
interface ChangeOption {
  readonly path: string
  readonly from: FactValue
  readonly values: readonly ScalarValue[]
}

function optionsOf(
  pack: Pack,
  { rule, version }: ProgrammeInForce,
  { household, member, on }: DecisionQuestion & { readonly on: CivilDate },
): readonly ChangeOption[] {
  const constants = constantsOf([rule])
  const members = membersOf(household).map((_, index) => index)
  const paths = version.changeable.flatMap((pattern) => {
    if (pattern.startsWith('resident.')) {
      return member === undefined ? [] : [pattern.replace('resident.', `household.members[${member}].`)]
    }
    if (!pattern.startsWith('household.members.')) return [pattern]
    return members.map((index) => pattern.replace('household.members.', `household.members[${index}].`))
  })
  return paths
    .sort(comparePathTexts)
    .slice(0, factsMax)
    .flatMap((path) => {
      const type = factTypeAt(pack.vocabulary.household, path)
      if (type === undefined) return []
      const from = factAtPath(household, path)
      const values = candidateValues(type, constants, on).filter((value) => value !== from)
      return [{ path, from, values: nearestFirst(values, from) }]
    })
}

function nearestFirst(values: readonly ScalarValue[], from: FactValue): readonly ScalarValue[] {
  const measure = isCivilDate(from) ? (value: unknown) => Date.parse(String(value)) : Number
  if (typeof from !== 'number' && !isCivilDate(from)) return values
  const distance = (value: ScalarValue) => Math.abs(measure(value) - measure(from))
  return values.toSorted((a, b) => distance(a) - distance(b))
}

/** The first combination of values that makes the unit eligible; the earlier facts change least. */
function nearestChanges(
  set: readonly ChangeOption[],
  household: FactValues | null,
  holds: (facts: FactValues | null) => boolean,
): readonly FactChange[] | undefined {
  const [first, ...rest] = set
  if (first === undefined) return holds(household) ? [] : undefined
  const { path, from } = first
  for (const to of first.values) {
    const others = nearestChanges(rest, withFact(household, path, to), holds)
    if (others !== undefined) return [{ path, from, to }, ...others]
  }
  return undefined
}

function* subsetsOf<T>(items: readonly T[], size: number, start = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield []
    return
  }
  for (let index = start; index <= items.length - size; index += 1) {
    const item = items[index]
    if (item === undefined) continue
    for (const rest of subsetsOf(items, size - 1, index + 1)) yield [item, ...rest]
  }
}
