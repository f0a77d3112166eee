import type { CivilDate, Instant } from '../kernel/index.ts'
import type { Edit } from './event-records.ts'
import {
  type DatedFact,
  DatedFactId,
  type Household,
  type Membership,
  MembershipId,
  type Resident,
} from './records.ts'
import type { PeopleRefusal } from './refusals.ts'

/** The moment and the ids that a change is made with. Core has neither clock nor chance. */
export interface EditContext {
  readonly now: Instant
  readonly nextId: () => string
}

/** What comes of planning a change: the edits, or why it was refused. */
export type PlanResult =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly refusal: PeopleRefusal }

/** The edit of a resident by some fields. */
export function residentEdit(before: Resident, changes: Partial<Resident>): Edit {
  return { of: 'resident', before, after: { ...before, ...changes, revision: before.revision + 1 } }
}

/** The edit of a household by some fields. */
export function householdEdit(before: Household, changes: Partial<Household>): Edit {
  return { of: 'household', before, after: { ...before, ...changes, revision: before.revision + 1 } }
}

/** Memberships as a plan changes them; each that changes is taken back and written anew, so history stays. */
export interface MembershipDraft {
  /** Those not taken back, with all changes so far. */
  readonly current: () => readonly Membership[]
  readonly add: (
    membership: Pick<Membership, 'household' | 'resident' | 'kind' | 'relationship' | 'from' | 'to'>,
  ) => void
  readonly takeBack: (membership: Membership) => void
  /** It ends on a day, which it no longer covers. */
  readonly end: (membership: Membership, on: CivilDate) => void
  readonly edits: () => readonly Edit[]
}

/** Begins a draft over memberships that were read. */
export function draftMemberships(
  memberships: readonly Membership[],
  { now, nextId }: EditContext,
): MembershipDraft {
  const current = new Map(memberships.filter((m) => m.retractedAt === null).map((m) => [m.id, m]))
  const takenBack: Membership[] = []
  const added = new Map<MembershipId, Membership>()
  const add: MembershipDraft['add'] = (membership) => {
    const id = MembershipId.parse(nextId())
    const record = { ...membership, id, recordedAt: now, retractedAt: null }
    current.set(id, record)
    added.set(id, record)
  }
  const takeBack: MembershipDraft['takeBack'] = (membership) => {
    current.delete(membership.id)
    if (!added.delete(membership.id)) takenBack.push(membership)
  }
  return {
    current: () => [...current.values()],
    add,
    takeBack,
    end(membership, on) {
      if (membership.to !== null && membership.to <= on) return
      takeBack(membership)
      if (membership.from === null || membership.from < on) add({ ...membership, to: on })
    },
    edits: () => [
      ...takenBack.map(
        (before): Edit => ({ of: 'membership', before, after: { ...before, retractedAt: now } }),
      ),
      ...[...added.values()].map((after): Edit => ({ of: 'membership', before: null, after })),
    ],
  }
}

/** The edit that takes back a fact. */
export function retractFactEdit(before: DatedFact, now: Instant): Edit {
  return { of: 'fact', before, after: { ...before, retractedAt: now } }
}

/** The edit that writes down a fact. */
export function addFactEdit(
  fact: Omit<DatedFact, 'id' | 'recordedAt' | 'retractedAt'>,
  { now, nextId }: EditContext,
): Edit {
  const after = { ...fact, id: DatedFactId.parse(nextId()), recordedAt: now, retractedAt: null }
  return { of: 'fact', before: null, after }
}

/**
 * The edits that undo others, on records as they are now: each field that a change set becomes what it was before.
 * What was new is taken back; a person who was new becomes a record that names nobody, and gives the number free; a
 * household that was new was never there. Ask {@link changedSince} first.
 */
export function undoEdits(
  edits: readonly Edit[],
  current: ReadonlyMap<string, object>,
  { now, nextId }: EditContext,
): readonly Edit[] {
  return edits.toReversed().map((edit) => undo(edit, current, now, nextId))
}

