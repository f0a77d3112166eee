import * as z from 'zod'
import { LocalizedText, ResidentId } from '../kernel/index.ts'
import { fieldClasses } from '../storage/index.ts'

/**
 * What a role may do with one scope: how far it reaches, what it shows, and for which purposes.
 *
 * - `reach`: `village` all of it; `hamlets` those that the account names; `own-household` the people of the
 *   actor's own household, themselves included; `self` the actor alone.
 * - `shows`: the highest class of fields that is not masked. Default `internal`.
 * - `purposes`: the purposes for which it holds; left out, every purpose that the village knows. It matters only
 *   where personal fields are shown.
 *
 * @example
 * ```ts
 * import { Grant } from '@lumbung/core/village'
 *
 * Grant.parse({ scope: 'resident.read' }) // => { scope: 'resident.read', reach: 'village', shows: 'internal' }
 * ```
 */
export const Grant = z
  .strictObject({
    scope: z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/),
    reach: z.enum(['village', 'hamlets', 'own-household', 'self']).default('village'),
    shows: z.enum(fieldClasses).default('internal'),
    purposes: z.array(z.string().min(1)).readonly().optional(),
  })
  .readonly()

/** A grant that the schema of the same name has accepted. */
export type Grant = z.infer<typeof Grant>

/**
 * What somebody is in the village, and what they may therefore do.
 *
 * @example
 * ```ts
 * import { Role } from '@lumbung/core/village'
 *
 * Role.parse({ id: 'visitor', label: { en: 'Visitor' }, grants: [{ scope: 'village.read' }] }).grants.length // => 1
 * ```
 */
export const Role = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
    label: LocalizedText,
    grants: z.array(Grant).readonly(),
  })
  .readonly()

/** A role that the schema of the same name has accepted. */
export type Role = z.infer<typeof Role>

/**
 * Who acts. A person has an account, a service is a program such as the command, and anybody is anonymous
 * before they sign in.
 *
 * - `roles`: ids of the village's roles;
 * - `hamlets`: areas that grants of reach `hamlets` are limited to;
 * - `resident`: who the person is in the register, for grants that reach their own household.
 *
 * @example
 * ```ts
 * import { Actor } from '@lumbung/core/village'
 *
 * Actor.parse({ kind: 'anonymous', id: 'anonymous', roles: ['visitor'] }).hamlets // => []
 * ```
 */
export const Actor = z
  .strictObject({
    kind: z.enum(['person', 'service', 'anonymous']),
    id: z.string().min(1).max(100),
    roles: z.array(z.string()).readonly(),
    hamlets: z.array(z.string()).readonly().default([]),
    resident: ResidentId.optional(),
  })
  .readonly()

/** An actor that the schema of the same name has accepted. */
export type Actor = z.infer<typeof Actor>
