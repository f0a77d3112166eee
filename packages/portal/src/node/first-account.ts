import type { Village } from '@lumbung/core/village'
import { accounts } from '../accounts/records.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import { createAccount, resetSecret } from '../accounts/use-cases.ts'

/** The account that a village of its own begins with. */
export interface FirstAccount {
  readonly login: string
  /** Holds until the first sign-in, which asks for another one. */
  readonly secret: string
}

const login = 'admin'

/**
 * Makes the account that makes all others, in a village that has none and a role that manages accounts. As long as
 * nobody has signed in with it, each start gives it a new password, so that a lost one shuts nobody out.
 */
export async function makeFirstAccount(village: Village): Promise<FirstAccount | undefined> {
  const { config, storage } = village
  const role = config.roles.find(({ grants }) => grants.some(({ scope }) => scope === createAccount.scope))
  const { records } = await storage.read(config.id, (tx) => tx.query(accounts, { limit: 2 }))
  const [only, another] = records
  const isUnused = only === undefined || (only.login === login && only.mustChange && another === undefined)
  if (role === undefined || !isUnused) return undefined
  const secret = newSecret('officer')
  const hashedSecret = await hashSecret(secret)
  const starter = village.as({ kind: 'service', id: 'first-start', roles: [role.id], hamlets: [] })
  if (only !== undefined) await starter.perform(resetSecret, { id: only.id, hashedSecret })
  else
    await starter.perform(createAccount, {
      kind: 'officer',
      login,
      name: login,
      roles: [role.id],
      hashedSecret,
    })
  return { login, secret }
}