function undo(edit: Edit, current: ReadonlyMap<string, object>, now: Instant, nextId: () => string): Edit {
  switch (edit.of) {
    case 'resident': {
      const present = presentOf(edit.after, current)
      if (edit.before !== null) return residentEdit(present, restored(edit.before, edit.after))
      const numbers = { identityNumber: null, temporaryNumber: null }
      return residentEdit(present, { ...numbers, status: 'invalid', statusSince: present.validFrom })
    }
    case 'household': {
      const present = presentOf(edit.after, current)
      if (edit.before !== null) return householdEdit(present, restored(edit.before, edit.after))
      return householdEdit(present, { to: present.from ?? present.validFrom })
    }
    case 'membership': {
      if (edit.before === null) {
        const before = presentOf(edit.after, current)
        return { of: 'membership', before, after: { ...before, retractedAt: now } }
      }
      const id = MembershipId.parse(nextId())
      return { of: 'membership', before: null, after: { ...edit.before, id, recordedAt: now } }
    }
    case 'fact': {
      if (edit.before === null) return retractFactEdit(presentOf(edit.after, current), now)
      const id = DatedFactId.parse(nextId())
      return { of: 'fact', before: null, after: { ...edit.before, id, recordedAt: now } }
    }
    case 'affiliation':
      return { ...edit, before: edit.after, after: edit.before ?? edit.after }
    case 'representation':
      return { ...edit, before: edit.after, after: edit.before ?? edit.after }
    case 'consent':
      return { ...edit, before: edit.after, after: edit.before ?? edit.after }
  }
}

/**
 * The ids of records that are no longer as the edits left them, so that these cannot be undone exactly. The count of
 * changes says nothing, for an undo raises it too; nor does a later correction of a field that the edits left alone.
 */
export function changedSince(
  edits: readonly Edit[],
  current: ReadonlyMap<string, object>,
): readonly string[] {
  return edits.flatMap((edit) => {
    const record = standing(edit.after, current)
    return record !== undefined && sameFields(leftBy(edit), record) ? [] : [edit.after.id]
  })
}

/** What has to be as the edit left it. */
function leftBy({ of, before, after }: Edit): object {
  if (of === 'membership' || of === 'fact') return before === null ? contentOf(after) : after
  if (of !== 'resident' && of !== 'household') return after
  const { revision: _, ...fields } = after
  if (before === null) return fields
  const set = restored(after, before)
  return Object.fromEntries(
    Object.entries(fields).filter(([field]) => field in set || courseFields.includes(field)),
  )
}

/** What life events set: one that came later is undone first, whatever it had to do with. */
const courseFields: readonly string[] = ['status', 'statusSince', 'area', 'from', 'to', 'validFrom']

/** The fields of a record in which another differs. */
function restored<T extends object>(record: T, other: T): Partial<T> & { readonly revision?: number } {
  const fields = Object.entries(record).filter(
    ([field, value]) => field !== 'revision' && !sameFields({ [field]: value }, other),
  )
  // Entries of a record are some of its fields.
  return Object.fromEntries(fields) as Partial<T>
}

/**
 * The record that stands for one that was written. What is taken back and restored by an undo stands under a new id,
 * so that history keeps both; it is known by what it says.
 */
function standing(after: Edit['after'], current: ReadonlyMap<string, object>): object | undefined {
  const record = current.get(after.id)
  if (record === undefined || !('retractedAt' in after) || after.retractedAt !== null) return record
  if (sameFields({ retractedAt: null }, record)) return record
  const content = { ...contentOf(after), retractedAt: null }
  return [...current.values()].find((other) => sameFields(content, other))
}

function contentOf(record: Edit['after']): object {
  const { id: _, ...rest } = record
  return Object.fromEntries(Object.entries(rest).filter(([field]) => field !== 'recordedAt'))
}

function presentOf<T extends Edit['after']>(after: T, current: ReadonlyMap<string, object>): T {
  const { version: _, ...record } = { version: 0, ...(standing(after, current) ?? after) }
  // What stands under the id of a record, or says the same as one, is of its kind.
  return record as unknown as T
}

/** Whether a record holds all fields of another; a list counts by its text. */
export function sameFields(fields: object, record: object): boolean {
  const values: Readonly<Record<string, unknown>> = { ...record }
  return Object.entries(fields).every(
    ([field, value]) => value === values[field] || JSON.stringify(value) === JSON.stringify(values[field]),
  )
}
