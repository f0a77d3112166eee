import type { CivilDate } from '../kernel/index.ts'
import { bareNumber } from './duplicates.ts'
import {
  addFactEdit,
  changedSince,
  draftMemberships,
  type EditContext,
  type PlanResult,
  residentEdit,
  retractFactEdit,
  undoEdits,
} from './edits.ts'
import type { Edit, Merge } from './event-records.ts'
import {
  type Affiliation,
  type Consent,
  type DatedFact,
  headRelationship,
  type Membership,
  type Representation,
  type Resident,
} from './records.ts'
import { spansOverlap } from './spans.ts'

/** The records of two people who are one. */
export interface MergeRecords {
  readonly memberships: readonly Membership[]
  readonly facts: readonly DatedFact[]
  readonly affiliations: readonly Affiliation[]
  readonly representations: readonly Representation[]
  readonly consents: readonly Consent[]
}

/**
 * Plans that two records are of one person: what only the second knows goes over to the kept one, and where both
 * know something for the same time, the kept one's counts. The second record stays, names the kept one and is in no
 * snapshot of any day. Refused with `people/same-person`, and `people/already-merged` where one of them is
 * merged or names nobody. Where sex or identity
 * numbers contradict each other, somebody must have found out why: without a reason it is refused with
 * `people/reason-needed`, the contradicting fields in `fields`.
 *
 * @param on The day of the decision. It does not bound the effect: the records were of one person all along.
 */
export function planMerge(
  kept: Resident,
  merged: Resident,
  records: MergeRecords,
  on: CivilDate,
  context: EditContext,
  reason = '',
): PlanResult {
  if (kept.id === merged.id) return { ok: false, refusal: { code: 'people/same-person', resident: kept.id } }
  for (const { id, status, mergedInto } of [kept, merged]) {
    if (mergedInto !== null || status === 'merged' || status === 'invalid') {
      return { ok: false, refusal: { code: 'people/already-merged', resident: id } }
    }
  }
  const fields = contradictions(kept, merged)
  if (fields.length > 0 && reason.trim() === '')
    return { ok: false, refusal: { code: 'people/reason-needed', resident: merged.id, fields } }
  const taken = {
    identityNumber: kept.identityNumber ?? merged.identityNumber,
    temporaryNumber: kept.temporaryNumber ?? merged.temporaryNumber,
    birthPlace: kept.birthPlace ?? merged.birthPlace,
    area: kept.area ?? merged.area,
  }
  // A number that goes over is given free first: no two records hold the same.
  const given = {
    identityNumber: kept.identityNumber === null ? null : merged.identityNumber,
    temporaryNumber: kept.temporaryNumber === null ? null : merged.temporaryNumber,
  }
  const edits: Edit[] = [
    residentEdit(merged, { ...given, status: 'merged', statusSince: on, mergedInto: kept.id }),
    residentEdit(kept, taken),
    ...mergedMemberships(kept, merged, records.memberships, context),
    ...mergedFacts(kept, merged, records.facts, context),
    ...repointed(kept, merged, records),
  ]
  return { ok: true, edits }
}

/** What two records of one person cannot both be right about. A birth date is often an estimate, so it is none. */
function contradictions(kept: Resident, merged: Resident): readonly string[] {
  const [one, other] = [kept.identityNumber, merged.identityNumber]
  const numbersDiffer = one !== null && other !== null && bareNumber(one) !== bareNumber(other)
  return [...(numbersDiffer ? ['identityNumber'] : []), ...(kept.sex === merged.sex ? [] : ['sex'])]
}

/**
 * Plans to undo a merge: each field that it set becomes what it was before, and a later correction of another stays.
 * Refused with `people/already-undone`, and
 * `people/changed-since` where a field that it set changed
 * after the merge, with the ids in `records`.
 *
 * @param current The records that the merge changed as they are now, by id.
 */
export function planUnmerge(
  merge: Merge,
  current: ReadonlyMap<string, object>,
  context: EditContext,
): PlanResult {
  if (merge.undoneAt !== null) return { ok: false, refusal: { code: 'people/already-undone' } }
  const records = changedSince(merge.edits, current)
  if (records.length > 0) return { ok: false, refusal: { code: 'people/changed-since', records } }
  return { ok: true, edits: undoEdits(merge.edits, current, context) }
}

function mergedMemberships(
  kept: Resident,
  merged: Resident,
  memberships: readonly Membership[],
  context: EditContext,
): readonly Edit[] {
  const draft = draftMemberships(memberships, context)
  for (const membership of draft.current().filter(({ resident }) => resident === merged.id)) {
    draft.takeBack(membership)
    const own = draft
      .current()
      .filter((m) => m.resident === kept.id && m.kind === membership.kind && spansOverlap(m, membership))
    if (own.length === 0) draft.add({ ...membership, resident: kept.id })
    // Somebody must go on answering for the household.
    if (membership.relationship !== headRelationship) continue
    for (const m of own.filter(({ household }) => household === membership.household)) {
      draft.takeBack(m)
      draft.add({ ...m, relationship: headRelationship })
    }
  }
  return draft.edits()
}

function mergedFacts(
  kept: Resident,
  merged: Resident,
  facts: readonly DatedFact[],
  context: EditContext,
): readonly Edit[] {
  const standing = facts.filter(({ unit, retractedAt }) => unit === 'resident' && retractedAt === null)
  const own = standing.filter(({ subject }) => subject === kept.id)
  return standing
    .filter(({ subject }) => subject === merged.id)
    .toSorted((a, b) =>
      a.recordedAt === b.recordedAt ? (a.id < b.id ? -1 : 1) : a.recordedAt < b.recordedAt ? -1 : 1,
    )
    .filter((fact) => !own.some(({ name, ...span }) => name === fact.name && spansOverlap(span, fact)))
    .flatMap((fact) => [
      retractFactEdit(fact, context.now),
      addFactEdit({ ...fact, subject: kept.id }, context),
    ])
}

/** Roles, powers and consents go over, but for a power of the person over themselves. */
function repointed(kept: Resident, merged: Resident, records: MergeRecords): readonly Edit[] {
  const over = (id: Resident['id']) => (id === merged.id ? kept.id : id)
  const edits: Edit[] = []
  for (const before of records.affiliations) {
    if (before.resident === merged.id) {
      edits.push({ of: 'affiliation', before, after: { ...before, resident: kept.id } })
    }
  }
  for (const before of records.representations) {
    const after = { ...before, resident: over(before.resident), representative: over(before.representative) }
    if (!names(merged, before.resident, before.representative) || after.resident === after.representative)
      continue
    edits.push({ of: 'representation', before, after })
  }
  for (const before of records.consents) {
    if (!names(merged, before.resident, before.givenBy)) continue
    const after = { ...before, resident: over(before.resident), givenBy: over(before.givenBy) }
    edits.push({ of: 'consent', before, after })
  }
  return edits
}

function names({ id }: Resident, ...ids: readonly Resident['id'][]): boolean {
  return ids.includes(id)
}
