import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { changeRecord, stepBy } from './change.ts'
import { enrolments, proposalLists, proposals } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import type { Enrolment, Proposal, ProposalId, ProposalList, ProposalListId } from './records.ts'
import { proposalStates } from './states.ts'
import { proposalsOf } from './verify-list.ts'

/** What of a list is not taken; null where it has no such limit. */
interface Room {
  readonly places: number | null
  readonly budgetMinor: number | null
}

/** A place is taken by whoever was accepted, until they decline or leave the programme. */
async function roomIn(tx: ReadTransaction, list: ProposalList, units: readonly Proposal[]): Promise<Room> {
  const gone = new Set<ProposalId>()
  const where = { programme: list.programme, state: 'exited' } as const
  for await (const { proposal } of tx.stream(enrolments, { where })) if (proposal !== null) gone.add(proposal)
  const taken = units.filter(
    ({ id, state }) => state === 'accepted' || (state === 'enrolled' && !gone.has(id)),
  )
  const spentMinor = taken.reduce((sum, { costMinor }) => sum + (costMinor ?? 0), 0)
  return {
    places: list.places === null ? null : list.places - taken.length,
    budgetMinor: list.budgetMinor === null ? null : list.budgetMinor - spentMinor,
  }
}

function hasRoomFor({ costMinor }: Proposal, { places, budgetMinor }: Room): boolean {
  if (places !== null && places < 1) return false
  return budgetMinor === null || (costMinor !== null && costMinor <= budgetMinor)
}

/** Whether the place on a list that somebody left is still free. */
export async function isPlaceFree(tx: ReadTransaction, { proposal }: Enrolment): Promise<boolean> {
  const unit = proposal === null ? undefined : await tx.get(proposals, { id: proposal })
  const list = unit && (await tx.get(proposalLists, { id: unit.list }))
  // Who came from elsewhere has no place on a list of the village.
  if (unit === undefined || list === undefined) return true
  return hasRoomFor(unit, await roomIn(tx, list, await proposalsOf(tx, list.id)))
}

/**
 * Lets those who wait on a closed list move up, in their order, as long as places are free and the money suffices. The
 * first for whom it does not keeps the others waiting.
 *
 * @returns Those who moved up.
 */
export async function moveUpWaiting(
  tx: Transaction,
  listId: ProposalListId,
  context: CaseworkContext,
): Promise<readonly Proposal[]> {
  const list = await tx.get(proposalLists, { id: listId })
  if (list?.state !== 'closed') return []
  const moved: Proposal[] = []
  for (const unit of await proposalsOf(tx, listId)) {
    // An appeal may have shown of one who waits that the rules do not mean them.
    if (unit.state !== 'waiting' || unit.outcome !== 'eligible') continue
    const placeIsFree = hasRoomFor(unit, await roomIn(tx, list, await proposalsOf(tx, listId)))
    const step = stepBy(proposalStates, unit, { action: 'accept', guards: { placeIsFree } }, context)
    const stored = await tx.get(proposals, { id: unit.id })
    if (!step.ok || stored === undefined) break
    moved.push(await changeRecord(tx, proposals, stored, step.progress, context))
  }
  return moved
}

/** What a unit says that was accepted or waits. */
export interface DeclineInput {
  readonly id: ProposalId
  readonly reason: string
}

/**
 * Notes that an accepted unit does not take its place, for a reason, and lets those who wait move up; one that waits
 * leaves the waiting list. Refused with `casework/unknown-record` and what the process refuses.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, declineProposal, ProposalId, rulebookOf } from '@lumbung/core/casework'
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
 * const input = { id: ProposalId.parse(id), reason: 'They found work.' }
 * const result = await storage.transact(village, (tx) => declineProposal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function declineProposal(
  tx: Transaction,
  { id, reason }: DeclineInput,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Proposal; readonly movedUp: readonly Proposal[] }>> {
  const before = await tx.get(proposals, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const list = await tx.get(proposalLists, { id: before.list })
  const action = before.state === 'waiting' ? 'refuse' : 'decline'
  const guards = { listIsClosed: list?.state === 'closed' }
  const step = stepBy(proposalStates, before, { action, reason, guards }, context)
  if (!step.ok) return step
  const record = await changeRecord(tx, proposals, before, step.progress, context)
  return { ok: true, record, movedUp: await moveUpWaiting(tx, before.list, context) }
}
