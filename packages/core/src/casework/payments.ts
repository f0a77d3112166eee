import {
  beginProgress,
  type CanonicalValue,
  type CivilDate,
  canonicalBytes,
  compareText,
  type Digest,
  LumbungError,
  proposeApproval,
  sha256Hex,
} from '../kernel/index.ts'
import { recordsWith } from '../people/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { type AmountDue, amountDue, type NotPayableReason, standingByDecision } from './amount-due.ts'
import { addRecords } from './change.ts'
import { enrolments, paymentLists, payments } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { decisionOn, type MadeDecision, storeDecisions } from './decide-case.ts'
import { factsOfCases } from './facts-of-cases.ts'
import { dayOfPayment, type PaidTime } from './payment-parts.ts'
import {
  type Enrolment,
  type EnrolmentId,
  Payment,
  PaymentId,
  PaymentList,
  PaymentListId,
} from './records.ts'
import { standingOnly } from './standing-payments.ts'
import { paymentStates } from './states.ts'

/** What is to be paid: a programme, for a time, on a day. */
export interface PaymentsAsked extends PaidTime {
  readonly programme: string
  readonly payOn: CivilDate
  /** An id of the caller's, so that the same list is not made twice. */
  readonly id?: PaymentListId | undefined
}

/** An enrolled unit that gets nothing on a list, and why. */
export interface NotPayable {
  readonly enrolment: EnrolmentId
  readonly subject: string
  readonly reason: NotPayableReason
  readonly missing: readonly string[]
}

/** A list that was prepared; null where nobody on it can be paid. */
export interface PreparedPayments {
  readonly list: PaymentList | null
  readonly payments: readonly Payment[]
  readonly notPayable: readonly NotPayable[]
}

/**
 * Prepares the payments of a programme for a time, from those who take part in it in that time and are not suspended:
 * to each what the decision on the day of the payment gives, or on the day of the time nearest to it, and the decision
 * is written down. The list waits for those who must approve it. Nobody gets a payment for a time of which a part is
 * paid, or about to be; who cannot be paid is told with what is missing.
 *
 * Refused with `casework/unknown-programme`, and with `casework/no-payment-policy` where the village has not said who
 * approves payments.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, preparePayments, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   by: { actor: 'head' },
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const asked = { programme: 'rice', from: on, to: CivilDate.parse('2026-12-24'), payOn: on }
 * const result = await storage.transact(village, (tx) => preparePayments(tx, asked, context))
 * result.ok || result.refusal.code // => 'casework/unknown-programme'
 * ```
 */
export async function preparePayments(
  tx: Transaction,
  asked: PaymentsAsked,
  context: CaseworkContext,
): Promise<CaseResult<PreparedPayments>> {
  const { programme, from, to, payOn } = asked
  const { policy, rulebook, by, on, now, nextId, snapshot } = context
  if (!rulebook.pack.programmes.has(programme))
    return refuse({ code: 'casework/unknown-programme', record: programme })
  if (policy.payments === undefined) return refuse({ code: 'casework/no-payment-policy' })
  if (to <= from) return refuse({ code: 'casework/empty-span' })
  if (by === undefined) throw new LumbungError('casework/nobody-acts', 'Somebody prepares payments.')
  if (asked.id !== undefined && (await tx.get(paymentLists, { id: asked.id })) !== undefined)
    return refuse({ code: 'casework/already-prepared', record: asked.id })

  const taking = await takingPart(tx, asked)
  const paid = await paidOf(tx, asked, taking, context)
  const byDecision = await standingByDecision(tx, taking)
  const notPayable: NotPayable[] = []
  const due: { readonly enrolment: Enrolment; readonly made: MadeDecision; readonly amountMinor: number }[] =
    []
  const day = dayOfPayment(asked, payOn)
  const skip = (
    { id: enrolment, subject }: Enrolment,
    reason: NotPayableReason,
    missing: readonly string[] = [],
  ) => void notPayable.push({ enrolment, subject, reason, missing })
  // Whoever takes part under two enrolments that follow one another still gets one payment.
  const seen = new Set<string>()
  const open = taking.filter((enrolment) => {
    const isPaid = paid.for(enrolment).isPaid || seen.has(enrolment.subject)
    seen.add(enrolment.subject)
    if (isPaid) skip(enrolment, 'already-paid')
    return !isPaid
  })
  for await (const { given, facts } of factsOfCases(tx, snapshot, open, day)) {
    if (facts === undefined) {
      skip(given, 'nobody-there')
      continue
    }
    const { unit, subject } = given
    const made = decisionOn(facts, { programme, unit, subject, on: day }, context)
    if (made === undefined) {
      skip(given, 'no-version-in-force')
      continue
    }
    const { document } = made
    const isByDecision = byDecision.has(given.id)
    const paidBefore = paid.for(given).count
    const amount: AmountDue = amountDue({ document, facts, time: asked, isByDecision, paidBefore }, context)
    if (amount.isPayable) due.push({ enrolment: given, made, amountMinor: amount.amountMinor })
    else skip(given, amount.reason, amount.missing)
  }
  if (due.length === 0) return { ok: true, list: null, payments: [], notPayable }

  const id = asked.id ?? PaymentListId.parse(nextId())
  const prepared = due.map(({ enrolment, made, amountMinor }) =>
    Payment.parse({
      ...beginProgress(paymentStates, on),
      id: PaymentId.parse(nextId()),
      list: id,
      enrolment: enrolment.id,
      programme,
      unit: enrolment.unit,
      subject: enrolment.subject,
      from,
      to,
      amountMinor,
      decision: made.record.id,
    }),
  )
  const body = { id, programme, from, to, payOn, totalMinor: totalOf(prepared) }
  const approval = proposeApproval({ policy: policy.payments, digest: digestOfList(body, prepared), by, on })
  const list = PaymentList.parse({ ...body, approval, recordedAt: now })
  await storeDecisions(
    tx,
    due.map(({ made }) => made),
    context,
  )
  await addRecords(tx, paymentLists, [list], context)
  await addRecords(tx, payments, prepared, context)
  return { ok: true, list, payments: prepared, notPayable }
}

