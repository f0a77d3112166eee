import * as z from 'zod'
import {
  type CaseResult,
  closeProposalList,
  declineProposal,
  Enrolment,
  enrolProposal,
  ForumDecision,
  forumDecisions,
  hasMajority,
  type Proposal,
  ProposalId,
  type ProposalList,
  ProposalListId,
  proposals,
  recordForumDecision,
  reopenProposalList,
  settleProposalList,
} from '../casework/index.ts'
import { CivilDate } from '../kernel/index.ts'
import { caseworkContext, requireCase } from './casework-context.ts'
import { type CasePage, pageInput, pageOf } from './casework-decisions.ts'
import { requireVillage } from './permission.ts'
import { defineRead, defineWrite, Undone } from './use-case.ts'

/** A decision of the forum, and whether its votes carry it by the policy of the village. */
export interface ForumDecisionView extends ForumDecision {
  readonly hasMajority: boolean
}

/**
 * Writes down a decision of the village forum. Input: `on`, `minutes` (SHA-256 of the file), `votes` (`for`, `against`,
 * `abstained`), `subject`. Output: the record, or the refusal of `recordForumDecision`.
 */
export const recordForum = defineWrite({
  name: 'forum.record',
  scope: 'casework.forum',
  input: z.strictObject({
    on: CivilDate.optional(),
    minutes: ForumDecision.shape.minutes,
    votes: ForumDecision.shape.votes,
    subject: ForumDecision.shape.subject,
  }),
  async run(
    context,
    { on = context.today, ...input },
  ): Promise<CaseResult<{ readonly record: ForumDecision }>> {
    requireVillage(context)
    return await recordForumDecision(context.tx, { ...input, on }, caseworkContext(context))
  },
})

/** The decisions of the forum, the latest last. They name nobody. Input: a page. Output: a page of views. */
export const listForumDecisions = defineRead({
  name: 'forum.list',
  scope: 'casework.read',
  input: z.strictObject(pageInput),
  async run(context, { after = '', limit }): Promise<CasePage<ForumDecisionView>> {
    const found: ForumDecision[] = []
    for await (const { version: _, ...record } of context.tx.stream(forumDecisions)) {
      if (record.id > after) found.push(record)
    }
    const policy = context.config.casework ?? {}
    return await pageOf(found, limit, async (record) => ({
      ...record,
      hasMajority: hasMajority(record.votes, policy),
    }))
  },
})

const override = z
  .strictObject({
    proposal: ProposalId,
    towards: z.enum(['include', 'exclude']),
    reason: z.string().trim().min(1).max(2000),
    costMinor: z.int().min(0).optional(),
  })
  .readonly()

/**
 * Settles every unit of a list by a decision of the forum. Input: `list`, `forum`, `overrides` (`proposal`, `towards`,
 * `reason`, `costMinor`); `isDryRun` only tells. Output: the list with how many were accepted, wait and were refused, and
 * the state of each unit, or the refusal of
 * `settleProposalList`: `casework/same-person` for whoever verified one of its units.
 */
export const settleList = defineWrite({
  name: 'proposal-list.settle',
  scope: 'casework.forum',
  isLong: true,
  input: z.strictObject({
    list: ProposalListId,
    forum: ForumDecision.shape.id,
    overrides: z.array(override).max(500).default([]),
    isDryRun: z.boolean().default(false),
  }),
  async run(
    context,
    { isDryRun, ...input },
  ): Promise<
    CaseResult<{
      readonly record: ProposalList
      readonly states: Readonly<Record<string, Proposal['state']>>
      readonly accepted: number
      readonly waiting: number
      readonly refused: number
    }>
  > {
    requireVillage(context)
    const settled = await settleProposalList(context.tx, input, caseworkContext(context))
    if (!settled.ok) return settled
    const count = (state: Proposal['state']) =>
      settled.proposals.filter((unit) => unit.state === state).length
    const counts = { accepted: count('accepted'), waiting: count('waiting'), refused: count('refused') }
    const states = Object.fromEntries(settled.proposals.map(({ id, state }) => [id, state]))
    const answer = { ok: true, record: settled.list, states, ...counts } as const
    if (isDryRun) throw new Undone(answer)
    return answer
  },
})

/** Takes a settlement back as long as the list is not closed. Input: `id`, `reason`. Output: the list, or the refusal. */
export const reopenList = defineWrite({
  name: 'proposal-list.reopen',
  scope: 'casework.forum',
  input: z.strictObject({ id: ProposalListId, reason: z.string().trim().min(1).max(2000) }),
  async run(context, input): Promise<CaseResult<{ readonly record: ProposalList }>> {
    requireVillage(context)
    const reopened = await reopenProposalList(context.tx, input, caseworkContext(context))
    return reopened.ok ? { ok: true, record: reopened.list } : reopened
  },
})

/** Closes a list whose units are all settled. Input: `id`. Output: the list, or the refusal. */
export const closeList = defineWrite({
  name: 'proposal-list.close',
  scope: 'casework.forum',
  input: z.strictObject({ id: ProposalListId }),
  async run(context, { id }): Promise<CaseResult<{ readonly record: ProposalList }>> {
    requireVillage(context)
    return await closeProposalList(context.tx, id, caseworkContext(context))
  },
})

/**
 * Enrols an accepted unit of a closed list. Input: `proposal`, `from` (default today), `participantNumber`. Output: the
 * enrolment, or the refusal of `enrolProposal`.
 */
export const enrolListed = defineWrite({
  name: 'proposal.enrol',
  scope: 'casework.write',
  input: z.strictObject({
    proposal: ProposalId,
    from: CivilDate.optional(),
    participantNumber: Enrolment.shape.participantNumber.optional(),
  }),
  async run(
    context,
    { from = context.today, ...input },
  ): Promise<CaseResult<{ readonly record: Enrolment }>> {
    await requireCase(context, await context.tx.get(proposals, { id: input.proposal }), 'proposal')
    const enrolled = await enrolProposal(context.tx, { ...input, from }, caseworkContext(context))
    return enrolled.ok ? { ok: true, record: enrolled.record } : enrolled
  },
})

/**
 * Notes that an accepted unit does not take its place, or that one which waits leaves the waiting list. Input: `id`,
 * `reason`. Output: the proposal with how many moved up, or the refusal of `declineProposal`.
 */
export const declineListed = defineWrite({
  name: 'proposal.decline',
  scope: 'casework.write',
  input: z.strictObject({ id: ProposalId, reason: z.string().trim().min(1).max(2000) }),
  async run(context, input): Promise<CaseResult<{ readonly record: Proposal; readonly movedUp: number }>> {
    await requireCase(context, await context.tx.get(proposals, { id: input.id }), 'proposal')
    const declined = await declineProposal(context.tx, input, caseworkContext(context))
    return declined.ok ? { ok: true, record: declined.record, movedUp: declined.movedUp.length } : declined
  },
})
