import * as z from 'zod'
import {
  addProposal,
  type CaseResult,
  type DraftedList,
  decisionValues,
  draftProposalList,
  type FactSource,
  type ForumDecision,
  forumDecisions,
  moveProposalList,
  type Proposal,
  ProposalId,
  ProposalList,
  ProposalListId,
  packOf,
  proposalLists,
  proposals,
  proposalsOf,
  verifyProposal,
} from '../casework/index.ts'
import { CivilDate, type LocalizedText } from '../kernel/index.ts'
import { withoutVersion } from '../storage/index.ts'
import { whereOf } from './casework-applications.ts'
import {
  caseReach,
  caseworkContext,
  requireCase,
  type ShownCase,
  shownCase,
  shownHistory,
} from './casework-context.ts'
import { caseInput } from './casework-decisions.ts'
import { requireVillage } from './permission.ts'
import { notFound } from './register.ts'
import { defineRead, defineWrite, type ReadContext } from './use-case.ts'

/** A proposal list, with how many of its units stand where; of those whom the actor reaches. */
export interface ProposalListSummary extends ProposalList {
  readonly title: string
  readonly programmeTitle: LocalizedText
  readonly counts: Readonly<Record<Proposal['state'], number>>
}

/** A unit of a list, as somebody may see it. */
export interface ProposalView extends Omit<Proposal, 'outcome'>, ShownCase {
  /** Null where the actor may not see it, as the costs and what the forum said are then. */
  readonly outcome: Proposal['outcome'] | null
  /** Whether the facts that were told, and not verified, count for it. Null once they were erased. */
  readonly isDeclared: boolean | null
}

/** A list with a page of its units. */
export interface ProposalListFile {
  readonly list: ProposalListSummary
  /** What the forum decided by; null before. */
  readonly forum: ForumDecision | null
  /** In their order, and those without a place, such as those to be verified, after them. */
  readonly proposals: readonly ProposalView[]
  /** How many there are in all, of those asked for and reached. */
  readonly count: number
  /** What to give as `after` for the next page; absent on the last one. */
  readonly next?: string
}

/**
 * Drafts a proposal list from everybody in the register. It takes the whole village. Input: `programme`, `title`, `on`
 * (default today), `places` and `budgetMinor` (default: those of the law, less those who are enrolled; null for no
 * limit). Output: the list with the number of its units, or the refusal of `draftProposalList`.
 */
export const draftList = defineWrite({
  name: 'proposal-list.draft',
  scope: 'casework.write',
  isLong: true,
  input: z.strictObject({
    programme: caseInput.programme,
    title: ProposalList.shape.title,
    on: CivilDate.optional(),
    places: ProposalList.shape.places.optional(),
    budgetMinor: ProposalList.shape.budgetMinor.optional(),
  }),
  async run(
    context,
    { on = context.today, ...asked },
  ): Promise<CaseResult<{ readonly record: ProposalList; readonly proposals: number }>> {
    requireVillage(context)
    const drafted: CaseResult<DraftedList> = await draftProposalList(
      context.tx,
      { ...asked, on },
      caseworkContext(context),
    )
    return drafted.ok ? { ok: true, record: drafted.list, proposals: drafted.proposals.length } : drafted
  },
})

/** Puts a unit on a list that screening left off it. Input: `list`, `subject`. Output: the proposal, or the refusal. */
export const addToList = defineWrite({
  name: 'proposal-list.add',
  scope: 'casework.write',
  input: z.strictObject({ list: ProposalListId, subject: caseInput.subject }),
  async run(context, asked): Promise<CaseResult<{ readonly record: Proposal }>> {
    await requireCase(context, asked, 'proposal')
    return await addProposal(context.tx, asked, caseworkContext(context))
  },
})

/**
 * Takes a list further: `submit` it to verification, `convene` the forum on it, or `cancel` it with a reason. Input: `id`,
 * `action`, `reason`. Output: the list, or the refusal of `moveProposalList`.
 */
export const moveList = defineWrite({
  name: 'proposal-list.move',
  scope: 'casework.write',
  input: z.strictObject({
    id: ProposalListId,
    action: z.enum(['submit', 'convene', 'cancel']),
    reason: z.string().max(2000).optional(),
  }),
  async run(context, asked): Promise<CaseResult<{ readonly record: ProposalList }>> {
    requireVillage(context)
    return await moveProposalList(context.tx, asked, caseworkContext(context))
  },
})

/**
 * Notes what somebody found who looked at a unit: `verify`, `reject` with a reason, or `doubt` with a reason, to look at
 * it once more. Input: `id`, `action`, `reason`. Output: the proposal, decided on again where it was verified, or the
 * refusal of `verifyProposal`.
 */
