import * as z from 'zod'
import { doubleBenefitsOn, type EnrolmentId, packOf } from '../casework/index.ts'
import type { Citation } from '../eligibility/index.ts'
import { CivilDate } from '../kernel/index.ts'
import { type UnitView, unitViews } from './unit-views.ts'
import { defineRead } from './use-case.ts'

/** Two enrolments that the law does not allow together, as somebody may see them. */
export interface DoubleBenefitView {
  readonly first: { readonly enrolment: EnrolmentId; readonly programme: string; readonly who: UnitView }
  readonly second: { readonly enrolment: EnrolmentId; readonly programme: string; readonly who: UnitView }
  /** The programme whose law says so, and where that stands. */
  readonly forbiddenBy: string
  readonly citation: Citation | null
}

/** Who takes part in programmes that the law in force on a day does not allow together, as far as the actor reaches. */
export const listDoubleBenefits = defineRead({
  name: 'enrolment.doubles',
  scope: 'enrolment.read',
  input: z.strictObject({ on: CivilDate.optional(), limit: z.int().min(1).max(1_000).default(100) }),
  async run(context, { on = context.today, limit }) {
    const found = await doubleBenefitsOn(context.tx, packOf(context.config), on)
    const sides = found.flatMap(({ first, second }) => [first.enrolment, second.enrolment])
    const reached = await unitViews({ ...context, reads: () => undefined }, sides)
    const within = found.filter(
      ({ first, second }) => reached.has(first.subject) && reached.has(second.subject),
    )
    const page = within.slice(0, limit)
    const views = await unitViews(
      context,
      page.flatMap(({ first, second }) => [first.enrolment, second.enrolment]),
    )
    const doubles = page.flatMap(({ first, second, forbiddenBy, citation }): DoubleBenefitView[] => {
      const [one, other] = [views.get(first.subject), views.get(second.subject)]
      if (one === undefined || other === undefined) return []
      return [
        {
          first: { enrolment: first.enrolment.id, programme: first.programme, who: one },
          second: { enrolment: second.enrolment.id, programme: second.programme, who: other },
          forbiddenBy,
          citation,
        },
      ]
    })
    return { on, count: within.length, doubles }
  },
})
