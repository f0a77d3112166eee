import { addDays, type CivilDate } from '../kernel/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { households, residents } from './collections.ts'
import { sameFields } from './edits.ts'
import { type SnapshotDefinition, todaySnapshot } from './snapshot.ts'
import { type SnapshotRows, type SnapshotUnit, snapshotOf } from './snapshot-of.ts'
import { loadUnits, recordsWith } from './snapshot-units.ts'
import { groupBy } from './spans.ts'
import type { RegisterFault } from './verify-versions.ts'

/** So many units are rebuilt at a time, which bounds the memory. */
const unitsPerPage = 512

/**
 * Checks that the stored snapshot is what building it anew gives, unit by unit and in bounded memory. What was changed
 * since the snapshot's day was brought to the day of the change at once, so a unit may stand as it does on any day up
 * to today.
 *
 * @param days The day that the snapshot was brought to, and today.
 *
 * @example
 * ```ts
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, snapshotFaults } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const days = { from: CivilDate.parse('2026-11-24'), to: CivilDate.parse('2026-11-25') }
 * const faults = await storage.read(VillageId.parse('v'), async (tx) => {
 *   for await (const fault of snapshotFaults(tx, snapshot, days)) return fault
 *   return 'none'
 * })
 * faults // => 'none'
 * ```
 */
export async function* snapshotFaults(
  tx: ReadTransaction,
  definition: SnapshotDefinition,
  days: { readonly from: CivilDate; readonly to: CivilDate },
): AsyncGenerator<RegisterFault> {
  const seen = { households: 0, members: 0 }
  const collection = definition.households.name
  for await (const ids of pagesOfUnits(tx)) {
    const homes = ids.map((id) => homeOf(id))
    const stored = new Map(
      (await recordsWith(tx, definition.households, 'id', homes)).map((row) => [row.id, row]),
    )
    const members = groupBy(await recordsWith(tx, definition.members, 'home', homes), ({ home }) => home)
    seen.households += stored.size
    for (const rows of members.values()) seen.members += rows.length

    const isStored = (id: string, built: SnapshotRows | undefined): boolean => {
      const household = stored.get(homeOf(id))
      const people = members.get(homeOf(id)) ?? []
      if (built === undefined) return household === undefined && people.length === 0
      if (household === undefined || people.length !== built.members.length) return false
      const byResident = new Map(people.map((row) => [row.resident, row]))
      return (
        sameFields(built.household, household) &&
        built.members.every((member) => sameFields(member, byResident.get(member.resident) ?? {}))
      )
    }
    const asOf = { snapshot: todaySnapshot, on: days.from }
    const differing = (await loadUnits(tx, ids, asOf))
      .filter((unit) => !isStored(unit.id, snapshotOf(definition, unit, asOf)))
      .map(({ id }) => id)
    // Of another day more may be known of a person than what the first one needed.
    for (const unit of days.to > days.from ? await loadUnits(tx, differing) : unitsNamed(differing)) {
      if (!holdsOnLaterDay(definition, unit, days, isStored)) {
        yield { code: 'snapshot-altered', collection, key: [unit.id] }
      }
    }
  }
  // Rows that are of no unit at all.
  const where = { snapshot: todaySnapshot }
  for (const [name, rows, known] of [
    [collection, await tx.count(definition.households, where), seen.households],
    [definition.members.name, await tx.count(definition.members, where), seen.members],
  ] as const) {
    if (rows !== known) yield { code: 'snapshot-altered', collection: name, key: [] }
  }
}

function holdsOnLaterDay(
  definition: SnapshotDefinition,
  unit: SnapshotUnit,
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
  isStored: (id: string, built: SnapshotRows | undefined) => boolean,
): boolean {
  for (let on = from; on < to; ) {
    on = addDays(on, 1)
    if (isStored(unit.id, snapshotOf(definition, unit, { snapshot: todaySnapshot, on }))) return true
  }
  return false
}

function unitsNamed(ids: readonly string[]): SnapshotUnit[] {
  return ids.map((id) => ({ id, versions: [], people: [], facts: [] }))
}

function homeOf(id: string): string {
  return `${todaySnapshot}:${id}`
}

async function* pagesOfUnits(tx: ReadTransaction): AsyncGenerator<readonly string[]> {
  let page: string[] = []
  for (const collection of [households, residents]) {
    for await (const { id } of tx.stream(collection)) {
      page.push(id)
      if (page.length < unitsPerPage) continue
      yield page
      page = []
    }
  }
  if (page.length > 0) yield page
}
