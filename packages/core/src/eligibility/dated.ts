import * as z from 'zod'
import { CivilDate, LocalizedText } from '../kernel/index.ts'

/** Half-open: from `from`, up to but without `to`; an end that is left out is open (semantics 11). */
export const dates = { from: CivilDate.optional(), to: CivilDate.optional() }

/** A time for which the pack says that it holds nothing, and why, so that a gap is never an oversight. */
export const DeclaredGap = z.strictObject({ ...dates, why: LocalizedText }).readonly()
/** A gap that the schema of the same name has accepted. */
export type DeclaredGap = z.infer<typeof DeclaredGap>
