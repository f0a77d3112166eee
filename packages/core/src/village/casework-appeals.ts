import * as z from 'zod'
import {
  Appeal,
  AppealId,
  answerAppeal,
  appealStates,
  appeals,
  type CaseResult,
  DecisionId,
  fileAppeal,
  withdrawAppeal,
} from '../casework/index.ts'
import { type CivilDate, deadlineOf } from '../kernel/index.ts'
import { onBehalf, whereOf, whoCame } from './casework-applications.ts'
import {
  caseReach,
  caseworkContext,
  requireCase,
  type ShownCase,
  shownCase,
  shownHistory,
  shownText,
} from './casework-context.ts'
import { type CasePage, caseInput, pageInput, pageOf } from './casework-decisions.ts'
import { notFound, requireReach } from './register.ts'
import { defineRead, defineWrite } from './use-case.ts'

/** An appeal as somebody may see it. */
export interface AppealView extends Appeal, ShownCase {
  /** The last day for an answer before it goes to the next instance; null where there is none. */
  readonly answerUntil: CivilDate | null
}

/**
 * Receives an appeal: a resident files it for themselves or for whom they may act, and an officer writes down who came.
 * Input: `decision`; `appellant`, who is the resident or lives in the household, and `representative` where somebody came
 * in their place; `reason`. Output: the record, or the refusal of `fileAppeal`: `casework/too-late` with the last day.
 */
export const fileAppealRecord = defineWrite({
  name: 'appeal.file',
  scope: 'casework.appeal',
  input: z.strictObject({
    decision: DecisionId,
    appellant: Appeal.shape.appellant,
    representative: Appeal.shape.representative.default(null),
    reason: z.string().trim().min(1).max(2000),
  }),
  async run(context, asked): Promise<CaseResult<{ readonly record: Appeal }>> {
    const { appellant } = asked
    const representative = await whoCame(context, { ...asked, applicant: appellant })
    const input = { ...asked, representative, purpose: context.permission.purpose ?? '' }
    return await fileAppeal(context.tx, input, caseworkContext(context, onBehalf(representative, appellant)))
  },
})

/** Withdraws an appeal: the appellant, who acts for them, or an officer whom they told. Input: `id`, `reason`. */
export const withdrawAppealRecord = defineWrite({
  name: 'appeal.withdraw',
  scope: 'casework.appeal',
  input: z.strictObject({ id: AppealId, reason: z.string().max(2000).optional() }),
  async run(context, { id, reason }): Promise<CaseResult<{ readonly record: Appeal }>> {
    const appeal = await context.tx.get(appeals, { id })
    if (appeal === undefined) throw notFound(context, 'appeal')
    await requireReach(context, appeal.appellant)
    return await withdrawAppeal(context.tx, { id, reason }, caseworkContext(context))
  },
})

/**
 * Answers an appeal: `uphold` decides again, by what the register knows by now, and `dismiss` leaves the decision. Input:
 * `id`, `action`, `reason`. Output: the record, which names the new decision, or the refusal of `answerAppeal`:
 * `casework/same-person` for whoever made the decision.
 */
export const answerAppealRecord = defineWrite({
  name: 'appeal.answer',
  scope: 'casework.answer',
  input: z.strictObject({
    id: AppealId,
    action: z.enum(['uphold', 'dismiss']),
    reason: z.string().trim().min(1).max(2000),
  }),
  async run(context, input): Promise<CaseResult<{ readonly record: Appeal }>> {
    await requireCase(context, await context.tx.get(appeals, { id: input.id }), 'appeal')
    const answered = await answerAppeal(context.tx, input, caseworkContext(context))
    return answered.ok ? { ok: true, record: answered.record } : answered
  },
})

/**
 * The appeals of whom the actor reaches, the latest last. Input: `state`, `programme`, `subject`, `decision`, each where it is asked
 * for; a page. Output: a page of views.
 */
export const listAppeals = defineRead({
  name: 'appeal.list',
  scope: 'casework.read',
  input: z.strictObject({
    state: Appeal.shape.state.optional(),
    programme: caseInput.programme.optional(),
    subject: caseInput.subject.optional(),
    decision: DecisionId.optional(),
    ...pageInput,
  }),
  async run(context, { after = '', limit, ...asked }): Promise<CasePage<AppealView>> {
    const isReached = await caseReach(context)
    const found: Appeal[] = []
    for await (const { version: _, ...record } of context.tx.stream(appeals, { where: whereOf(asked) })) {
      if (record.id <= after) continue
      const isOwn = await isReached({ unit: 'resident', subject: record.appellant })
      if (isOwn || (await isReached(record))) found.push(record)
    }
    const { appeal, calendar } = context.config.casework ?? {}
    const states = appealStates(appeal?.answered?.within)
    const tree = await context.areas()
    return await pageOf(found, limit, async (record) => {
      const shown = await shownCase(context, tree, record, record.appellant)
      return {
        ...record,
        ...shown,
        reason: shownText(record.reason, shown),
        history: shownHistory(record.history, shown),
        answerUntil: deadlineOf(states, record, calendar)?.lastDay ?? null,
      }
    })
  },
})
