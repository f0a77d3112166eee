import { type CivilDate, LumbungError } from '../kernel/index.ts'
import type {
  AnyCollection,
  ReadTransaction,
  RecordInput,
  RecordOf,
  Stored,
  Transaction,
} from '../storage/index.ts'
import {
  affiliations,
  consents,
  datedFacts,
  households,
  householdVersions,
  memberships,
  representations,
  residents,
  residentVersions,
  residentWords,
} from './collections.ts'
import type { EditContext } from './edits.ts'
import type { Edit } from './event-records.ts'
import type { Household, HouseholdVersion, Resident, ResidentVersion } from './records.ts'
import type { SnapshotDefinition } from './snapshot.ts'
import { refreshSnapshot, withHouseholdsOf } from './snapshot-store.ts'
import { recordsWith } from './snapshot-units.ts'

/** What every change of the register is made with. */
export interface PeopleContext extends EditContext {
  /** Today in the village. */
  readonly on: CivilDate
  readonly snapshot: SnapshotDefinition
  /** Asked before edits are written; what it throws lets none of them be. Default: all may be written. */
  readonly allow?: (edits: readonly Edit[]) => Promise<void>
  /** Hears of all edits that were written, for an audit log. Default: nobody does. */
  readonly edited?: (edits: readonly Edit[]) => void
  /** Hears how many records of a collection were added without an edit each. Default: nobody does. */
  readonly addedInBulk?: (collection: AnyCollection, records: number) => void
}

/** The version of a resident's record that belongs to its present state. */
export function residentVersionOf(
  { id, revision, ...person }: Resident,
  recordedAt: EditContext['now'],
): ResidentVersion {
  return { resident: id, seq: revision, recordedAt, ...person }
}

/** The version of a household's record that belongs to its present state. */
export function householdVersionOf(
  { id, revision, ...home }: Household,
  recordedAt: EditContext['now'],
): HouseholdVersion {
  return { household: id, seq: revision, recordedAt, ...home }
}

/** Writes edits: records, their versions, and today's snapshot of all whom they touch. */
export async function applyEdits(
  tx: Transaction,
  edits: readonly Edit[],
  context: PeopleContext,
): Promise<void> {
  const { now } = context
  await context.allow?.(edits)
  const homes = new Set<string>()
  const people = new Set<string>()
  const homeEdits = edits.filter((edit) => edit.of === 'household')
  await put(tx, households, homeEdits)
  await tx.insertMany(
    householdVersions,
    homeEdits.map(({ after }) => householdVersionOf(after, now)),
  )
  for (const { after } of homeEdits) homes.add(after.id)

  const residentEdits = edits.filter((edit) => edit.of === 'resident')
  await put(tx, residents, residentEdits)
  await tx.insertMany(
    residentVersions,
    residentEdits.map(({ after }) => residentVersionOf(after, now)),
  )
  for (const { after } of residentEdits) people.add(after.id)
  await updateWords(tx, residentEdits)

  const membershipEdits = edits.filter((edit) => edit.of === 'membership')
  await put(tx, memberships, membershipEdits)
  for (const { after } of membershipEdits) {
    homes.add(after.household)
    people.add(after.resident)
  }
  const factEdits = edits.filter((edit) => edit.of === 'fact')
  await put(tx, datedFacts, factEdits)
  for (const { after } of factEdits) (after.unit === 'household' ? homes : people).add(after.subject)

  await put(
    tx,
    affiliations,
    edits.filter((edit) => edit.of === 'affiliation'),
  )
  await put(
    tx,
    representations,
    edits.filter((edit) => edit.of === 'representation'),
  )
  await put(
    tx,
    consents,
    edits.filter((edit) => edit.of === 'consent'),
  )
  const units = await withHouseholdsOf(tx, homes, people)
  await refreshSnapshot(tx, context.snapshot, units, context.on)
  context.edited?.(edits)
}

