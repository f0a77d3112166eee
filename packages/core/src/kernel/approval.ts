import * as z from 'zod'
import type { WorkingCalendar } from './calendar.ts'
import { Digest } from './chain.ts'
import { addDays, type CivilDate } from './civil-date.ts'
import { ActedBy, begin, deadlineOf, move, progressSchema, type Step, type StepRefusal } from './progress.ts'
import { Duration, defineStates, type StateOf } from './states.ts'
import { PlainText } from './text.ts'

/**
 * Who may decide on a proposal, and how.
 *
 * - `approvals`: how many different persons must approve. One rejection rejects, however many have approved.
 * - `roles`: the roles of which whoever decides must have one.
 * - `expiresAfter`: how long after the proposal a decision may still come. Default: for ever.
 * - `reasonRequiredOn`: which decisions must say why.
 *
 * @example
 * ```ts
 * import { ApprovalPolicy } from '@lumbung/core/kernel'
 *
 * const policy = { approvals: 2, roles: ['treasurer', 'chair'], expiresAfter: { days: 30 }, reasonRequiredOn: 'rejection' }
 * ApprovalPolicy.safeParse(policy).success // => true
 * ApprovalPolicy.safeParse({ ...policy, approvals: 0 }).success // => false
 * ```
 */
export const ApprovalPolicy = z
  .strictObject({
    approvals: z.int().min(1),
    roles: z.array(PlainText.min(1)).min(1).readonly(),
    expiresAfter: Duration.optional(),
    reasonRequiredOn: z.enum(['rejection', 'always', 'never']),
  })
  .readonly()

/** A policy that the schema of the same name has accepted. */
export type ApprovalPolicy = z.infer<typeof ApprovalPolicy>

/** What every decision must fulfil. The first that is not met is the one that a refusal names. */
const decisionGuards = ['hasRole', 'isNotProposer', 'hasNotDecided', 'sawSameBody'] as const

/**
 * The states of an approval under a policy. `endorse` is an approval that more must follow, `approve` the last one.
 *
 * @example
 * ```ts
 * import { approvalStates } from '@lumbung/core/kernel'
 *
 * const states = approvalStates({ approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' })
 * Object.keys(states.states) // => ['pending', 'approved', 'rejected', 'withdrawn', 'expired']
 * ```
 */
export function approvalStates({ expiresAfter, reasonRequiredOn }: ApprovalPolicy) {
  const onApproval = reasonRequiredOn === 'always' ? 'required' : undefined
  const onRejection = reasonRequiredOn === 'never' ? undefined : 'required'
  return defineStates({
    name: 'approval',
    initial: 'pending',
    states: {
      pending: {
        arrows: {
          endorse: { to: 'pending', guards: decisionGuards, reason: onApproval },
          approve: { to: 'approved', guards: decisionGuards, reason: onApproval },
          reject: { to: 'rejected', guards: decisionGuards, reason: onRejection },
          withdraw: { to: 'withdrawn', guards: ['isProposer'] },
          expire: { to: 'expired' },
        },
        deadline: expiresAfter && { after: expiresAfter, action: 'expire' },
      },
      approved: {},
      rejected: {},
      withdrawn: {},
      expired: {},
    },
  })
}

/** Where an approval stands. */
export type ApprovalState = StateOf<ReturnType<typeof approvalStates>>

/** The states are the same under every policy, so any policy serves to name them. */
const anyPolicy: ApprovalPolicy = { approvals: 1, roles: ['any'], reasonRequiredOn: 'never' }

