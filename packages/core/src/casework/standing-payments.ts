import { approvalOn } from '../kernel/index.ts'
import { recordsWith } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { paymentLists } from './collections.ts'
import type { CaseworkContext } from './context.ts'
import type { Payment } from './records.ts'

/**
 * The payments that hold their time: those that were cancelled do not, nor those of a list that has expired, since
 * nobody can approve it any more.
 */
export async function standingOnly<Of extends Payment>(
  tx: ReadTransaction,
  given: readonly Of[],
  { on, policy: { calendar } }: Pick<CaseworkContext, 'on' | 'policy'>,
): Promise<readonly Of[]> {
  const standing = given.filter(({ state }) => state !== 'cancelled')
  const waiting = new Set(standing.filter(({ state }) => state === 'prepared').map(({ list }) => list))
  const dead = new Set<string>()
  for (const { id, approval } of await recordsWith(tx, paymentLists, 'id', [...waiting]))
    if (approvalOn(approval, on, calendar).state === 'expired') dead.add(id)
  return standing.filter(({ state, list }) => state !== 'prepared' || !dead.has(list))
}
