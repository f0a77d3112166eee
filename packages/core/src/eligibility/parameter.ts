import * as z from 'zod'
import { LocalizedText, PlainText } from '../kernel/index.ts'
import { decimalScaleMax, factNumberMax } from '../rules/index.ts'
import { Citation } from './citation.ts'
import { DeclaredGap, dates } from './dated.ts'

const whole = z.int().min(-factNumberMax).max(factNumberMax)

/** The type of a parameter: that of a fact, without a range. */
export const ParameterTypeConfig = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['bool', 'int', 'money', 'text', 'date']) }),
  z.strictObject({ kind: z.literal('decimal'), scale: z.int().min(1).max(decimalScaleMax) }),
  z.strictObject({ kind: z.literal('enum'), values: z.array(PlainText.min(1)).min(1).readonly() }),
])

const single = z.union([z.boolean(), whole, PlainText])

const value = z.union([single, z.array(single).readonly()])

/** Another reading of the sources. A village chooses it by naming its source. */
const Alternative = z.strictObject({ value, citation: Citation }).readonly()

/**
 * A value of a law that rules read as `parameters.name`, with its history: each value has its dates and its
 * citation, and other readings where sources conflict. Money is a whole number of minor units, a decimal one of its smallest unit. A list serves `in`.
 */
export const ProgrammeParameter = z
  .strictObject({
    type: ParameterTypeConfig,
    label: LocalizedText,
    values: z
      .array(
        z
          .strictObject({
            ...dates,
            value,
            citation: Citation,
            alternatives: z.array(Alternative).readonly().default([]),
          })
          .readonly(),
      )
      .min(1)
      .readonly(),
    gaps: z.array(DeclaredGap).readonly().default([]),
  })
  .readonly()
/** A parameter that the schema of the same name has accepted. */
export type ProgrammeParameter = z.infer<typeof ProgrammeParameter>
