import * as z from 'zod'
import { LocalizedText } from '../kernel/index.ts'
import { Citation, PackId } from './citation.ts'

/** One condition in words and as a rule: a true or false expression over the facts of the unit. */
export interface Clause {
  readonly id: string
  readonly label: LocalizedText
  readonly when: string
  readonly citation?: Citation | undefined
}

/** Conditions joined by `all` (every one), `any` (at least one) or `none` (not one); exactly one of the three. */
export interface Group {
  readonly id: string
  readonly label: LocalizedText
  readonly citation?: Citation | undefined
  readonly all?: readonly Criterion[] | undefined
  readonly any?: readonly Criterion[] | undefined
  readonly none?: readonly Criterion[] | undefined
}

/** A part of a programme's criteria. */
export type Criterion = Clause | Group

const named = { id: PackId, label: LocalizedText, citation: Citation.optional() }

/** A condition that the type of the same name describes. */
export const Clause: z.ZodType<Clause> = z.strictObject({ ...named, when: z.string().min(1) }).readonly()

const parts = z.lazy(() => z.array(Criterion).min(1).readonly())

/** A group that the type of the same name describes. */
export const Group: z.ZodType<Group> = z.lazy(() =>
  z
    .strictObject({ ...named, all: parts.optional(), any: parts.optional(), none: parts.optional() })
    .refine(({ all, any, none }) => [all, any, none].filter((part) => part !== undefined).length === 1, {
      error: 'A group has exactly one of all, any and none',
    })
    .readonly(),
)

/** A clause or a group, told apart by `when`. */
export const Criterion: z.ZodType<Criterion> = z.lazy(() => z.union([Clause, Group]))