/**
 * A proposal on its way to a decision. Its decisions are the moves in its history, and its state follows from them.
 * A collection of approvals takes it in with `...Approval.shape`.
 *
 * - `policy`: as it was when the proposal was made; a later change of rules does not touch it.
 * - `digest`: of the body that was proposed. All decisions are about this body.
 * - `proposedBy`: neither the actor nor whom they acted for may decide.
 *
 * @example
 * ```ts
 * import { Approval, parseCivilDate, propose, sha256Hex } from '@lumbung/core/kernel'
 *
 * const approval = propose({
 *   policy: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' },
 *   digest: sha256Hex(new TextEncoder().encode('Mend the bridge')),
 *   by: { actor: 'siti' },
 *   on: parseCivilDate('2026-11-24'),
 * })
 * Approval.safeParse(approval).success // => true
 * ```
 */
export const Approval = z.strictObject({
  ...progressSchema(approvalStates(anyPolicy)).shape,
  policy: ApprovalPolicy,
  digest: Digest,
  proposedBy: ActedBy,
})

/** An approval that the schema of the same name has accepted. */
export type Approval = Readonly<z.infer<typeof Approval>>

/** What is proposed, by whom, and under which policy. */
export interface Proposal {
  readonly policy: ApprovalPolicy
  /** Of the canonical bytes of the body. */
  readonly digest: Digest
  readonly by: ActedBy
  readonly on: CivilDate
}

/** Who would decide, on which day. */
export interface Decider {
  readonly by: ActedBy
  /** The roles that they have on that day. */
  readonly roles: readonly string[]
  readonly on: CivilDate
}

/** A decision as it is handed in. */
export interface Decision extends Decider {
  readonly outcome: 'approve' | 'reject'
  /** Of the body that the decider has before them. */
  readonly digest: Digest
  readonly reason?: string | undefined
}

/** A withdrawal as it is handed in. */
export interface Withdrawal {
  readonly by: ActedBy
  readonly on: CivilDate
  readonly reason?: string | undefined
}

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
 * @example
 * ```ts
 * import { parseCivilDate, propose, sha256Hex } from '@lumbung/core/kernel'
 *
 * const approval = propose({
 *   policy: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' },
 *   digest: sha256Hex(new TextEncoder().encode('Mend the bridge')),
 *   by: { actor: 'siti' },
 *   on: parseCivilDate('2026-11-24'),
 * })
 * approval.state // => 'pending'
 * ```
 */
export function propose({ policy, digest, by, on }: Proposal): Approval {
  return { ...begin(approvalStates(policy), on), policy, digest, proposedBy: by }
}

/**
 * Adds a decision. The approval that reaches the number of the policy approves, the first rejection rejects.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `states/calendar-missing`, `calendar/unknown-date`, `date/out-of-range` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { decide, parseCivilDate, propose, sha256Hex } from '@lumbung/core/kernel'
 *
 * const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
 * const on = parseCivilDate('2026-11-24')
 * const policy = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' } as const
 * const approval = propose({ policy, digest, by: { actor: 'siti' }, on })
 * const decision = { outcome: 'approve', digest, roles: ['chair'], on } as const
 * decide(approval, { ...decision, by: { actor: 'siti' } }) // => { ok: false, refusal: { code: 'approval/own-proposal' } }
 * const decided = decide(approval, { ...decision, by: { actor: 'budi' } })
 * decided.ok && decided.approval.state // => 'approved'
 * ```
 */
export function decide(approval: Approval, decision: Decision, calendar?: WorkingCalendar): ApprovalResult {
  const { outcome, by, roles, on, digest, reason } = decision
  const current = approvalOn(approval, on, calendar)
  const { policy, proposedBy, history } = current
  // Whatever is pending has nothing but endorsements in its history.
  const approving = history.length + 1 < policy.approvals ? 'endorse' : 'approve'
  return take(current, {
    action: outcome === 'approve' ? approving : 'reject',
    on,
    by,
    reason,
    guards: {
      hasRole: roles.some((role) => policy.roles.includes(role)),
      isNotProposer: !isSamePerson(by, proposedBy),
      hasNotDecided: !history.some((earlier) => earlier.by && isSamePerson(by, earlier.by)),
      sawSameBody: digest === current.digest,
    },
  })
}

