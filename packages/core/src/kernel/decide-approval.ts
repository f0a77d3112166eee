import * as z from 'zod'
import { ActedBy, type ActedByInput } from './acted-by.ts'
import { type Approval, personGuards } from './approval.ts'
import {
  type ApprovalAction,
  ApprovalPolicy,
  type ApprovalState,
  approvalStates,
  approvingAction,
} from './approval-policy.ts'
import type { WorkingCalendar } from './calendar.ts'
import { Digest } from './chain.ts'
import { addDays, CivilDate } from './civil-date.ts'
import { deadlineOf } from './deadline.ts'
import { parseInput } from './parse-input.ts'
import { beginProgress, type Step, type StepRefusal, takeStep } from './progress.ts'
import { PlainText } from './text.ts'

/** What is proposed, by whom, and under which policy. */
export interface ApprovalProposal {
  readonly policy: ApprovalPolicy
  /** Of the canonical bytes of the body. */
  readonly digest: Digest
  readonly by: ActedByInput
  readonly on: CivilDate
}

/** Who would decide, on which day. */
export interface ApprovalDecider {
  readonly by: ActedByInput
  /** The roles that they have on that day. */
  readonly roles: readonly string[]
  readonly on: CivilDate
}

/** A decision as it is handed in. */
export interface ApprovalDecision extends ApprovalDecider {
  readonly outcome: 'approve' | 'reject'
  /** Of the body that the decider has before them. */
  readonly digest: Digest
  readonly reason?: string | undefined
}

/** A withdrawal as it is handed in. */
export interface ApprovalWithdrawal {
  readonly by: ActedByInput
  readonly on: CivilDate
  readonly reason?: string | undefined
}

const proposalSchema = z.object({ policy: ApprovalPolicy, digest: Digest, by: ActedBy, on: CivilDate })

const decisionSchema = z.object({
  outcome: z.enum(['approve', 'reject']),
  by: ActedBy,
  roles: z.array(PlainText),
  digest: Digest,
  on: CivilDate,
  reason: PlainText.optional(),
})

const withdrawalSchema = decisionSchema.pick({ by: true, on: true, reason: true })

const refusalCodes = {
  hasRole: 'approval/role-missing',
  isNotProposer: 'approval/own-proposal',
  hasNotDecided: 'approval/already-decided',
  sawSameBody: 'approval/body-changed',
  isProposer: 'approval/not-proposer',
} as const

/**
 * Why a decision or a withdrawal was not accepted: a {@link StepRefusal}, such as `states/final` where the matter
 * is closed, or one of these.
 *
 * - `approval/role-missing`: the decider has none of the roles of the policy.
 * - `approval/own-proposal`: the decider is the proposer.
 * - `approval/already-decided`: the decider had part in an earlier decision.
 * - `approval/body-changed`: the decision is about another body than the one that was proposed.
 * - `approval/not-proposer`: only the proposer may withdraw.
 *
 * Of everyone both count, the actor and whom they act for: if either is the same on both sides, it is the same person.
 */
export type ApprovalRefusal =
  | Exclude<StepRefusal<ApprovalState, ApprovalAction>, { readonly code: 'states/guard-not-met' }>
  | {
      readonly code:
        | 'approval/role-missing'
        | 'approval/own-proposal'
        | 'approval/already-decided'
        | 'approval/body-changed'
        | 'approval/not-proposer'
    }

/** What became of a decision or a withdrawal: the approval after it, or why it was not accepted. */
export type ApprovalResult =
  | { readonly ok: true; readonly approval: Approval }
  | { readonly ok: false; readonly refusal: ApprovalRefusal }

/**
 * Puts a proposal before those who may decide on it. Where its body changes later, it is proposed anew.
 *
 * @throws `approval/invalid-proposal` if it is not what its type says; details: `issues`
 *
 * @example
 * ```ts
 * import { parseCivilDate, proposeApproval, sha256Hex } from '@lumbung/core/kernel'
 *
 * const approval = proposeApproval({
 *   policy: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' },
 *   digest: sha256Hex(new TextEncoder().encode('Mend the bridge')),
 *   by: { actor: 'siti' },
 *   on: parseCivilDate('2026-11-24'),
 * })
 * approval.state // => 'pending'
 * ```
 */
export function proposeApproval(proposal: ApprovalProposal): Approval {
  const message = 'The proposal is malformed.'
  const { policy, digest, by, on } = parseInput(
    proposalSchema,
    proposal,
    'approval/invalid-proposal',
    message,
  )
  return { ...beginProgress(approvalStates(policy), on), policy, digest, proposedBy: by }
}

/**
 * Adds a decision. The approval that reaches the number of the policy approves, the first rejection rejects.
 *
 * Persons are compared by the one form that `ActorId` gives their ids, however they were written.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `approval/invalid-decision` if it is not what its type says; details: `issues`
 * @throws `states/calendar-missing`, `calendar/unknown-date` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { decideApproval, parseCivilDate, proposeApproval, sha256Hex } from '@lumbung/core/kernel'
 *
 * const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
 * const on = parseCivilDate('2026-11-24')
 * const policy = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' } as const
 * const approval = proposeApproval({ policy, digest, by: { actor: 'siti' }, on })
 * const decision = { outcome: 'approve', digest, roles: ['chair'], on } as const
 * decideApproval(approval, { ...decision, by: { actor: 'siti' } }) // => { ok: false, refusal: { code: 'approval/own-proposal' } }
 * const decided = decideApproval(approval, { ...decision, by: { actor: 'budi' } })
 * decided.ok && decided.approval.state // => 'approved'
 * ```
 */
