import * as z from 'zod'
import { Citation, PackId } from '../eligibility/index.ts'
import { ApprovalPolicy, Duration, LocalizedText, WorkingCalendar } from '../kernel/index.ts'

/** A length of time that a law, a bylaw or a decision of the village gives for something. */
const Term = z
  .strictObject({ within: Duration, citation: Citation.optional(), reading: LocalizedText.optional() })
  .readonly()

/** The share of the votes that carries a decision of the forum: it must be exceeded. */
const Majority = z
  .strictObject({
    above: z.strictObject({ numerator: z.int().min(0), denominator: z.int().min(1) }).readonly(),
    /** Of all votes that were cast, or of those for and against alone. */
    of: z.enum(['cast', 'for-and-against']),
    /** Fewest votes that were cast. Default: any number. */
    castMin: z.int().min(1).optional(),
    citation: Citation.optional(),
    reading: LocalizedText.optional(),
  })
  .readonly()

/**
 * A group of people that figures are told for apart, such as households that a woman heads. `when` is a truth over the
 * facts of the household, and of the resident where `unit` says so; what is not known puts nobody in the group.
 */
const PeopleGroup = z
  .strictObject({
    id: PackId,
    label: LocalizedText,
    unit: z.enum(['resident', 'household']).default('household'),
    when: z.string().min(1).max(4_096),
  })
  .readonly()

/**
 * What a village decides about how its programmes are carried out. It is data, since deadlines, majorities and the
 * number of signatures are law or bylaw. What is left out is not limited: without `appeal` an appeal may come at any
 * time.
 *
 * - `appeal`: `filed`, how long after a decision an appeal may come, and `answered`, how long after that the answer
 *   may take; what is not answered by then goes to the next instance;
 * - `forum`: which share of the votes a decision of the forum needs to count. Without it every decision on record does;
 * - `payments`: who must approve a list of payments before it goes out. Without it no payment can be prepared;
 * - `paymentMonthsMax`: for how many months at once a list of payments may be. Default: 12;
 * - `groups`: by which groups of people it is told how well a programme reaches those whom it means;
 * - `calendar`: the working days, needed where a term counts them.
 *
 * @example
 * ```ts
 * import { CaseworkPolicy } from '@lumbung/core/casework'
 *
 * const policy = CaseworkPolicy.parse({ appeal: { filed: { within: { days: 30 } } } })
 * policy.appeal?.filed?.within // => { days: 30 }
 * const inWorkingDays = { appeal: { filed: { within: { workingDays: 30 } } } }
 * CaseworkPolicy.safeParse(inWorkingDays).success // => false
 * ```
 */
export const CaseworkPolicy = z
  .strictObject({
    appeal: z.strictObject({ filed: Term.optional(), answered: Term.optional() }).readonly().optional(),
    forum: z.strictObject({ majority: Majority.optional() }).readonly().optional(),
    payments: ApprovalPolicy.optional(),
    paymentMonthsMax: z.int().min(1).max(1_200).optional(),
    groups: z.array(PeopleGroup).readonly().optional(),
    calendar: WorkingCalendar.optional(),
  })
  .refine(
    ({ appeal, calendar }) =>
      calendar !== undefined ||
      [appeal?.filed, appeal?.answered].every((term) => term?.within.workingDays === undefined),
    { error: 'A term in working days needs a calendar', path: ['calendar'] },
  )
  .readonly()
/** A policy that the schema of the same name has accepted. */
export type CaseworkPolicy = z.infer<typeof CaseworkPolicy>
