import { epochMsOf, type Instant, instantOf } from '@lumbung/core/kernel'
import type { Transaction } from '@lumbung/core/storage'
import { signInFailures } from './records.ts'

/** Tries within the window after which no further one is looked at. */
const limits = { account: 8, address: 40 } as const
const windowMs = 15 * 60_000

/** Who tries to sign in, from where. */
export interface SignInAttempt {
  /** Undefined where what was typed can be the login of no account. */
  readonly login: string | undefined
  readonly address: string
}

/** The instants from which the next try of an account, or from an address, is looked at. */
export interface Limits {
  readonly account: Instant | undefined
  readonly address: Instant | undefined
}

/**
 * Counts a try to sign in before its secret is looked at, so that many at once are no way around the limit. Tells
 * what there were too many tries for.
 */
export async function countAttempt(
  tx: Transaction,
  { login, address }: SignInAttempt,
  now: Instant,
): Promise<Limits> {
  return {
    account: login === undefined ? undefined : await countOne(tx, accountSubject(login), limits.account, now),
    address: await countOne(tx, `address ${address}`, limits.address, now),
  }
}

/**
 * Whether all who sit at this machine have the same address, so that it tells nobody from another: the mistakes
 * of one must not shut the others out.
 */
export function isSharedAddress(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/.test(address)
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
  if (login !== undefined) await forgetFailures(tx, login)
  const ofAddress = await tx.get(signInFailures, { subject: `address ${address}` })
  if (ofAddress !== undefined && ofAddress.failures > 0) {
    await tx.update(signInFailures, { ...ofAddress, failures: ofAddress.failures - 1 })
  }
}

/** Forgets the failures of an account, as when it was given a new secret. */
export async function forgetFailures(tx: Transaction, login: string): Promise<void> {
  const failed = await tx.get(signInFailures, { subject: accountSubject(login) })
  if (failed !== undefined) await tx.remove(signInFailures, failed)
}

/** Removes failures that no limit looks at any more. Gives how many. */
export async function removeOldFailures(tx: Transaction, now: Instant): Promise<number> {
  const to = instantOf(epochMsOf(now) - windowMs)
  const { records } = await tx.query(signInFailures, { where: { since: { to } }, limit: 1000 })
  for (const failed of records) await tx.remove(signInFailures, failed)
  return records.length
}

function accountSubject(login: string): string {
  return `account ${login}`
}
