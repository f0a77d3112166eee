import { foldText, OrganisationId } from '../kernel/index.ts'
import { type Transaction, withoutVersion } from '../storage/index.ts'
import { areas, organisations } from './collections.ts'
import { sameFields } from './edits.ts'
import type { Organisation } from './records.ts'
import { type AreaContext, hasEmptySpan, type SaveResult } from './save.ts'

/** An organisation as it is to stand in the register. */
export interface OrganisationInput extends Omit<Organisation, 'id' | 'nameKey'> {
  /** Of a record that is there, or of a new one. Default: a new one. */
  readonly id?: OrganisationId
}

/**
 * Writes an organisation down, or changes its record. Refused with `people/empty-span` and
 * `people/unknown-area`.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { areas, organisations, saveOrganisation } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: [areas, organisations], streams: [] })
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const on = CivilDate.parse('2026-11-24')
 * const context = { now, on, nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' }
 * const school = { kind: 'school', name: 'Mill School', area: null, from: null, to: null } as const
 * const saved = await storage.transact(VillageId.parse('v'), (tx) => saveOrganisation(tx, school, context))
 * saved.ok && saved.record.nameKey // => 'mill school'
 * ```
 */
export async function saveOrganisation(
  tx: Transaction,
  input: OrganisationInput,
  context: AreaContext,
): Promise<SaveResult<Organisation>> {
  if (hasEmptySpan(input)) return { ok: false, refusal: { code: 'people/empty-span' } }
  if (input.area !== null && (await tx.get(areas, { id: input.area })) === undefined) {
    return { ok: false, refusal: { code: 'people/unknown-area', records: [input.area] } }
  }
  const id = input.id ?? OrganisationId.parse(context.nextId())
  const stored = input.id === undefined ? undefined : await tx.get(organisations, { id })
  const before = withoutVersion(stored)
  const record = { ...input, id, name: input.name.normalize('NFC'), nameKey: foldText(input.name) }
  if (stored === undefined || before === undefined) {
    await tx.insert(organisations, record)
    context.wrote?.({ collection: organisations, after: record })
    return { ok: true, record, outcome: 'added' }
  }
  if (sameFields(record, before)) return { ok: true, record, outcome: 'unchanged' }
  await tx.update(organisations, { ...record, version: stored.version })
  context.wrote?.({ collection: organisations, before, after: record })
  return { ok: true, record, outcome: 'changed' }
}
