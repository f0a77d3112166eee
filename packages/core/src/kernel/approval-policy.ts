import * as z from 'zod'
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

/** What can happen to a proposal. */
export type ApprovalAction = 'endorse' | 'approve' | 'reject' | 'withdraw' | 'expire'

/** An approval is an endorsement as long as more must follow it. All decisions so far were endorsements. */
export function approvingAction(
  { approvals }: ApprovalPolicy,
  decisionsSoFar: number,
): 'endorse' | 'approve' {
  return decisionsSoFar + 1 < approvals ? 'endorse' : 'approve'
}
