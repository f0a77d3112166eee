import * as z from 'zod'
import { ActedBy, isSamePerson } from './acted-by.ts'
import { type ApprovalAction, ApprovalPolicy, approvalStates, approvingAction } from './approval-policy.ts'
import { Digest } from './chain.ts'
import { beginProgress, progressSchema, takeStep } from './progress.ts'

/** The states are the same under every policy, so any policy serves to name them. */
const anyPolicy: ApprovalPolicy = { approvals: 1, roles: ['any'], reasonRequiredOn: 'never' }

/**
 * A proposal on its way to a decision. Its decisions are the moves in its history, and its state follows from them:
 * where it does not, as with an approval that nobody gave, the schema refuses. A collection of approvals takes it
 * in with `Approval.safeExtend({ ... })`, which keeps that check.
 *
 * - `policy`: as it was when the proposal was made; a later change of rules does not touch it.
 * - `digest`: of the body that was proposed. All decisions are about this body.
 * - `proposedBy`: neither the actor nor whom they acted for may decide.
 *
 * @example
 * ```ts
 * import { Approval, parseCivilDate, proposeApproval, sha256Hex } from '@lumbung/core/kernel'
 *
 * const approval = proposeApproval({
 *   policy: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'never' },
 *   digest: sha256Hex(new TextEncoder().encode('Mend the bridge')),
 *   by: { actor: 'siti' },
 *   on: parseCivilDate('2026-11-24'),
 * })
 * Approval.safeParse(approval).success // => true
 * Approval.safeParse({ ...approval, state: 'approved' }).success // => false
 * ```
 */
export const Approval = z
  .strictObject({
    ...progressSchema(approvalStates(anyPolicy)).shape,
    policy: ApprovalPolicy,
    digest: Digest,
    proposedBy: ActedBy,
  })
  .superRefine((approval, context) => {
    // What is malformed already cannot be replayed.
    if (context.issues.length > 0) return
    const path = placeOfFault(approval)
    if (path) context.addIssue({ code: 'custom', path, message: 'It does not follow from what came before' })
  })

/** An approval that the schema of the same name has accepted. */
export type Approval = Readonly<z.infer<typeof Approval>>

/** What the guards ask about the person who acts. Where time acts, no person does. */
export function personGuards(
  by: ActedBy | undefined,
  { proposedBy, history }: Pick<Approval, 'proposedBy' | 'history'>,
) {
  if (by === undefined) return {}
  const isProposer = isSamePerson(by, proposedBy)
  return {
    isProposer,
    isNotProposer: !isProposer,
    hasNotDecided: !history.some((earlier) => earlier.by && isSamePerson(by, earlier.by)),
  }
}

/** The first place that does not follow from the history before it, or from all of it. */
function placeOfFault(approval: Approval): (string | number)[] | undefined {
  const { policy, proposedBy, history } = approval
  const states = approvalStates(policy)
  let replayed = beginProgress(states, approval.began)
  for (const [index, entry] of history.entries()) {
    const isDecision = entry.action === 'endorse' || entry.action === 'approve'
    if (isDecision && entry.action !== approvingAction(policy, index)) return ['history', index, 'action']
    if (entry.action === 'expire' && (entry.by || !policy.expiresAfter)) return ['history', index, 'action']
    // The roles and the body that somebody had before them then are not on record.
    const onRecord = { hasRole: true, sawSameBody: true }
    const guards = { ...onRecord, ...personGuards(entry.by, { proposedBy, history: replayed.history }) }
    // An action that there is not is refused, whatever its type says.
    const result = takeStep(states, replayed, { ...entry, action: entry.action as ApprovalAction, guards })
    const next = result.ok ? result.progress.history[index] : undefined
    if (!result.ok || next?.from !== entry.from || next.to !== entry.to) return ['history', index]
    replayed = result.progress
  }
  if (approval.state !== replayed.state) return ['state']
  return approval.since === replayed.since ? undefined : ['since']
}
