import type { Decision } from '../eligibility/index.ts'
import { ActedBy, type ActedByInput, type HistoryEntry } from '../kernel/index.ts'
import type { ReadTransaction, Stored, Transaction } from '../storage/index.ts'
import { changeRecord, stepBy } from './change.ts'
import { decisionValues, forumDecisions, proposalLists, proposals } from './collections.ts'
import { type CaseResult, type CaseworkContext, type CaseworkRefusal, refuse } from './context.ts'
import { hasMajority } from './forum.ts'
import type { ForumDecisionId, Proposal, ProposalId, ProposalList, ProposalListId } from './records.ts'
import { proposalListStates, proposalStates } from './states.ts'
import { proposalsOf, rankAgain } from './verify-list.ts'

/** What the forum decided on one unit against the outcome of the rules, or against its place in the order. */
export interface OverrideInput {
  readonly proposal: ProposalId
  readonly towards: 'include' | 'exclude'
  readonly reason: string
  /** What the unit costs, where the rules do not say and the list has a budget. */
  readonly costMinor?: number | undefined
}

/** What {@link settleProposalList} takes. */
export interface SettlementInput {
  readonly list: ProposalListId
  readonly forum: ForumDecisionId
  readonly overrides: readonly OverrideInput[]
}

/** A list with its units after they were settled. */
export interface SettledList {
  readonly list: ProposalList
  readonly proposals: readonly Proposal[]
}

/**
 * Settles every unit of a list by a decision of the forum: whom the forum includes takes a place first; the others who
 * are indicated as eligible take the rest by their order, as long as places and money last, and wait after that; whom
 * the forum excludes is refused, for its reason, and so is, by the rules themselves, who is not indicated as eligible.
 * A later unit never overtakes one that the money does not suffice for.
 *
 * Nothing is settled, with `casework/unknown-record`; `casework/list-is-fixed` where the list is not before the forum;
 * `casework/already-settled`; `casework/no-majority` by the policy of the village; `casework/same-person` where whoever
 * settles verified a unit of the list; `casework/not-on-list` for an override of another unit or a second one of the
 * same; `casework/unknown-cost` and `casework/no-place` for those included.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   caseworkCollections,
 *   ForumDecisionId,
 *   ProposalListId,
 *   rulebookOf,
 *   settleProposalList,
 * } from '@lumbung/core/casework'
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
 * const input = { list: ProposalListId.parse(id), forum: ForumDecisionId.parse(id), overrides: [] }
 * const result = await storage.transact(village, (tx) => settleProposalList(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function settleProposalList(
  tx: Transaction,
  { list: id, forum, overrides }: SettlementInput,
  context: CaseworkContext,
): Promise<CaseResult<SettledList>> {
  const list = await tx.get(proposalLists, { id })
  const decision = await tx.get(forumDecisions, { id: forum })
  if (list === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  if (decision === undefined) return refuse({ code: 'casework/unknown-record', record: forum })
  if (list.state !== 'before-forum') return refuse({ code: 'casework/list-is-fixed', record: id })
  if (!hasMajority(decision.votes, context.policy))
    return refuse({ code: 'casework/no-majority', record: forum })
  const units = await proposalsOf(tx, id)
  const settled = units.find(({ state }) => state !== 'verified' && state !== 'rejected')
  if (settled !== undefined) return refuse({ code: 'casework/already-settled', record: settled.id })
  const own = units.find(({ history }) => hasVerified(history, context.by))
  if (own !== undefined) return refuse({ code: 'casework/same-person', record: own.id })
  const planned = placesOf(list, units, overrides)
  if (!planned.ok) return planned
  const steps = []
  for (const unit of units) {
    const override = overrides.find(({ proposal }) => proposal === unit.id)
    const action = planned.actions.get(unit.id)
    if (action === undefined) continue
    const guards = { forumOnRecord: true, notIndicated: unit.outcome !== 'eligible' }
    const step = stepBy(proposalStates, unit, { action, reason: override?.reason, guards }, context)
    if (!step.ok) return step
    const costMinor = unit.costMinor ?? override?.costMinor ?? null
    const noted = override && { towards: override.towards, reason: override.reason, forum }
    steps.push({ id: unit.id, changes: { ...step.progress, costMinor, override: noted ?? null } })
  }
  for (const { id: proposal, changes } of steps) {
    const stored = await tx.get(proposals, { id: proposal })
    if (stored !== undefined) await changeRecord(tx, proposals, stored, changes, context)
  }
  const record = await changeRecord(tx, proposalLists, list, { forum }, context)
  return { ok: true, list: record, proposals: await proposalsOf(tx, id) }
}

function hasVerified(history: readonly HistoryEntry[], by: ActedByInput | undefined): boolean {
  const verified = history.filter(({ action }) => action === 'verify').at(-1)
  const who = by === undefined ? undefined : ActedBy.parse(by)
  return verified?.by !== undefined && who !== undefined && verified.by.actor === who.actor
}

type PlacedActions =
  | {
      readonly ok: true
      readonly actions: ReadonlyMap<ProposalId, 'accept' | 'defer' | 'refuse' | 'leaveOut'>
    }
  | { readonly ok: false; readonly refusal: CaseworkRefusal }

/** What becomes of each unit. Who was rejected, and is not included, stays rejected. */
function placesOf(
  { places, budgetMinor }: ProposalList,
  units: readonly Proposal[],
  overrides: readonly OverrideInput[],
): PlacedActions {
  const actions = new Map<ProposalId, 'accept' | 'defer' | 'refuse' | 'leaveOut'>()
  let [free, money] = [places ?? Number.POSITIVE_INFINITY, budgetMinor ?? Number.POSITIVE_INFINITY]
  for (const { proposal, towards, costMinor } of overrides) {
    const unit = units.find(({ id }) => id === proposal)
    const isOfList = unit !== undefined && (towards === 'include' || unit.state === 'verified')
    if (!isOfList || actions.has(proposal)) return refuse({ code: 'casework/not-on-list', record: proposal })
    actions.set(proposal, towards === 'include' ? 'accept' : 'refuse')
    if (towards === 'exclude') continue
    const cost = unit.costMinor ?? costMinor ?? null
    if (cost === null && budgetMinor !== null)
      return refuse({ code: 'casework/unknown-cost', record: proposal })
    free -= 1
    money -= cost ?? 0
    if (free < 0 || money < 0) return refuse({ code: 'casework/no-place', record: proposal })
  }
  let isOpen = true
  for (const { id, state, outcome, costMinor } of units) {
    if (state !== 'verified' || actions.has(id)) continue
    if (outcome !== 'eligible') {
      actions.set(id, 'leaveOut')
      continue
    }
    const isKnown = costMinor !== null || budgetMinor === null
    isOpen = isOpen && isKnown && free >= 1 && (costMinor ?? 0) <= money
    actions.set(id, isOpen ? 'accept' : 'defer')
    if (!isOpen) continue
    free -= 1
    money -= costMinor ?? 0
  }
  return { ok: true, actions }
}

