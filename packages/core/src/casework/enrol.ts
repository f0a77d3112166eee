import { beginProgress, type CivilDate } from '../kernel/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { addRecords, changeRecord, stepBy } from './change.ts'
import { enrolments, proposalLists, proposals } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { doubleBenefitsOf } from './enrolled-units.ts'
import { Enrolment, EnrolmentId, type Proposal, type ProposalId } from './records.ts'
import { enrolmentStates, proposalStates } from './states.ts'
import { isPlaceFree, moveUpWaiting } from './waiting-list.ts'

/** From when an accepted unit takes part. */
export interface EnrolInput {
  readonly proposal: ProposalId
  readonly id?: EnrolmentId | undefined
  /** It may lie before today or after it. */
  readonly from: CivilDate
  readonly participantNumber?: string | null | undefined
}

/**
 * Enrols a unit that the forum accepted, once its list is closed. Refused with `casework/unknown-record`,
 * `casework/already-enrolled`, `casework/double-benefit` with the other enrolment and the law that does not allow both,
 * and what the process refuses.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, enrolProposal, ProposalId, rulebookOf } from '@lumbung/core/casework'
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
 * const input = { proposal: ProposalId.parse(id), from: on }
 * const result = await storage.transact(village, (tx) => enrolProposal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function enrolProposal(
  tx: Transaction,
  { proposal, id, from, participantNumber = null }: EnrolInput,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Enrolment; readonly proposal: Proposal }>> {
  const before = await tx.get(proposals, { id: proposal })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: proposal })
  const { programme, unit, subject } = before
  const where = { subject, programme, state: { in: ['active', 'suspended'] } } as const
  const { records } = await tx.query(enrolments, { where, limit: 1 })
  if (records[0] !== undefined) return refuse({ code: 'casework/already-enrolled', record: records[0].id })
  const list = await tx.get(proposalLists, { id: before.list })
  const guards = { listIsClosed: list?.state === 'closed' }
  const step = stepBy(proposalStates, before, { action: 'enrol', guards }, context)
  if (!step.ok) return step
  const record = Enrolment.parse({
    id: id ?? EnrolmentId.parse(context.nextId()),
    programme,
    unit,
    subject,
    ...beginProgress(enrolmentStates, from),
    from,
    to: null,
    participantNumber,
    source: 'proposal',
    proposal,
    recordedAt: context.now,
  })
  const double = await doubleRefusal(tx, record, context)
  if (double !== undefined) return double
  await addRecords(tx, enrolments, [record], context)
  const enrolled = await changeRecord(tx, proposals, before, step.progress, context)
  return { ok: true, record, proposal: enrolled }
}

/** The refusal of a part in a programme that may not stand beside another today, or on its first day to come. */
async function doubleRefusal(tx: ReadTransaction, record: Enrolment, { on, rulebook }: CaseworkContext) {
  const [double] = await doubleBenefitsOf(tx, rulebook.pack, [record], record.from < on ? on : record.from)
  if (double === undefined) return undefined
  const { first, second, forbiddenBy, citation } = double
  const other = first.id === record.id ? second : first
  const name = other.programme
  return refuse({ code: 'casework/double-benefit', record: other.id, name, forbiddenBy, citation })
}

/** The end of a part without its exit: one that lies before the exit is its own. */
function endBesideExit({ to, history }: Enrolment): CivilDate | null {
  const exit = history.findLast(({ action }) => action === 'exit')
  return to !== null && exit !== undefined && to < exit.on ? to : null
}

/** A change of somebody's part in a programme. */
export interface EnrolmentMove {
  readonly id: EnrolmentId
  readonly action: 'suspend' | 'resume' | 'exit' | 'reinstate'
  /** Needed for all but `resume`. */
  readonly reason?: string | undefined
  /** The day from which it counts; of an exit, the first on which they no longer take part. Default: today. */
  readonly on?: CivilDate | undefined
}

/**
 * Suspends and resumes somebody's part in a programme, ends it, or takes an end back that was written down by mistake,
 * as long as nobody else has the place by now. After an exit those who wait on the list move up. Refused with
 * `casework/unknown-record`, `casework/not-yet` for a day to come, `casework/already-enrolled` where the unit takes part
 * again by now, `casework/double-benefit` where it may not take part again beside another programme, and what the
 * process refuses.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, EnrolmentId, moveEnrolment, rulebookOf } from '@lumbung/core/casework'
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
 * const input = { id: EnrolmentId.parse(id), action: 'exit', reason: 'They moved away.' } as const
 * const result = await storage.transact(village, (tx) => moveEnrolment(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function moveEnrolment(
  tx: Transaction,
  { id, action, reason, on }: EnrolmentMove,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Enrolment; readonly movedUp: readonly Proposal[] }>> {
  const before = await tx.get(enrolments, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  // Who is to take part from a day to come can leave before it does, and so never took part.
  const hasBegun = before.from <= context.on
  const latest = hasBegun ? context.on : before.from
  const day = on ?? latest
  if (day > latest) return refuse({ code: 'casework/not-yet', on: day })
  const { subject, programme } = before
  if (action === 'reinstate') {
    const where = { subject, programme, state: { in: ['active', 'suspended'] } } as const
    const { records } = await tx.query(enrolments, { where, limit: 1 })
    if (records[0] !== undefined) return refuse({ code: 'casework/already-enrolled', record: records[0].id })
    const back: Enrolment = { ...before, state: 'active', to: endBesideExit(before) }
    const double = await doubleRefusal(tx, back, context)
    if (double !== undefined) return double
  }
  const guards = { placeIsFree: action === 'reinstate' && (await isPlaceFree(tx, before)) }
  const step = stepBy(enrolmentStates, before, { action, reason, on: day, guards }, context)
  if (!step.ok) return step
  // A part that has ended by itself is not made longer by an exit that is written down later.
  const end =
    action === 'exit'
      ? { to: before.to !== null && before.to < day ? before.to : day }
      : action === 'reinstate'
        ? { to: endBesideExit(before) }
        : {}
  const record = await changeRecord(tx, enrolments, before, { ...step.progress, ...end }, context)
  const unit = before.proposal === null ? undefined : await tx.get(proposals, { id: before.proposal })
  const movedUp = action === 'exit' && unit !== undefined ? await moveUpWaiting(tx, unit.list, context) : []
  return { ok: true, record, movedUp }
}
