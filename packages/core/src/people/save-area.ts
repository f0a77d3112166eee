import { firstCivilDate, foldText } from '../kernel/index.ts'
import { type ReadTransaction, type Transaction, withoutVersion } from '../storage/index.ts'
import { areaEvents, areas } from './collections.ts'
import { sameFields } from './edits.ts'
import { type Area, AreaEvent, AreaId } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { AreaContext, SaveResult } from './save.ts'

/** An area as it is to stand in the register. */
export interface AreaInput extends Omit<Area, 'id' | 'nameKey'> {
  /** Of a record that is there, or of a new one. Default: a new one. */
  readonly id?: AreaId
}

/** What happened to an area, as somebody reports it. */
export interface AreaEventReport extends Pick<AreaEvent, 'area' | 'kind' | 'on'> {
  /** With `named`. */
  readonly name?: string
  /** With `split` and `merged`. */
  readonly into?: readonly AreaId[]
  /** With `moved`. */
  readonly parent?: AreaId | null
}

/**
 * Writes an area down, with its first name as an event; or corrects its record, a wrong name included. A new
 * name from some day on is an event: see {@link recordAreaEvent}. Refused with `people/unknown-area` where the
 * parent is not there, and `people/area-circle`.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { areaEvents, areas, saveArea } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: [areas, areaEvents], streams: [] })
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const on = CivilDate.parse('2026-11-24')
 * const context = { now, on, nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' }
 * const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Riverside', from: null, to: null } as const
 * const saved = await storage.transact(VillageId.parse('v'), (tx) => saveArea(tx, hamlet, context))
 * saved.ok && saved.record.nameKey // => 'riverside'
 * ```
 */
export async function saveArea(
  tx: Transaction,
  input: AreaInput,
  context: AreaContext,
): Promise<SaveResult<Area>> {
  const id = input.id ?? AreaId.parse(context.nextId())
  const before = input.id === undefined ? undefined : await tx.get(areas, { id })
  const refusal = await parentRefusal(tx, id, input.parent)
  if (refusal !== undefined) return { ok: false, refusal }
  const record = { ...input, id, name: input.name.normalize('NFC'), nameKey: foldText(input.name) }
  if (before !== undefined) {
    if (sameFields(record, before)) return { ok: true, record, outcome: 'unchanged' }
    await tx.update(areas, { ...record, version: before.version })
    context.wrote?.({ collection: areas, before: withoutVersion(before), after: record })
    if (record.name !== before.name) await renameLast(tx, record, context)
    return { ok: true, record, outcome: 'changed' }
  }
  const naming = firstNaming(record, context)
  await tx.insert(areas, record)
  await tx.insert(areaEvents, naming)
  context.wrote?.({ collection: areas, after: record }, { collection: areaEvents, after: naming })
  return { ok: true, record, outcome: 'added' }
}

/** The event of an area's first name. */
export function firstNaming(area: Area, { now, nextId }: AreaContext): AreaEvent {
  return {
    id: AreaEvent.shape.id.parse(nextId()),
    area: area.id,
    kind: 'named',
    on: area.from ?? firstCivilDate,
    name: area.name,
    into: [],
    parent: null,
    recordedAt: now,
  }
}

/** A corrected name was wrong from the day on which it was given. */
async function renameLast(tx: Transaction, { id, name }: Area, { wrote }: AreaContext): Promise<void> {
  const { records } = await tx.query(areaEvents, {
    where: { area: id, kind: 'named' },
    orderBy: ['-on', '-recordedAt'],
    limit: 1,
  })
  for (const event of records) {
    await tx.update(areaEvents, { ...event, name })
    const before = withoutVersion(event)
    wrote?.({ collection: areaEvents, before, after: { ...before, name } })
  }
}

