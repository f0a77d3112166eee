import type { CivilDate } from '../kernel/index.ts'
import {
  type CompiledRule,
  compileRule,
  type FactValues,
  type Rule,
  type ScalarValue,
  traceRule,
} from '../rules/index.ts'
import { candidateValues, constantsOf, factTypeAt } from './candidate-values.ts'
import { programmeOf, programmeOn } from './decide.ts'
import type { Pack } from './define-pack.ts'
import { givenOf, pathFromHousehold } from './unit.ts'
import { withFact } from './with-fact.ts'

/** A value that a fact may turn out to have, and how likely. */
export interface Expectation {
  readonly value: ScalarValue
  /** Relative to the others; it need not sum to 1. */
  readonly weight: number
}

/** What {@link nextQuestion} is asked. */
export interface QuestionOptions {
  readonly on: CivilDate
  readonly household: FactValues | null
  /** Of programmes of residents: which member. Without one they are not asked about. */
  readonly member?: number
  /** Default: all of the pack. */
  readonly programmes?: readonly string[]
  /** What is known of a fact in general, such as its shares in the register. Default: all values alike. */
  readonly expectationOf?: (path: string) => readonly Expectation[] | undefined
}

/** The fact to ask for next. */
export interface NextQuestion {
  /** `household.members[2].occupation`; `household.members` asks who they are. */
  readonly path: string
  /** How many programmes its answer is expected to settle. */
  readonly settles: number
}

/**
 * The fact whose answer is expected to settle most of the programmes that are open; of equal ones that which leaves
 * the fewest facts missing, and then the first by path. Null where nothing is open.
 *
 * @example
 * ```ts
 * import { definePack, nextQuestion, vocabularyOf } from '@lumbung/core/eligibility'
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
 * nextQuestion(pack, { on, household: {} }) // => { path: 'household.rooms', settles: 1 }
 * nextQuestion(pack, { on, household: { rooms: 4 } }) // => null
 * ```
 */
export function nextQuestion(
  pack: Pack,
  { on, household, member, programmes = [...pack.programmes.keys()], expectationOf }: QuestionOptions,
): NextQuestion | null {
  const unit = { household, ...(member !== undefined && { member }) }
  const rules = programmes.flatMap((id) => {
    const programme = programmeOf(pack, id)
    const isAskable = programme.config.unit === 'household' || member !== undefined
    const rule = isAskable ? programmeOn(programme, on)?.rule : undefined
    return rule === undefined ? [] : [rule]
  })
  const given = givenOf(unit)
  const open = rules.filter((rule) => compiledOf(rule)(given, on) === null)
  const missing = new Set<string>()
  for (const rule of open) {
    for (const path of traceRule(rule, { facts: given, on }).missing)
      missing.add(pathFromHousehold(path, unit))
  }
  const constants = constantsOf(open)
  let best: (NextQuestion & { readonly left: number }) | null = null
  for (const path of [...missing].sort()) {
    const type = factTypeAt(pack.vocabulary.household, path)
    // Who belongs to a household comes before anything about them.
    if (type === undefined) return { path, settles: 0 }
    const expected =
      expectationOf?.(path) ?? candidateValues(type, constants, on).map((value) => ({ value, weight: 1 }))
    const gain = gainOf(open, on, expected, (value) =>
      givenOf({ ...unit, household: withFact(household, path, value) }),
    )
    if (
      best === null ||
      gain.settles > best.settles ||
      (gain.settles === best.settles && gain.left < best.left)
    ) {
      best = { path, ...gain }
    }
  }
  return best === null ? null : { path: best.path, settles: best.settles }
}

function gainOf(
  open: readonly Rule[],
  on: CivilDate,
  expected: readonly Expectation[],
  givenWith: (value: ScalarValue) => ReturnType<typeof givenOf>,
): { readonly settles: number; readonly left: number } {
  let [settles, left, weights] = [0, 0, 0]
  for (const { value, weight } of expected) {
    const facts = givenWith(value)
    weights += weight
    for (const rule of open) {
      if (compiledOf(rule)(facts, on) !== null) settles += weight
      else left += weight * traceRule(rule, { facts, on }).missing.length
    }
  }
  return weights === 0
    ? { settles: 0, left: Number.POSITIVE_INFINITY }
    : { settles: settles / weights, left: left / weights }
}

const compiled = new WeakMap<Rule, CompiledRule>()

/** A rule compiled once, however often it is asked. */
function compiledOf(rule: Rule): CompiledRule {
  const known = compiled.get(rule)
  if (known !== undefined) return known
  const made = compileRule(rule)
  compiled.set(rule, made)
  return made
}
