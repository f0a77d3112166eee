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
 * The edits that undo others: each record becomes what it was before. What was new is taken back; a person who
 * was new becomes a record that names nobody, and gives the number free; a household that was new was never there.
 */
export function undoEdits(edits: readonly Edit[], { now, nextId }: EditContext): readonly Edit[] {
  return edits.toReversed().map((edit) => undo(edit, now, nextId))
}

function undo(edit: Edit, now: Instant, nextId: () => string): Edit {
  switch (edit.of) {
    case 'resident': {
      const { before, after } = edit
      if (before !== null)
        return { ...edit, before: after, after: { ...before, revision: after.revision + 1 } }
      const numbers = { identityNumber: null, temporaryNumber: null }
      return residentEdit(after, { ...numbers, status: 'invalid', statusSince: after.validFrom })
    }
    case 'household': {
      const { before, after } = edit
      if (before !== null)
        return { ...edit, before: after, after: { ...before, revision: after.revision + 1 } }
      return householdEdit(after, { to: after.from ?? after.validFrom })
    }
    case 'membership': {
      if (edit.before === null)
        return { ...edit, before: edit.after, after: { ...edit.after, retractedAt: now } }
      const id = MembershipId.parse(nextId())
      return { of: 'membership', before: null, after: { ...edit.before, id, recordedAt: now } }
    }
    case 'fact': {
      if (edit.before === null)
        return { ...edit, before: edit.after, after: { ...edit.after, retractedAt: now } }
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

/** The ids of records that are no longer as the edits left them, so that these cannot be undone exactly. */
export function changedSince(
  edits: readonly Edit[],
  current: ReadonlyMap<string, object>,
): readonly string[] {
  return edits.flatMap(({ after }) => {
    const record = current.get(after.id)
    return record !== undefined && sameFields(after, record) ? [] : [after.id]
  })
}

/** Whether a record holds all fields of another; a list counts by its text. */
export function sameFields(fields: object, record: object): boolean {
  const values: Readonly<Record<string, unknown>> = { ...record }
  return Object.entries(fields).every(
    ([field, value]) => value === values[field] || JSON.stringify(value) === JSON.stringify(values[field]),
  )
}