/**
 * Whether somebody may decide on an approval on a day, and if not, why: exactly where {@link decide} would accept a
 * decision of theirs about the body that was proposed, with its reason.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `states/calendar-missing`, `calendar/unknown-date`, `date/out-of-range` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { mayDecide, parseCivilDate, propose, sha256Hex } from '@lumbung/core/kernel'
 *
 * const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
 * const on = parseCivilDate('2026-11-24')
 * const policy = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'always' } as const
 * const approval = propose({ policy, digest, by: { actor: 'siti' }, on })
 * mayDecide(approval, { by: { actor: 'budi' }, roles: ['chair'], on }) // => { ok: true }
 * mayDecide(approval, { by: { actor: 'budi', onBehalfOf: 'siti' }, roles: ['chair'], on }) // => { ok: false, refusal: { code: 'approval/own-proposal' } }
 * ```
 */
export function mayDecide(
  approval: Approval,
  { by, roles, on }: Decider,
  calendar?: WorkingCalendar,
): { readonly ok: true } | { readonly ok: false; readonly refusal: ApprovalRefusal } {
  const trial = { outcome: 'reject', digest: approval.digest, reason: 'trial', by, roles, on } as const
  const result = decide(approval, trial, calendar)
  return result.ok ? { ok: true } : result
}

/**
 * Takes a proposal back, which its proposer may do as long as it is pending.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `states/calendar-missing`, `calendar/unknown-date`, `date/out-of-range` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { parseCivilDate, propose, sha256Hex, withdraw } from '@lumbung/core/kernel'
 *
 * const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
 * const on = parseCivilDate('2026-11-24')
 * const policy = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' } as const
 * const approval = propose({ policy, digest, by: { actor: 'siti' }, on })
 * withdraw(approval, { by: { actor: 'budi' }, on }) // => { ok: false, refusal: { code: 'approval/not-proposer' } }
 * const withdrawn = withdraw(approval, { by: { actor: 'siti' }, on })
 * withdrawn.ok && withdrawn.approval.state // => 'withdrawn'
 * ```
 */
export function withdraw(
  approval: Approval,
  { by, on, reason }: Withdrawal,
  calendar?: WorkingCalendar,
): ApprovalResult {
  const current = approvalOn(approval, on, calendar)
  const guards = { isProposer: isSamePerson(by, current.proposedBy) }
  return take(current, { action: 'withdraw', on, by, reason, guards })
}

/**
 * The approval as it stands on a day: expired if it is pending and its last day is past, else as it is. No write is
 * needed for it to expire; a job may store the result so that lists show it.
 *
 * @param calendar Needed where the policy counts working days.
 *
 * @throws `states/calendar-missing`, `calendar/unknown-date`, `date/out-of-range` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { approvalOn, parseCivilDate, propose, sha256Hex } from '@lumbung/core/kernel'
 *
 * const approval = propose({
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

/** What can happen to a proposal. */
export type ApprovalAction = 'endorse' | 'approve' | 'reject' | 'withdraw' | 'expire'

/** Takes a step, and tells in the words of approvals where a guard is in its way. */
function take(approval: Approval, step: Step<ApprovalAction, keyof typeof refusalCodes>): ApprovalResult {
  const result = move(approvalStates(approval.policy), approval, step)
  if (result.ok) return { ok: true, approval: { ...approval, ...result.progress } }
  const { refusal } = result
  if (refusal.code !== 'states/guard-not-met') return { ok: false, refusal }
  return { ok: false, refusal: { code: refusalCodes[refusal.guards[0]] } }
}

/** Whether the two are one person, or act for one, or one acts for the other. */
function isSamePerson(a: ActedBy, b: ActedBy): boolean {
  const persons = personsOf(b)
  return personsOf(a).some((person) => persons.includes(person))
}

function personsOf({ actor, onBehalfOf }: ActedBy): string[] {
  return onBehalfOf === undefined ? [actor] : [actor, onBehalfOf]
}
