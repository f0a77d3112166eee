import * as z from 'zod'
import {
  type CaseFacts,
  type CaseResult,
  DecisionId,
  type DecisionRecord,
  decideCase,
  decisions,
  decisionValues,
  eraseDecisionValues,
  type FactSource,
  lastDayOfAppeal,
  packOf,
  type Replay,
  replayDecision,
} from '../casework/index.ts'
import { type Decision, type ExplanationMessage, explain } from '../eligibility/index.ts'
import { CivilDate, type Digest, type Instant, ResidentId } from '../kernel/index.ts'
import { residents } from '../people/index.ts'
import type { FieldClass } from '../storage/index.ts'
import {
  caseReach,
  caseworkContext,
  requireCase,
  type ShownCase,
  shownCase,
  showsOfCase,
  whereaboutsOfCase,
} from './casework-context.ts'
import { hiddenFactsOf } from './eligibility-facts.ts'
import { maskedDecision } from './eligibility-mask.ts'
import { classRank } from './permission.ts'
import { notFound, type ResidentView, residentView } from './register.ts'
import { defineRead, defineWrite, type ReadContext } from './use-case.ts'

/** A household or a resident in a programme, as inputs name it. */
export const caseInput = {
  programme: z.string().max(64),
  unit: z.enum(['resident', 'household']),
  subject: z.uuid().lowercase(),
}

/** How a list is paged: `after` is the `next` of the page before. */
export const pageInput = {
  after: z.string().max(200).optional(),
  limit: z.int().min(1).max(100).default(25),
}

/** One page of a list. */
export interface CasePage<Item> {
  readonly items: readonly Item[]
  /** What to give as `after` for the next page; absent on the last one. */
  readonly next?: string
}

/** A decision in a list. */
export interface DecisionSummary
  extends Omit<DecisionRecord, 'madeBy' | 'rulebook' | 'values' | 'outcome'>,
    ShownCase {
  /** Null where the actor may not see it. */
  readonly outcome: DecisionRecord['outcome'] | null
  /** The id of the actor who made it; null where time did. */
  readonly madeBy: string | null
  /** The decision that took the place of this one. */
  readonly replacedBy: DecisionId | null
}

/** A decision with all that the actor may see of it. */
export interface DecisionFile extends DecisionSummary {
  /** By their positions on the day of the decision, as paths of facts count them. Empty once it was erased. */
  readonly members: readonly (ResidentView | null)[]
  /** Of a resident: the position among the members. */
  readonly member: number | null
  /** Without the clauses that read facts which the actor may not see. Null once it was erased, or where nothing is shown. */
  readonly decision: Decision | null
  /** In the words of the programme as it is now; empty where the programme is gone, or the decision was erased. */
  readonly explanation: readonly ExplanationMessage[]
  /** Where the facts came from that the actor may see. */
  readonly sources: readonly FactSource[]
  readonly erasedAt: Instant | null
  /** The last day on which it can be appealed; null where the village sets no term. */
  readonly appealUntil: CivilDate | null
}

/**
 * Decides on a household or a resident for a day, by what the register knows now, and writes the decision down. Input:
 * `programme`, `unit`, `subject`, `on` (default today), and `replaces` where it takes the place of another. Output: the
 * record and the document, or the refusal of `decideCase`.
 */
export const recordDecision = defineWrite({
  name: 'decision.record',
  scope: 'casework.write',
  input: z.strictObject({
    ...caseInput,
    on: CivilDate.optional(),
    replaces: DecisionId.optional(),
  }),
  async run(
    context,
    { on = context.today, replaces, ...asked },
  ): Promise<CaseResult<{ readonly record: DecisionRecord }>> {
    await requireCase(context, asked, asked.unit)
    const old = replaces === undefined ? undefined : await context.tx.get(decisions, { id: replaces })
    if (replaces !== undefined && (old?.subject !== asked.subject || old.programme !== asked.programme)) {
      throw notFound(context, 'decision')
    }
    const made = await decideCase(context.tx, { ...asked, on, replaces }, caseworkContext(context))
    return made.ok ? { ok: true, record: made.record } : made
  },
})

