import {
  type Approval,
  type ApprovalRefusal,
  type CivilDate,
  type Digest,
  decideApproval,
  type Progress,
  withdrawApproval,
} from '../kernel/index.ts'
import { recordsWith } from '../people/index.ts'
import type { Stored, Transaction } from '../storage/index.ts'
import { changeRecord, stepBy } from './change.ts'
import { paymentLists, payments } from './collections.ts'
import { type CaseworkContext, type CaseworkRefusal, refuse } from './context.ts'
import { digestOfList } from './payments.ts'
import type { Payment, PaymentId, PaymentList, PaymentListId } from './records.ts'
import { paymentStates } from './states.ts'

/** Why a step with a payment, or the word on a list, was not accepted. */
export type PaymentRefusal = CaseworkRefusal | ApprovalRefusal

/** What became of a list or of payments. */
export type PaymentResult<Done extends object> =
  | ({ readonly ok: true } & Done)
  | { readonly ok: false; readonly refusal: PaymentRefusal }

/** A list with its payments, as a step left them. */
export interface DecidedList {
  readonly list: PaymentList
  readonly payments: readonly Payment[]
}

/** The word of somebody on a list. */
export interface ListDecision {
  readonly list: PaymentListId
  readonly outcome: 'approve' | 'reject'
  /** Of the list that they have before them. */
  readonly digest: Digest
  /** A rejection always says why. */
  readonly reason?: string | undefined
  /** The roles that they have. */
  readonly roles: readonly string[]
}

/**
 * Approves or rejects a list of payments. Its payments may go out once as many persons as the policy wants have
 * approved; whoever prepared it has no say. The word is about the list as it was seen, by its digest. With a rejection
 * its payments are cancelled, so that the time can be prepared anew.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, decidePaymentList, PaymentListId, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, sha256Hex, VillageId } from '@lumbung/core/kernel'
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
 * const digest = sha256Hex(new TextEncoder().encode('The list as it was seen'))
 * const word = { list: PaymentListId.parse(id), outcome: 'approve', digest, roles: ['head'] } as const
 * const result = await storage.transact(village, (tx) => decidePaymentList(tx, word, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function decidePaymentList(
  tx: Transaction,
  { list: id, outcome, digest, reason, roles }: ListDecision,
  context: CaseworkContext,
): Promise<PaymentResult<DecidedList>> {
  const { by, on, policy } = context
  const found = await listOf(tx, id)
  if (found === undefined || by === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  if (outcome === 'reject' && !reason?.trim()) return refuse({ code: 'states/reason-missing' })
  // What is stored is digested anew: nobody approves what was altered beside the approval.
  if (digestOfList(found.list, found.payments) !== found.list.approval.digest)
    return { ok: false, refusal: { code: 'approval/body-changed' } }
  const decision = { outcome, by, roles, digest, on, ...(reason !== undefined && { reason }) }
  const decided = decideApproval(found.list.approval, decision, policy.calendar)
  if (!decided.ok) return decided
  return await settleList(tx, found, decided.approval, reason, context)
}

/**
 * Takes a list back, which whoever prepared it may do until it is decided; its payments are cancelled.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   caseworkCollections,
 *   PaymentListId,
 *   rulebookOf,
 *   withdrawPaymentList,
 * } from '@lumbung/core/casework'
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
 * const input = { list: PaymentListId.parse(id), reason: 'Prepared for the wrong month.' }
 * const result = await storage.transact(village, (tx) => withdrawPaymentList(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function withdrawPaymentList(
  tx: Transaction,
  { list: id, reason }: { readonly list: PaymentListId; readonly reason: string },
  context: CaseworkContext,
): Promise<PaymentResult<DecidedList>> {
  const { by, on, policy } = context
  const found = await listOf(tx, id)
  if (found === undefined || by === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const withdrawn = withdrawApproval(found.list.approval, { by, on, reason }, policy.calendar)
  if (!withdrawn.ok) return withdrawn
  return await settleList(tx, found, withdrawn.approval, reason, context)
}

interface FoundList {
  readonly list: Stored<typeof paymentLists>
  readonly payments: readonly Stored<typeof payments>[]
}

async function listOf(tx: Transaction, id: PaymentListId): Promise<FoundList | undefined> {
  const list = await tx.get(paymentLists, { id })
  return list === undefined ? undefined : { list, payments: await recordsWith(tx, payments, 'list', [id]) }
}

/** Writes the approval, and carries the payments on where it is decided. */
async function settleList(
  tx: Transaction,
  { list, payments: on }: FoundList,
  approval: Approval,
  reason: string | undefined,
  context: CaseworkContext,
): Promise<PaymentResult<DecidedList>> {
  const updated = await changeRecord(tx, paymentLists, list, { approval }, context)
  if (approval.state === 'pending') return { ok: true, list: updated, payments: on }
  const action = approval.state === 'approved' ? 'approve' : 'cancel'
  const stepped = await stepAll(tx, on, { action, reason, on: context.on }, context)
  return stepped.ok ? { ok: true, list: updated, payments: stepped.payments } : stepped
}

/** What is done with payments of an approved list. */
export interface PaymentStep {
  readonly payments: readonly PaymentId[]
  readonly action: 'pay' | 'fail' | 'retry' | 'cancel'
  /** Of what failed or is cancelled. */
  readonly reason?: string | undefined
  /** The day on which it happened. Default: today. */
  readonly on?: CivilDate | undefined
}

/**
 * Writes down what became of payments: paid, failed, tried again, cancelled; all of them, or none. Refused with
 * `casework/list-pending` where a list is not decided: it is rejected as a whole; with `casework/not-yet` for a day
 * to come; and as the states of a payment say.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, PaymentId, recordPayments, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const step = { payments: [PaymentId.parse(id)], action: 'pay' } as const
 * const result = await storage.transact(village, (tx) => recordPayments(tx, step, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function recordPayments(
  tx: Transaction,
  { payments: ids, action, reason, on }: PaymentStep,
  context: CaseworkContext,
): Promise<PaymentResult<{ readonly payments: readonly Payment[] }>> {
  const day = on ?? context.on
  if (day > context.on) return refuse({ code: 'casework/not-yet', on: day })
  const asked = [...new Set(ids)]
  const found = await recordsWith(tx, payments, 'id', asked)
  const known = new Set(found.map(({ id }) => id))
  const missing = asked.find((id) => !known.has(id))
  if (missing !== undefined) return refuse({ code: 'casework/unknown-record', record: missing })
  const pending = found.find(({ state }) => state === 'prepared')
  if (pending !== undefined) return refuse({ code: 'casework/list-pending', record: pending.id })
  return await stepAll(tx, found, { action, reason, on: day }, context)
}

/** Takes one step with many payments; nothing is written where one of them cannot take it. */
async function stepAll(
  tx: Transaction,
  of: readonly Stored<typeof payments>[],
  step: {
    readonly action: 'approve' | PaymentStep['action']
    readonly reason: string | undefined
    readonly on: CivilDate
  },
  context: CaseworkContext,
): Promise<PaymentResult<{ readonly payments: readonly Payment[] }>> {
  const steps: {
    readonly payment: Stored<typeof payments>
    readonly progress: Progress<Payment['state']>
  }[] = []
  for (const payment of of) {
    const taken = stepBy(paymentStates, payment, step, context)
    if (!taken.ok) return taken
    steps.push({ payment, progress: taken.progress })
  }
  const after: Payment[] = []
  for (const { payment, progress } of steps)
    after.push(await changeRecord(tx, payments, payment, progress, context))
  return { ok: true, payments: after }
}