/**
 * Takes a settlement back, as long as the list is not closed, so that it can be settled anew: by another decision, or
 * with other overrides. Refused with `casework/unknown-record`, `casework/list-is-fixed` and `states/reason-missing`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   caseworkCollections,
 *   ProposalListId,
 *   reopenProposalList,
 *   rulebookOf,
 * } from '@lumbung/core/casework'
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
 * const input = { id: ProposalListId.parse(id), reason: 'A vote was counted twice.' }
 * const result = await storage.transact(village, (tx) => reopenProposalList(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function reopenProposalList(
  tx: Transaction,
  { id, reason }: { readonly id: ProposalListId; readonly reason: string },
  context: CaseworkContext,
): Promise<CaseResult<SettledList>> {
  const list = await tx.get(proposalLists, { id })
  if (list === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  if (list.state !== 'before-forum') return refuse({ code: 'casework/list-is-fixed', record: id })
  const steps: { readonly stored: Stored<typeof proposals>; readonly changes: Partial<Proposal> }[] = []
  for (const unit of await proposalsOf(tx, id)) {
    if (unit.state === 'verified' || unit.state === 'rejected') continue
    const wasRejected = unit.history.at(-1)?.from === 'rejected'
    const guards = { listIsOpen: true, wasRejected, wasVerified: !wasRejected }
    const action = wasRejected ? 'reject' : 'reopen'
    const step = stepBy(proposalStates, unit, { action, reason, guards }, context)
    if (!step.ok) return step
    const stored = await tx.get(proposals, { id: unit.id })
    if (stored !== undefined)
      steps.push({ stored, changes: { ...step.progress, override: null, ...(await withoutCost(tx, unit)) } })
  }
  for (const { stored, changes } of steps) await changeRecord(tx, proposals, stored, changes, context)
  await rankAgain(tx, list, context)
  const record = await changeRecord(tx, proposalLists, list, { forum: null }, context)
  return { ok: true, list: record, proposals: await proposalsOf(tx, id) }
}

/** What an override said of the cost goes with it; what the rules said stays. */
async function withoutCost(
  tx: ReadTransaction,
  { outcome, override, decision }: Proposal,
): Promise<Partial<Proposal>> {
  if (outcome !== 'eligible') return { costMinor: null }
  if (override === null) return {}
  const values = await tx.get(decisionValues, { decision })
  // What stands there was written from a decision.
  const document = values?.document == null ? undefined : (JSON.parse(values.document) as Decision)
  return document?.benefit?.totalMinor === null ? { costMinor: null } : {}
}

/**
 * Closes a list whose units are all settled; from then on units are enrolled. Refused with `casework/unknown-record`
 * and `states/guard-not-met`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, closeProposalList, ProposalListId, rulebookOf } from '@lumbung/core/casework'
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
 * const list = ProposalListId.parse(id)
 * const result = await storage.transact(village, (tx) => closeProposalList(tx, list, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function closeProposalList(
  tx: Transaction,
  id: ProposalListId,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: ProposalList }>> {
  const list = await tx.get(proposalLists, { id })
  if (list === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const units = await proposalsOf(tx, id)
  const isSettled = units.every(({ state }) => state !== 'proposed' && state !== 'verified')
  const guards = { allSettled: isSettled && list.forum !== null }
  const step = stepBy(proposalListStates, list, { action: 'close', guards }, context)
  if (!step.ok) return step
  return { ok: true, record: await changeRecord(tx, proposalLists, list, step.progress, context) }
}