/**
 * The decisions that were written down, of whom the actor reaches, the latest last. Input: `subject` or `programme`, or
 * both, or neither; `outcome`, which leaves out those whose outcome the actor may not see; a page. Output: a page of
 * summaries.
 */
export const listDecisions = defineRead({
  name: 'decision.list',
  scope: 'casework.read',
  input: z.strictObject({
    subject: caseInput.subject.optional(),
    programme: caseInput.programme.optional(),
    outcome: z.enum(['eligible', 'ineligible', 'undetermined']).optional(),
    ...pageInput,
  }),
  async run(context, { subject, programme, outcome, after = '', limit }): Promise<CasePage<DecisionSummary>> {
    const isReached = await caseReach(context)
    const where = {
      ...(subject !== undefined && { subject }),
      ...(programme !== undefined && { programme }),
      ...(outcome !== undefined && { outcome }),
    }
    const found: DecisionRecord[] = []
    const tree = await context.areas()
    for await (const record of context.tx.stream(decisions, { where })) {
      if (record.id <= after || !(await isReached(record))) continue
      // Whoever may not see an outcome does not learn it by asking for one.
      if (outcome === undefined || isShown(await showsOfCase(context, tree, record), 'personal'))
        found.push(record)
    }
    return await pageOf(found, limit, (record) => summaryOf(context, record))
  },
})

/** The first of some records as a page. */
export async function pageOf<Found extends { readonly id: string }, Item>(
  found: readonly Found[],
  limit: number,
  itemOf: (record: Found) => Promise<Item>,
): Promise<CasePage<Item>> {
  const items: Item[] = []
  for (const record of found.slice(0, limit)) items.push(await itemOf(record))
  const last = found[limit - 1]
  return { items, ...(found.length > limit && last !== undefined && { next: last.id }) }
}

/**
 * Reads a decision: what it was made of and why it came out so, as far as the actor may see the facts. A resident reads
 * those on their own household. Input: `id`. Output: a file.
 */
export const readDecision = defineRead({
  name: 'decision.read',
  scope: 'casework.read',
  input: z.strictObject({ id: DecisionId }),
  async run(context, { id }): Promise<DecisionFile> {
    const { tx, config } = context
    const record = await reachedDecision(context, id)
    const values = await tx.get(decisionValues, { decision: id })
    const summary = await summaryOf(context, record)
    const appealUntil = (await lastDayOfAppeal(tx, record, config.casework ?? {})) ?? null
    const file = { ...summary, appealUntil, erasedAt: values?.erasedAt ?? null }
    if (summary.isMasked || values?.facts == null || values.document === null) {
      return { ...file, members: [], member: null, decision: null, explanation: [], sources: [] }
    }
    // These are the texts that `decideCase` wrote.
    const facts = JSON.parse(values.facts) as CaseFacts
    const document = JSON.parse(values.document) as Decision
    const sources = JSON.parse(values.sources ?? '[]') as readonly FactSource[]
    context.reads(facts.memberIds)
    const tree = await context.areas()
    const where = (await whereaboutsOfCase(context, tree, record)) ?? { areas: [] }
    const members = membersOf(facts)
    const isHidden = hiddenFactsOf(context, { id: facts.home, members }, where.areas)
    const { decision, isMasked } = maskedDecision(document, isHidden)
    const pack = packOf(config)
    const isKnown = pack.programmes.has(record.programme)
    return {
      ...file,
      members: await Promise.all(members.map(({ resident }) => memberView(context, facts.home, resident))),
      member: facts.member ?? null,
      decision,
      explanation: isKnown ? explain(pack, decision) : [],
      sources: sources.filter(({ path }) => !isHidden(path)),
      isMasked,
    }
  },
})

