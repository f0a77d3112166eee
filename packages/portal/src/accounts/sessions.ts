import { createHash, randomBytes } from 'node:crypto'
import { epochMsOf, type Instant, instantOf, type VillageId } from '@lumbung/core/kernel'
import type { Storage, Stored } from '@lumbung/core/storage'
import { loginOf } from './login.ts'
import { attemptSucceeded, countAttempt, isSharedAddress } from './rate-limit.ts'
import { accounts, sessions } from './records.ts'
import { checkSecret } from './secret.ts'

/** How long a session lasts after it was last renewed: a working day, and little more. */
const sessionMs = 10 * 60 * 60_000

/** What came of a try to sign in. It never tells whether the account or the secret was wrong. */
export type SignIn =
  | { readonly outcome: 'signed-in'; readonly token: string; readonly account: Stored<typeof accounts> }
  | Refusal

/** Why a secret was not taken: it is wrong, or there were too many tries for the account or from the address. */
export type Refusal =
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'too-many'; readonly of: 'account' | 'address'; readonly until: Instant }

/** Where sessions are kept, and what time it is. */
export interface SessionStore {
  readonly storage: Storage
  readonly villageId: VillageId
  readonly now: () => Instant
}

/** What somebody shows to prove who they are, and from where. */
export interface Credentials {
  readonly login: string
  readonly secret: string
  readonly address: string
}

/** Signs somebody in, unless there were too many tries for the account or from the address. */
export async function signIn(store: SessionStore, given: Credentials): Promise<SignIn> {
  const found = await checkCredentials(store, given)
  if (found.outcome !== 'right') return found
  return { outcome: 'signed-in', token: await openSession(store, found.account), account: found.account }
}

/** Whether a login and a secret belong together; each try counts towards the limits, and a right one clears them. */
export async function checkCredentials(
  store: SessionStore,
  given: Credentials,
): Promise<{ readonly outcome: 'right'; readonly account: Stored<typeof accounts> } | Refusal> {
  const { storage, villageId, now } = store
  const login = loginOf(given.login)
  const attempt = { login, address: given.address }
  const limits = await storage.transact(villageId, (tx) => countAttempt(tx, attempt, now()), { shared: true })
  if (limits.account !== undefined) return { outcome: 'too-many', of: 'account', until: limits.account }
  const tooMany =
    limits.address === undefined
      ? undefined
      : ({ outcome: 'too-many', of: 'address', until: limits.address } as const)
  if (tooMany !== undefined && !isSharedAddress(given.address)) return tooMany
  const account = login === undefined ? undefined : await accountNamed(store, login)
  const isRight = await checkSecret(given.secret, account?.disabled === false ? account.secret : undefined)
  if (!isRight || account === undefined) return tooMany ?? { outcome: 'refused' }
  await storage.transact(villageId, (tx) => attemptSucceeded(tx, attempt), { shared: true })
  return { outcome: 'right', account }
}

/** Opens a session for an account. Gives its token, of which only a hash is kept. */
export async function openSession(
  { storage, villageId, now }: SessionStore,
  { id }: Stored<typeof accounts>,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const createdAt = now()
  const expiresAt = instantOf(epochMsOf(createdAt) + sessionMs)
  const session = { tokenHash: hashOf(token), account: id, createdAt, expiresAt }
  await storage.transact(villageId, (tx) => tx.insert(sessions, session), { shared: true })
  return token
}

async function accountNamed({ storage, villageId }: SessionStore, login: string) {
  return await storage.read(villageId, async (tx) => {
    const { records } = await tx.query(accounts, { where: { login }, limit: 1 })
    return records[0]
  })
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
