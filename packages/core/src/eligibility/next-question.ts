import type { CivilDate } from '../kernel/index.ts'
import { compileRule, type FactValues, type GivenFacts, type ScalarValue, traceRule } from '../rules/index.ts'
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
  const given = givenOf(unit)
  const missing = new Set<string>()
  const open = programmes.flatMap((id) => {
    const programme = programmeOf(pack, id)
    const isAskable = programme.config.unit === 'household' || member !== undefined
    const rule = isAskable ? programmeOn(programme, on)?.rule : undefined
    if (rule === undefined) return []
    const traced = traceRule(rule, { facts: given, on })
    for (const path of traced.missing) missing.add(pathFromHousehold(path, unit))
    return traced.value === null ? [{ rule, valueFor: compileRule(rule) }] : []
  })
  const constants = constantsOf(open.map(({ rule }) => rule))
  let most = 0
  let tied: Candidate[] = []
  for (const path of [...missing].sort()) {
    const type = factTypeAt(pack.vocabulary.household, path)
    // Who belongs to a household comes before anything about them.
    if (type === undefined) return { path, settles: 0 }
    const answers = (
      expectationOf?.(path) ?? candidateValues(type, constants, on).map((value) => ({ value, weight: 1 }))
    ).map(({ value, weight }) => ({
      facts: givenOf({ ...unit, household: withFact(household, path, value) }),
      weight,
    }))
    const settles =
      meanOf(answers, (facts) => open.filter(({ valueFor }) => valueFor(facts, on) !== null).length) || 0
    if (settles > most) {
      most = settles
      tied = []
    }
    if (settles === most) tied.push({ path, answers })
  }
  let best = tied[0]
  let least = Number.POSITIVE_INFINITY
  // To trace what is left costs most, so it is traced only where nothing else tells two questions apart.
  for (const one of tied.length > 1 ? tied : []) {
    const left = meanOf(one.answers, (facts) =>
      open.reduce((sum, { rule }) => sum + traceRule(rule, { facts, on }).missing.length, 0),
    )
    if (left < least) {
      least = left
      best = one
    }
  }
  return best === undefined ? null : { path: best.path, settles: most }
}

interface Answer {
  readonly facts: GivenFacts
  readonly weight: number
}

interface Candidate {
  readonly path: string
  readonly answers: readonly Answer[]
}

/** NaN where no answer is expected. */
function meanOf(answers: readonly Answer[], of: (facts: GivenFacts) => number): number {
  let sum = 0
  let weights = 0
  for (const { facts, weight } of answers) {
    sum += weight * of(facts)
    weights += weight
  }
  return sum / weights
}
