import * as z from 'zod'

/**
 * How far a value of a law or a table is to be trusted: `high` was read in its source, `medium` in a report of it
 * by an authority or the press, `low` is from memory or told in one place only.
 *
 * @example
 * ```ts
 * import { Confidence } from '@lumbung/core/kernel'
 *
 * Confidence.options // => ['high', 'medium', 'low']
 * ```
 */
export const Confidence = z.enum(['high', 'medium', 'low'])

/** A degree that the schema of the same name has accepted. */
export type Confidence = z.infer<typeof Confidence>
