import { type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { representations, residents } from './collections.ts'
import { sameFields } from './edits.ts'
import { Representation } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { hasEmptySpan, type SaveResult } from './save.ts'
import { spansOverlap } from './spans.ts'

/** Who may act for a person, as it is to stand in the register. */
export interface RepresentationInput extends Omit<Representation, 'id'> {
  /** Of a record that is there, or of a new one. Default: a new one. */
  readonly id?: Representation['id']
}

/**
 * Writes down that a guardian or a proxy may act for a person, corrects it, or ends it by its `to`, the first day
 * without the power. Refused with `people/empty-span`, `people/same-person`, `people/unknown-resident`, and
 * `people/already-there` where both have a power of that kind on a day of it already.
 *
 * @example
 * ```ts
 * import { CivilDate, createIdGenerator, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, saveRepresentation, saveResident } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const clock = () => Date.UTC(2026, 10, 24)
 * const nextId = createIdGenerator({ clock, random: (bytes) => new Uint8Array(bytes).fill(7) })
 * const on = CivilDate.parse('2026-11-24')
 * const context = { now: Instant.parse('2026-11-24T03:00:00.000Z'), on, snapshot, nextId }
 * const person = (name: string, born: string) => ({
 *   identityNumber: null, temporaryNumber: null, name, sex: 'female', birthDate: CivilDate.parse(born),
 *   birthPlace: null, status: 'present', statusSince: CivilDate.parse(born), area: null,
 * }) as const
 * const saved = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const child = await saveResident(tx, person('Ayu', '2019-07-01'), context)
 *   const aunt = await saveResident(tx, person('Sari', '1985-03-12'), context)
 *   if (!child.ok || !aunt.ok) throw new Error('refused')
 *   const power = { kind: 'guardian', purposes: [], basis: 'Judgment 12', from: on, to: null } as const
 *   const pair = { resident: child.record.id, representative: aunt.record.id }
 *   return await saveRepresentation(tx, { ...pair, ...power }, context)
 * })
 * saved.ok && saved.outcome // => 'added'
 * ```
 */
export async function saveRepresentation(
  tx: Transaction,
  input: RepresentationInput,
  context: PeopleContext,
): Promise<SaveResult<Representation>> {
  const id = input.id ?? Representation.shape.id.parse(context.nextId())
  const before = input.id === undefined ? undefined : withoutVersion(await tx.get(representations, { id }))
  const record: Representation = { ...input, id }
  const refusal = await representationRefusal(tx, record)
  if (refusal !== undefined) return { ok: false, refusal }
  if (before !== undefined && sameFields(record, before)) return { ok: true, record, outcome: 'unchanged' }
  await applyEdits(tx, [{ of: 'representation', before: before ?? null, after: record }], context)
  return { ok: true, record, outcome: before === undefined ? 'added' : 'changed' }
}

async function representationRefusal(
  tx: Transaction,
  record: Representation,
): Promise<PeopleRefusal | undefined> {
  const { id, resident, representative, kind } = record
  if (hasEmptySpan(record)) return { code: 'people/empty-span' }
  if (resident === representative) return { code: 'people/same-person', resident }
  for (const person of [resident, representative]) {
    if ((await tx.get(residents, { id: person })) === undefined)
      return { code: 'people/unknown-resident', resident: person }
  }
  for await (const other of tx.stream(representations, { where: { resident, representative } })) {
    if (other.id !== id && other.kind === kind && spansOverlap(other, record)) {
      return { code: 'people/already-there', resident, records: [other.id] }
    }
  }
  return undefined
}
