import { createHash, randomBytes } from 'node:crypto'
import { epochMsOf, type Instant, instantOf, type VillageId } from '@lumbung/core/kernel'
import type { Storage, Stored } from '@lumbung/core/storage'
import { attemptSucceeded, countAttempt } from './rate-limit.ts'
import { accounts, sessions } from './records.ts'
import { checkSecret } from './secret.ts'

/** How long a session lasts after it was last renewed: a working day, and little more. */
const sessionMs = 10 * 60 * 60_000

/** What came of a try to sign in. It never tells whether the account or the secret was wrong. */
export type SignIn =
  | { readonly outcome: 'signed-in'; readonly token: string; readonly account: Stored<typeof accounts> }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'too-many'; readonly until: Instant }

/** Where sessions are kept, and what time it is. */
export interface SessionStore {
  readonly storage: Storage
  readonly villageId: VillageId
  readonly now: () => Instant
}

/** Signs somebody in, unless there were too many tries for the account or from the address. */
export async function signIn(
  store: SessionStore,
  given: { readonly login: string; readonly secret: string; readonly address: string },
): Promise<SignIn> {
  const { storage, villageId, now } = store
  const attempt = { login: given.login.trim().toLowerCase().slice(0, 60), address: given.address }
  const until = await storage.transact(villageId, (tx) => countAttempt(tx, attempt, now()), { shared: true })
  if (until !== undefined) return { outcome: 'too-many', until }
  const account = await storage.read(villageId, async (tx) => {
    const { records } = await tx.query(accounts, { where: { login: attempt.login }, limit: 1 })
    return records[0]
  })
  const isRight = await checkSecret(given.secret, account?.disabled === false ? account.secret : undefined)
  if (!isRight || account === undefined) return { outcome: 'refused' }
  const token = randomBytes(32).toString('base64url')
  await storage.transact(
    villageId,
    async (tx) => {
      await attemptSucceeded(tx, attempt)
      const createdAt = now()
      const expiresAt = instantOf(epochMsOf(createdAt) + sessionMs)
      await tx.insert(sessions, { tokenHash: hashOf(token), account: account.id, createdAt, expiresAt })
    },
    { shared: true },
  )
  return { outcome: 'signed-in', token, account }
}

/** The account whose session a token opens; undefined where it is none, or ended. */
export async function accountOf(
  { storage, villageId, now }: SessionStore,
  token: string,
): Promise<Stored<typeof accounts> | undefined> {
  return await storage.read(villageId, async (tx) => {
    const session = await tx.get(sessions, { tokenHash: hashOf(token) })
    if (session === undefined || session.expiresAt <= now()) return undefined
    const account = await tx.get(accounts, { id: session.account })
    return account?.disabled === false ? account : undefined
  })
}

/** Ends a session; one that is not there has ended already. */
export async function signOut({ storage, villageId }: SessionStore, token: string): Promise<void> {
  await storage.transact(villageId, async (tx) => {
    const session = await tx.get(sessions, { tokenHash: hashOf(token) })
    if (session !== undefined) await tx.remove(sessions, session)
  })
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
