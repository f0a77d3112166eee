import { Instant, idSchema, ResidentId } from '@lumbung/core/kernel'
import { defineCollection } from '@lumbung/core/storage'
import * as z from 'zod'

/** The id of an account. */
export const AccountId = idSchema('Account')
/** A text that the schema of the same name has accepted. */
export type AccountId = z.infer<typeof AccountId>

/**
 * Who may sign in. Officers do so by a password; residents by a PIN that an officer gives them, which they
 * change at the first sign-in.
 */
export const accounts = defineCollection({
  name: 'accounts',
  schema: z.object({
    id: AccountId,
    kind: z.enum(['officer', 'resident']),
    /** In lower case. A resident's is chosen by the officer too, so that nobody guesses it from a number. */
    login: z.string().min(1).max(60),
    name: z.string().min(1).max(200),
    roles: z.array(z.string()),
    hamlets: z.array(z.string()),
    resident: ResidentId.nullable(),
    /** Salted scrypt of the password or PIN. */
    secret: z.string(),
    /** The officer who gave it knows the secret, so the next sign-in asks for a new one. */
    mustChange: z.boolean(),
    disabled: z.boolean(),
    createdAt: Instant,
  }),
  key: 'id',
  indexes: [{ unique: ['login'] }, ['resident']],
  fieldClasses: {
    id: 'internal',
    kind: 'internal',
    login: 'internal',
    name: 'personal',
    roles: 'internal',
    hamlets: 'internal',
    resident: 'personal',
    secret: 'specific',
    mustChange: 'internal',
    disabled: 'internal',
    createdAt: 'internal',
  },
})

/** Open sessions. Whoever reads the database cannot sign in with what stands here: it is a hash of the token. */
export const sessions = defineCollection({
  name: 'sessions',
  schema: z.object({
    tokenHash: z.string(),
    account: AccountId,
    createdAt: Instant,
    expiresAt: Instant,
  }),
  key: 'tokenHash',
  indexes: [['account'], ['expiresAt']],
  references: { account: accounts },
  fieldClasses: 'internal',
})

/** Failed sign-ins by account and by address, within a window of time. */
export const signInFailures = defineCollection({
  name: 'sign_in_failures',
  schema: z.object({ subject: z.string(), failures: z.int().min(0), since: Instant }),
  key: 'subject',
  indexes: [['since']],
  fieldClasses: 'internal',
})

/** Forms that were carried out, so that one sent twice is carried out once. */
export const sentForms = defineCollection({
  name: 'sent_forms',
  schema: z.object({ key: z.string().max(100), address: z.string(), sentAt: Instant }),
  key: 'key',
  indexes: [['sentAt']],
  fieldClasses: 'internal',
})

/**
 * All that the portal keeps beside the village, for opening a database: a subpath of its own, so that a program
 * which only opens databases loads no page.
 */
export const portalCollections = [accounts, sessions, signInFailures, sentForms] as const
