import * as z from 'zod'
import {
  BenefitCorrection,
  benefitCorrections,
  findCorrections,
  settleCorrection,
  type UntoldPayment,
} from '../casework/index.ts'
import { PlainText } from '../kernel/index.ts'
import { whereOf } from './casework-applications.ts'
import { caseworkContext } from './casework-context.ts'
import { type CorrectionView, correctionView } from './payment-views.ts'
import type { PaymentChange } from './payments-prepare.ts'
import { requireVillage } from './permission.ts'
import { unitViews } from './unit-views.ts'
import { defineRead, defineWrite } from './use-case.ts'

/** What deciding again on payments came to. */
export interface CorrectionsFound {
  readonly looked: number
  readonly raised: number
  readonly replaced: number
  /** Payments of which it cannot be told now what was due, and what is missing. */
  readonly untold: readonly UntoldPayment[]
}

/** Decides again on what was paid in a programme, by what is known now, and raises what was over- or underpaid. */
export const findBenefitCorrections = defineWrite({
  name: 'correction.find',
  scope: 'payment.correct',
  isLong: true,
  input: z.strictObject({ programme: z.string().max(64) }),
  async run(context, asked): Promise<PaymentChange<CorrectionsFound>> {
    requireVillage(context)
    const found = await findCorrections(context.tx, asked, caseworkContext(context))
    if (!found.ok) return found
    const { looked, raised, replaced, untold } = found
    return { ok: true, looked, raised: raised.length, replaced, untold }
  },
})

/** Settles a correction, or waives it, which says why. */
export const settleBenefitCorrection = defineWrite({
  name: 'correction.settle',
  scope: 'payment.correct',
  input: z.strictObject({
    correction: BenefitCorrection.shape.id,
    action: z.enum(['settle', 'waive']),
    reason: PlainText.max(2_000).optional(),
  }),
  async run(context, asked): Promise<PaymentChange<{ readonly state: BenefitCorrection['state'] }>> {
    requireVillage(context)
    const settled = await settleCorrection(context.tx, asked, caseworkContext(context))
    return settled.ok ? { ok: true, state: settled.correction.state } : settled
  },
})

/** The corrections of a programme, or one of them alone, as far as the actor reaches their units, page by page. */
export const listBenefitCorrections = defineRead({
  name: 'correction.list',
  scope: 'payment.read',
  input: z.strictObject({
    id: BenefitCorrection.shape.id.optional(),
    programme: z.string().max(64),
    state: BenefitCorrection.shape.state.default('open'),
    after: z.string().max(2_000).optional(),
    limit: z.int().min(1).max(1_000).default(100),
  }),
  async run(context, { id, programme, state, after, limit }) {
    const of = { where: whereOf({ id, programme, state }), limit, ...(after !== undefined && { after }) }
    const found = await context.tx.query(benefitCorrections, of)
    const views = await unitViews(context, found.records)
    const corrections = found.records.flatMap((correction): CorrectionView[] => {
      const who = views.get(correction.subject)
      return who === undefined ? [] : [correctionView(correction, who)]
    })
    return { corrections, ...(found.next !== undefined && { next: found.next }) }
  },
})
