import { type CivilDate, foldText } from '../kernel/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { belongingStatuses } from './belonging.ts'
import { areas, households, residents } from './collections.ts'
import type { Area, AreaId } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { AreaContext, SaveResult } from './save.ts'
import { recordAreaEvent, saveArea } from './save-area.ts'

/** One of the areas that an area becomes. */
export interface AreaPart {
  readonly name: string
  readonly code: string | null
  /** The areas within the old one that go over to this part, with all who live there. */
  readonly inner: readonly AreaId[]
}

/** How an area is split. */
export interface AreaSplit {
  readonly area: AreaId
  readonly on: CivilDate
  readonly parts: readonly AreaPart[]
  /** Whether the area goes on with what no part takes; otherwise it ends on the day. */
  readonly goesOn: boolean
}

/**
 * Splits an area: its parts are new areas beside it from the day on, the areas within it move under them, and it
 * ends or goes on with the rest. Who lives in an inner area comes along with it; history stays.
 *
 * Refused with `people/unknown-area` (also for an inner area that lies elsewhere), `people/in-the-future`,
 * `people/incomplete` where it would stay one area or an inner area would be left behind, `people/listed-twice`,
 * `people/already-there` where a part has the name of a neighbour, and `people/has-members` where the area would end
 * while people or households belong to it and to no inner area.
 *
 * @example
 * ```ts
 * import { CivilDate, createIdGenerator, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, saveArea, splitArea } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const clock = () => Date.UTC(2026, 10, 24)
 * const nextId = createIdGenerator({ clock, random: (bytes) => new Uint8Array(bytes).fill(7) })
 * const on = CivilDate.parse('2026-11-24')
 * const context = { now: Instant.parse('2026-11-24T03:00:00.000Z'), on, nextId }
 * const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Riverside', from: null, to: null } as const
 * const split = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const saved = await saveArea(tx, hamlet, context)
 *   if (!saved.ok) throw new Error('refused')
 *   const parts = [{ name: 'Old Ford', code: null, inner: [] }]
 *   return await splitArea(tx, { area: saved.record.id, on, parts, goesOn: true }, context)
 * })
 * split.ok && split.record.map(({ name }) => name) // => ['Old Ford']
 * ```
 */
export async function splitArea(
  tx: Transaction,
  split: AreaSplit,
  context: AreaContext,
): Promise<SaveResult<readonly Area[]>> {
  const { area: id, on, parts, goesOn } = split
  const before = await tx.get(areas, { id })
  if (before === undefined) return { ok: false, refusal: { code: 'people/unknown-area', records: [id] } }
  const refusal = await splitRefusal(tx, before, split, context.on)
  if (refusal !== undefined) return { ok: false, refusal }
  const added: Area[] = []
  for (const { name, code, inner } of parts) {
    const { kind, parent } = before
    const saved = await saveArea(tx, { kind, parent, code, name, from: on, to: null }, context)
    if (!saved.ok) return saved
    added.push(saved.record)
    for (const area of inner) {
      const moved = await recordAreaEvent(tx, { area, kind: 'moved', on, parent: saved.record.id }, context)
      if (!moved.ok) return moved
    }
  }
  const into = [...added.map((area) => area.id), ...(goesOn ? [id] : [])]
  const ended = await recordAreaEvent(tx, { area: id, kind: 'split', on, into }, context)
  return ended.ok ? { ok: true, record: added, outcome: 'added' } : ended
}

async function splitRefusal(
  tx: ReadTransaction,
  area: Area,
  { on, parts, goesOn }: AreaSplit,
  today: CivilDate,
): Promise<PeopleRefusal | undefined> {
  const { id, parent } = area
  if (on > today) return { code: 'people/in-the-future', records: [id] }
  // What has ended, or had not begun, cannot be split.
  if ((area.to !== null && area.to <= on) || (area.from !== null && area.from >= on))
    return { code: 'people/changed-later', records: [id] }
  if (parts.length + Number(goesOn) < 2) return { code: 'people/incomplete', records: [id] }
  const [within, beside]: [Area[], Area[]] = [[], []]
  for await (const other of tx.stream(areas)) {
    if (other.to !== null) continue
    if (other.parent === id) within.push(other)
    if (other.parent === parent && other.kind === area.kind) beside.push(other)
  }
  const taken = parts.flatMap(({ inner }) => inner)
  if (new Set(taken).size < taken.length) return { code: 'people/listed-twice', records: taken }
  const elsewhere = taken.filter((inner) => !within.some((known) => known.id === inner))
  if (elsewhere.length > 0) return { code: 'people/unknown-area', records: elsewhere }
  const names = parts.map(({ name }) => foldText(name))
  const isNew = (name: string, index: number) =>
    names.indexOf(name) === index && !beside.some(({ nameKey }) => nameKey === name)
  if (!names.every(isNew)) return { code: 'people/already-there', records: [id] }
  if (goesOn) return undefined
  const left = within.filter((inner) => !taken.includes(inner.id)).map((inner) => inner.id)
  if (left.length > 0) return { code: 'people/incomplete', records: left }
  return await membersRefusal(tx, id)
}

/** An area in which somebody is registered, and not in one within it, cannot end. */
export async function membersRefusal(tx: ReadTransaction, id: AreaId): Promise<PeopleRefusal | undefined> {
  const people = await tx.count(residents, { area: id, status: { in: belongingStatuses } })
  const homes = await tx.count(households, { area: id, to: null })
  return people + homes > 0 ? { code: 'people/has-members', records: [id] } : undefined
}