/** Who takes part, and is not suspended, on some day of the time; of those who left, who took part to its end. */
async function takingPart(tx: ReadTransaction, { programme, from, to }: PaymentsAsked): Promise<Enrolment[]> {
  const found: Enrolment[] = []
  for await (const enrolment of tx.stream(enrolments, { where: { programme, state: 'exited' } })) {
    const wasActive = enrolment.history.at(-1)?.from === 'active'
    if (wasActive && enrolment.from < to && enrolment.to !== null && to <= enrolment.to) found.push(enrolment)
  }
  for await (const enrolment of tx.stream(enrolments, { where: { programme, state: 'active' } })) {
    if (enrolment.from < to && (enrolment.to === null || from < enrolment.to)) found.push(enrolment)
  }
  return found
}

/** What was paid in the programme, by household or resident: also under another enrolment of theirs. */
async function paidOf(
  tx: ReadTransaction,
  { programme, from, to }: PaymentsAsked,
  taking: readonly Enrolment[],
  context: CaseworkContext,
) {
  const subjects = [...new Set(taking.map(({ subject }) => subject))]
  const all = (await recordsWith(tx, payments, 'subject', subjects)).filter(
    (payment) => payment.programme === programme,
  )
  const counts = new Map<string, { isPaid: boolean; count: number }>()
  for (const payment of await standingOnly(tx, all, context)) {
    const { isPaid, count } = counts.get(payment.subject) ?? { isPaid: false, count: 0 }
    const isSame = payment.from < to && from < payment.to
    counts.set(payment.subject, { isPaid: isPaid || isSame, count: count + 1 })
  }
  return { for: ({ subject }: Enrolment) => counts.get(subject) ?? { isPaid: false, count: 0 } }
}

function totalOf(prepared: readonly Payment[]): number {
  const total = prepared.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
  if (total <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(total)
  throw new LumbungError('money/overflow', 'The payments come to more than can be counted exactly.', {
    details: { result: String(total) },
  })
}

/**
 * What an approval is bound to: to whom a list pays how much, for which time, on which day.
 *
 * @example
 * ```ts
 * import { digestOfList, PaymentListId } from '@lumbung/core/casework'
 * import { CivilDate } from '@lumbung/core/kernel'
 *
 * const [from, to] = [CivilDate.parse('2026-11-01'), CivilDate.parse('2026-12-01')]
 * const id = PaymentListId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const list = { id, programme: 'rice', from, to, payOn: from }
 * digestOfList(list, []) === digestOfList({ ...list, payOn: to }, []) // => false
 * ```
 */
export function digestOfList(
  { id, programme, from, to, payOn }: Pick<PaymentList, 'id' | 'programme' | 'from' | 'to' | 'payOn'>,
  of: readonly Payment[],
): Digest {
  const lines: CanonicalValue = of
    .map(({ id: payment, subject, amountMinor, decision }) => ({ payment, subject, amountMinor, decision }))
    .toSorted((a, b) => compareText(a.payment, b.payment))
  return sha256Hex(canonicalBytes('payment-list', { id, programme, from, to, payOn, lines }))
}
