import { type ProgrammeInForce, programmeOn, rank, rankKeysOf, screen } from '../eligibility/index.ts'
import { beginProgress } from '../kernel/index.ts'
import { households, residents } from '../people/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { type CaseFacts, homesOn } from './case-facts.ts'
import { addRecords } from './change.ts'
import { enrolments, proposalLists, proposals } from './collections.ts'
import { type Case, type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { decisionOn, type MadeDecision, makeDecision, storeDecisions } from './decide-case.ts'
import { Proposal, ProposalId, ProposalList, ProposalListId } from './records.ts'
import { proposalListStates, proposalStates } from './states.ts'

/** A proposal list as it is asked for. */
export interface ProposalListInput extends Pick<ProposalList, 'programme' | 'title' | 'on'> {
  readonly id?: ProposalListId | undefined
  /** Default: the quota of the version in force, less those who are enrolled; null for no limit. */
  readonly places?: number | null | undefined
  /** Default: the budget of the version in force; null for no limit. */
  readonly budgetMinor?: number | null | undefined
}

/** A list with its units, in their order; those without a place in it come last. */
export interface DraftedList {
  readonly list: ProposalList
  readonly proposals: readonly Proposal[]
}

/**
 * Drafts a proposal list: screens everybody as the register knows them on a day, and puts whoever is indicated as
 * eligible in the order of the programme. Those for whom facts are missing stand on it too, without a place, to be
 * verified. Who is enrolled is left out. A decision on each is written down. Refused with `casework/unknown-programme`
 * and `casework/no-version-in-force`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, draftProposalList, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const input = { programme: 'rice', title: 'Rice 2026', on }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => draftProposalList(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-programme'
 * ```
 */
export async function draftProposalList(
  tx: Transaction,
  { id, ...input }: ProposalListInput,
  context: CaseworkContext,
): Promise<CaseResult<DraftedList>> {
  const { programme, on } = input
  const { pack } = context.rulebook
  const known = pack.programmes.get(programme)
  if (known === undefined) return refuse({ code: 'casework/unknown-programme', record: programme })
  const inForce = programmeOn(known, on)
  if (inForce === undefined) return refuse({ code: 'casework/no-version-in-force', on })
  const enrolled = await enrolledIn(tx, programme)
  const { quota } = inForce.version
  const usualPlaces = quota?.units === undefined ? null : Math.max(0, quota.units - enrolled.size)
  const list = ProposalList.parse({
    ...input,
    ...beginProgress(proposalListStates, context.on),
    id: id ?? ProposalListId.parse(context.nextId()),
    places: input.places === undefined ? usualPlaces : input.places,
    budgetMinor: input.budgetMinor === undefined ? (quota?.budgetMinor ?? null) : input.budgetMinor,
    forum: null,
    recordedAt: context.now,
  })
  const { unit } = known.config
  const made: DecidedCase[] = []
  for await (const found of screen(pack, everybodyOn(tx, context, on), { on, programmes: [programme] })) {
    if (found.outcome === 'ineligible' || found.outcome === null || enrolled.has(found.id)) continue
    // What is screened here is what `everybodyOn` gives.
    const facts = found.household as ScreenedCase
    const member = found.member === undefined ? {} : { member: found.member }
    const question = { programme, unit, subject: found.id, on }
    const decided = decisionOn({ ...facts.facts, ...member }, question, context)
    if (decided !== undefined) made.push(rankedCase(decided, inForce, { ...facts.facts, ...member }))
  }
  await storeDecisions(
    tx,
    made.map(({ decided }) => decided),
    context,
  )
  await addRecords(tx, proposalLists, [list], context)
  const placed = inOrder(made, inForce, list)
  const records = made
    .map(({ id: subject, costMinor, decided: { record } }) =>
      Proposal.parse({
        id: context.nextId(),
        list: list.id,
        programme,
        unit,
        subject,
        ...beginProgress(proposalStates, context.on),
        decision: record.id,
        outcome: record.outcome,
        ...(placed.get(subject) ?? unplaced),
        costMinor,
        override: null,
      }),
    )
    .toSorted(byRank)
  await addRecords(tx, proposals, records, context)
  return { ok: true, list, proposals: records }
}

/** A unit with what it is ranked by. */
export interface RankedCase {
  readonly id: string
  readonly keys: ReturnType<typeof rankKeysOf>
  readonly costMinor: number | null
  readonly outcome: Proposal['outcome']
}

type DecidedCase = RankedCase & { readonly decided: MadeDecision }

function rankedCase(decided: MadeDecision, inForce: ProgrammeInForce, facts: CaseFacts): DecidedCase {
  const { subject: id, on, outcome } = decided.record
  return { id, keys: rankKeysOf(inForce, facts, on), costMinor: costOf(decided, inForce), outcome, decided }
}

/** What a unit would cost, for the time that the benefit is per; null where it is unknown. */
export function costOf({ document }: MadeDecision, { benefit }: ProgrammeInForce): number | null {
  if (document.outcome !== 'eligible') return null
  return benefit === undefined ? 0 : (document.benefit?.totalMinor ?? null)
}

const unplaced = { rank: null, isTied: false }

/** The places of those who are indicated as eligible, by the order of the programme; ties are settled by the id. */
export function inOrder(
  units: readonly RankedCase[],
  { ranking }: ProgrammeInForce,
  { places, budgetMinor }: Pick<ProposalList, 'places' | 'budgetMinor'>,
): ReadonlyMap<string, { readonly rank: number; readonly isTied: boolean }> {
  const limits = { units: places ?? undefined, budgetMinor: budgetMinor ?? undefined }
  const eligible = units.filter(({ outcome }) => outcome === 'eligible')
  const { served, waiting, tiedAtLine } = rank(
    eligible,
    ranking.map(({ order }) => order),
    limits,
  )
  const order = [...served, ...waiting].map(({ unit }) => unit.id)
  return new Map(order.map((id, index) => [id, { rank: index + 1, isTied: tiedAtLine.includes(id) }]))
}

/** In the order of the programme, and those without a place by their id. */
export function byRank(a: Proposal, b: Proposal): number {
  const [x, y] = [a.rank ?? Number.POSITIVE_INFINITY, b.rank ?? Number.POSITIVE_INFINITY]
  return x === y ? (a.subject < b.subject ? -1 : 1) : x - y
}

/** The subjects of those who are enrolled in a programme, also while that is suspended. */
async function enrolledIn(tx: ReadTransaction, programme: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const where = { programme, state: { in: ['active', 'suspended'] } } as const
  for await (const { subject } of tx.stream(enrolments, { where })) found.add(subject)
  return found
}

interface ScreenedCase {
  readonly id: string
  readonly household: CaseFacts['household']
  readonly memberIds: readonly string[]
  readonly facts: CaseFacts
}

/** All families, and those who are on no family card, so that each person is there once. */
async function* everybodyOn(
  tx: ReadTransaction,
  { snapshot }: CaseworkContext,
  on: ProposalList['on'],
): AsyncGenerator<ScreenedCase> {
  const ids: string[] = []
  for await (const { id } of tx.stream(households, { where: { kind: 'family' } })) ids.push(id)
  for await (const { id } of tx.stream(residents)) ids.push(id)
  for await (const facts of homesOn(tx, snapshot, ids, on)) {
    yield { id: facts.home, household: facts.household, memberIds: facts.memberIds, facts }
  }
}

/** What is added to a list that screening left out. */
export interface AddedProposal extends Pick<Case, 'subject'> {
  readonly list: ProposalListId
}

/**
 * Puts a unit on a list that screening left off it, so that the village can speak about it, whatever the rules say of
 * it. Its place in the order is found when the list goes before the forum. Refused with `casework/unknown-record`,
 * `casework/already-listed`, `casework/already-enrolled`, `casework/list-is-fixed` where it is before the forum or
 * done, and what `decideCase` refuses.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { addProposal, caseworkCollections, ProposalListId, rulebookOf } from '@lumbung/core/casework'
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
 * const input = { list: ProposalListId.parse(id), subject: id }
 * const result = await storage.transact(village, (tx) => addProposal(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function addProposal(
  tx: Transaction,
  { list: listId, subject }: AddedProposal,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Proposal }>> {
  const list = await tx.get(proposalLists, { id: listId })
  if (list === undefined) return refuse({ code: 'casework/unknown-record', record: listId })
  const { programme, on } = list
  if (list.state !== 'draft' && list.state !== 'verifying') {
    return refuse({ code: 'casework/list-is-fixed', record: listId })
  }
  const known = context.rulebook.pack.programmes.get(programme)
  const inForce = known && programmeOn(known, on)
  if (known === undefined) return refuse({ code: 'casework/unknown-programme', record: programme })
  if (inForce === undefined) return refuse({ code: 'casework/no-version-in-force', on })
  const { records } = await tx.query(proposals, { where: { list: listId, subject }, limit: 1 })
  if (records[0] !== undefined) return refuse({ code: 'casework/already-listed', record: records[0].id })
  if ((await enrolledIn(tx, programme)).has(subject)) {
    return refuse({ code: 'casework/already-enrolled', record: subject })
  }
  const { unit } = known.config
  const made = await makeDecision(tx, { programme, unit, subject, on }, context)
  if (!made.ok) return made
  await storeDecisions(tx, [made], context)
  const record = Proposal.parse({
    id: ProposalId.parse(context.nextId()),
    list: listId,
    programme,
    unit,
    subject,
    ...beginProgress(proposalStates, context.on),
    decision: made.record.id,
    outcome: made.record.outcome,
    ...unplaced,
    costMinor: costOf(made, inForce),
    override: null,
  })
  await addRecords(tx, proposals, [record], context)
  return { ok: true, record }
}
