import { inForce, memberships, recordsWith, residents } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { enrolments } from './collections.ts'
import type { CaseworkContext } from './context.ts'
import type { Payment } from './records.ts'

/**
 * Why money that was approved should not be handed out before somebody has looked: the unit is suspended, or left before
 * the time that is paid was over; the person died or moved away; or nobody belongs to the household any more.
 */
export type PaymentHold = 'suspended' | 'exited' | 'dead' | 'moved' | 'nobody-there'

/**
 * What has changed about those whom payments are for, by the ids of the payments; who is as they were is left out.
 *
 * @example
 * ```ts
 * import { caseworkCollections, holdsOf } from '@lumbung/core/casework'
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const holds = await storage.read(VillageId.parse('v'), (tx) => holdsOf(tx, [], { on }))
 * holds.size // => 0
 * ```
 */
export async function holdsOf(
  tx: ReadTransaction,
  given: readonly Payment[],
  { on }: Pick<CaseworkContext, 'on'>,
): Promise<ReadonlyMap<string, PaymentHold>> {
  const subjects = [...new Set(given.map(({ subject }) => subject))]
  const lived = new Set<string>()
  for (const held of await recordsWith(tx, memberships, 'household', subjects))
    if (held.retractedAt === null && inForce(held, on)) lived.add(held.household)
  // Who is in no household is one by themselves where a programme is for households.
  const statuses = new Map<string, string>()
  for (const { id, status } of await recordsWith(tx, residents, 'id', subjects)) statuses.set(id, status)
  const parts = new Map<string, 'suspended' | { readonly to: string | null }>()
  for (const { id, state, to } of await recordsWith(tx, enrolments, 'id', [
    ...new Set(given.map(({ enrolment }) => enrolment)),
  ]))
    parts.set(id, state === 'suspended' ? 'suspended' : { to: state === 'exited' ? to : null })

  const holds = new Map<string, PaymentHold>()
  for (const { id, enrolment, subject, to } of given) {
    const part = parts.get(enrolment)
    const status = statuses.get(subject)
    if (status === 'dead' || status === 'moved') holds.set(id, status)
    else if (status === undefined && !lived.has(subject)) holds.set(id, 'nobody-there')
    else if (part === 'suspended') holds.set(id, part)
    // Who left after the time that is paid is owed all of it.
    else if (typeof part === 'object' && part.to !== null && part.to < to) holds.set(id, 'exited')
  }
  return holds
}
