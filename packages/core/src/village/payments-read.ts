import * as z from 'zod'
import {
  benefitCorrections,
  enrolments,
  PaymentId,
  PaymentListId,
  paymentLists,
  payments,
} from '../casework/index.ts'
import type { CivilDate } from '../kernel/index.ts'
import { recordsWith, residents } from '../people/index.ts'
import { whereOf } from './casework-applications.ts'
import {
  type CorrectionView,
  correctionView,
  listView,
  type PaymentListView,
  type PaymentView,
  paymentView,
} from './payment-views.ts'
import { classRank, forbidden, requireVillage } from './permission.ts'
import { notFound } from './register.ts'
import { unitViews } from './unit-views.ts'
import { defineRead } from './use-case.ts'

const page = { after: z.string().max(2_000).optional(), limit: z.int().min(1).max(1_000).default(100) }
const State = payments.schema.shape.state

/** The lists of payments, or one of them alone, the latest first. They name nobody. */
export const listPaymentLists = defineRead({
  name: 'payment.lists',
  scope: 'payment.read',
  input: z.strictObject({ id: PaymentListId.optional(), programme: z.string().max(64).optional(), ...page }),
  async run(context, { id, programme, after, limit }) {
    requireVillage(context)
    const where = whereOf({ id, programme })
    const of = { where, orderBy: ['-from'], limit, ...(after !== undefined && { after }) } as const
    const found = await context.tx.query(paymentLists, of)
    const lists: PaymentListView[] = []
    for (const list of found.records) lists.push(await listView(context, context.tx, list))
    return { lists, ...(found.next !== undefined && { next: found.next }) }
  },
})

/** One list with its payments, or with one of them alone, as far as the actor reaches them, page by page. */
export const readPaymentList = defineRead({
  name: 'payment.list',
  scope: 'payment.read',
  input: z.strictObject({
    list: PaymentListId,
    payment: PaymentId.optional(),
    state: State.optional(),
    ...page,
  }),
  async run(context, { list: id, payment: one, state, after, limit }) {
    const { tx } = context
    const list = await tx.get(paymentLists, { id })
    if (list === undefined) throw notFound(context, 'payment list')
    const where = whereOf({ list: id, id: one, state })
    const found = await tx.query(payments, { where, limit, ...(after !== undefined && { after }) })
    const views = await unitViews(context, found.records)
    const shown = found.records.flatMap((payment): PaymentView[] => {
      const who = views.get(payment.subject)
      return who === undefined ? [] : [paymentView(payment, who)]
    })
    // Totals are those of the whole village, so they go to whoever reaches all of it.
    const view = context.permission.isVillageWide ? await listView(context, tx, list) : null
    return { list: view, payments: shown, ...(found.next !== undefined && { next: found.next }) }
  },
})

/** What a household or a resident was paid, and what was over- or underpaid. */
export const paymentsOfUnit = defineRead({
  name: 'payment.of-unit',
  scope: 'payment.read',
  input: z.strictObject({ unit: z.enum(['resident', 'household']), subject: z.uuid().lowercase() }),
  async run(context, unit) {
    const { tx } = context
    const who = (await unitViews(context, [unit])).get(unit.subject)
    if (who === undefined) throw notFound(context, unit.unit)
    const paid = (await recordsWith(tx, payments, 'subject', [unit.subject])).filter(
      (one) => one.unit === unit.unit,
    )
    const corrected = await recordsWith(
      tx,
      benefitCorrections,
      'payment',
      paid.map(({ id }) => id),
    )
    return {
      payments: paid
        .map((payment) => paymentView(payment, who))
        .toSorted((a, b) => (a.from < b.from ? 1 : -1)),
      corrections: corrected.map((correction): CorrectionView => correctionView(correction, who)),
    }
  },
})

/** One line of what goes to whoever hands the money out. */
export interface PaymentInstruction {
  readonly payment: PaymentId
  readonly participantNumber: string | null
  readonly name: string | null
  readonly identityNumber: string | null
  readonly from: CivilDate
  readonly to: CivilDate
  readonly payOn: CivilDate
  readonly amountMinor: number
  readonly currency: string
}

/**
 * The payments of an approved list that are still to go out, with names and numbers in full, for whoever hands the
 * money out. Everybody on it is noted as read; a list that is not approved gives none.
 */
export const paymentInstructions = defineRead({
  name: 'payment.instructions',
  scope: 'payment.export',
  input: z.strictObject({ list: PaymentListId }),
  async run(context, { list: id }): Promise<readonly PaymentInstruction[]> {
    requireVillage(context)
    const { tx, permission, actor, config } = context
    if (classRank(permission.shows) < classRank('specific')) throw forbidden(actor, permission.scope, 'reach')
    const list = await tx.get(paymentLists, { id })
    if (list === undefined) throw notFound(context, 'payment list')
    const due = (await recordsWith(tx, payments, 'list', [id])).filter(({ state }) => state === 'approved')
    const cards = new Map<string, string | null>()
    for (const enrolment of await recordsWith(
      tx,
      enrolments,
      'id',
      due.map((payment) => payment.enrolment),
    ))
      cards.set(enrolment.id, enrolment.participantNumber)
    const views = await unitViews(context, due)
    const ids = [...views.values()].flatMap(({ resident }) =>
      resident === null ? [] : [resident.id as string],
    )
    const numbers = new Map(
      (await recordsWith(tx, residents, 'id', ids)).map((person) => [person.id as string, person]),
    )
    return due.map(({ id: payment, subject, enrolment, from, to, amountMinor }) => {
      const person = numbers.get(views.get(subject)?.resident?.id ?? '')
      return {
        payment,
        participantNumber: cards.get(enrolment) ?? null,
        name: person?.name ?? null,
        identityNumber: person?.identityNumber ?? null,
        from,
        to,
        payOn: list.payOn,
        amountMinor,
        currency: config.currency,
      }
    })
  },
})
