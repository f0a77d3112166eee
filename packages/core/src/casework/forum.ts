import type { Transaction } from '../storage/index.ts'
import { addRecords } from './change.ts'
import { forumDecisions } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import type { CaseworkPolicy } from './policy.ts'
import { ForumDecision, ForumDecisionId } from './records.ts'

/** What of a decision of the forum is written down. */
export interface ForumDecisionInput extends Pick<ForumDecision, 'on' | 'minutes' | 'votes' | 'subject'> {
  readonly id?: ForumDecisionId | undefined
}

/**
 * Writes down a decision of the village forum: its day, the hash of its minutes, and the votes, whichever way they
 * went. Refused with `casework/no-votes` where none was cast, and `casework/not-yet` for a day to come.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, recordForumDecision } from '@lumbung/core/casework'
 * import { CivilDate, Instant, sha256Hex, VillageId } from '@lumbung/core/kernel'
 *
 * const storage = openMemory({ collections: caseworkCollections, streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 * }
 * const minutes = sha256Hex(new TextEncoder().encode('Minutes of 24 November'))
 * const votes = { for: 0, against: 0, abstained: 0 }
 * const input = { on, minutes, votes, subject: 'Rice' }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => recordForumDecision(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/no-votes'
 * ```
 */
export async function recordForumDecision(
  tx: Transaction,
  { id, ...input }: ForumDecisionInput,
  context: Pick<CaseworkContext, 'now' | 'on' | 'nextId' | 'wrote'>,
): Promise<CaseResult<{ readonly record: ForumDecision }>> {
  if (input.on > context.on) return refuse({ code: 'casework/not-yet', on: input.on })
  if (castIn(input.votes) === 0) return refuse({ code: 'casework/no-votes' })
  const record = ForumDecision.parse({
    ...input,
    id: id ?? ForumDecisionId.parse(context.nextId()),
    recordedAt: context.now,
  })
  await addRecords(tx, forumDecisions, [record], context)
  return { ok: true, record }
}

/**
 * Whether the votes carry a decision by the policy of the village; where it names no majority, every decision on record
 * counts.
 *
 * @example
 * ```ts
 * import { CaseworkPolicy, hasMajority } from '@lumbung/core/casework'
 *
 * const above = { numerator: 1, denominator: 2 }
 * const policy = CaseworkPolicy.parse({ forum: { majority: { above, of: 'cast' } } })
 * hasMajority({ for: 5, against: 3, abstained: 2 }, policy) // => false
 * hasMajority({ for: 6, against: 3, abstained: 1 }, policy) // => true
 * hasMajority({ for: 1, against: 3, abstained: 1 }, {}) // => true
 * ```
 */
export function hasMajority(votes: ForumDecision['votes'], { forum }: CaseworkPolicy): boolean {
  const majority = forum?.majority
  if (majority === undefined) return true
  const { above, of, castMin = 0 } = majority
  const cast = castIn(votes)
  const counted = of === 'cast' ? cast : votes.for + votes.against
  return (
    cast >= castMin &&
    BigInt(votes.for) * BigInt(above.denominator) > BigInt(counted) * BigInt(above.numerator)
  )
}

function castIn(votes: ForumDecision['votes']): number {
  return votes.for + votes.against + votes.abstained
}
