import * as z from 'zod'
import { LocalizedText } from '../kernel/index.ts'
import { decimalScaleMax, factNumberMax, type ScalarFact } from '../rules/index.ts'
import { fieldClasses } from '../storage/index.ts'
import type { FactDefinition } from './facts.ts'

const number = z.int().min(-factNumberMax).max(factNumberMax)
const range = { minimum: number, maximum: number }

/**
 * The type of a fact as a config writes it. A fact is never promised to be known, and its range is held by the
 * storage.
 */
const FactTypeConfig = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bool') }),
    z.strictObject({ kind: z.literal('int'), ...range }),
    z.strictObject({ kind: z.literal('money'), ...range }),
    z.strictObject({ kind: z.literal('decimal'), scale: z.int().min(0).max(decimalScaleMax), ...range }),
    z.strictObject({ kind: z.literal('text') }),
    z.strictObject({ kind: z.literal('date') }),
    z.strictObject({ kind: z.literal('enum'), values: z.array(z.string().min(1)).min(1).readonly() }),
  ])
  .refine((type) => !('minimum' in type) || type.minimum <= type.maximum, {
    error: 'The least value is above the greatest',
    path: ['minimum'],
  })

/**
 * A dated fact that a village keeps of its residents or households, as its config writes it: name, unit, type,
 * label by language, field class, after how many months it is stale, and, for closed sets, a label for each value.
 * With `isIdentifying` its values are numbers of persons or of their papers: they stand masked until somebody opens
 * them on purpose.
 *
 * @example
 * ```ts
 * import { FactConfig } from '@lumbung/core/people'
 *
 * FactConfig.safeParse({
 *   name: 'welfareDecile',
 *   unit: 'household',
 *   type: { kind: 'int', minimum: 1, maximum: 10 },
 *   label: { en: 'Welfare decile' },
 *   fieldClass: 'specific',
 *   freshForMonths: 6,
 * }).success // => true
 * ```
 */
export const FactConfig = z
  .strictObject({
    name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
    unit: z.enum(['resident', 'household']),
    type: FactTypeConfig,
    label: LocalizedText,
    fieldClass: z.enum(fieldClasses),
    freshForMonths: z.int().min(1).optional(),
    valueLabels: z.record(z.string(), LocalizedText).readonly().optional(),
    isIdentifying: z.boolean().optional(),
  })
  .readonly()

/** A fact that the schema of the same name has accepted. */
export type FactConfig = z.infer<typeof FactConfig>

/**
 * The definition that the register works with.
 *
 * @example
 * ```ts
 * import { factDefinitionOf } from '@lumbung/core/people'
 *
 * const pregnant = factDefinitionOf({
 *   name: 'pregnant',
 *   unit: 'resident',
 *   type: { kind: 'bool' },
 *   label: { en: 'Pregnant' },
 *   fieldClass: 'specific',
 * })
 * pregnant.type // => { kind: 'bool', known: false }
 * ```
 */
export function factDefinitionOf({
  name,
  unit,
  type,
  label,
  fieldClass,
  freshForMonths,
}: FactConfig): FactDefinition {
  return { name, unit, type: scalarFactOf(type), label, fieldClass, freshForMonths }
}

function scalarFactOf(type: FactConfig['type']): ScalarFact {
  return 'minimum' in type || type.kind === 'date'
    ? { ...type, promised: true, known: false }
    : { ...type, known: false }
}
