import { type HouseholdId, LumbungError, type ResidentId } from '../kernel/index.ts'
import { type ReadTransaction, type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, currentRecords, type PeopleContext } from './apply.ts'
import {
  affiliations,
  areas,
  consents,
  datedFacts,
  households,
  lifeEventResidents,
  lifeEvents,
  memberships,
  merges,
  representations,
  residents,
} from './collections.ts'
import { type Edit, type LifeEvent, LifeEventDetails, type Merge } from './event-records.ts'
import { type LifeEventReport, planLifeEvent, residentsOfLifeEvent } from './life-event.ts'
import type { PeopleState } from './life-event-plan.ts'
import { planMerge, planUnmerge } from './merge.ts'
import { LifeEventId, MergeId } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { SaveResult } from './save.ts'
import { recordsWith } from './snapshot-units.ts'

/**
 * Records a life event with all that it changes: people, households, memberships, their history, and today's
 * snapshot.
 *
 * An event takes effect on its day: a person who dies or moves out on a day is no member on that day. It is
 * refused with
 *
 * - `people/in-the-future`: its day is after today;
 * - `people/unknown-resident`, `people/unknown-household`, `people/unknown-event`: it names what is not there;
 * - `people/not-living-here`: someone is dead, moved away or no valid record;
 * - `people/before-birth`: someone was not born yet;
 * - `people/changed-later`: the record already changed with effect from a later day; undo that first;
 * - `people/mother-not-female`, `people/same-person`, `people/already-married`, `people/not-married`;
 * - `people/new-head-needed`: others stay in a household whose head goes, and no new head is named;
 * - `people/one-head`: a household would have no head, or two;
 * - `people/not-a-member`, `people/already-member`, `people/nobody-left`, `people/already-there`;
 * - `people/already-there`: a birth of that day, mother and name is on record;
 * - `people/already-reversed`, `people/changed-since`: it cannot be undone exactly, `records` are in the way.
 * - `people/number-taken`, `people/unknown-area`.
 *
 * The same id once more changes nothing, and with another report is refused with `people/already-there`.
 *
 * @throws LumbungError `people/invalid-event` for details that break their schema; details: `issues`
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, ResidentId, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, recordLifeEvent } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const resident = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const context = { now, on, snapshot, nextId: () => resident }
 * const report = { on, details: { kind: 'death', resident, newHeads: [] } } as const
 * const result = await storage.transact(VillageId.parse('v'), (tx) => recordLifeEvent(tx, report, context))
 * result.ok || result.refusal.code // => 'people/unknown-resident'
 * ```
 */
export async function recordLifeEvent(
  tx: Transaction,
  report: LifeEventReport,
  context: PeopleContext,
): Promise<SaveResult<LifeEvent>> {
  const { on, note = '' } = report
  const details = parsed(report.details)
  const id = report.id ?? LifeEventId.parse(context.nextId())
  if (report.id !== undefined) {
    const present = withoutVersion(await tx.get(lifeEvents, { id }))
    if (present !== undefined) {
      const same = present.on === on && JSON.stringify(parsed(present.details)) === JSON.stringify(details)
      if (same) return { ok: true, record: present, outcome: 'unchanged' }
      return { ok: false, refusal: { code: 'people/already-there', event: id } }
    }
  }
  const plan = planLifeEvent(await loadState(tx, details), { ...report, details }, context)
  if (!plan.ok) return plan
  const refusal = await newRecordsRefusal(tx, plan.edits)
  if (refusal !== undefined) return { ok: false, refusal }
  await applyEdits(tx, plan.edits, context)
  const reverses = details.kind === 'reversal' ? details.reverses : null
  const { now: recordedAt } = context
  const { edits } = plan
  const record: LifeEvent = { id, kind: details.kind, on, details, note, edits, reverses, recordedAt }
  await tx.insert(lifeEvents, record)
  const touched = plan.edits.flatMap((edit) =>
    edit.of === 'resident' ? [edit.after.id] : edit.of === 'membership' ? [edit.after.resident] : [],
  )
  const who = new Set([...residentsOfLifeEvent(details), ...touched])
  await tx.insertMany(
    lifeEventResidents,
    [...who].map((resident) => ({ event: id, resident })),
  )
  return { ok: true, record, outcome: 'added' }
}

