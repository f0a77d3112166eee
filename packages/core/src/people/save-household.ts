import { type CivilDate, firstCivilDate, HouseholdId } from '../kernel/index.ts'
import { type Transaction, withoutVersion } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { areas, households, memberships, residents } from './collections.ts'
import { draftMemberships, householdEdit, sameFields } from './edits.ts'
import type { Edit } from './event-records.ts'
import type { Household, Membership, MembershipId } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { SaveResult } from './save.ts'
import { recordsWith } from './snapshot-units.ts'
import { spansOverlap } from './spans.ts'

/** A household as it is to stand in the register. */
export interface HouseholdInput extends Omit<Household, 'id' | 'revision' | 'validFrom'> {
  /** Of a record that is there, or of a new one. Default: a new one. */
  readonly id?: HouseholdId
  /** The day from which address and area hold. Default: for a new record `from`, else no change of it. */
  readonly validFrom?: CivilDate
}

/**
 * Writes a household down, or changes its record. Refused with `people/changed-later`, `people/unknown-area`, `people/wrong-kind` where a
 * family card would become a dwelling, and `people/has-members` where it ends before its members leave.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, saveHousehold } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const context = { now, on, snapshot, nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' }
 * const card = { kind: 'family', number: '7', address: 'Mill lane', area: null, from: null, to: null } as const
 * const saved = await storage.transact(VillageId.parse('v'), (tx) => saveHousehold(tx, card, context))
 * saved.ok && saved.outcome // => 'added'
 * ```
 */
export async function saveHousehold(
  tx: Transaction,
  input: HouseholdInput,
  context: PeopleContext,
): Promise<SaveResult<Household>> {
  const id = input.id ?? HouseholdId.parse(context.nextId())
  const before = input.id === undefined ? undefined : withoutVersion(await tx.get(households, { id }))
  const refuse = (code: PeopleRefusal['code']) => ({ ok: false, refusal: { code, household: id } }) as const
  const validFrom = input.validFrom ?? before?.validFrom ?? input.from ?? firstCivilDate
  if (before !== undefined && before.kind !== input.kind) return refuse('people/wrong-kind')
  if (before !== undefined && validFrom < before.validFrom) return refuse('people/changed-later')
  if (input.area !== null && (await tx.get(areas, { id: input.area })) === undefined)
    return refuse('people/unknown-area')
  const { to } = input
  if (to !== null) {
    const members = await recordsWith(tx, memberships, 'household', [id])
    const stays = (m: Membership) => m.retractedAt === null && (m.to === null || m.to > to)
    if (members.some(stays)) return refuse('people/has-members')
  }
  const fields = { ...input, id, address: input.address.normalize('NFC'), validFrom }
  if (before !== undefined && sameFields(fields, before))
    return { ok: true, record: before, outcome: 'unchanged' }
  const edit: Edit =
    before === undefined
      ? { of: 'household', before: null, after: { ...fields, revision: 1 } }
      : householdEdit(before, fields)
  await applyEdits(tx, [edit], context)
  const revision = (before?.revision ?? 0) + 1
  return { ok: true, record: { ...fields, revision }, outcome: before === undefined ? 'added' : 'changed' }
}

/** A membership as it is to stand in the register. */
export type MembershipInput = Pick<Membership, 'household' | 'resident' | 'relationship' | 'from' | 'to'>

/**
 * Writes down that a person belongs to a household, outside of any life event: when a register is set up or
 * corrected. Refused with `people/unknown-household`, `people/unknown-resident`, `people/empty-span`, and
 * `people/already-member` where the person is in a household of that kind at that time; `records` holds it.
 *
 * @example
 * ```ts
 * import { CivilDate, HouseholdId, Instant, ResidentId, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections, saveMembership } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = { now, on, snapshot, nextId: () => id }
 * const household = HouseholdId.parse(id)
 * const membership = { household, resident: ResidentId.parse(id), relationship: 'head', from: null, to: null }
 * const saved = await storage.transact(VillageId.parse('v'), (tx) => saveMembership(tx, membership, context))
 * saved.ok || saved.refusal.code // => 'people/unknown-household'
 * ```
 */
export async function saveMembership(
  tx: Transaction,
  input: MembershipInput,
  context: PeopleContext,
): Promise<SaveResult<Membership>> {
  const { household, resident } = input
  const refuse = (refusal: PeopleRefusal) => ({ ok: false, refusal }) as const
  const home = await tx.get(households, { id: household })
  if (home === undefined) return refuse({ code: 'people/unknown-household', household })
  const person = await tx.get(residents, { id: resident })
  if (person === undefined) return refuse({ code: 'people/unknown-resident', resident })
  if (person.mergedInto !== null) return refuse({ code: 'people/already-merged', resident })
  if (input.from !== null && input.to !== null && input.from >= input.to) {
    return refuse({ code: 'people/empty-span', resident, household })
  }
  const own = await recordsWith(tx, memberships, 'resident', [resident])
  const other = own.find((m) => m.retractedAt === null && m.kind === home.kind && spansOverlap(m, input))
  if (other !== undefined) {
    return refuse({
      code: 'people/already-member',
      resident,
      household: other.household,
      records: [other.id],
    })
  }
  const draft = draftMemberships([], context)
  draft.add({ ...input, kind: home.kind })
  await applyEdits(tx, draft.edits(), context)
  const [record] = draft.current()
  return record === undefined
    ? refuse({ code: 'people/not-a-member', resident, household })
    : { ok: true, record, outcome: 'added' }
}

/**
 * Takes back a membership that was written down by mistake. History keeps it. Refused with
 * `people/unknown-membership`, also for one that was taken back before.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, MembershipId, peopleCollections, retractMembership } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const id = MembershipId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const context = { now, on, snapshot, nextId: () => id }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => retractMembership(tx, id, context))
 * result.ok || result.refusal.code // => 'people/unknown-membership'
 * ```
 */
export async function retractMembership(
  tx: Transaction,
  id: MembershipId,
  context: PeopleContext,
): Promise<SaveResult<Membership>> {
  const before = withoutVersion(await tx.get(memberships, { id }))
  if (before === undefined || before.retractedAt !== null) {
    return { ok: false, refusal: { code: 'people/unknown-membership', records: [id] } }
  }
  const after = { ...before, retractedAt: context.now }
  await applyEdits(tx, [{ of: 'membership', before, after }], context)
  return { ok: true, record: after, outcome: 'changed' }
}
