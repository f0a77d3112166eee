import { addDays, type CivilDate, type Instant, LumbungError } from '../kernel/index.ts'
import type { AnyCollection, RecordInput, RecordOf, Stored, Transaction } from '../storage/index.ts'
import { datedFacts, households, householdVersions, memberships, residents } from './collections.ts'
import { type SnapshotDefinition, todaySnapshot } from './snapshot.ts'
import { type SnapshotRows, snapshotOf } from './snapshot-of.ts'
import { chunksOf, loadUnits, recordsWith } from './snapshot-units.ts'

/** How many rows of a snapshot a call wrote, changed and removed. */
export interface SnapshotChanges {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/**
 * Brings the stored snapshot of today up to date for some households, and for people who may be on no family
 * card, under their own ids. It writes only what differs.
 *
 * @param on The day that is today.
 */
export async function refreshSnapshot(
  tx: Transaction,
  definition: SnapshotDefinition,
  householdIds: Iterable<string>,
  on: CivilDate,
): Promise<SnapshotChanges> {
  const tally = { added: 0, changed: 0, removed: 0 }
  const asOf = { snapshot: todaySnapshot, on }
  for (const ids of chunksOf([...new Set(householdIds)])) {
    const rows: SnapshotRows[] = []
    for (const unit of await loadUnits(tx, ids, asOf)) {
      const built = snapshotOf(definition, unit, asOf)
      if (built !== undefined) rows.push(built)
    }
    const homes = ids.map((id) => `${todaySnapshot}:${id}`)
    const storedHouseholds = await recordsWith(tx, definition.households, 'id', homes)
    const storedMembers = await recordsWith(tx, definition.members, 'home', homes)
    // Households come before the members that refer to them, and go after them.
    const goneHouseholds = await write(
      tx,
      definition.households,
      (row) => row.id,
      storedHouseholds,
      rows.map(({ household }) => household),
      tally,
    )
    const goneMembers = await write(
      tx,
      definition.members,
      (row) => `${row.home}:${row.resident}`,
      storedMembers,
      rows.flatMap(({ members }) => members),
      tally,
    )
    for (const gone of goneMembers) await tx.remove(definition.members, gone)
    for (const gone of goneHouseholds) await tx.remove(definition.households, gone)
  }
  return tally
}

/**
 * The day's turn: brings the stored snapshot from the state of one day to that of a later one. Only households
 * are touched in which an interval opens or closes after `from`, up to and including `to`.
 *
 * @throws LumbungError `people/turn-backwards` where `to` is before `from`
 *
 * @example
 * ```ts
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, turnSnapshot } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const collections = [...peopleCollections, ...snapshot.collections]
 * const storage = openMemory({ collections, streams: [] })
 * const [from, to] = [CivilDate.parse('2026-11-24'), CivilDate.parse('2026-11-25')]
 * const changes = await storage.transact(VillageId.parse('v'), (tx) => turnSnapshot(tx, snapshot, from, to))
 * changes // => { added: 0, changed: 0, removed: 0 }
 * ```
 */
export async function turnSnapshot(
  tx: Transaction,
  definition: SnapshotDefinition,
  from: CivilDate,
  to: CivilDate,
): Promise<SnapshotChanges> {
  if (to < from) {
    throw new LumbungError('people/turn-backwards', 'A snapshot is turned to a later day only.', {
      details: { from, to },
    })
  }
  if (to === from) return { added: 0, changed: 0, removed: 0 }
  const days = { from: addDays(from, 1), to: addDays(to, 1) }
  const homes = new Set<string>()
  const people = new Set<string>()
  for (const end of ['from', 'to'] as const) {
    const turning = { where: { [end]: days, retractedAt: null }, orderBy: [end] }
    for await (const membership of tx.stream(memberships, turning)) {
      homes.add(membership.household)
      people.add(membership.resident)
    }
    for await (const fact of tx.stream(datedFacts, turning)) {
      if (fact.unit === 'household') homes.add(fact.subject)
      else people.add(fact.subject)
    }
  }
  // No resident's record holds from a day to come; an address or an area of a household may.
  const changing = { where: { validFrom: days }, orderBy: ['validFrom'] } as const
  for await (const version of tx.stream(householdVersions, changing)) {
    homes.add(version.household)
  }
  return await refreshSnapshot(tx, definition, await withHouseholdsOf(tx, homes, people), to)
}

/** The ids under which people and households stand in a snapshot, the households of the people included. */
export async function withHouseholdsOf(
  tx: Transaction,
  homes: ReadonlySet<string>,
  people: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const all = new Set([...homes, ...people])
  for (const { household, retractedAt } of await recordsWith(tx, memberships, 'resident', [...people])) {
    if (retractedAt === null) all.add(household)
  }
  return all
}

/**
 * Builds the whole stored snapshot of today anew and mends what differs: for a village that adds a fact to its
 * definitions, or doubts.
 *
 * @example
 * ```ts
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, rebuildSnapshot } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const collections = [...peopleCollections, ...snapshot.collections]
 * const storage = openMemory({ collections, streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const changes = await storage.transact(VillageId.parse('v'), (tx) => rebuildSnapshot(tx, snapshot, on))
 * changes // => { added: 0, changed: 0, removed: 0 }
 * ```
 */
export async function rebuildSnapshot(
  tx: Transaction,
  definition: SnapshotDefinition,
  on: CivilDate,
): Promise<SnapshotChanges> {
  return await refreshSnapshot(tx, definition, await allUnitIds(tx), on)
}

/** What {@link withTemporarySnapshot} takes: a day, what was known when, and an id that names the rows. */
export interface TemporarySnapshot {
  readonly on: CivilDate
  readonly recordedBy?: Instant | undefined
  /** Any text that no other snapshot has, such as a new id. */
  readonly snapshot: string
}

/**
 * Fills rows of the same shape as today's for another day or another state of knowledge, runs `work`, and takes
 * them away again. `work` reads the rows whose `snapshot` is the one given.
 *
 * @throws LumbungError `people/snapshot-taken` for the name of the stored snapshot; whatever `work` throws
 *
 * @example
 * ```ts
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, withTemporarySnapshot } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const definition = defineSnapshot([])
 * const collections = [...peopleCollections, ...definition.collections]
 * const storage = openMemory({ collections, streams: [] })
 * const asOf = { on: CivilDate.parse('2025-12-31'), snapshot: 'year-end' }
 * const members = await storage.transact(VillageId.parse('v'), (tx) =>
 *   withTemporarySnapshot(tx, definition, asOf, () => tx.count(definition.members, { snapshot: 'year-end' })),
 * )
 * members // => 0
 * ```
 */
export async function withTemporarySnapshot<T>(
  tx: Transaction,
  definition: SnapshotDefinition,
  asOf: TemporarySnapshot,
  work: () => Promise<T>,
): Promise<T> {
  const { snapshot } = asOf
  if (snapshot === todaySnapshot || snapshot.includes(':') || snapshot === '') {
    throw new LumbungError('people/snapshot-taken', 'A temporary snapshot has a name of its own.', {
      details: { snapshot },
    })
  }
  for (const ids of chunksOf(await allUnitIds(tx))) {
    const rows = (await loadUnits(tx, ids, asOf)).flatMap((unit) => snapshotOf(definition, unit, asOf) ?? [])
    await insertRows(tx, definition, rows)
  }
  const result = await work()
  const prefix = { startsWith: `${snapshot}:` }
  for (const member of await all(tx.stream(definition.members, { where: { home: prefix } }))) {
    await tx.remove(definition.members, member)
  }
  for (const household of await all(tx.stream(definition.households, { where: { id: prefix } }))) {
    await tx.remove(definition.households, household)
  }
  return result
}

/** Adds rows that are known to be new. */
export async function insertRows(
  tx: Transaction,
  definition: SnapshotDefinition,
  rows: readonly SnapshotRows[],
): Promise<void> {
  await tx.insertMany(
    definition.households,
    rows.map(({ household }) => household),
  )
  await tx.insertMany(
    definition.members,
    rows.flatMap(({ members }) => members),
  )
}

async function allUnitIds(tx: Transaction): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of tx.stream(households)) ids.push(id)
  for await (const { id } of tx.stream(residents)) ids.push(id)
  return ids
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** Writes what differs, and tells which stored rows are no longer wanted. */
async function write<C extends AnyCollection>(
  tx: Transaction,
  collection: C,
  keyOf: (row: RecordOf<C>) => string,
  stored: readonly Stored<C>[],
  wanted: readonly RecordOf<C>[],
  tally: { added: number; changed: number; removed: number },
): Promise<Stored<C>[]> {
  const left = new Map(stored.map((row) => [keyOf(row), row]))
  const fresh: RecordOf<C>[] = []
  for (const row of wanted) {
    const key = keyOf(row)
    const present = left.get(key)
    left.delete(key)
    if (present === undefined) fresh.push(row)
    else if (differs(collection, present, row)) {
      tally.changed += 1
      await tx.update(collection, { ...row, version: present.version })
    }
  }
  tally.added += fresh.length
  tally.removed += left.size
  // The schemas of a snapshot have neither defaults nor codecs: what goes in is what comes out.
  await tx.insertMany(collection, fresh as readonly RecordInput<C>[])
  return [...left.values()]
}

function differs(
  { columns }: AnyCollection,
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  return columns.some(({ field }) => a[field] !== b[field])
}
