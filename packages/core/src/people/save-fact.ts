import { HouseholdId, ResidentId } from '../kernel/index.ts'
import { type Stored, type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { datedFacts, households, residents } from './collections.ts'
import { addFactEdit, retractFactEdit } from './edits.ts'
import type { Edit } from './event-records.ts'
import { checkFactValue, type FactDefinition } from './facts.ts'
import type { DatedFact, DatedFactId } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { SaveResult } from './save.ts'

/** A fact as somebody tells it. */
export interface FactInput extends Pick<DatedFact, 'name' | 'subject' | 'from' | 'to' | 'source' | 'degree'> {
  /** As {@link checkFactValue} takes it. */
  readonly value: unknown
}

/**
 * Writes down a fact. What was written before stays: of two that hold on a day the later one counts. The same
 * once more (value, span, source and degree of what was written last) changes nothing. Refused with
 * `people/unknown-fact`, `people/unknown-resident`, `people/unknown-household`, `people/already-merged`,
 * `people/empty-span`, and what
 * {@link checkFactValue} refuses.
 *
 * @param unit Whether the subject is a resident or a household.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, recordFact } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = { now, on, snapshot, nextId: () => id }
 * const fact = { name: 'height', subject: id, value: 3, from: on, to: null, source: 'Survey', degree: 'declared' } as const
 * const result = await storage.transact(VillageId.parse('v'), (tx) => recordFact(tx, 'resident', fact, context))
 * result.ok || result.refusal.code // => 'people/unknown-fact'
 * ```
 */
export async function recordFact(
  tx: Transaction,
  unit: FactDefinition['unit'],
  input: FactInput,
  context: PeopleContext,
): Promise<SaveResult<DatedFact>> {
  const planned = await planFact(tx, unit, input, context)
  if (!planned.ok) return planned
  if (planned.edit === undefined) return { ok: true, record: planned.record, outcome: 'unchanged' }
  await applyEdits(tx, [planned.edit], context)
  return { ok: true, record: planned.record, outcome: 'added' }
}

type PlannedFact =
  | { readonly ok: true; readonly record: DatedFact; readonly edit: Edit | undefined }
  | { readonly ok: false; readonly refusal: PeopleRefusal }

async function planFact(
  tx: Transaction,
  unit: FactDefinition['unit'],
  { value, ...input }: FactInput,
  context: PeopleContext,
): Promise<PlannedFact> {
  const { name, subject, from, to } = input
  const refuse = (refusal: PeopleRefusal) => ({ ok: false, refusal }) as const
  const definition = context.snapshot.facts.find((fact) => fact.name === name && fact.unit === unit)
  if (definition === undefined) return refuse({ code: 'people/unknown-fact', fact: name })
  if (from !== null && to !== null && from >= to) return refuse({ code: 'people/empty-span', fact: name })
  const checked = checkFactValue(definition, value)
  if (!checked.ok) return checked
  if (unit === 'resident') {
    const id = ResidentId.parse(subject)
    const person = await tx.get(residents, { id })
    if (person === undefined) return refuse({ code: 'people/unknown-resident', resident: subject })
    // The kept record would never tell it.
    if (person.mergedInto !== null) {
      return refuse({ code: 'people/already-merged', resident: subject, records: [person.mergedInto] })
    }
  } else if ((await tx.get(households, { id: HouseholdId.parse(subject) })) === undefined) {
    return refuse({ code: 'people/unknown-household', household: subject })
  }
  const fact = { ...input, unit, source: input.source.normalize('NFC'), value: checked.text }
  const stored: Stored<typeof datedFacts>[] = []
  for await (const other of tx.stream(datedFacts, { where: { subject, name, unit } })) stored.push(other)
  const same = withoutVersion(lastOf(stored))
  if (same !== undefined && isSame(same, fact)) return { ok: true, record: same, edit: undefined }
  const edit = addFactEdit(fact, context)
  return edit.of === 'fact'
    ? { ok: true, record: edit.after, edit }
    : refuse({ code: 'people/unknown-fact', fact: name })
}

/** Of facts with one name and subject the one that was written last and still stands. */
export function lastOf<F extends DatedFact>(facts: readonly F[]): F | undefined {
  let last: F | undefined
  for (const fact of facts) {
    if (fact.retractedAt !== null) continue
    const later = last === undefined || fact.recordedAt > last.recordedAt
    if (later || (fact.recordedAt === last?.recordedAt && fact.id > last.id)) last = fact
  }
  return last
}

/**
 * Whether one source told both. A file tells something new only where it differs from what its source told last:
 * what others have said since stands above it, and reading the file again must not undo that.
 */
export function isOfSource(a: Pick<DatedFact, 'source'>, b: Pick<DatedFact, 'source'>): boolean {
  return a.source === b.source
}

/** Whether two facts say the same. */
export function isSame(
  a: Omit<DatedFact, 'id' | 'recordedAt' | 'retractedAt'>,
  b: Omit<DatedFact, 'id' | 'recordedAt' | 'retractedAt'>,
): boolean {
  return (
    a.value === b.value &&
    a.from === b.from &&
    a.to === b.to &&
    a.source === b.source &&
    a.degree === b.degree
  )
}

/**
 * Takes back a fact that was written down by mistake; what was written before it counts again. History keeps it.
 * Refused with `people/unknown-fact`, also for one that was taken back before.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { DatedFactId, defineSnapshot, peopleCollections, retractFact } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const id = DatedFactId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const context = { now, on, snapshot, nextId: () => id }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => retractFact(tx, id, context))
 * result.ok || result.refusal.code // => 'people/unknown-fact'
 * ```
 */
export async function retractFact(
  tx: Transaction,
  id: DatedFactId,
  context: PeopleContext,
): Promise<SaveResult<DatedFact>> {
  const before = withoutVersion(await tx.get(datedFacts, { id }))
  if (before === undefined || before.retractedAt !== null) {
    return { ok: false, refusal: { code: 'people/unknown-fact', records: [id] } }
  }
  await applyEdits(tx, [retractFactEdit(before, context.now)], context)
  return { ok: true, record: { ...before, retractedAt: context.now }, outcome: 'changed' }
}
