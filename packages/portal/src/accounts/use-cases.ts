import { LumbungError, ResidentId } from '@lumbung/core/kernel'
import { AreaId, areas, residents } from '@lumbung/core/people'
import type { ReadTransaction, Stored, Transaction } from '@lumbung/core/storage'
import { defineRead, defineWrite, type VillageConfig } from '@lumbung/core/village'
import * as z from 'zod'
import { Login } from './login.ts'
import { forgetFailures } from './rate-limit.ts'
import { AccountId, accounts, sessions } from './records.ts'
import { isForResidents } from './roles-of-residents.ts'

/** An account as a list shows it: never its secret. */
export type AccountView = Omit<Stored<typeof accounts>, 'secret'>

/** The accounts by login, a page at a time: all, or those whose login begins so. */
export const listAccounts = defineRead({
  name: 'account.list',
  scope: 'account.manage',
  input: z.strictObject({
    login: z.string().trim().toLowerCase().max(60).default(''),
    after: z.string().max(2000).optional(),
  }),
  async run(
    { tx },
    { login, after },
  ): Promise<{ readonly accounts: readonly AccountView[]; readonly count: number; readonly next?: string }> {
    const where = login === '' ? {} : { login: { startsWith: login } }
    const page = { where, orderBy: ['login'] as const, limit: 50, ...(after === undefined ? {} : { after }) }
    const { records, next } = await tx.query(accounts, page)
    const count = await tx.count(accounts, where)
    return { accounts: records.map(withoutSecret), count, ...(next === undefined ? {} : { next }) }
  },
})

/** One account. */
export const readAccount = defineRead({
  name: 'account.read',
  scope: 'account.manage',
  input: z.strictObject({ id: AccountId }),
  async run({ tx }, { id }): Promise<AccountView> {
    return withoutSecret(await accountWith(tx, id))
  },
})

/** Makes an account; its secret was hashed before, and is to be changed at the first sign-in. */
export const createAccount = defineWrite({
  name: 'account.create',
  scope: 'account.manage',
  input: z.strictObject({
    kind: z.enum(['officer', 'resident']),
    login: Login,
    name: z.string().trim().min(1).max(200),
    roles: z.array(z.string()).min(1),
    hamlets: z.array(z.string()).default([]),
    resident: ResidentId.nullable().default(null),
    hashedSecret: z.string().min(1),
    mustChange: z.boolean().default(true),
  }),
  async run({ tx, nextId, now, config, changed }, input): Promise<AccountView> {
    const { hashedSecret, ...fields } = input
    await requireKnown(tx, config, input)
    requireOwnRoles(config, input)
    if (input.kind === 'resident' && input.resident === null) throw refused('account/resident-missing', {})
    if (input.resident !== null) {
      const person = await tx.get(residents, { id: input.resident })
      if (person === undefined || person.mergedInto !== null) throw refused('account/unknown-resident', {})
    }
    const { records } = await tx.query(accounts, { where: { login: input.login }, limit: 1 })
    if (records.length > 0) throw refused('account/login-taken', { login: input.login })
    const id = AccountId.parse(nextId())
    const account = await tx.insert(accounts, {
      id,
      ...fields,
      secret: hashedSecret,
      disabled: false,
      createdAt: now,
    })
    changed({ collection: accounts, after: hidden(account) })
    return withoutSecret(account)
  },
})

/** Gives an account other roles and hamlets, and ends its sessions: what it may do, it may do from now on. */
export const changeAccount = defineWrite({
  name: 'account.change',
  scope: 'account.manage',
  input: z.strictObject({
    id: AccountId,
    roles: z.array(z.string()).min(1),
    hamlets: z.array(z.string()),
  }),
  async run({ tx, actor, config, changed }, { id, roles, hamlets }): Promise<AccountView> {
    // Nobody gives themselves a right, and nobody locks themselves out.
    if (actor.id === id) throw refused('account/own', {})
    await requireKnown(tx, config, { roles, hamlets })
    const before = await accountWith(tx, id)
    requireOwnRoles(config, { kind: before.kind, roles })
    const after = await tx.update(accounts, { ...before, roles, hamlets })
    await endSessions(tx, id)
    changed({ collection: accounts, before: hidden(before), after: hidden(after) })
    return withoutSecret(after)
  },
})

