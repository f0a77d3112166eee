import * as z from 'zod'
import { Citation } from '../eligibility/index.ts'
import { ApprovalPolicy, Duration, LocalizedText } from '../kernel/index.ts'

/** A length of time that a law, a bylaw or a decision of the village gives for something. */
const Term = z
  .strictObject({ within: Duration, citation: Citation.optional(), reading: LocalizedText.optional() })
  .readonly()

/**
 * What a village decides about how its programmes are carried out. It is data, since deadlines and the number of
 * signatures are law or bylaw. What is left out is not limited: without `appeal` an appeal may come at any time.
 *
 * - `appeal`: `filed`, how long after a decision an appeal may come, and `answered`, how long after that the answer
 *   may take; what is not answered by then goes to the next instance;
 * - `payments`: who must approve a list of payments before it goes out. Without it no payment can be prepared.
 *
 * @example
 * ```ts
 * import { CaseworkPolicy } from '@lumbung/core/casework'
 *
 * const policy = CaseworkPolicy.parse({ appeal: { filed: { within: { days: 30 } } } })
 * policy.appeal?.filed?.within // => { days: 30 }
 * ```
 */
export const CaseworkPolicy = z
  .strictObject({
    appeal: z.strictObject({ filed: Term.optional(), answered: Term.optional() }).readonly().optional(),
    payments: ApprovalPolicy.optional(),
  })
  .readonly()
/** A policy that the schema of the same name has accepted. */
export type CaseworkPolicy = z.infer<typeof CaseworkPolicy>
