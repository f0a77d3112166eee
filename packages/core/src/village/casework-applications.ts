import * as z from 'zod'
import {
  Application,
  ApplicationId,
  applications,
  type CaseResult,
  decideApplication,
  packOf,
  showDocuments,
  submitApplication,
  withdrawApplication,
} from '../casework/index.ts'
import { programmeOn } from '../eligibility/index.ts'
import type { LocalizedText } from '../kernel/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
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
import { notFound, reaches, requireReach } from './register.ts'
import { defineRead, defineWrite, type UseCaseContext } from './use-case.ts'

/** An application as somebody may see it. */
export interface ApplicationView extends Application, ShownCase {
  /** The papers that the programme asks for today, and whether each was shown. */
  readonly papers: readonly {
    readonly id: string
    readonly label: LocalizedText
    readonly isShown: boolean
  }[]
}

/**
 * Receives an application: a resident applies for themselves or for whom they may act, and an officer writes down who
 * came. Input: the case; `applicant`, who is the resident or lives in the household, and `representative` where somebody
 * came in their place; `documents` that were shown; `note`. Output: the record, or the refusal of `submitApplication`.
 */
export const submitApplicationRecord = defineWrite({
  name: 'application.submit',
  scope: 'casework.apply',
  input: z.strictObject({
    ...caseInput,
    applicant: Application.shape.applicant,
    representative: Application.shape.representative.default(null),
    documents: z.array(z.string().max(64)).max(50).default([]),
    note: Application.shape.note.default(''),
  }),
  async run(context, asked): Promise<CaseResult<{ readonly record: Application }>> {
    const representative = await whoCame(context, asked)
    const input = { ...asked, representative, purpose: context.permission.purpose ?? '' }
    return await submitApplication(
      context.tx,
      input,
      caseworkContext(context, onBehalf(representative, asked.applicant)),
    )
  },
})

/**
 * Who came in the place of the person concerned: a resident who acts is that one, whatever they say; an officer tells.
 *
 * @throws LumbungError `village/not-found` for somebody out of reach
 */
export async function whoCame(
  context: UseCaseContext & { readonly tx: ReadTransaction },
  asked: Pick<Application, 'applicant' | 'representative'>,
): Promise<Application['representative']> {
  const { applicant, representative } = asked
  await requireReach(context, applicant)
  // By duty, and not for being that person, one of their house, or who acts for them.
  const nobody = { households: [], represented: [] }
  if (await reaches({ ...context, own: nobody }, applicant)) return representative
  const own = Application.shape.applicant.safeParse(context.own.resident)
  if (!own.success) throw notFound(context, 'resident')
  return own.data === applicant ? null : own.data
}

/** For whom somebody acts who came in the place of another. */
export function onBehalf<Id>(representative: Id | null, person: Id): Id | null {
  return representative === null ? null : person
}

/** Notes which more papers were shown. Input: `id`, `documents`. Output: the record, or the refusal. */
export const showApplicationDocuments = defineWrite({
  name: 'application.show-documents',
  scope: 'casework.write',
  input: z.strictObject({ id: ApplicationId, documents: z.array(z.string().max(64)).max(50) }),
  async run(context, { id, documents }): Promise<CaseResult<{ readonly record: Application }>> {
    await requireCase(context, await context.tx.get(applications, { id }), 'application')
    return await showDocuments(context.tx, id, documents, caseworkContext(context))
  },
})

/** Withdraws an application: the applicant, who acts for them, or an officer whom they told. Input: `id`, `reason`. */
export const withdrawApplicationRecord = defineWrite({
  name: 'application.withdraw',
  scope: 'casework.apply',
  input: z.strictObject({ id: ApplicationId, reason: z.string().max(2000).optional() }),
  async run(context, { id, reason }): Promise<CaseResult<{ readonly record: Application }>> {
    const application = await context.tx.get(applications, { id })
    if (application === undefined) throw notFound(context, 'application')
    await requireReach(context, application.applicant)
    return await withdrawApplication(context.tx, { id, reason }, caseworkContext(context))
  },
})

/**
 * Decides on an application, and writes the decision down. Input: `id`. Output: the record, which names the decision, or
 * the refusal of `decideApplication`.
 */
export const decideApplicationRecord = defineWrite({
  name: 'application.decide',
  scope: 'casework.write',
  input: z.strictObject({ id: ApplicationId }),
  async run(context, { id }): Promise<CaseResult<{ readonly record: Application }>> {
    await requireCase(context, await context.tx.get(applications, { id }), 'application')
    const decided = await decideApplication(context.tx, id, caseworkContext(context))
    return decided.ok ? { ok: true, record: decided.record } : decided
  },
})

/**
 * The applications of whom the actor reaches, the latest last. Input: `id` of one alone, `programme`, `state`, `subject`,
 * `applicant`, each where it is asked for; a page. Output: a page of views.
 */
export const listApplications = defineRead({
  name: 'application.list',
  scope: 'casework.read',
  input: z.strictObject({
    id: ApplicationId.optional(),
    programme: caseInput.programme.optional(),
    subject: caseInput.subject.optional(),
    applicant: Application.shape.applicant.optional(),
    state: Application.shape.state.optional(),
    ...pageInput,
  }),
  async run(context, { after = '', limit, ...asked }): Promise<CasePage<ApplicationView>> {
    const isReached = await caseReach(context)
    const found: Application[] = []
    for await (const { version: _, ...record } of context.tx.stream(applications, {
      where: whereOf(asked),
    })) {
      const { applicant } = record
      if (record.id <= after) continue
      const isOwn = await isReached({ unit: 'resident', subject: applicant })
      if (isOwn || (await isReached(record))) found.push(record)
    }
    const tree = await context.areas()
    return await pageOf(found, limit, async (record) => {
      const known = packOf(context.config).programmes.get(record.programme)
      const papers = (known && programmeOn(known, context.today)?.version.documents) ?? []
      const shown = await shownCase(context, tree, record, record.applicant)
      return {
        ...record,
        ...shown,
        note: shownText(record.note, shown),
        history: shownHistory(record.history, shown),
        papers: papers.map(({ id, label }) => ({ id, label, isShown: record.documents.includes(id) })),
      }
    })
  },
})

/** What was asked for, without what was left out. */
export function whereOf<Asked extends object>(
  asked: Asked,
): { [K in keyof Asked]?: Exclude<Asked[K], undefined> } {
  // Only what is undefined is left out.
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as {
    [K in keyof Asked]?: Exclude<Asked[K], undefined>
  }
}
