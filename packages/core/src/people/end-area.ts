import type { CivilDate } from '../kernel/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { areaEvents, areas } from './collections.ts'
import type { Area, AreaEvent, AreaId } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { AreaContext, SaveResult } from './save.ts'
import { parentRefusal, recordAreaEvent } from './save-area.ts'
import { membersRefusal } from './split-area.ts'

/** That an area is no more from a day on. */
export interface AreaEnd {
  readonly area: AreaId
  readonly on: CivilDate
  /** The area that it becomes a part of, with all areas within it. Default: it is closed. */
  readonly into?: AreaId | undefined
}

/**
 * Merges an area into another of its kind, under which the areas within it go, or closes it. Refused with
 *
 * - `people/unknown-area`, `people/wrong-kind`: the other is not there, has ended, or is of another kind;
 * - `people/area-circle`: the other is the same, or lies within it;
 * - `people/in-the-future`, `people/changed-later`: the day is to come, or one of both had ended or not begun;
 * - `people/incomplete`: it would be closed with areas within it, which are in `records`;
 * - `people/already-there`: an area within it has the name of one within the other; both are in `records`;
 * - `people/has-members`: people or households are registered in it, and in no area within it.
 *
 * After a refusal nothing was written. {@link reopenArea} takes it back.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { endArea, peopleCollections, saveArea } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: peopleCollections, streams: [] })
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const on = CivilDate.parse('2026-11-24')
 * let last = 0
 * const context = { now, on, nextId: () => `0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f4${last++}` }
 * const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Old Ford', from: null, to: null } as const
 * const ended = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const saved = await saveArea(tx, hamlet, context)
 *   return saved.ok ? await endArea(tx, { area: saved.record.id, on }, context) : saved
 * })
 * ended.ok && ended.record.to // => '2026-11-24'
 * ```
 */
export async function endArea(
  tx: Transaction,
  end: AreaEnd,
  context: AreaContext,
): Promise<SaveResult<Area>> {
  const { area: id, on, into } = end
  const before = await tx.get(areas, { id })
  if (before === undefined) return { ok: false, refusal: { code: 'people/unknown-area', records: [id] } }
  const inner = await openWithin(tx, id)
  const refusal = await endRefusal(tx, before, inner, end, context.on)
  if (refusal !== undefined) return { ok: false, refusal }
  if (into === undefined) return await recordAreaEvent(tx, { area: id, kind: 'closed', on }, context)
  for (const area of inner) {
    const moved = await recordAreaEvent(tx, { area: area.id, kind: 'moved', on, parent: into }, context)
    if (!moved.ok) return moved
  }
  return await recordAreaEvent(tx, { area: id, kind: 'merged', on, into: [into] }, context)
}

async function endRefusal(
  tx: ReadTransaction,
  area: Area,
  inner: readonly Area[],
  { on, into }: AreaEnd,
  today: CivilDate,
): Promise<PeopleRefusal | undefined> {
  const refuse = (code: PeopleRefusal['code'], records: readonly string[] = [area.id]) => ({ code, records })
  if (on > today) return refuse('people/in-the-future')
  if (!holds(area, on)) return refuse('people/changed-later')
  if (into === undefined) {
    if (inner.length > 0)
      return refuse(
        'people/incomplete',
        inner.map(({ id }) => id),
      )
    return await membersRefusal(tx, area.id)
  }
  const circle = await parentRefusal(tx, area.id, into)
  if (circle !== undefined) return circle
  const other = await tx.get(areas, { id: into })
  if (other === undefined || other.to !== null) return refuse('people/unknown-area', [into])
  if (other.kind !== area.kind) return refuse('people/wrong-kind', [into])
  if (!holds(other, on)) return refuse('people/changed-later', [into])
  const there = await openWithin(tx, into)
  for (const one of inner) {
    const same = there.find(({ kind, nameKey }) => kind === one.kind && nameKey === one.nameKey)
    if (same !== undefined) return refuse('people/already-there', [one.id, same.id])
  }
  return await membersRefusal(tx, area.id)
}

