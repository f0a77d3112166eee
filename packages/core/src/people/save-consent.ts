import { type ReadTransaction, type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { consents, representations, residents } from './collections.ts'
import { Consent, type Representation } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import { mayRepresent } from './representations.ts'
import { hasEmptySpan, type SaveResult } from './save.ts'
import { spansOverlap } from './spans.ts'

/** What a person agrees to, as it is given. */
export interface ConsentInput extends Omit<Consent, 'id' | 'withdrawnAt'> {
  /** The caller's own, so that what is sent twice is written once. Default: a new one. */
  readonly id?: Consent['id']
}

/**
 * Writes down that a person agreed to a use of their data. A consent is never changed, only withdrawn: see
 * {@link withdrawConsent}. Refused with `people/empty-span`, `people/unknown-resident`, `people/not-represented`
 * where somebody else gave it who may not act for the person for that purpose today, and `people/already-there`
 * where one for that purpose holds on a day of it.
 *
 * @example
 * ```ts
 * import { CivilDate, createIdGenerator, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, giveConsent, peopleCollections, saveResident, withdrawConsent } from '@lumbung/core/people'
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
 * const withdrawn = await storage.transact(VillageId.parse('v'), async (tx) => {
 *   const saved = await saveResident(tx, sari, context)
 *   if (!saved.ok) throw new Error('refused')
 *   const resident = saved.record.id
 *   const agreed = { resident, givenBy: resident, purpose: 'health', basis: 'Form', from: on, to: null }
 *   const given = await giveConsent(tx, agreed, context)
 *   if (!given.ok) throw new Error('refused')
 *   return await withdrawConsent(tx, given.record.id, context)
 * })
 * withdrawn.ok && withdrawn.record.withdrawnAt // => '2026-11-24T03:00:00.000Z'
 * ```
 */
export async function giveConsent(
  tx: Transaction,
  input: ConsentInput,
  context: PeopleContext,
): Promise<SaveResult<Consent>> {
  const id = input.id ?? Consent.shape.id.parse(context.nextId())
  const before = input.id === undefined ? undefined : withoutVersion(await tx.get(consents, { id }))
  if (before !== undefined) return { ok: true, record: before, outcome: 'unchanged' }
  const record: Consent = { ...input, id, withdrawnAt: null }
  const refusal = await consentRefusal(tx, record, context)
  if (refusal !== undefined) return { ok: false, refusal }
  await applyEdits(tx, [{ of: 'consent', before: null, after: record }], context)
  return { ok: true, record, outcome: 'added' }
}

/**
 * Writes down that a consent was withdrawn, from now on: what was done under it before stays as it was. Refused
 * with `people/unknown-consent` and `people/already-withdrawn`. For an example see {@link giveConsent}.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { Consent, defineSnapshot, peopleCollections, withdrawConsent } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const on = CivilDate.parse('2026-11-24')
 * const context = { now: Instant.parse('2026-11-24T03:00:00.000Z'), on, snapshot, nextId: () => id }
 * const consent = Consent.shape.id.parse(id)
 * const result = await storage.transact(VillageId.parse('v'), (tx) => withdrawConsent(tx, consent, context))
 * !result.ok && result.refusal.code // => 'people/unknown-consent'
 * ```
 */
export async function withdrawConsent(
  tx: Transaction,
  id: Consent['id'],
  context: PeopleContext,
): Promise<SaveResult<Consent>> {
  const before = withoutVersion(await tx.get(consents, { id }))
  if (before === undefined) return { ok: false, refusal: { code: 'people/unknown-consent', records: [id] } }
  if (before.withdrawnAt !== null) {
    return { ok: false, refusal: { code: 'people/already-withdrawn', records: [id] } }
  }
  const record = { ...before, withdrawnAt: context.now }
  await applyEdits(tx, [{ of: 'consent', before, after: record }], context)
  return { ok: true, record, outcome: 'changed' }
}

async function consentRefusal(
  tx: ReadTransaction,
  record: Consent,
  { on }: PeopleContext,
): Promise<PeopleRefusal | undefined> {
  const { resident, givenBy, purpose } = record
  if (hasEmptySpan(record)) return { code: 'people/empty-span' }
  for (const person of [resident, givenBy]) {
    if ((await tx.get(residents, { id: person })) === undefined)
      return { code: 'people/unknown-resident', resident: person }
  }
  const powers: Representation[] = []
  for await (const power of tx.stream(representations, { where: { resident } })) powers.push(power)
  if (!mayRepresent(powers, { resident, representative: givenBy, purpose, on })) {
    return { code: 'people/not-represented', resident, records: [givenBy] }
  }
  for await (const other of tx.stream(consents, { where: { resident, purpose } })) {
    if (other.withdrawnAt === null && spansOverlap(other, record)) {
      return { code: 'people/already-there', resident, records: [other.id] }
    }
  }
  return undefined
}
