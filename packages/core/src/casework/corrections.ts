import { beginProgress, idSchema } from '../kernel/index.ts'
import { recordsWith } from '../people/index.ts'
import type { Stored, Transaction } from '../storage/index.ts'
import { type AmountDue, amountDue, type NotPayableReason, standingByDecision } from './amount-due.ts'
import { addRecords, changeRecord, stepBy } from './change.ts'
import { benefitCorrections, decisions, enrolments, payments } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { decisionOn, type MadeDecision, storeDecisions } from './decide-case.ts'
import { factsOfCases, nobodyThere } from './facts-of-cases.ts'
import { BenefitCorrection, type Enrolment, type Payment, type PaymentId } from './records.ts'
import { standingOnly } from './standing-payments.ts'
import { correctionStates } from './states.ts'

type StoredPayment = Stored<typeof payments>
type StoredCorrection = Stored<typeof benefitCorrections>

/** A payment of which it cannot be told any more what was due. */
export interface UntoldPayment {
  readonly payment: PaymentId
  readonly reason: NotPayableReason
  readonly missing: readonly string[]
}

/** What {@link findCorrections} came to. */
export interface FoundCorrections {
  readonly looked: number
  /** Those that were raised now. */
  readonly raised: readonly BenefitCorrection[]
  /** Open ones of which another, or none, takes the place. */
  readonly replaced: number
  readonly untold: readonly UntoldPayment[]
}

/**
 * Decides again on what was paid in a programme, each for the day of its own decision, by the facts and the law as
 * they are known now, and raises a correction where that comes to another amount. The payment stays as it is. A
 * correction counts from what the unit has in hand: the payment and the corrections that were settled. So paid and
 * settled together are at any time what would have been paid, but for what is open or was waived.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, findCorrections, rulebookOf } from '@lumbung/core/casework'
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
 * const asked = { programme: 'rice' }
 * const result = await storage.transact(village, (tx) => findCorrections(tx, asked, context))
 * result.ok || result.refusal.code // => 'casework/unknown-programme'
 * ```
 */
export async function findCorrections(
  tx: Transaction,
  { programme }: { readonly programme: string },
  context: CaseworkContext,
): Promise<CaseResult<FoundCorrections>> {
  if (!context.rulebook.pack.programmes.has(programme))
    return refuse({ code: 'casework/unknown-programme', record: programme })
  const all = await standingOnly(tx, await paymentsIn(tx, programme), context)
  const paid = all.filter(({ state }) => state === 'paid')
  const corrections = await correctionsOf(tx, paid)
  const raised: { readonly correction: BenefitCorrection; readonly made: MadeDecision }[] = []
  const replaced: StoredCorrection[] = []
  const untold: UntoldPayment[] = []
  for await (const { payment, made, due } of duesOf(tx, paid, all, context)) {
    const dueMinor = amountOf(due)
    if (dueMinor === undefined || made === undefined) {
      if (!due.isPayable) untold.push({ payment: payment.id, reason: due.reason, missing: due.missing })
      continue
    }
    const { inHand, open, waived } = standingOf(payment, corrections.get(payment.id) ?? [])
    if (open !== undefined && open.dueMinor === dueMinor) continue
    if (open !== undefined) replaced.push(open)
    if (dueMinor === inHand || waived?.dueMinor === dueMinor) continue
    const correction = BenefitCorrection.parse({
      ...beginProgress(correctionStates, context.on),
      id: idSchema('BenefitCorrection').parse(context.nextId()),
      payment: payment.id,
      programme,
      unit: payment.unit,
      subject: payment.subject,
      paidMinor: inHand,
      dueMinor,
      decision: made.record.id,
      recordedAt: context.now,
    })
    raised.push({ correction, made })
  }
  await storeDecisions(
    tx,
    raised.map(({ made }) => made),
    context,
  )
  for (const open of replaced) await stepOf(tx, open, { action: 'replace' }, { ...context, by: undefined })
  await addRecords(
    tx,
    benefitCorrections,
    raised.map(({ correction }) => correction),
    context,
  )
  return {
    ok: true,
    looked: paid.length,
    raised: raised.map(({ correction }) => correction),
    replaced: replaced.length,
    untold,
  }
}

async function paymentsIn(tx: Transaction, programme: string): Promise<readonly StoredPayment[]> {
  const found: StoredPayment[] = []
  for await (const payment of tx.stream(payments, { where: { programme } })) found.push(payment)
  return found
}

async function correctionsOf(
  tx: Transaction,
  paid: readonly Payment[],
): Promise<ReadonlyMap<string, readonly StoredCorrection[]>> {
  const found = new Map<string, StoredCorrection[]>()
  const ids = paid.map(({ id }) => id)
  for (const correction of await recordsWith(tx, benefitCorrections, 'payment', ids))
    found.set(correction.payment, [...(found.get(correction.payment) ?? []), correction])
  return found
}

/**
 * What the unit has in hand for a payment, what is open about it, and what was waived last: a waiver is the last word
 * until something else is due.
 */
