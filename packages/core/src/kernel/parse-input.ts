import type * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * What a schema makes of what a function was handed, or else an error of this code with zod's `issues` in its
 * details: for functions that take what a form or another program sent.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: string,
  message: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new LumbungError(code, message, { details: { issues: parsed.error.issues } })
}
