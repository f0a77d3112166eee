import type { CivilDate, LocalizedText } from '../kernel/index.ts'
import type { FactRead } from '../rules/index.ts'
import type { Citation } from './citation.ts'
import { programmeOf } from './decide.ts'
import type {
  BenefitOutcome,
  ClauseOutcome,
  Decision,
  NoVersionInForce,
  ParameterInForce,
} from './decision.ts'
import type { Pack } from './define-pack.ts'

/** One statement of an explanation: a key that a catalogue has a sentence for, and the values that it needs. */
export type ExplanationMessage =
  | {
      readonly key: 'eligible' | 'ineligible' | 'undetermined'
      readonly programme: LocalizedText
      readonly on: CivilDate
    }
  | {
      readonly key: 'not-in-force'
      readonly programme: LocalizedText
      readonly on: CivilDate
      readonly before: CivilDate | null
      readonly after: CivilDate | null
      readonly why: LocalizedText | null
    }
  | {
      readonly key: 'met' | 'not-met' | 'unknown'
      readonly clause: LocalizedText
      /** The facts that it read. */
      readonly facts: readonly FactRead[]
      readonly parameters: readonly ParameterInForce[]
      readonly citation: Citation | null
    }
  | { readonly key: 'missing'; readonly paths: readonly string[] }
  | { readonly key: 'benefit' | 'benefit-unknown'; readonly benefit: BenefitOutcome }
  | { readonly key: 'in-kind'; readonly label: LocalizedText }
  | { readonly key: 'law'; readonly citations: readonly Citation[] }
  | { readonly key: 'appeal' }

/**
 * Explains a decision to the person it is about: the outcome, the clauses that brought it about with the facts and
 * the law that they rest on, what is still missing, what the unit would get, and what can be done against it.
 *
 * @example
 * ```ts
 * import { decide, definePack, explain, vocabularyOf } from '@lumbung/core/eligibility'
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
 * const decision = decide(pack, { programme: 'rooms', on, household: { rooms: 3 } })
 * explain(pack, decision).map(({ key }) => key) // => ['ineligible', 'not-met', 'law', 'appeal']
 * ```
 */
export function explain(pack: Pack, decision: Decision | NoVersionInForce): readonly ExplanationMessage[] {
  const { title: programme } = programmeOf(pack, decision.programme).config
  const { on } = decision
  if (decision.kind === 'no-version-in-force') {
    const { before, after, gap } = decision
    return [{ key: 'not-in-force', programme, on, before, after, why: gap?.why ?? null }]
  }
  const { outcome, criteria, parameters, missing, benefit } = decision
  const messages: ExplanationMessage[] = [{ key: outcome, programme, on }]
  for (const clause of decisive(criteria)) {
    messages.push({
      key: clause.value === null ? 'unknown' : clause.value ? 'met' : 'not-met',
      clause: clause.label,
      facts: clause.facts,
      parameters: parameters.filter(({ name }) => clause.parameters.includes(name)),
      citation: clause.citation ?? null,
    })
  }
  if (outcome === 'undetermined' && missing.length > 0) messages.push({ key: 'missing', paths: missing })
  if (benefit !== null) messages.push(...benefitMessages(benefit))
  messages.push({ key: 'law', citations: decision.citations })
  if (outcome === 'ineligible') messages.push({ key: 'appeal' })
  return messages
}

/**
 * The clauses on which an outcome rests, and groups of `none` as a whole: of a group that is settled by some of its parts only those, and otherwise
 * all of them; of an unknown group the unknown ones.
 */
function decisive(outcome: ClauseOutcome): readonly ClauseOutcome[] {
  const { kind, value, parts } = outcome
  if (kind === 'clause') return [outcome]
  if (kind === 'none') return [withFactsOfParts(outcome)]
  if (value === null) return parts.filter((part) => part.value === null).flatMap(decisive)
  const settling = kind === 'any'
  return (value === settling ? parts.filter((part) => part.value === settling) : parts).flatMap(decisive)
}

/** "Nobody is …" is told as a whole: its parts say the opposite of what it means. */
function withFactsOfParts(group: ClauseOutcome): ClauseOutcome {
  const clauses = clausesIn(group)
  const facts = new Map(clauses.flatMap((clause) => clause.facts).map((fact) => [fact.path, fact]))
  return {
    ...group,
    facts: [...facts.values()],
    parameters: [...new Set(clauses.flatMap(({ parameters }) => parameters))],
  }
}

function clausesIn(outcome: ClauseOutcome): readonly ClauseOutcome[] {
  return outcome.kind === 'clause' ? [outcome] : outcome.parts.flatMap(clausesIn)
}

function benefitMessages(benefit: BenefitOutcome): readonly ExplanationMessage[] {
  const inKind = benefit.inKind.map(({ label }): ExplanationMessage => ({ key: 'in-kind', label }))
  if (benefit.components.length === 0) return inKind
  return [{ key: benefit.totalMinor === null ? 'benefit-unknown' : 'benefit', benefit }, ...inKind]
}
