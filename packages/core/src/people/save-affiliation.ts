import { type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { affiliations, organisations, residents } from './collections.ts'
import { sameFields } from './edits.ts'
import { Affiliation } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { hasEmptySpan, type SaveResult } from './save.ts'
import { spansOverlap } from './spans.ts'

/** The role of a person in an organisation, as it is to stand in the register. */
export interface AffiliationInput extends Omit<Affiliation, 'id'> {
  /** Of a record that is there, or of a new one. Default: a new one. */
  readonly id?: Affiliation['id']
}

/**
 * Writes down that a person has a role in an organisation, corrects it, or ends it by its `to`, the first day
 * without it. Refused with `people/empty-span`, `people/unknown-organisation`, `people/unknown-resident`, and
 * `people/already-there` where the same role of the same person covers a day of it.
 *
 * @example
 * ```ts
 * import { CivilDate, createIdGenerator, Instant, VillageId } from '@lumbung/core/kernel'
 * import {
 *   defineSnapshot, peopleCollections, saveAffiliation, saveOrganisation, saveResident,
 * } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const clock = () => Date.UTC(2026, 10, 24)
 * const nextId = createIdGenerator({ clock, random: (bytes) => new Uint8Array(bytes).fill(7) })
 * const on = CivilDate.parse('2026-11-24')
 * const context = { now: Instant.parse('2026-11-24T03:00:00.000Z'), on, snapshot, nextId }
 * const birthDate = CivilDate.parse('1950-03-01')
 * const sari = {
 *   identityNumber: null, temporaryNumber: null, name: 'Sari', sex: 'female', birthDate, birthPlace: null,
 *   status: 'present', statusSince: birthDate, area: null,
 * } as const
 * const group = { kind: 'community-group', name: 'Weavers', area: null, from: null, to: null } as const
 * const saved = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const [person, body] = [await saveResident(tx, sari, context), await saveOrganisation(tx, group, context)]
 *   if (!person.ok || !body.ok) throw new Error('refused')
 *   const chair = { organisation: body.record.id, resident: person.record.id, role: 'chair', from: on, to: null }
 *   return [await saveAffiliation(tx, chair, context), await saveAffiliation(tx, chair, context)]
 * })
 * saved.map((result) => (result.ok ? result.outcome : result.refusal.code)) // => ['added', 'people/already-there']
 * ```
 */
export async function saveAffiliation(
  tx: Transaction,
  input: AffiliationInput,
  context: PeopleContext,
): Promise<SaveResult<Affiliation>> {
  const id = input.id ?? Affiliation.shape.id.parse(context.nextId())
  const before = input.id === undefined ? undefined : withoutVersion(await tx.get(affiliations, { id }))
  const record: Affiliation = { ...input, id }
  const refusal = await affiliationRefusal(tx, record)
  if (refusal !== undefined) return { ok: false, refusal }
  if (before !== undefined && sameFields(record, before)) return { ok: true, record, outcome: 'unchanged' }
  await applyEdits(tx, [{ of: 'affiliation', before: before ?? null, after: record }], context)
  return { ok: true, record, outcome: before === undefined ? 'added' : 'changed' }
}

async function affiliationRefusal(tx: Transaction, record: Affiliation): Promise<PeopleRefusal | undefined> {
  const { id, organisation, resident, role } = record
  if (hasEmptySpan(record)) return { code: 'people/empty-span' }
  if ((await tx.get(organisations, { id: organisation })) === undefined) {
    return { code: 'people/unknown-organisation', records: [organisation] }
  }
  if ((await tx.get(residents, { id: resident })) === undefined)
    return { code: 'people/unknown-resident', resident }
  for await (const other of tx.stream(affiliations, { where: { organisation, resident } })) {
    if (other.id !== id && other.role === role && spansOverlap(other, record)) {
      return { code: 'people/already-there', resident, records: [other.id] }
    }
  }
  return undefined
}