/**
 * Records that two records are of one person: what only the second knows goes over to the kept one, and where both
 * know something for the same time, the kept one's counts. The second record stays, names the kept one and is in no
 * snapshot of any day. Refused with `people/unknown-resident`, `people/same-person`, and `people/already-merged` where
 * one of them is merged or names nobody. Where sex or identity numbers contradict each other, it is refused with
 * `people/reason-needed`, the contradicting fields in `fields`, unless there is a reason.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, ResidentId, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, mergeResidents, peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const id = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const context = { now, on, snapshot, nextId: () => id }
 * const pair = { kept: id, merged: id }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => mergeResidents(tx, pair, context))
 * result.ok || result.refusal.code // => 'people/unknown-resident'
 * ```
 */
export async function mergeResidents(
  tx: Transaction,
  pair: {
    readonly kept: ResidentId
    readonly merged: ResidentId
    /** Why they are one person although their records contradict each other. Default: none is given. */
    readonly reason?: string | undefined
  },
  context: PeopleContext,
): Promise<SaveResult<Merge>> {
  const kept = withoutVersion(await tx.get(residents, { id: pair.kept }))
  if (kept === undefined)
    return { ok: false, refusal: { code: 'people/unknown-resident', resident: pair.kept } }
  const merged = withoutVersion(await tx.get(residents, { id: pair.merged }))
  if (merged === undefined)
    return { ok: false, refusal: { code: 'people/unknown-resident', resident: pair.merged } }
  const ids = [kept.id, merged.id]
  const records = {
    memberships: (await recordsWith(tx, memberships, 'resident', ids)).map((held) => withoutVersion(held)),
    facts: (await recordsWith(tx, datedFacts, 'subject', ids)).map((held) => withoutVersion(held)),
    affiliations: (await recordsWith(tx, affiliations, 'resident', [merged.id])).map((held) =>
      withoutVersion(held),
    ),
    representations: byId([
      ...(await recordsWith(tx, representations, 'resident', [merged.id])).map((held) =>
        withoutVersion(held),
      ),
      ...(await recordsWith(tx, representations, 'representative', [merged.id])).map((held) =>
        withoutVersion(held),
      ),
    ]),
    consents: byId([
      ...(await recordsWith(tx, consents, 'resident', [merged.id])).map((held) => withoutVersion(held)),
      ...(await recordsWith(tx, consents, 'givenBy', [merged.id])).map((held) => withoutVersion(held)),
    ]),
  }
  const plan = planMerge(kept, merged, records, context.on, context, pair.reason)
  if (!plan.ok) return plan
  await applyEdits(tx, plan.edits, context)
  const record: Merge = {
    id: MergeId.parse(context.nextId()),
    kept: kept.id,
    merged: merged.id,
    on: context.on,
    edits: plan.edits,
    recordedAt: context.now,
    undoneAt: null,
  }
  await tx.insert(merges, record)
  return { ok: true, record, outcome: 'added' }
}

/**
 * Undoes a merge: each field that it set becomes what it was before, a later correction of another field stays, and
 * the merge stays on record as undone. Merges in a row are undone from the last one back. Refused
 * with `people/unknown-merge`, `people/already-undone`, and `people/changed-since` where what it set changed after
 * the merge, with the ids in `records`.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, MergeId, peopleCollections, unmergeResidents } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const id = MergeId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const context = { now, on, snapshot, nextId: () => id }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => unmergeResidents(tx, id, context))
 * result.ok || result.refusal.code // => 'people/unknown-merge'
 * ```
 */
export async function unmergeResidents(
  tx: Transaction,
  id: MergeId,
  context: PeopleContext,
): Promise<SaveResult<Merge>> {
  const merge = await tx.get(merges, { id })
  if (merge === undefined) return { ok: false, refusal: { code: 'people/unknown-merge', records: [id] } }
  const plan = planUnmerge(merge, await currentRecords(tx, merge.edits), context)
  if (!plan.ok) return plan
  await applyEdits(tx, plan.edits, context)
  const undone = await tx.update(merges, { ...merge, undoneAt: context.now })
  return { ok: true, record: withoutVersion(undone), outcome: 'changed' }
}

