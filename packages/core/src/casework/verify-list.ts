import { programmeOn, rankKeysOf, type UnitFacts } from '../eligibility/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { changeRecord, stepBy } from './change.ts'
import { decisionValues, proposalLists, proposals } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { type MadeDecision, makeDecision, storeDecisions } from './decide-case.ts'
import { byRank, costOf, inOrder } from './draft-list.ts'
import type { Proposal, ProposalId, ProposalList, ProposalListId } from './records.ts'
import { proposalListStates, proposalStates } from './states.ts'

/** What is done with a list as a whole before the forum meets. */
export type ListAction = 'submit' | 'convene' | 'cancel'

/**
 * Takes a list further: `submit` gives it to those who verify, `convene` lays it before the forum once every unit was
 * looked at, in an order that is found anew, and `cancel` ends it, for a reason. Refused with
 * `casework/unknown-record` and what the process refuses, such as `states/guard-not-met`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, moveProposalList, ProposalListId, rulebookOf } from '@lumbung/core/casework'
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
 * const input = { id: ProposalListId.parse(id), action: 'submit' } as const
 * const result = await storage.transact(village, (tx) => moveProposalList(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function moveProposalList(
  tx: Transaction,
  asked: { readonly id: ProposalListId; readonly action: ListAction; readonly reason?: string | undefined },
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: ProposalList }>> {
  const { id, action, reason } = asked
  const list = await tx.get(proposalLists, { id })
  if (list === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const units = await proposalsOf(tx, id)
  const guards = { allVerified: units.every(({ state }) => state !== 'proposed') }
  const step = stepBy(proposalListStates, list, { action, reason, guards }, context)
  if (!step.ok) return step
  if (action === 'convene') await rankAgain(tx, list, context)
  return { ok: true, record: await changeRecord(tx, proposalLists, list, step.progress, context) }
}

/**
 * The units of a list, in their order.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, ProposalListId, proposalsOf } from '@lumbung/core/casework'
 * import { VillageId } from '@lumbung/core/kernel'
 *
 * const storage = openMemory({ collections: caseworkCollections, streams: [] })
 * const list = ProposalListId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * await storage.read(VillageId.parse('v'), (tx) => proposalsOf(tx, list)) // => []
 * ```
 */
export async function proposalsOf(tx: ReadTransaction, list: ProposalListId): Promise<readonly Proposal[]> {
  const found: Proposal[] = []
  for await (const { version: _, ...proposal } of tx.stream(proposals, { where: { list } }))
    found.push(proposal)
  return found.sort(byRank)
}

/**
 * Verified units may have other facts than when they were proposed, so all of them are put in order once more. Once the
 * forum has spoken their order is that by which it did.
 */
export async function rankAgain(
  tx: Transaction,
  list: ProposalList,
  context: CaseworkContext,
): Promise<void> {
  const known = context.rulebook.pack.programmes.get(list.programme)
  const inForce = known && programmeOn(known, list.on)
  if (inForce === undefined) return
  const units = await proposalsOf(tx, list.id)
  if (units.some(({ state }) => state !== 'verified' && state !== 'rejected')) return
  const ranked = []
  for (const { subject, outcome, costMinor, decision, state } of units) {
    if (state !== 'verified') continue
    const values = await tx.get(decisionValues, { decision })
    // Where they were erased nothing is known of the unit, and it comes last.
    const facts: UnitFacts = JSON.parse(values?.facts ?? '{"household":null}')
    ranked.push({ id: subject, outcome, costMinor, keys: rankKeysOf(inForce, facts, list.on) })
  }
  const placed = inOrder(ranked, inForce, list)
  for (const { id, subject, rank, isTied } of units) {
    const place = placed.get(subject) ?? { rank: null, isTied: false }
    if (place.rank === rank && place.isTied === isTied) continue
    const stored = await tx.get(proposals, { id })
    if (stored !== undefined) await changeRecord(tx, proposals, stored, place, context)
  }
}

/** What somebody found who looked at a unit. */
export interface VerificationInput {
  readonly id: ProposalId
  /** `verify`: the facts stand as they are now; `reject`: they do not; `doubt`: it is to be looked at once more. */
  readonly action: 'verify' | 'reject' | 'doubt'
  readonly reason?: string | undefined
}

/**
 * Notes that a unit was looked at. Verified facts are in the register by now, so the unit is decided on again, and the
 * new decision takes the place of the one that it was proposed by. Refused with `casework/unknown-record`,
 * `casework/list-is-fixed` where the list is not in verification, what `decideCase` refuses, and what the process does.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, ProposalId, rulebookOf, verifyProposal } from '@lumbung/core/casework'
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
 * const input = { id: ProposalId.parse(id), action: 'verify' } as const
 * const result = await storage.transact(village, (tx) => verifyProposal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function verifyProposal(
  tx: Transaction,
  { id, action, reason }: VerificationInput,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Proposal }>> {
  const before = await tx.get(proposals, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const list = await tx.get(proposalLists, { id: before.list })
  if (list?.state !== 'verifying') return refuse({ code: 'casework/list-is-fixed', record: before.list })
  const guards = { listInVerification: true }
  const step = stepBy(proposalStates, before, { action, reason, guards }, context)
  if (!step.ok) return step
  if (action !== 'verify') {
    return { ok: true, record: await changeRecord(tx, proposals, before, step.progress, context) }
  }
  const { programme, unit, subject, decision } = before
  const made = await makeDecision(tx, { programme, unit, subject, on: list.on, replaces: decision }, context)
  if (!made.ok) return made
  await storeDecisions(tx, [made], context)
  const changes = { ...step.progress, ...standingBy(made, context) }
  return { ok: true, record: await changeRecord(tx, proposals, before, changes, context) }
}

/** What a proposal takes from the decision that it stands by now. */
export function standingBy(
  made: MadeDecision,
  { rulebook }: Pick<CaseworkContext, 'rulebook'>,
): Pick<Proposal, 'decision' | 'outcome' | 'costMinor'> {
  const { id, outcome, programme, on } = made.record
  const known = rulebook.pack.programmes.get(programme)
  const inForce = known && programmeOn(known, on)
  return { decision: id, outcome, costMinor: inForce === undefined ? null : costOf(made, inForce) }
}
