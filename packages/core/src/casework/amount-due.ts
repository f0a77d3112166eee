import { type BenefitOutcome, benefitFor, type Decision } from '../eligibility/index.ts'
import { recordsWith } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import type { CaseFacts } from './case-facts.ts'
import { proposals, rechecks } from './collections.ts'
import type { CaseworkContext } from './context.ts'
import { amountOfParts, type PaidTime, partsOfTime, type TimeOfPart, takenParts } from './payment-parts.ts'
import type { Enrolment } from './records.ts'

/**
 * Why nothing can be paid to somebody who is enrolled.
 *
 * - `ineligible`, `undetermined`: so the rules say on the day, and nobody decided that they take part nevertheless;
 * - `no-version-in-force`: the programme has no law on that day; `nobody-there`: nobody belonged to the unit then;
 * - `benefit-unknown`: facts are missing for the amount; `no-benefit`: the programme gives no money;
 * - `nothing-due`: the amount is zero; `paid-whole`: all that is given once was paid;
 * - `already-paid`: a payment for a part of that time is there already;
 * - `not-taking-part`: the unit takes part in no whole part of that time that could be paid;
 * - `time-does-not-fit`: the time is not made of whole parts of the benefit.
 */
export type NotPayableReason =
  | 'ineligible'
  | 'undetermined'
  | 'no-version-in-force'
  | 'nobody-there'
  | 'benefit-unknown'
  | 'no-benefit'
  | 'nothing-due'
  | 'paid-whole'
  | 'already-paid'
  | 'not-taking-part'
  | 'time-does-not-fit'

/** What is due for a time: an amount in minor units, or why there is none, and which facts are missing for it. */
export type AmountDue =
  | { readonly isPayable: true; readonly amountMinor: number; readonly time: PaidTime }
  | { readonly isPayable: false; readonly reason: NotPayableReason; readonly missing: readonly string[] }

/** What {@link amountDue} is asked. */
export interface AmountAsked {
  readonly document: Decision
  readonly facts: CaseFacts
  readonly time: PaidTime
  /** When the unit takes part. Default: all of the time. */
  readonly part?: TimeOfPart | undefined
  /** Whether the forum or an officer decided that the unit takes part although the rules do not say so. */
  readonly isByDecision: boolean
  readonly paidBefore: number
}

/** What a unit gets for a time by a decision. Who takes part by the word of somebody gets what the rules give. */
export function amountDue(
  { document, facts, time, part, isByDecision, paidBefore }: AmountAsked,
  { rulebook }: Pick<CaseworkContext, 'rulebook'>,
): AmountDue {
  const none = (reason: NotPayableReason, missing: readonly string[] = []): AmountDue => ({
    isPayable: false,
    reason,
    missing,
  })
  if (document.outcome !== 'eligible' && !isByDecision) return none(document.outcome, document.missing)
  const { programme, on } = document
  const benefit: BenefitOutcome | null =
    document.outcome === 'eligible'
      ? document.benefit
      : benefitFor(rulebook.pack, { programme, on, household: facts.household, ...memberOf(facts) })
  if (benefit === null || benefit.components.length === 0) return none('no-benefit')
  const all = partsOfTime(benefit, time, paidBefore)
  if (all === undefined) return none('time-does-not-fit')
  const taken = part === undefined ? { time, parts: all } : takenParts(benefit, time, all, part)
  if (taken === undefined) return none('not-taking-part')
  const { parts } = taken
  if (parts.length === 0) return none('paid-whole')
  if (benefit.totalMinor === null) return none('benefit-unknown', benefit.missing)
  const amountMinor = amountOfParts(Math.max(0, benefit.totalMinor), benefit.payments, parts)
  return amountMinor === 0 ? none('nothing-due') : { isPayable: true, amountMinor, time: taken.time }
}

function memberOf({ member }: CaseFacts): { readonly member?: number } {
  return member === undefined ? {} : { member }
}

/**
 * Which enrolments stand by the word of somebody, whatever the rules say: the forum included them, or the last
 * re-check ended with them being kept.
 */
export async function standingByDecision(
  tx: ReadTransaction,
  enrolled: readonly Enrolment[],
): Promise<ReadonlySet<string>> {
  const byProposal = new Map(
    enrolled.flatMap(({ id, proposal }) => (proposal === null ? [] : [[proposal, id]])),
  )
  const standing = new Set<string>()
  for (const { id, override } of await recordsWith(tx, proposals, 'id', [...byProposal.keys()])) {
    const enrolment = byProposal.get(id)
    if (override?.towards === 'include' && enrolment !== undefined) standing.add(enrolment)
  }
  const last = new Map<string, { readonly id: string; readonly state: string }>()
  for (const recheck of await recordsWith(
    tx,
    rechecks,
    'enrolment',
    enrolled.map(({ id }) => id),
  )) {
    // Ids are in the order of time.
    if (recheck.id > (last.get(recheck.enrolment)?.id ?? '')) last.set(recheck.enrolment, recheck)
  }
  for (const [enrolment, { state }] of last) {
    if (state === 'kept') standing.add(enrolment)
    // What changed since the forum's word is open, so its word does not answer for it.
    else if (state === 'open') standing.delete(enrolment)
  }
  return standing
}