/** The words under which a person is found. */
export function wordsOf({ id, nameKey }: Resident): readonly RecordOf<typeof residentWords>[] {
  const words = nameKey.split(/\s+/u).flatMap(spellingsOf)
  return [...new Set(words)].filter((word) => word !== '').map((word) => ({ word, resident: id }))
}

/** What stands within a word of a name and is no part of it to whoever types it: `nur'aini`, `h.ahmad`, `bria-nahak`. */
const withinWord = /[^\p{L}\p{M}\p{N}]+/u

/** A word as it is written, run together, and in its parts: `nur'aini` is found as `nuraini` and as `aini` too. */
function spellingsOf(word: string): readonly string[] {
  const parts = word.split(withinWord)
  return parts.length === 1 ? parts : [word, parts.join(''), ...parts]
}

async function updateWords(
  tx: Transaction,
  edits: readonly { readonly before: Resident | null; readonly after: Resident }[],
): Promise<void> {
  const renamed = edits.filter(({ before, after }) => before?.nameKey !== after.nameKey)
  const ids = renamed.filter(({ before }) => before !== null).map(({ after }) => after.id)
  for (const word of await recordsWith(tx, residentWords, 'resident', ids))
    await tx.remove(residentWords, word)
  await tx.insertMany(
    residentWords,
    renamed.flatMap(({ after }) => wordsOf(after)),
  )
}

/** The collection that an edit of each kind is about. */
export const collectionsOfEdits = {
  resident: residents,
  household: households,
  membership: memberships,
  fact: datedFacts,
  affiliation: affiliations,
  representation: representations,
  consent: consents,
} as const satisfies Readonly<Record<Edit['of'], AnyCollection>>

/** The records that edits are about as they are now, by id, and those that may stand for one that was taken back. */
export async function currentRecords(
  tx: ReadTransaction,
  edits: readonly Edit[],
): Promise<ReadonlyMap<string, object>> {
  const found = new Map<string, object>()
  for (const [of, collection] of Object.entries(collectionsOfEdits)) {
    const ids = edits.filter((edit) => edit.of === of).map(({ after }) => after.id)
    for (const record of await recordsWith(tx, collection, 'id', ids)) found.set(record.id, record)
  }
  const people = edits.flatMap((edit) => (edit.of === 'membership' ? [edit.after.resident] : []))
  for (const record of await recordsWith(tx, memberships, 'resident', [...new Set(people)]))
    found.set(record.id, record)
  const subjects = edits.flatMap((edit) => (edit.of === 'fact' ? [edit.after.subject] : []))
  for (const record of await recordsWith(tx, datedFacts, 'subject', [...new Set(subjects)]))
    found.set(record.id, record)
  return found
}

async function put<C extends AnyCollection>(
  tx: Transaction,
  collection: C,
  edits: readonly { readonly before: RecordOf<C> | null; readonly after: RecordOf<C> }[],
): Promise<void> {
  const changed = edits.filter(({ before }) => before !== null)
  const stored = new Map<unknown, Stored<C>>()
  const ids = changed.map(({ after }) => idOf(after))
  // Every collection that edits are about is keyed by `id`.
  for (const record of await recordsWith(tx, collection, 'id' as never, ids)) stored.set(idOf(record), record)
  for (const { after } of changed) {
    const present = stored.get(idOf(after))
    if (present === undefined) {
      throw new LumbungError('people/record-gone', 'A record that is to change is not stored.', {
        details: { collection: collection.name, id: idOf(after) },
      })
    }
    await tx.update(collection, { ...after, version: present.version })
  }
  const added = edits.filter(({ before }) => before === null).map(({ after }) => after)
  // These schemas have neither defaults nor codecs: what goes in is what comes out.
  await tx.insertMany(collection, added as readonly RecordInput<C>[])
}

function idOf(record: Readonly<Record<string, unknown>>): string {
  return String(record['id'])
}