export const verifyListed = defineWrite({
  name: 'proposal.verify',
  scope: 'casework.verify',
  input: z.strictObject({
    id: ProposalId,
    action: z.enum(['verify', 'reject', 'doubt']),
    reason: z.string().max(2000).optional(),
  }),
  async run(context, asked): Promise<CaseResult<{ readonly record: Proposal }>> {
    await requireCase(context, await context.tx.get(proposals, { id: asked.id }), 'proposal')
    return await verifyProposal(context.tx, asked, caseworkContext(context))
  },
})

/** The proposal lists, the latest last. Input: `id` of one alone, `programme`, `state`. Output: summaries; they name nobody. */
export const listProposalLists = defineRead({
  name: 'proposal-list.list',
  scope: 'casework.read',
  input: z.strictObject({
    id: ProposalListId.optional(),
    programme: caseInput.programme.optional(),
    state: ProposalList.shape.state.optional(),
  }),
  async run(context, asked): Promise<readonly ProposalListSummary[]> {
    const found: ProposalList[] = []
    for await (const { version: _, ...list } of context.tx.stream(proposalLists, { where: whereOf(asked) }))
      found.push(list)
    const summaries: ProposalListSummary[] = []
    for (const list of found) {
      const summary = summaryOf(context, list, await reachedProposals(context, list.id))
      // Whoever reaches nobody on it has no business with a list.
      const isOthers = Object.values(summary.counts).every((count) => count === 0)
      if (context.permission.isVillageWide || !isOthers) summaries.push(summary)
    }
    return summaries
  },
})

/**
 * Reads a proposal list with those of its units whom the actor reaches. Input: `id`; `units` where some alone are asked
 * for, `state` of the units; `after`, `limit`. Output: the list, the forum's decision, a page of units.
 */
export const readProposalList = defineRead({
  name: 'proposal-list.read',
  scope: 'casework.read',
  input: z.strictObject({
    id: ProposalListId,
    units: z.array(ProposalId).max(500).optional(),
    state: z
      .enum(['proposed', 'verified', 'rejected', 'waiting', 'accepted', 'refused', 'declined', 'enrolled'])
      .optional(),
    after: z.uuid().optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  async run(context, { id, units: some, state, after, limit }): Promise<ProposalListFile> {
    const { tx } = context
    const stored = await tx.get(proposalLists, { id })
    const units = await reachedProposals(context, id)
    if (stored === undefined || (units.length === 0 && !context.permission.isVillageWide)) {
      throw notFound(context, 'proposal list')
    }
    const list = withoutVersion(stored)
    const forum = list.forum === null ? undefined : await tx.get(forumDecisions, { id: list.forum })
    const isAsked = ofSome(some)
    const asked = units.filter((unit) => isAsked(unit) && (state === undefined || unit.state === state))
    const start = after === undefined ? 0 : asked.findIndex((unit) => unit.id === after) + 1
    const page = asked.slice(start, start + limit)
    const last = page.at(-1)
    const views: ProposalView[] = []
    for (const unit of page) views.push(await viewOf(context, unit))
    return {
      list: summaryOf(context, list, units),
      forum: forum === undefined ? null : withoutVersion(forum),
      proposals: views,
      count: asked.length,
      ...(start + limit < asked.length && last !== undefined && { next: last.id }),
    }
  },
})

function ofSome(ids: readonly ProposalId[] | undefined): (unit: Proposal) => boolean {
  const some = new Set(ids)
  return ({ id }) => ids === undefined || some.has(id)
}

async function reachedProposals(context: ReadContext, list: ProposalListId): Promise<readonly Proposal[]> {
  const isReached = await caseReach(context)
  const found: Proposal[] = []
  for (const unit of await proposalsOf(context.tx, list)) if (await isReached(unit)) found.push(unit)
  return found
}

function summaryOf(
  context: ReadContext,
  list: ProposalList,
  units: readonly Proposal[],
): ProposalListSummary {
  const count = (state: Proposal['state']) => units.filter((unit) => unit.state === state).length
  return {
    ...list,
    programmeTitle: packOf(context.config).programmes.get(list.programme)?.config.title ?? {
      en: list.programme,
    },
    counts: {
      proposed: count('proposed'),
      verified: count('verified'),
      rejected: count('rejected'),
      waiting: count('waiting'),
      accepted: count('accepted'),
      refused: count('refused'),
      declined: count('declined'),
      enrolled: count('enrolled'),
    },
  }
}

/** Where a declared fact stands behind a unit, somebody should look. */
async function viewOf(context: ReadContext, unit: Proposal): Promise<ProposalView> {
  const values = await context.tx.get(decisionValues, { decision: unit.decision })
  // These are the texts that `decideCase` wrote.
  const sources = values?.sources == null ? null : (JSON.parse(values.sources) as readonly FactSource[])
  const shown = await shownCase(context, await context.areas(), unit)
  const hidden = { outcome: null, costMinor: null, override: null }
  return {
    ...unit,
    ...shown,
    ...(shown.isMasked && hidden),
    history: shownHistory(unit.history, shown),
    isDeclared: sources?.some(({ degree }) => degree === 'declared') ?? null,
  }
}
