import { epochMsOf, type Instant, instantOf } from '@lumbung/core/kernel'
import type { Transaction } from '@lumbung/core/storage'
import { signInFailures } from './records.ts'

/** Tries within the window after which no further one is looked at. */
const limits = { account: 8, address: 40 } as const
const windowMs = 15 * 60_000

/** Who tries to sign in, from where. */
export interface SignInAttempt {
  readonly login: string
  readonly address: string
}

/**
 * Counts a try to sign in before its secret is looked at, so that many at once are no way around the limit. Gives
 * the instant from which the next one is looked at, where there were too many.
 */
export async function countAttempt(
  tx: Transaction,
  { login, address }: SignInAttempt,
  now: Instant,
): Promise<Instant | undefined> {
  const ofAccount = await countOne(tx, `account ${login}`, limits.account, now)
  const ofAddress = await countOne(tx, `address ${address}`, limits.address, now)
  if (ofAccount === undefined || ofAddress === undefined) return ofAccount ?? ofAddress
  return [ofAccount, ofAddress].toSorted().at(-1)
}

async function countOne(
  tx: Transaction,
  subject: string,
  limit: number,
  now: Instant,
): Promise<Instant | undefined> {
  const found = await tx.get(signInFailures, { subject })
  if (found === undefined) {
    await tx.insert(signInFailures, { subject, failures: 1, since: now })
    return undefined
  }
  const end = epochMsOf(found.since) + windowMs
  if (end <= epochMsOf(now)) {
    await tx.update(signInFailures, { ...found, failures: 1, since: now })
    return undefined
  }
  if (found.failures >= limit) return instantOf(end)
  await tx.update(signInFailures, { ...found, failures: found.failures + 1 })
  return undefined
}

/** Takes back the try that succeeded: the account's failures are forgotten, those of the address stay. */
export async function attemptSucceeded(tx: Transaction, { login, address }: SignInAttempt): Promise<void> {
  const ofAccount = await tx.get(signInFailures, { subject: `account ${login}` })
  if (ofAccount !== undefined) await tx.remove(signInFailures, ofAccount)
  const ofAddress = await tx.get(signInFailures, { subject: `address ${address}` })
  if (ofAddress !== undefined && ofAddress.failures > 0) {
    await tx.update(signInFailures, { ...ofAddress, failures: ofAddress.failures - 1 })
  }
}