/**
 * Decides once more from what was stored with a decision, and tells whether the same bytes come out. Input: `id`. Output:
 * `same` with the digest, which is null for whoever may not see all the facts, `differs` with the parts that do, or
 * `erased`.
 */
export const replayRecordedDecision = defineRead({
  name: 'decision.replay',
  scope: 'casework.read',
  input: z.strictObject({ id: DecisionId }),
  async run(context, { id }): Promise<DecisionReplay> {
    const record = await reachedDecision(context, id)
    const replay = await replayDecision(context.tx, id)
    if (replay.outcome !== 'same') return replay
    // Of few possible facts a digest tells which they are, so it goes to whoever sees them all.
    const shows = await showsOfCase(context, await context.areas(), record)
    return isShown(shows, 'specific') ? replay : { outcome: 'same', digest: null }
  },
})

/**
 * Erases the facts and the document of a decision; its record stays, and a replay says `erased`. Input: `id`. Output:
 * when it was erased, or a refusal. The audit log keeps its copy of no value of it.
 */
export const eraseDecision = defineWrite({
  name: 'decision.erase',
  scope: 'casework.erase',
  input: z.strictObject({ id: DecisionId }),
  async run(context, { id }): Promise<CaseResult<{ readonly erasedAt: Instant | null }>> {
    await requireCase(context, await context.tx.get(decisions, { id }), 'decision')
    const erased = await eraseDecisionValues(context.tx, id, caseworkContext(context))
    return erased.ok ? { ok: true, erasedAt: erased.record.erasedAt } : erased
  },
})

/** What came of deciding again, as the actor may see it. */
export type DecisionReplay =
  | Exclude<Replay, { readonly outcome: 'same' }>
  | { readonly outcome: 'same'; readonly digest: Digest | null }

function isShown(shows: FieldClass | undefined, least: FieldClass): boolean {
  return shows !== undefined && classRank(shows) >= classRank(least)
}

async function reachedDecision(context: ReadContext, id: DecisionId): Promise<DecisionRecord> {
  const record = await context.tx.get(decisions, { id })
  const isReached = await caseReach(context)
  if (record === undefined || !(await isReached(record))) throw notFound(context, 'decision')
  return record
}

async function summaryOf(context: ReadContext, record: DecisionRecord): Promise<DecisionSummary> {
  const { tx } = context
  const { id, programme, unit, subject, on, recordedAt, madeOn, madeBy, outcome, replaces } = record
  let replacedBy: DecisionId | null = null
  for await (const other of tx.stream(decisions, { where: { subject, programme } })) {
    if (other.replaces === id) replacedBy = other.id
  }
  const shown = await shownCase(context, await context.areas(), record)
  return {
    ...shown,
    ...{ id, programme, unit, subject, on, recordedAt, madeOn, replaces, replacedBy },
    outcome: shown.isMasked ? null : outcome,
    madeBy: madeBy?.actor ?? null,
  }
}

/** Who the members were, with the birth dates that tell who is a child. */
function membersOf({ household, memberIds }: CaseFacts) {
  const { members } = household
  return memberIds.map((resident, index) => {
    const facts: unknown = Array.isArray(members) ? members[index] : undefined
    const isRecord = typeof facts === 'object' && facts !== null && 'birthDate' in facts
    // Without a birth date nobody is taken for grown.
    const birthDate = CivilDate.safeParse(isRecord ? facts.birthDate : undefined)
    return { resident, birthDate: birthDate.success ? birthDate.data : CivilDate.parse('9999-12-31') }
  })
}

async function memberView(context: ReadContext, home: string, id: ResidentId): Promise<ResidentView | null> {
  const resident = await context.tx.get(residents, { id: ResidentId.parse(id) })
  if (resident === undefined) return null
  const tree = await context.areas()
  const where = { areas: tree.withOuter(resident.area), residents: [id], households: [home] }
  const view = residentView(context, tree, resident, where)
  if (view.isPersonal) context.reads([id])
  return view
}