/** Gives an account a new secret, as an officer does for whoever has forgotten theirs, and ends its sessions. */
export const resetSecret = defineWrite({
  name: 'account.reset',
  scope: 'account.manage',
  input: z.strictObject({ id: AccountId, hashedSecret: z.string().min(1) }),
  async run({ tx, changed }, { id, hashedSecret }): Promise<AccountView> {
    const before = await accountWith(tx, id)
    const after = await tx.update(accounts, { ...before, secret: hashedSecret, mustChange: true })
    await endSessions(tx, id)
    // Whoever was locked out for trying an old secret may try the new one at once.
    await forgetFailures(tx, before.login)
    changed({ collection: accounts, before: hidden(before), after: hidden(after) })
    return withoutSecret(after)
  },
})

/** Closes an account, or opens it again. Its sessions end. */
export const setDisabled = defineWrite({
  name: 'account.disable',
  scope: 'account.manage',
  input: z.strictObject({ id: AccountId, disabled: z.boolean() }),
  async run({ tx, actor, changed }, { id, disabled }): Promise<AccountView> {
    if (actor.id === id && disabled) throw refused('account/own', {})
    const before = await accountWith(tx, id)
    const after = await tx.update(accounts, { ...before, disabled })
    await endSessions(tx, id)
    changed({ collection: accounts, before: hidden(before), after: hidden(after) })
    return withoutSecret(after)
  },
})

/** Changes one's own secret; the old one was checked before. */
export const changeOwnSecret = defineWrite({
  name: 'account.change-secret',
  scope: 'account.own',
  input: z.strictObject({ hashedSecret: z.string().min(1) }),
  async run({ tx, actor, changed }, { hashedSecret }): Promise<AccountView> {
    const before = await accountWith(tx, AccountId.parse(actor.id))
    const after = await tx.update(accounts, { ...before, secret: hashedSecret, mustChange: false })
    await endSessions(tx, before.id)
    changed({ collection: accounts, before: hidden(before), after: hidden(after) })
    return withoutSecret(after)
  },
})

/** A PIN opens what is a resident's own, and never other people's data. */
function requireOwnRoles({ roles }: VillageConfig, account: Pick<AccountView, 'kind' | 'roles'>): void {
  if (account.kind === 'officer') return
  const officer = roles.find((role) => account.roles.includes(role.id) && !isForResidents(role))
  if (officer !== undefined) throw refused('account/officer-role', { role: officer.id })
}

function withoutSecret({ secret: _, ...account }: Stored<typeof accounts>): AccountView {
  return account
}

/** The audit log keeps what changed, never a hash that somebody could try passwords on. */
function hidden(account: Stored<typeof accounts>): Stored<typeof accounts> {
  return { ...account, secret: '' }
}

/** Refuses roles that the village has not, and hamlets that are none. */
async function requireKnown(
  tx: ReadTransaction,
  config: VillageConfig,
  { roles, hamlets }: { readonly roles: readonly string[]; readonly hamlets: readonly string[] },
): Promise<void> {
  const role = roles.find((asked) => !config.roles.some(({ id }) => id === asked))
  if (role !== undefined) throw refused('account/unknown-role', { role })
  for (const hamlet of hamlets) {
    const id = AreaId.safeParse(hamlet)
    const area = id.success ? await tx.get(areas, { id: id.data }) : undefined
    if (area?.kind !== 'hamlet') throw refused('account/unknown-hamlet', { hamlet })
  }
}

async function accountWith(tx: ReadTransaction, id: AccountId): Promise<Stored<typeof accounts>> {
  const account = await tx.get(accounts, { id })
  if (account === undefined) throw refused('account/not-found', {})
  return account
}

async function endSessions(tx: Transaction, account: AccountId): Promise<void> {
  const open: Stored<typeof sessions>[] = []
  for await (const session of tx.stream(sessions, { where: { account } })) open.push(session)
  for (const session of open) await tx.remove(sessions, session)
}

function refused(code: string, details: Readonly<Record<string, unknown>>): LumbungError {
  return new LumbungError(code, 'The account cannot be changed so.', { details })
}