/**
 * Takes back that an area was merged or closed: it goes on as if it had not, and the areas that went over with it come
 * back. History keeps both. Refused with `people/unknown-area`; `people/already-undone` where it goes on; and
 * `people/changed-since` where it ended by a split, or what went over or lies around it changed since, with the
 * areas in `records`; `people/already-there` where another has taken its name.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { endArea, peopleCollections, reopenArea, saveArea } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: peopleCollections, streams: [] })
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const on = CivilDate.parse('2026-11-24')
 * let last = 0
 * const context = { now, on, nextId: () => `0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f4${last++}` }
 * const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Old Ford', from: null, to: null } as const
 * const reopened = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const saved = await saveArea(tx, hamlet, context)
 *   if (!saved.ok) return saved
 *   await endArea(tx, { area: saved.record.id, on }, context)
 *   return await reopenArea(tx, saved.record.id, context)
 * })
 * reopened.ok && reopened.record.to // => null
 * ```
 */
export async function reopenArea(
  tx: Transaction,
  id: AreaId,
  context: AreaContext,
): Promise<SaveResult<Area>> {
  const refuse = (code: PeopleRefusal['code'], records: readonly string[] = [id]) =>
    ({ ok: false, refusal: { code, records } }) as const
  const area = await tx.get(areas, { id })
  if (area === undefined) return refuse('people/unknown-area')
  if (area.to === null) return refuse('people/already-undone')
  const ending = await endingOf(tx, area)
  if (ending === undefined) return refuse('people/changed-since')
  const around = area.parent === null ? undefined : await tx.get(areas, { id: area.parent })
  if (around !== undefined && around.to !== null) return refuse('people/changed-since', [around.id])
  const beside = await openWithin(tx, area.parent)
  const same = beside.find(({ kind, nameKey }) => kind === area.kind && nameKey === area.nameKey)
  if (same !== undefined) return refuse('people/already-there', [same.id])
  const [into = null] = ending.into
  const over = into === null ? [] : await broughtInto(tx, into, ending)
  const elsewhere = over.filter(({ parent, to }) => parent !== into || to !== null)
  if (elsewhere.length > 0)
    return refuse(
      'people/changed-since',
      elsewhere.map((one) => one.id),
    )
  const reopened = await recordAreaEvent(tx, { area: id, kind: 'reopened', on: ending.on }, context)
  if (!reopened.ok) return reopened
  for (const one of over) {
    const back = { area: one.id, kind: 'moved', on: ending.on, parent: id } as const
    const moved = await recordAreaEvent(tx, back, context)
    if (!moved.ok) return moved
  }
  return reopened
}

/** The event that ended an area, where it is one that can be taken back and nothing came after it. */
async function endingOf(tx: ReadTransaction, { id }: Area): Promise<AreaEvent | undefined> {
  const { records } = await tx.query(areaEvents, {
    where: { area: id },
    orderBy: ['-recordedAt', '-id'],
    limit: 1,
  })
  return records.find(({ kind }) => kind === 'merged' || kind === 'closed')
}

/** The areas that a merge put under the other one; they were moved by the same writing. */
async function broughtInto(
  tx: ReadTransaction,
  into: AreaId,
  { on, recordedAt }: AreaEvent,
): Promise<readonly Area[]> {
  const found = new Map<string, Area>()
  for await (const event of tx.stream(areaEvents, { where: { kind: 'moved', parent: into } })) {
    if (event.on !== on || event.recordedAt !== recordedAt) continue
    const area = await tx.get(areas, { id: event.area })
    if (area !== undefined) found.set(area.id, area)
  }
  return [...found.values()]
}

async function openWithin(tx: ReadTransaction, parent: AreaId | null): Promise<readonly Area[]> {
  const found: Area[] = []
  for await (const area of tx.stream(areas, { where: { parent, to: null } })) found.push(area)
  return found
}

function holds({ from, to }: Area, on: CivilDate): boolean {
  return (to === null || to > on) && (from === null || from < on)
}
