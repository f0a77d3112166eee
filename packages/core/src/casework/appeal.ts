import {
  ActedBy,
  beginProgress,
  type CivilDate,
  deadlineOf,
  findOverdue,
  type ResidentId,
} from '../kernel/index.ts'
import { recordsWith } from '../people/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { isOfUnit, mayAsk } from './belonging.ts'
import { addRecords, changeRecord, stepBy } from './change.ts'
import { appeals, decisions, proposalLists, proposals } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { type MadeDecision, makeDecision, storeDecisions } from './decide-case.ts'
import { Appeal, AppealId, type DecisionId, type DecisionRecord } from './records.ts'
import { appealStates, decisionStates } from './states.ts'
import { rankAgain, standingBy } from './verify-list.ts'

/** An objection to a decision, as it is made. */
export interface AppealInput {
  readonly id?: AppealId | undefined
  readonly decision: DecisionId
  readonly appellant: ResidentId
  /** Null where the appellant came. */
  readonly representative: ResidentId | null
  /** For which the representative needs a power. */
  readonly purpose: string
  readonly reason: string
}

/**
 * Receives an appeal against a decision. Refused with `casework/unknown-record`; `casework/not-of-unit` where the
 * appellant neither is the resident nor lives in the household; `casework/not-represented`; `casework/already-appealed`
 * while another is open, or where an answer has been given; and `casework/too-late`, with the last day, by the policy
 * of the village. The term begins with the decision or, of a unit on a proposal list, with the forum's word on it.
 *
 * @throws `calendar/unknown-date` where the term counts working days beyond those that are known
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, DecisionId, fileAppeal, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, ResidentId, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on: CivilDate.parse('2026-11-24'),
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const appellant = ResidentId.parse(id)
 * const asked = { appellant, representative: null, purpose: 'services', reason: 'We are six, not five.' }
 * const input = { ...asked, decision: DecisionId.parse(id) }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => fileAppeal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function fileAppeal(
  tx: Transaction,
  { id, decision, appellant, representative, purpose, reason }: AppealInput,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Appeal }>> {
  const { on, policy, now } = context
  const appealed = await tx.get(decisions, { id: decision })
  if (appealed === undefined) return refuse({ code: 'casework/unknown-record', record: decision })
  const { programme, unit, subject } = appealed
  // Who lived there on the day of the decision may object, and who lives there now.
  const isConcerned =
    (await isOfUnit(tx, appealed, appellant, on)) || (await isOfUnit(tx, appealed, appellant, appealed.on))
  if (!isConcerned) return refuse({ code: 'casework/not-of-unit', record: appellant })
  if (!(await mayAsk(tx, { person: appellant, representative, purpose }, on))) {
    return refuse({ code: 'casework/not-represented', record: appellant })
  }
  for await (const other of tx.stream(appeals, { where: { decision } })) {
    if (other.state !== 'withdrawn') return refuse({ code: 'casework/already-appealed', record: other.id })
  }
  const lastDay = await lastDayOfAppeal(tx, appealed, policy)
  if (lastDay !== undefined && on > lastDay) return refuse({ code: 'casework/too-late', on: lastDay })
  const record = Appeal.parse({
    id: id ?? AppealId.parse(context.nextId()),
    decision,
    programme,
    unit,
    subject,
    ...beginProgress(statesBy(policy), on),
    appellant,
    representative,
    reason,
    newDecision: null,
    recordedAt: now,
  })
  await addRecords(tx, appeals, [record], context)
  return { ok: true, record }
}

/**
 * The last day on which a decision can be appealed; undefined where the village sets no term.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   CaseworkPolicy,
 *   caseworkCollections,
 *   DecisionRecord,
 *   lastDayOfAppeal,
 * } from '@lumbung/core/casework'
 * import { sha256Hex, VillageId } from '@lumbung/core/kernel'
 *
 * const storage = openMemory({ collections: caseworkCollections, streams: [] })
 * const policy = CaseworkPolicy.parse({ appeal: { filed: { within: { days: 30 } } } })
 * const [id, digest] = ['0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', sha256Hex(new Uint8Array())]
 * const decision = DecisionRecord.parse({
 *   id,
 *   programme: 'rice',
 *   unit: 'household',
 *   subject: id,
 *   on: '2026-11-24',
 *   recordedAt: '2026-11-24T03:00:00.000Z',
 *   madeOn: '2026-11-24',
 *   madeBy: { actor: 'clerk' },
 *   outcome: 'ineligible',
 *   rulebook: digest,
 *   values: digest,
 *   replaces: null,
 * })
 * await storage.read(VillageId.parse('v'), (tx) => lastDayOfAppeal(tx, decision, policy)) // => '2026-12-24'
 * ```
 */
export async function lastDayOfAppeal(
  tx: ReadTransaction,
  { id, subject, programme, madeOn }: DecisionRecord,
  { appeal, calendar }: CaseworkContext['policy'],
): Promise<CivilDate | undefined> {
  let since = madeOn
  for await (const { decision, state, since: settled } of tx.stream(proposals, {
    where: { subject, programme },
  })) {
    const isSettled = state !== 'proposed' && state !== 'verified'
    if (decision === id && isSettled && settled > since) since = settled
  }
  return deadlineOf(decisionStates(appeal?.filed?.within), { state: 'open', since }, calendar)?.lastDay
}

const statesBy = ({ appeal }: CaseworkContext['policy']) => appealStates(appeal?.answered?.within)