function standingOf({ amountMinor }: Payment, corrections: readonly StoredCorrection[]) {
  const inOrder = corrections.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const settled = inOrder.filter(({ state }) => state === 'settled')
  const inHand = settled.reduce((sum, { paidMinor, dueMinor }) => sum + dueMinor - paidMinor, amountMinor)
  const open = inOrder.find(({ state }) => state === 'open')
  const last = inOrder.findLast(({ state }) => state === 'settled' || state === 'waived')
  return { inHand, open, waived: last?.state === 'waived' ? last : undefined }
}

/** What is due: nothing where the rules say that the unit was not to be paid, undefined where that cannot be told. */
function amountOf(due: AmountDue): number | undefined {
  if (due.isPayable) return due.amountMinor
  return due.reason === 'ineligible' || due.reason === 'nothing-due' || due.reason === 'nobody-there'
    ? 0
    : undefined
}

interface Due {
  readonly payment: StoredPayment
  readonly made: MadeDecision | undefined
  readonly due: AmountDue
}

/** What each payment would come to now, for the day of its own decision. */
async function* duesOf(
  tx: Transaction,
  paid: readonly StoredPayment[],
  all: readonly StoredPayment[],
  context: CaseworkContext,
): AsyncGenerator<Due> {
  const days = new Map<string, StoredPayment[]>()
  const made = await recordsWith(
    tx,
    decisions,
    'id',
    paid.map(({ decision }) => decision),
  )
  const onOf = new Map<string, (typeof made)[number]['on']>(made.map(({ id, on }) => [id, on]))
  for (const payment of paid) {
    const on = onOf.get(payment.decision)
    if (on !== undefined) days.set(on, [...(days.get(on) ?? []), payment])
  }
  const enrolled = new Map<string, Enrolment>()
  for (const enrolment of await recordsWith(tx, enrolments, 'id', [
    ...new Set(paid.map((each) => each.enrolment)),
  ]))
    enrolled.set(enrolment.id, enrolment)
  const byDecision = await standingByDecision(tx, [...enrolled.values()])
  const before = new Map<string, number>()
  const counts = new Map<string, number>()
  for (const payment of all.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    before.set(payment.id, counts.get(payment.subject) ?? 0)
    counts.set(payment.subject, (before.get(payment.id) ?? 0) + 1)
  }
  for (const payments of days.values()) {
    const [first] = payments
    const on = onOf.get(first?.decision ?? '')
    if (on === undefined) continue
    for await (const { given: payment, facts } of factsOfCases(tx, context.snapshot, payments, on)) {
      const { programme, unit, subject } = payment
      const made = decisionOn(
        facts ?? nobodyThere(payment),
        { programme, unit, subject, on, replaces: payment.decision },
        context,
      )
      const none = (reason: NotPayableReason): AmountDue => ({
        isPayable: false,
        reason,
        missing: [],
      })
      const enrolment = enrolled.get(payment.enrolment)
      const isOut = enrolment !== undefined && enrolment.to !== null && enrolment.to <= payment.from
      if (made === undefined) yield { payment, made, due: none('no-version-in-force') }
      else if (facts === undefined) yield { payment, made, due: none('nobody-there') }
      else if (isOut) yield { payment, made, due: none('ineligible') }
      else {
        const isByDecision = byDecision.has(payment.enrolment)
        const paidBefore = before.get(payment.id) ?? 0
        const asked = { document: made.document, facts, time: payment, isByDecision, paidBefore }
        yield { payment, made, due: amountDue(asked, context) }
      }
    }
  }
}

/** What is done with a correction: the difference is paid or taken back, or nobody asks for it. */
export interface CorrectionStep {
  readonly correction: BenefitCorrection['id']
  readonly action: 'settle' | 'waive'
  /** Of a waiver. */
  readonly reason?: string | undefined
}

/**
 * Settles or waives a correction.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   BenefitCorrection,
 *   caseworkCollections,
 *   rulebookOf,
 *   settleCorrection,
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
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const correction = BenefitCorrection.shape.id.parse(id)
 * const step = { correction, action: 'waive', reason: 'The mistake was ours.' } as const
 * const result = await storage.transact(village, (tx) => settleCorrection(tx, step, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function settleCorrection(
  tx: Transaction,
  { correction: id, action, reason }: CorrectionStep,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly correction: BenefitCorrection }>> {
  const found = await tx.get(benefitCorrections, { id })
  if (found === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  return await stepOf(tx, found, { action, reason }, context)
}

async function stepOf(
  tx: Transaction,
  before: StoredCorrection,
  step: { readonly action: 'settle' | 'waive' | 'replace'; readonly reason?: string | undefined },
  context: CaseworkContext,
): Promise<CaseResult<{ readonly correction: BenefitCorrection }>> {
  const taken = stepBy(correctionStates, before, step, context)
  return taken.ok
    ? { ok: true, correction: await changeRecord(tx, benefitCorrections, before, taken.progress, context) }
    : taken
}
