import { type CivilDate, foldText, ResidentId } from '../kernel/index.ts'
import { type ReadTransaction, type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { areas, residents } from './collections.ts'
import { residentEdit, sameFields } from './edits.ts'
import type { Edit } from './event-records.ts'
import type { Resident } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { SaveResult } from './save.ts'

/** A resident as they are to stand in the register. */
export interface ResidentInput
  extends Omit<Resident, 'id' | 'nameKey' | 'revision' | 'validFrom' | 'mergedInto'> {
  /** Of a record that is there, or of a new one. Default: a new one. */
  readonly id?: ResidentId
  /** The day from which status and area hold. Default: for a new record `statusSince`, else no change of it. */
  readonly validFrom?: CivilDate
}

/**
 * Writes a resident down, or corrects their record. Events in a life go through `recordLifeEvent`. Refused with
 * `people/number-taken` (`records` holds the other), `people/in-the-future`, `people/before-birth`,
 * `people/changed-later`, `people/already-merged`, `people/unknown-area`, and `people/needs-life-event` for a status of `merged`.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, saveResident } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const context = { now, on, snapshot, nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' }
 * const birthDate = CivilDate.parse('1950-03-01')
 * const sari = {
 *   identityNumber: null, temporaryNumber: null, name: 'Sari', sex: 'female', birthDate, birthPlace: null,
 *   status: 'present', statusSince: birthDate, area: null,
 * } as const
 * const saved = await storage.transact(VillageId.parse('v'), (tx) => saveResident(tx, sari, context))
 * saved.ok && [saved.outcome, saved.record.nameKey] // => ['added', 'sari']
 * ```
 */
export async function saveResident(
  tx: Transaction,
  input: ResidentInput,
  context: PeopleContext,
): Promise<SaveResult<Resident>> {
  const id = input.id ?? ResidentId.parse(context.nextId())
  const before = input.id === undefined ? undefined : withoutVersion(await tx.get(residents, { id }))
  const validFrom = input.validFrom ?? before?.validFrom ?? input.statusSince
  const refusal = await residentRefusal(tx, { ...input, id, validFrom }, before, context.on)
  if (refusal !== undefined) return { ok: false, refusal }
  const fields = {
    ...input,
    id,
    name: input.name.normalize('NFC'),
    nameKey: foldText(input.name),
    validFrom,
    mergedInto: null,
  }
  if (before !== undefined && sameFields(fields, before))
    return { ok: true, record: before, outcome: 'unchanged' }
  const edit: Edit =
    before === undefined
      ? { of: 'resident', before: null, after: { ...fields, revision: 1 } }
      : residentEdit(before, fields)
  await applyEdits(tx, [edit], context)
  return {
    ok: true,
    record: { ...fields, revision: (before?.revision ?? 0) + 1 },
    outcome: before === undefined ? 'added' : 'changed',
  }
}

async function residentRefusal(
  tx: ReadTransaction,
  input: ResidentInput & { readonly id: ResidentId; readonly validFrom: CivilDate },
  before: Resident | undefined,
  today: CivilDate,
): Promise<PeopleRefusal | undefined> {
  const { id: resident, birthDate, statusSince, validFrom, status } = input
  if (status === 'merged') return { code: 'people/needs-life-event', resident }
  if (before !== undefined && before.mergedInto !== null) return { code: 'people/already-merged', resident }
  if (birthDate > today || statusSince > today || validFrom > today)
    return { code: 'people/in-the-future', resident }
  if (statusSince < birthDate) return { code: 'people/before-birth', resident }
  if (before !== undefined && validFrom < before.validFrom) return { code: 'people/changed-later', resident }
  if (input.area !== null && (await tx.get(areas, { id: input.area })) === undefined) {
    return { code: 'people/unknown-area', resident, records: [input.area] }
  }
  for (const field of ['identityNumber', 'temporaryNumber'] as const) {
    const number = input[field]
    if (number === null) continue
    const { records } = await tx.query(residents, { where: { [field]: number }, limit: 1 })
    const other = records.find(({ id }) => id !== resident)
    if (other !== undefined) return { code: 'people/number-taken', resident, records: [other.id] }
  }
  return undefined
}