/** The answer to an appeal. */
export interface AppealAnswer {
  readonly id: AppealId
  readonly action: 'uphold' | 'dismiss'
  readonly reason: string
}

/**
 * Answers an appeal, for a reason. Upheld, the unit is decided on again for the day of the decision, by what the
 * register knows by now, and the new decision takes the place of the old one, also where the unit stands on a
 * proposal list that is still open or waits on one. Refused with `casework/unknown-record`, `casework/same-person`
 * where whoever answers made the decision or the appeal, what `decideCase`
 * refuses, and what the process does.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { answerAppeal, AppealId, caseworkCollections, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   by: { actor: 'head' },
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const input = { id: AppealId.parse(id), action: 'dismiss', reason: 'The visit found five.' } as const
 * const result = await storage.transact(village, (tx) => answerAppeal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function answerAppeal(
  tx: Transaction,
  { id, action, reason }: AppealAnswer,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Appeal; readonly made: MadeDecision | null }>> {
  const before = await tx.get(appeals, { id })
  const appealed = before && (await tx.get(decisions, { id: before.decision }))
  if (before === undefined || appealed === undefined) {
    return refuse({ code: 'casework/unknown-record', record: id })
  }
  const who = context.by === undefined ? undefined : ActedBy.parse(context.by)
  if (who !== undefined && appealed.madeBy?.actor === who.actor) {
    return refuse({ code: 'casework/same-person', record: appealed.id })
  }
  const own: readonly (string | null)[] = [before.appellant, before.representative]
  if (who !== undefined && own.includes(who.actor)) {
    return refuse({ code: 'casework/same-person', record: id })
  }
  const step = stepBy(statesBy(context.policy), before, { action, reason }, context)
  if (!step.ok) return step
  if (action === 'dismiss') {
    return { ok: true, made: null, record: await changeRecord(tx, appeals, before, step.progress, context) }
  }
  const { programme, unit, subject, on } = appealed
  const made = await makeDecision(tx, { programme, unit, subject, on, replaces: appealed.id }, context)
  if (!made.ok) return made
  await storeDecisions(tx, [made], context)
  const standing = standingBy(made, context)
  for (const proposal of await recordsWith(tx, proposals, 'subject', [subject])) {
    if (!(await cameOf(tx, proposal.decision, appealed.id))) continue
    const list = await tx.get(proposalLists, { id: proposal.list })
    const isOpen = list !== undefined && list.state !== 'closed' && list.state !== 'cancelled'
    // Who has a place keeps what it was given for; who has none may get one when the list is settled anew.
    const mayGain = isOpen && ['proposed', 'verified', 'rejected', 'refused'].includes(proposal.state)
    if (!mayGain && proposal.state !== 'waiting') continue
    await changeRecord(tx, proposals, proposal, standing, context)
    if (list?.state === 'before-forum') await rankAgain(tx, list, context)
  }
  const changes = { ...step.progress, newDecision: made.record.id }
  return { ok: true, made, record: await changeRecord(tx, appeals, before, changes, context) }
}

/** Whether a decision is another, or took its place: whoever verified a unit meanwhile decided on it anew. */
async function cameOf(tx: ReadTransaction, decision: DecisionId, from: DecisionId): Promise<boolean> {
  for (let id: DecisionId | null = decision; id !== null; ) {
    if (id === from) return true
    const made: DecisionRecord | undefined = await tx.get(decisions, { id })
    id = made?.replaces ?? null
  }
  return false
}

/**
 * Withdraws an appeal that is open. Refused with `casework/unknown-record` and `states/final`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { AppealId, caseworkCollections, rulebookOf, withdrawAppeal } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const input = { id: AppealId.parse(id), reason: 'The answer came by word.' }
 * const result = await storage.transact(village, (tx) => withdrawAppeal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function withdrawAppeal(
  tx: Transaction,
  { id, reason }: { readonly id: AppealId; readonly reason?: string | undefined },
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Appeal }>> {
  const before = await tx.get(appeals, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const step = stepBy(statesBy(context.policy), before, { action: 'withdraw', reason }, context)
  if (!step.ok) return step
  return { ok: true, record: await changeRecord(tx, appeals, before, step.progress, context) }
}

/**
 * Lets time act: appeals whose answer is overdue go to the next instance. Run once more for the same day, it does
 * nothing.
 *
 * @returns Those that were escalated.
 *
 * @throws `calendar/unknown-date` where the term counts working days beyond those that are known
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { CaseworkPolicy, caseworkCollections, escalateAppeals } from '@lumbung/core/casework'
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 *
 * const storage = openMemory({ collections: caseworkCollections, streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const policy = CaseworkPolicy.parse({ appeal: { answered: { within: { days: 14 } } } })
 * await storage.transact(VillageId.parse('v'), (tx) => escalateAppeals(tx, { on, policy })) // => []
 * ```
 */
export async function escalateAppeals(
  tx: Transaction,
  { on, policy, wrote }: Pick<CaseworkContext, 'on' | 'policy' | 'wrote'>,
): Promise<readonly Appeal[]> {
  const states = statesBy(policy)
  const filed = []
  for await (const appeal of tx.stream(appeals, { where: { state: 'filed' } })) filed.push(appeal)
  const escalated: Appeal[] = []
  for (const { item, action } of findOverdue(states, filed, on, policy.calendar)) {
    if (action !== 'escalate') continue
    const step = stepBy(states, item, { action }, { on, by: undefined })
    if (step.ok) escalated.push(await changeRecord(tx, appeals, item, step.progress, { wrote }))
  }
  return escalated
}