export function decideApproval(
  approval: Approval,
  decision: ApprovalDecision,
  calendar?: WorkingCalendar,
): ApprovalResult {
  const message = 'The decision is malformed.'
  const { outcome, by, roles, on, digest, reason } = parseInput(
    decisionSchema,
    decision,
    'approval/invalid-decision',
    message,
  )
  const current = approvalOn(approval, on, calendar)
  const { policy, history } = current
  return take(current, {
    action: outcome === 'approve' ? approvingAction(policy, history.length) : 'reject',
    on,
    by,
    reason,
    guards: {
      ...personGuards(by, current),
      hasRole: roles.some((role) => policy.roles.includes(role)),
      sawSameBody: digest === current.digest,
    },
  })
}

/**
 * Whether somebody may decide on an approval on a day, and if not, why: exactly where {@link decideApproval} would accept a
 * decision of theirs about the body that was proposed, with its reason.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `approval/invalid-decision` if the decider is not what their type says; details: `issues`
 * @throws `states/calendar-missing`, `calendar/unknown-date` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { mayDecideApproval, parseCivilDate, proposeApproval, sha256Hex } from '@lumbung/core/kernel'
 *
 * const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
 * const on = parseCivilDate('2026-11-24')
 * const policy = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'always' } as const
 * const approval = proposeApproval({ policy, digest, by: { actor: 'siti' }, on })
 * mayDecideApproval(approval, { by: { actor: 'budi' }, roles: ['chair'], on }) // => { ok: true }
 * mayDecideApproval(approval, { by: { actor: 'budi', onBehalfOf: 'siti' }, roles: ['chair'], on }) // => { ok: false, refusal: { code: 'approval/own-proposal' } }
 * ```
 */
export function mayDecideApproval(
  approval: Approval,
  { by, roles, on }: ApprovalDecider,
  calendar?: WorkingCalendar,
): { readonly ok: true } | { readonly ok: false; readonly refusal: ApprovalRefusal } {
  const trial = { outcome: 'reject', digest: approval.digest, reason: 'trial', by, roles, on } as const
  const result = decideApproval(approval, trial, calendar)
  return result.ok ? { ok: true } : result
}

/**
 * Takes a proposal back, which its proposer may do as long as it is pending.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `approval/invalid-withdrawal` if it is not what its type says; details: `issues`
 * @throws `states/calendar-missing`, `calendar/unknown-date` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { parseCivilDate, proposeApproval, sha256Hex, withdrawApproval } from '@lumbung/core/kernel'
 *
 * const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
 * const on = parseCivilDate('2026-11-24')
 * const policy = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' } as const
 * const approval = proposeApproval({ policy, digest, by: { actor: 'siti' }, on })
 * withdrawApproval(approval, { by: { actor: 'budi' }, on }) // => { ok: false, refusal: { code: 'approval/not-proposer' } }
 * const withdrawn = withdrawApproval(approval, { by: { actor: 'siti' }, on })
 * withdrawn.ok && withdrawn.approval.state // => 'withdrawn'
 * ```
 */
export function withdrawApproval(
  approval: Approval,
  withdrawal: ApprovalWithdrawal,
  calendar?: WorkingCalendar,
): ApprovalResult {
  const message = 'The withdrawal is malformed.'
  const input = parseInput(withdrawalSchema, withdrawal, 'approval/invalid-withdrawal', message)
  const { by, on, reason } = input
  const current = approvalOn(approval, on, calendar)
  return take(current, { action: 'withdraw', on, by, reason, guards: personGuards(by, current) })
}

/**
 * The approval as it stands on a day: expired if it is pending and its last day is past, else as it is. No write is
 * needed for it to expire; a job may store the result so that lists show it.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `states/calendar-missing`, `calendar/unknown-date` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { approvalOn, parseCivilDate, proposeApproval, sha256Hex } from '@lumbung/core/kernel'
 *
 * const approval = proposeApproval({
 *   policy: { approvals: 1, roles: ['chair'], expiresAfter: { days: 14 }, reasonRequiredOn: 'never' },
 *   digest: sha256Hex(new TextEncoder().encode('Mend the bridge')),
 *   by: { actor: 'siti' },
 *   on: parseCivilDate('2026-11-01'),
 * })
 * approvalOn(approval, parseCivilDate('2026-11-15')).state // => 'pending'
 * approvalOn(approval, parseCivilDate('2026-12-24')).since // => '2026-11-16'
 * ```
 */
export function approvalOn(approval: Approval, on: CivilDate, calendar?: WorkingCalendar): Approval {
  const deadline = deadlineOf(approvalStates(approval.policy), approval, calendar)
  if (deadline === undefined || on <= deadline.lastDay) return approval
  const lastMove = approval.history.at(-1)?.on ?? approval.began
  let expiredOn = addDays(deadline.lastDay, 1)
  // Holidays announced late may move the deadline to before a decision that was in time when it was made.
  if (expiredOn < lastMove) expiredOn = lastMove
  // Neither guard nor date is in the way of the action of a deadline.
  const expired = take(approval, { action: deadline.action, on: expiredOn })
  return expired.ok ? expired.approval : approval
}

/** Takes a step, and tells in the words of approvals where a guard is in its way. */
function take(approval: Approval, step: Step<ApprovalAction, keyof typeof refusalCodes>): ApprovalResult {
  const result = takeStep(approvalStates(approval.policy), approval, step)
  if (result.ok) return { ok: true, approval: { ...approval, ...result.progress } }
  const { refusal } = result
  if (refusal.code !== 'states/guard-not-met') return { ok: false, refusal }
  return { ok: false, refusal: { code: refusalCodes[refusal.guards[0]] } }
}
