import * as z from 'zod'
import { type CivilDate, type Instant, ResidentId } from '../kernel/index.ts'
import {
  type LifeEventId,
  type LifeEventKind,
  lifeEventResidents,
  lifeEvents,
  type MergeId,
  merges,
  recordsWith,
  residents,
} from '../people/index.ts'
import { readAreas } from './area-tree.ts'
import { classRank } from './permission.ts'
import { noteReads, notFound, placedView, type ResidentView, requireReach, residentView } from './register.ts'
import { defineRead } from './use-case.ts'

/** A life event as somebody may see it. */
export interface LifeEventView {
  readonly id: LifeEventId
  readonly kind: LifeEventKind
  readonly on: CivilDate
  readonly recordedAt: Instant
  /** Null where the actor may not see it. */
  readonly note: string | null
  /** Whom it touched. */
  readonly people: readonly ResidentView[]
  /** The event that this one takes back. */
  readonly reverses: LifeEventId | null
  /** The event that took this one back. */
  readonly reversedBy: LifeEventId | null
}

/** What happened in the life of a resident as far as it was recorded here, the latest first. */
export const listLifeEvents = defineRead({
  name: 'life-event.list',
  scope: 'resident.read',
  input: z.strictObject({ resident: ResidentId }),
  async run(context, { resident }): Promise<readonly LifeEventView[]> {
    const { tx } = context
    const tree = await readAreas(tx)
    const found = await tx.get(residents, { id: resident })
    if (found === undefined) throw notFound(context, 'resident')
    const { shows } = await placedView(context, tree, found)
    const ids = (await recordsWith(tx, lifeEventResidents, 'resident', [resident])).map(({ event }) => event)
    const events = await recordsWith(tx, lifeEvents, 'id', ids)
    const reversals = new Map(
      (await recordsWith(tx, lifeEvents, 'reverses', ids)).map((e) => [e.reverses, e.id]),
    )
    const touched = await recordsWith(tx, lifeEventResidents, 'event', ids)
    const people = await recordsWith(tx, residents, 'id', [...new Set(touched.map((link) => link.resident))])
    const views = new Map(people.map((person) => [person.id, residentView(context, tree, person)]))
    noteReads(context, [...views.values()])
    return events
      .toSorted((a, b) =>
        a.recordedAt === b.recordedAt ? order(b.id, a.id) : order(b.recordedAt, a.recordedAt),
      )
      .map(({ id, kind, on, recordedAt, note, reverses }) => ({
        id,
        kind,
        on,
        recordedAt,
        note: classRank(shows) >= classRank('specific') ? note : null,
        people: touched.flatMap((link) => (link.event === id ? (views.get(link.resident) ?? []) : [])),
        reverses,
        reversedBy: reversals.get(id) ?? null,
      }))
  },
})

/** Two records that were made one. */
export interface MergeView {
  readonly id: MergeId
  readonly kept: ResidentView
  readonly merged: ResidentView
  readonly on: CivilDate
  readonly recordedAt: Instant
  readonly undoneAt: Instant | null
}

/** Most merges that are listed. */
const mergesMax = 20

/** Records that were made one and still are, the latest first: of one resident, or of the village. */
export const listMerges = defineRead({
  name: 'merge.list',
  scope: 'resident.merge',
  input: z.strictObject({ resident: ResidentId.optional() }),
  async run(context, { resident }): Promise<readonly MergeView[]> {
    const { tx } = context
    if (resident !== undefined) await requireReach(context, resident)
    const tree = await readAreas(tx)
    const of = (where: Readonly<Record<string, unknown>>) =>
      tx.query(merges, { where: { ...where, undoneAt: null }, orderBy: ['-id'], limit: mergesMax })
    const found =
      resident === undefined ? [await of({})] : [await of({ kept: resident }), await of({ merged: resident })]
    const views: MergeView[] = []
    for (const { id, kept, merged, on, recordedAt, undoneAt } of found.flatMap(({ records }) => records)) {
      const [first, second] = [await tx.get(residents, { id: kept }), await tx.get(residents, { id: merged })]
      if (first === undefined || second === undefined) continue
      const [one, other] = [residentView(context, tree, first), residentView(context, tree, second)]
      views.push({ id, kept: one, merged: other, on, recordedAt, undoneAt })
    }
    noteReads(
      context,
      views.flatMap((view) => [view.kept, view.merged]),
    )
    return views
  },
})

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
