import * as z from 'zod'
import {
  type CaseworkRefusal,
  decidePaymentList,
  type NotPayable,
  type Payment,
  PaymentId,
  PaymentListId,
  type PaymentRefusal,
  preparePayments,
  recordPayments,
  withdrawPaymentList,
} from '../casework/index.ts'
import { CivilDate, Digest, PlainText } from '../kernel/index.ts'
import { caseworkContext } from './casework-context.ts'
import { listView, type PaymentListView } from './payment-views.ts'
import { requireVillage } from './permission.ts'
import { defineWrite, Undone } from './use-case.ts'

/** What a change of payments came to; where it was refused nothing was written. */
export type PaymentChange<Done extends object> =
  | ({ readonly ok: true } & Done)
  | { readonly ok: false; readonly refusal: PaymentRefusal | CaseworkRefusal }

/** A list that was prepared, or would be; null where nobody on it can be paid. Nobody is named but by ids. */
export interface PreparedList {
  readonly list: PaymentListView | null
  readonly payable: number
  readonly notPayable: readonly NotPayable[]
}

const Reason = PlainText.max(2_000)

/**
 * Prepares the payments of a programme for a time, or with `isDryRun` only tells what would be paid. Each payment
 * keeps the decision that says how much it is; who is enrolled and cannot be paid is told with what is missing.
 */
export const preparePaymentList = defineWrite({
  name: 'payment.prepare',
  scope: 'payment.prepare',
  isLong: true,
  input: z.strictObject({
    programme: z.string().max(64),
    from: CivilDate,
    to: CivilDate,
    payOn: CivilDate,
    id: PaymentListId.optional(),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { isDryRun, ...asked }): Promise<PaymentChange<PreparedList>> {
    requireVillage(context)
    const prepared = await preparePayments(context.tx, asked, caseworkContext(context))
    if (!prepared.ok) return prepared
    const { list, payments, notPayable } = prepared
    const view = list === null ? null : await listView(context, context.tx, list)
    const answer = { ok: true, list: view, payable: payments.length, notPayable } as const
    if (isDryRun) throw new Undone(answer)
    return answer
  },
})

/** Approves or rejects a list of payments, as it was seen. Whoever prepared it has no say. */
export const decidePayments = defineWrite({
  name: 'payment.decide',
  scope: 'payment.approve',
  isLong: true,
  input: z.strictObject({
    list: PaymentListId,
    outcome: z.enum(['approve', 'reject']),
    digest: Digest,
    reason: Reason.optional(),
  }),
  async run(context, asked): Promise<PaymentChange<{ readonly list: PaymentListView }>> {
    requireVillage(context)
    const roles = [...context.actor.roles]
    const decided = await decidePaymentList(context.tx, { ...asked, roles }, caseworkContext(context))
    return decided.ok ? { ok: true, list: await listView(context, context.tx, decided.list) } : decided
  },
})

/** Takes a list back that is not decided yet, which only who prepared it may. */
export const withdrawPayments = defineWrite({
  name: 'payment.withdraw',
  scope: 'payment.prepare',
  isLong: true,
  input: z.strictObject({ list: PaymentListId, reason: Reason.min(1) }),
  async run(context, asked): Promise<PaymentChange<{ readonly list: PaymentListView }>> {
    requireVillage(context)
    const withdrawn = await withdrawPaymentList(context.tx, asked, caseworkContext(context))
    return withdrawn.ok ? { ok: true, list: await listView(context, context.tx, withdrawn.list) } : withdrawn
  },
})

/** Writes down what became of payments of an approved list: all of them, or none. */
export const recordPaymentSteps = defineWrite({
  name: 'payment.record',
  scope: 'payment.record',
  isLong: true,
  input: z.strictObject({
    payments: z.array(PaymentId).min(1).max(10_000).readonly(),
    action: z.enum(['pay', 'fail', 'retry', 'cancel']),
    reason: Reason.optional(),
    on: CivilDate.optional(),
  }),
  async run(
    context,
    asked,
  ): Promise<PaymentChange<{ readonly states: Readonly<Record<string, Payment['state']>> }>> {
    requireVillage(context)
    const recorded = await recordPayments(context.tx, asked, caseworkContext(context))
    if (!recorded.ok) return recorded
    return { ok: true, states: Object.fromEntries(recorded.payments.map(({ id, state }) => [id, state])) }
  },
})