/** The records that the plan of an event looks at. */
async function loadState(tx: ReadTransaction, details: LifeEventDetails): Promise<PeopleState> {
  const people = new Set<ResidentId>(residentsOfLifeEvent(details))
  const homes = new Set<HouseholdId>(householdsOf(details))
  const events: LifeEvent[] = []
  let others: ReadonlyMap<string, object> = new Map()
  if (details.kind === 'reversal') {
    events.push(
      ...(await recordsWith(tx, lifeEvents, 'id', [details.reverses])).map((held) => withoutVersion(held)),
    )
    events.push(
      ...(await recordsWith(tx, lifeEvents, 'reverses', [details.reverses])).map((held) =>
        withoutVersion(held),
      ),
    )
    others = await currentRecords(
      tx,
      events.flatMap(({ edits }) => edits),
    )
  }
  for (const { household } of await recordsWith(tx, memberships, 'resident', [...people]))
    homes.add(household)
  const ofHomes = await recordsWith(tx, memberships, 'household', [...homes])
  // A member's other households matter too: a person is in one of each kind.
  for (const { resident } of ofHomes) people.add(resident)
  const ofPeople = await recordsWith(tx, memberships, 'resident', [...people])
  if (details.kind === 'marriage' || details.kind === 'divorce') {
    const spouses = await eventsOf(tx, details.spouses)
    const partners = spouses.flatMap((event) => residentsOfLifeEvent(event.details))
    events.push(...byId([...spouses, ...(await eventsOf(tx, partners))]))
  }
  if (details.kind === 'birth') events.push(...(await eventsOf(tx, [details.mother])))
  return {
    residents: (await recordsWith(tx, residents, 'id', [...people])).map((held) => withoutVersion(held)),
    households: (await recordsWith(tx, households, 'id', [...homes])).map((held) => withoutVersion(held)),
    memberships: byId([...ofHomes, ...ofPeople].map((held) => withoutVersion(held))),
    events,
    others,
  }
}

/** The events of people, and those that reverse them. */
async function eventsOf(tx: ReadTransaction, people: readonly ResidentId[]): Promise<LifeEvent[]> {
  const links = await recordsWith(tx, lifeEventResidents, 'resident', [...new Set(people)])
  const ids = [...new Set(links.map(({ event }) => event))]
  return byId([
    ...(await recordsWith(tx, lifeEvents, 'id', ids)).map((held) => withoutVersion(held)),
    ...(await recordsWith(tx, lifeEvents, 'reverses', ids)).map((held) => withoutVersion(held)),
  ])
}

function householdsOf(details: LifeEventDetails): readonly HouseholdId[] {
  switch (details.kind) {
    case 'move-in':
    case 'head-change':
      return [details.household]
    case 'card-split':
      return [details.household, ...(details.opens.id === undefined ? [] : [details.opens.id])]
    case 'marriage':
      return details.joins === null ? [] : [details.joins.household]
    default:
      return []
  }
}

/** Why new records cannot be written: their number or id belongs to another. */
async function newRecordsRefusal(
  tx: ReadTransaction,
  edits: readonly Edit[],
): Promise<PeopleRefusal | undefined> {
  for (const edit of edits) {
    if (edit.of !== 'resident' && edit.of !== 'household') continue
    const { area } = edit.after
    if (area !== null && area !== edit.before?.area && (await tx.get(areas, { id: area })) === undefined) {
      return { code: 'people/unknown-area', records: [area] }
    }
    if (edit.of !== 'resident') continue
    const { id: resident, identityNumber, temporaryNumber } = edit.after
    if (edit.before === null && (await tx.get(residents, { id: resident })) !== undefined) {
      return { code: 'people/already-there', resident }
    }
    for (const where of [identityNumber && { identityNumber }, temporaryNumber && { temporaryNumber }]) {
      if (!where) continue
      const { records } = await tx.query(residents, { where, limit: 1 })
      const other = records.find(({ id }) => id !== resident)
      if (other !== undefined) return { code: 'people/number-taken', resident, records: [other.id] }
    }
  }
  return undefined
}

/** Details in one form, so that the same report is the same text. */
function parsed(details: LifeEventDetails): LifeEventDetails {
  const result = LifeEventDetails.safeParse(details)
  if (result.success) return result.data
  throw new LumbungError('people/invalid-event', 'The details of a life event break their schema.', {
    details: { issues: result.error.issues },
  })
}

function byId<R extends { readonly id: string }>(records: readonly R[]): R[] {
  return [...new Map(records.map((record) => [record.id, record])).values()]
}
