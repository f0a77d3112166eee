import { type CivilDate, intervalContains, LumbungError } from '../kernel/index.ts'
import { benefitOf } from './benefit-outcome.ts'
import type { Citation } from './citation.ts'
import { outcomeOf } from './decide-criteria.ts'
import type { BenefitOutcome, ClauseOutcome, Decision, NoVersionInForce, Outcome } from './decision.ts'
import type { Pack } from './define-pack.ts'
import type { CheckedProgramme, ProgrammeInForce } from './programme-in-force.ts'
import { givenOf, type UnitFacts } from './unit.ts'

/** What {@link decide} is asked. */
export interface DecisionQuestion extends UnitFacts {
  readonly programme: string
  /** The day chooses the version of the programme and its parameters (semantics 12). */
  readonly on: CivilDate
}

/**
 * Decides whether a unit is indicated as eligible for a programme on a day, and says why.
 *
 * @throws LumbungError `eligibility/no-such-programme`; `eligibility/unit-mismatch` where the programme is one of
 * residents and no member is named, or the other way about
 *
 * @example
 * ```ts
 * import { decide, definePack, vocabularyOf } from '@lumbung/core/eligibility'
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
 * const question = { programme: 'rooms', on }
 * decide(pack, { ...question, household: { rooms: 2 } }).kind // => 'decision'
 * const decision = decide(pack, { ...question, household: {} })
 * decision.kind === 'decision' ? [decision.outcome, decision.missing] : [] // => ['undetermined', ['household.rooms']]
 * ```
 */
export function decide(pack: Pack, question: DecisionQuestion): Decision | NoVersionInForce {
  const programme = programmeOf(pack, question.programme)
  const { on, member } = question
  if ((programme.config.unit === 'resident') !== (member !== undefined)) {
    throw new LumbungError(
      'eligibility/unit-mismatch',
      `${question.programme} is one of ${programme.config.unit}s.`,
      {
        details: { programme: question.programme, unit: programme.config.unit },
      },
    )
  }
  const inForce = programmeOn(programme, on)
  return inForce === undefined ? notInForce(programme, on) : decisionOf(programme, inForce, question)
}

/**
 * A programme of a pack.
 *
 * @throws LumbungError `eligibility/no-such-programme`; details: `programme`
 *
 * @example
 * ```ts
 * import { definePack, programmeOf, vocabularyOf } from '@lumbung/core/eligibility'
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
 * programmeOf(pack, 'rooms').config.unit // => 'household'
 * programmeOf(pack, 'roof') // throws 'eligibility/no-such-programme'
 * ```
 */
export function programmeOf(pack: Pack, id: string): CheckedProgramme {
  const programme = pack.programmes.get(id)
  if (programme !== undefined) return programme
  throw new LumbungError('eligibility/no-such-programme', `The pack has no programme ${id}.`, {
    details: { programme: id },
  })
}

/**
 * The programme as it stands on a day; undefined where no version is in force.
 *
 * @example
 * ```ts
 * import { definePack, programmeOf, programmeOn, vocabularyOf } from '@lumbung/core/eligibility'
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
 * const programme = programmeOf(pack, 'rooms')
 * programmeOn(programme, parseCivilDate('2026-06-15'))?.interval // => { from: '2026-01-01' }
 * programmeOn(programme, parseCivilDate('2025-12-31')) // => undefined
 * ```
 */
export function programmeOn(programme: CheckedProgramme, on: CivilDate): ProgrammeInForce | undefined {
  return programme.inForce.find(({ interval }) => intervalContains(interval, on))
}

/**
 * What a unit gets if it takes part, whatever the criteria say of it: for whom somebody else decided that they do. Null
 * where no version is in force, or the programme gives nothing that can be reckoned.
 *
 * @throws LumbungError `eligibility/no-such-programme`
 *
 * @example
 * ```ts
 * import { benefitFor, definePack, vocabularyOf } from '@lumbung/core/eligibility'
 * import { parseCivilDate } from '@lumbung/core/kernel'
 *
 * const pack = definePack(
 *   { id: 'none', version: '1', title: { en: 'None' }, sources: {}, facts: [], programmes: [] },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * const on = parseCivilDate('2026-06-15')
 * benefitFor(pack, { programme: 'rice', on, household: {} }) // throws 'eligibility/no-such-programme'
 * ```
 */
export function benefitFor(pack: Pack, question: DecisionQuestion): BenefitOutcome | null {
  const { programme, on } = question
  const benefit = programmeOn(programmeOf(pack, programme), on)?.benefit
  return benefit === undefined ? null : benefitOf(benefit, question, givenOf(question), on)
}

function decisionOf(
  programme: CheckedProgramme,
  inForce: ProgrammeInForce,
  question: DecisionQuestion,
): Decision {
  const { on } = question
  const given = givenOf(question)
  const criteria = outcomeOf(inForce.criteria, question, given, on)
  const { version } = inForce
  const benefit =
    criteria.value === true && inForce.benefit !== undefined
      ? benefitOf(inForce.benefit, question, given, on)
      : null
  return {
    kind: 'decision',
    pack: programme.pack,
    ...(programme.replaces !== undefined && { replaces: programme.replaces }),
    programme: programme.config.id,
    unit: programme.config.unit,
    on,
    version: {
      ...(version.from !== undefined && { from: version.from }),
      ...(version.to !== undefined && { to: version.to }),
    },
    outcome: outcomeNamed(criteria.value),
    criteria,
    missing: criteria.missing,
    reasons: criteria.value === null ? reasonsIn(criteria) : [],
    parameters: inForce.parameters,
    citations: citationsFor(inForce, criteria),
    benefit,
  }
}

function outcomeNamed(value: boolean | null): Outcome {
  return value === null ? 'undetermined' : value ? 'eligible' : 'ineligible'
}

/** The reasons of the clauses that are unknown and keep the whole from being known. */
function reasonsIn(outcome: ClauseOutcome): Decision['reasons'] {
  if (outcome.value !== null) return []
  if (outcome.kind === 'clause') return outcome.reasons.map((reason) => ({ ...reason, clause: outcome.id }))
  return outcome.parts.flatMap(reasonsIn)
}

function citationsFor(
  { version, parameters }: ProgrammeInForce,
  criteria: ClauseOutcome,
): readonly Citation[] {
  const found = new Map<string, Citation>()
  const add = (citation: Citation) => found.set(JSON.stringify(citation), citation)
  version.legalBasis.forEach(add)
  const visit = (outcome: ClauseOutcome) => {
    if (outcome.citation !== undefined) add(outcome.citation)
    outcome.parts.forEach(visit)
  }
  visit(criteria)
  for (const { citation } of parameters) add(citation)
  return [...found.values()]
}

function notInForce(programme: CheckedProgramme, on: CivilDate): NoVersionInForce {
  const { gaps, parameters } = programme.config
  const intervals = programme.inForce.map(({ interval }) => interval)
  const ends = intervals.flatMap(({ to }) => (to !== undefined && to <= on ? [to] : []))
  const beginnings = intervals.flatMap(({ from }) => (from !== undefined && from > on ? [from] : []))
  const declared = [...gaps, ...Object.values(parameters).flatMap((parameter) => parameter.gaps)]
  return {
    kind: 'no-version-in-force',
    pack: programme.pack,
    programme: programme.config.id,
    on,
    before: ends.sort().at(-1) ?? null,
    after: beginnings.sort()[0] ?? null,
    gap: declared.find((gap) => intervalContains(gap, on)) ?? null,
  }
}
