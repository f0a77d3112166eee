import * as z from 'zod'
import { type CaseResult, Enrolment, EnrolmentId, enrolments, moveEnrolment } from '../casework/index.ts'
import { CivilDate } from '../kernel/index.ts'
import { whereOf } from './casework-applications.ts'
import {
  caseReach,
  caseworkContext,
  requireCase,
  type ShownCase,
  shownCase,
  shownHistory,
} from './casework-context.ts'
import { type CasePage, caseInput, pageInput, pageOf } from './casework-decisions.ts'
import { defineRead, defineWrite } from './use-case.ts'

/** Somebody's part in a programme, as somebody may see it. */
export interface EnrolmentView extends Enrolment, ShownCase {}

/**
 * Who takes part in which programme, of whom the actor reaches: a resident reads those of their own household. Input:
 * `programme`, `state`, `subject`, each where it is asked for; a page. Output: a page of views.
 */
export const listEnrolments = defineRead({
  name: 'enrolment.list',
  scope: 'casework.read',
  input: z.strictObject({
    programme: caseInput.programme.optional(),
    subject: caseInput.subject.optional(),
    state: Enrolment.shape.state.optional(),
    ...pageInput,
  }),
  async run(context, { after = '', limit, ...asked }): Promise<CasePage<EnrolmentView>> {
    const isReached = await caseReach(context)
    const found: Enrolment[] = []
    for await (const { version: _, ...record } of context.tx.stream(enrolments, { where: whereOf(asked) })) {
      if (record.id > after && (await isReached(record))) found.push(record)
    }
    const tree = await context.areas()
    return await pageOf(found, limit, async (record) => {
      const shown = await shownCase(context, tree, record)
      return {
        ...record,
        ...shown,
        participantNumber: shown.isMasked ? null : record.participantNumber,
        history: shownHistory(record.history, shown),
      }
    })
  },
})

/**
 * Suspends somebody's part in a programme, resumes it, ends it (`exit`), or takes an end back that was written down by
 * mistake (`reinstate`). Input: `id`, `action`, `reason` for all but `resume`, `on` (default today). Output: the enrolment
 * with how many moved up from the waiting list, or the refusal of `moveEnrolment`.
 */
export const moveEnrolmentRecord = defineWrite({
  name: 'enrolment.move',
  scope: 'casework.write',
  input: z.strictObject({
    id: EnrolmentId,
    action: z.enum(['suspend', 'resume', 'exit', 'reinstate']),
    reason: z.string().max(2000).optional(),
    on: CivilDate.optional(),
  }),
  async run(context, input): Promise<CaseResult<{ readonly record: Enrolment; readonly movedUp: number }>> {
    await requireCase(context, await context.tx.get(enrolments, { id: input.id }), 'enrolment')
    const moved = await moveEnrolment(context.tx, input, caseworkContext(context))
    return moved.ok ? { ok: true, record: moved.record, movedUp: moved.movedUp.length } : moved
  },
})