/**
 * Records that an area got another name, was split, merged, moved under another, or closed, from a day on. The
 * record of the area follows, history stays. Refused with `people/unknown-area`, `people/in-the-future`,
 * `people/area-circle`, and `people/incomplete` where a name or the areas that it became are missing.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { AreaId, areaEvents, areas, recordAreaEvent, saveArea } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: [areas, areaEvents], streams: [] })
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const on = CivilDate.parse('2026-11-24')
 * let last = 0
 * const context = { now, on, nextId: () => `0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f4${last++}` }
 * const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Old Ford', from: null, to: null } as const
 * const renamed = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const saved = await saveArea(tx, hamlet, context)
 *   const area = saved.ok ? saved.record.id : AreaId.parse('')
 *   return await recordAreaEvent(tx, { area, kind: 'named', on, name: 'Riverside' }, context)
 * })
 * renamed.ok && renamed.record.name // => 'Riverside'
 * ```
 */
export async function recordAreaEvent(
  tx: Transaction,
  { area: id, kind, on, name, into = [], parent = null }: AreaEventReport,
  context: AreaContext,
): Promise<SaveResult<Area>> {
  const refuse = (code: PeopleRefusal['code']) => ({ ok: false, refusal: { code, records: [id] } }) as const
  const before = await tx.get(areas, { id })
  if (before === undefined) return refuse('people/unknown-area')
  if (on > context.on) return refuse('people/in-the-future')
  if (kind === 'named' && !name) return refuse('people/incomplete')
  if ((kind === 'split' || kind === 'merged') && into.length === 0) return refuse('people/incomplete')
  for (const target of into) {
    if ((await tx.get(areas, { id: target })) === undefined) return refuse('people/unknown-area')
  }
  const refusal = kind === 'moved' ? await parentRefusal(tx, id, parent) : undefined
  if (refusal !== undefined) return { ok: false, refusal }
  const event: AreaEvent = {
    id: AreaEvent.shape.id.parse(context.nextId()),
    area: id,
    kind,
    on,
    name: kind === 'named' && name ? name : null,
    into,
    parent,
    recordedAt: context.now,
  }
  await tx.insert(areaEvents, event)
  const after = { ...before, ...changesOf(event, await isLatestName(tx, event)) }
  await tx.update(areas, after)
  const [was, record] = [withoutVersion(before), withoutVersion(after)]
  context.wrote?.({ collection: areaEvents, after: event }, { collection: areas, before: was, after: record })
  return { ok: true, record, outcome: 'changed' }
}

function changesOf({ kind, on, name, parent, area, into }: AreaEvent, isLatest: boolean): Partial<Area> {
  switch (kind) {
    case 'named':
      return name === null || !isLatest ? {} : { name, nameKey: foldText(name) }
    case 'moved':
      return { parent }
    case 'split':
    case 'merged':
      // An area that gives away a part of itself goes on.
      return into.includes(area) ? {} : { to: on }
    case 'closed':
      return { to: on }
    case 'reopened':
      return { to: null }
  }
}

/** A name that is recorded late may have been replaced since. */
async function isLatestName(tx: Transaction, event: AreaEvent): Promise<boolean> {
  if (event.kind !== 'named') return false
  const { records } = await tx.query(areaEvents, {
    where: { area: event.area, kind: 'named' },
    orderBy: ['-on', '-recordedAt', '-id'],
    limit: 1,
  })
  return records[0]?.id === event.id || records[0]?.on === event.on
}

/** Why an area cannot lie within another. */
export async function parentRefusal(
  tx: ReadTransaction,
  id: AreaId,
  parent: AreaId | null,
): Promise<PeopleRefusal | undefined> {
  const seen = new Set<AreaId>([id])
  for (let at = parent; at !== null; ) {
    if (seen.has(at)) return { code: 'people/area-circle', records: [id] }
    seen.add(at)
    const above = await tx.get(areas, { id: at })
    if (above === undefined) return { code: 'people/unknown-area', records: [at] }
    at = above.parent
  }
  return undefined
}
