import * as z from 'zod'
import { LocalizedText } from '../kernel/index.ts'
import { Citation, PackId } from './citation.ts'

/**
 * A part of what a unit gets: `amount` times `count`, both expressions over the facts and parameters; the amount is
 * money. Default of `count`: 1.
 */
export const BenefitComponent = z
  .strictObject({
    id: PackId,
    label: LocalizedText,
    amount: z.string().min(1),
    count: z.string().min(1).default('1'),
    citation: Citation.optional(),
  })
  .readonly()
/** A component that the schema of the same name has accepted. */
export type BenefitComponent = z.infer<typeof BenefitComponent>

/**
 * What a programme gives. `per` is the time that amounts are for, `payments` in how many parts of it they are paid.
 * `countMax` is an expression for the greatest number of components that count; the largest amounts count first.
 * `totalMax` is an expression for the greatest sum per `per`.
 */
export const Benefit = z
  .strictObject({
    components: z.array(BenefitComponent).readonly().default([]),
    per: z.enum(['month', 'quarter', 'year', 'once']),
    payments: z.int().min(1).max(366).default(1),
    countMax: z.string().min(1).optional(),
    totalMax: z.string().min(1).optional(),
    inKind: z
      .array(z.strictObject({ id: PackId, label: LocalizedText }).readonly())
      .readonly()
      .default([]),
    citation: Citation.optional(),
  })
  .readonly()
/** A benefit that the schema of the same name has accepted. */
export type Benefit = z.infer<typeof Benefit>
