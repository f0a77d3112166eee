import {
  type BenefitCorrection,
  type Payment,
  type PaymentId,
  type PaymentList,
  type PaymentListId,
  packOf,
  payments,
} from '../casework/index.ts'
import { programmeOf } from '../eligibility/index.ts'
import {
  approvalOn,
  type CivilDate,
  type Digest,
  type LocalizedText,
  mayDecideApproval,
} from '../kernel/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import type { UnitView } from './unit-views.ts'
import type { UseCaseContext } from './use-case.ts'

/** How many payments of a list are in a state, and what they come to. */
export interface PaymentTotal {
  readonly count: number
  readonly amountMinor: number
}

/** A list of payments with its totals. It names nobody. */
export interface PaymentListView {
  readonly id: PaymentListId
  readonly programme: string
  readonly title: LocalizedText
  readonly from: CivilDate
  readonly to: CivilDate
  readonly payOn: CivilDate
  readonly totalMinor: number
  /** Where the approval stands, and what it is bound to: whoever decides hands this digest back. */
  readonly state: PaymentList['approval']['state']
  readonly digest: Digest
  readonly proposedBy: string
  readonly approvedBy: readonly string[]
  readonly approvalsNeeded: number
  /** Whether the actor may decide on it now, and if not, why. */
  readonly mayDecide: true | string
  readonly totals: Readonly<Partial<Record<Payment['state'], PaymentTotal>>>
}

/** One payment as somebody may see it. */
export interface PaymentView {
  readonly id: PaymentId
  readonly list: PaymentListId
  readonly who: UnitView
  readonly from: CivilDate
  readonly to: CivilDate
  /** Null where the actor may not see it. */
  readonly amountMinor: number | null
  readonly state: Payment['state']
  readonly since: CivilDate
  /** Of what failed or was cancelled. */
  readonly reason: string | null
  readonly decision: Payment['decision']
}

/** A correction as somebody may see it. */
export interface CorrectionView {
  readonly id: BenefitCorrection['id']
  readonly payment: PaymentId
  readonly programme: string
  readonly who: UnitView
  readonly state: BenefitCorrection['state']
  readonly since: CivilDate
  /** What was paid, what was due, and the difference: positive is still to be paid. Null where it may not be seen. */
  readonly paidMinor: number | null
  readonly dueMinor: number | null
  readonly differenceMinor: number | null
  readonly reason: string | null
  readonly decision: BenefitCorrection['decision']
}

/** A list with the totals of its payments by their state. */
export async function listView(
  { config, today, actor }: UseCaseContext,
  tx: ReadTransaction,
  list: PaymentList,
): Promise<PaymentListView> {
  const totals: Partial<Record<Payment['state'], { count: number; amountMinor: number }>> = {}
  for await (const { state, amountMinor } of tx.stream(payments, { where: { list: list.id } })) {
    const total = totals[state] ?? { count: 0, amountMinor: 0 }
    totals[state] = { count: total.count + 1, amountMinor: total.amountMinor + amountMinor }
  }
  const calendar = config.casework?.calendar
  const approval = approvalOn(list.approval, today, calendar)
  const decider = { by: { actor: actor.resident ?? actor.id }, roles: [...actor.roles], on: today }
  const may = mayDecideApproval(approval, decider, calendar)
  const { id, programme, from, to, payOn, totalMinor } = list
  return {
    id,
    programme,
    title: titleOf({ config }, programme),
    from,
    to,
    payOn,
    totalMinor,
    state: approval.state,
    digest: approval.digest,
    proposedBy: approval.proposedBy.actor,
    approvedBy: approval.history.flatMap(({ action, by }) =>
      by !== undefined && (action === 'endorse' || action === 'approve') ? [by.actor] : [],
    ),
    approvalsNeeded: approval.policy.approvals,
    mayDecide: may.ok ? true : may.refusal.code,
    totals,
  }
}

function titleOf({ config }: Pick<UseCaseContext, 'config'>, programme: string): LocalizedText {
  const pack = packOf(config)
  // A programme may have gone out of the packs since it was paid.
  return pack.programmes.has(programme) ? programmeOf(pack, programme).config.title : { en: programme }
}

/** A payment as whoever sees its unit may see it. */
export function paymentView(payment: Payment, who: UnitView): PaymentView {
  const { id, list, from, to, amountMinor, state, since, history, decision } = payment
  const reason = history.at(-1)?.reason ?? null
  return {
    id,
    list,
    who,
    from,
    to,
    amountMinor: who.isPersonal ? amountMinor : null,
    state,
    since,
    reason: who.isPersonal ? reason : null,
    decision,
  }
}

/** A correction as whoever sees its unit may see it. */
export function correctionView(correction: BenefitCorrection, who: UnitView): CorrectionView {
  const { id, payment, programme, state, since, paidMinor, dueMinor, history, decision } = correction
  const shown = <T>(value: T): T | null => (who.isPersonal ? value : null)
  return {
    id,
    payment,
    programme,
    who,
    state,
    since,
    paidMinor: shown(paidMinor),
    dueMinor: shown(dueMinor),
    differenceMinor: shown(dueMinor - paidMinor),
    reason: shown(history.at(-1)?.reason ?? null),
    decision,
  }
}
