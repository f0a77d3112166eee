import { ProposalId } from '@lumbung/core/casework'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import type { Typed } from '../form-values.ts'

/** What was decided against the order so far: it stands in the form alone. */
const Overrides = z
  .array(
    z.strictObject({
      proposal: ProposalId,
      towards: z.enum(['include', 'exclude']),
      reason: z.string().min(1).max(2000),
      costMinor: z.int().min(0).optional(),
    }),
  )
  .max(500)
/** What was decided against the order so far. */
export type Overrides = z.infer<typeof Overrides>

/** What a form brought back. */
export function overridesIn(typed: Typed): Overrides {
  try {
    return Overrides.parse(JSON.parse(typed['overrides'] ?? '[]'))
  } catch (cause) {
    throw new HTTPException(400, { cause })
  }
}
