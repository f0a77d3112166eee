import { LumbungError } from '../kernel/index.ts'
import { type FieldClass, fieldClasses } from '../storage/index.ts'
import type { Actor, Grant, Role } from './roles.ts'

/** Where a record belongs, as far as permission asks. */
export interface Whereabouts {
  /** The area and those that it lies in. */
  readonly areas: readonly string[]
  readonly residents: readonly string[]
  readonly households: readonly string[]
}

/** Who the actor is in the register. */
export interface OwnPlace {
  readonly resident?: string
  /** Households that the actor belongs to. */
  readonly households: readonly string[]
  /** Residents whom the actor may act for today, for the purpose that was named. */
  readonly represented: readonly string[]
}

/** What an actor may do under one scope, for one purpose. */
export interface Permission {
  readonly scope: string
  readonly purpose: string | undefined
  /** Whether it reaches every record of the village. */
  readonly isVillageWide: boolean
  /** The areas that it is limited to, where it reaches no further. */
  readonly hamlets: readonly string[]
  /** The highest class of fields shown of a record that lies there; undefined where it is out of reach. */
  readonly showsOf: (where: Whereabouts, own: OwnPlace) => FieldClass | undefined
  /** The highest class that it shows of any record. */
  readonly shows: FieldClass
}

/** The order of field classes, 0 for `public`. */
export function classRank(fieldClass: FieldClass): number {
  return fieldClasses.indexOf(fieldClass)
}

/**
 * What the actor's roles allow under a scope.
 *
 * @throws LumbungError `village/forbidden` with `reason`: `scope` where no role has it; `purpose` where a purpose
 * is needed and none was named, or none of the roles has it for that one.
 */
export function permissionOf(
  roles: readonly Role[],
  actor: Actor,
  scope: string,
  purpose: string | undefined,
): Permission {
  const found = findPermission(roles, actor, scope, purpose)
  if (typeof found === 'string') throw forbidden(actor, scope, found)
  return found
}

/** What the actor's roles allow under a scope; undefined where that is nothing. */
export function permissionIfAny(
  roles: readonly Role[],
  actor: Actor,
  scope: string,
  purpose: string | undefined,
): Permission | undefined {
  const found = findPermission(roles, actor, scope, purpose)
  return typeof found === 'string' ? undefined : found
}

function findPermission(
  roles: readonly Role[],
  actor: Actor,
  scope: string,
  purpose: string | undefined,
): Permission | 'scope' | 'purpose' {
  const grants = roles
    .filter(({ id }) => actor.roles.includes(id))
    .flatMap((role) => role.grants)
    .filter((grant) => grant.scope === scope)
  if (grants.length === 0) return 'scope'
  const serving = grants.filter((grant) => serves(grant, purpose))
  if (serving.length === 0) return 'purpose'
  const reaching = (reach: Grant['reach']) => serving.filter((grant) => grant.reach === reach)
  const villageWide = reaching('village')
  const withinHamlets = reaching('hamlets')
  const ofHousehold = reaching('own-household')
  const ofSelf = reaching('self')
  return {
    scope,
    purpose,
    isVillageWide: villageWide.length > 0,
    hamlets: withinHamlets.length > 0 ? actor.hamlets : [],
    shows: highest(serving) ?? 'public',
    showsOf(where, own) {
      const covering = [...villageWide]
      if (where.areas.some((area) => actor.hamlets.includes(area))) covering.push(...withinHamlets)
      if (where.households.some((household) => own.households.includes(household)))
        covering.push(...ofHousehold)
      // Whoever acts for somebody sees that person as they see themselves, but not that person's household.
      const selves = own.resident === undefined ? [] : [own.resident, ...own.represented]
      if (where.residents.some((resident) => selves.includes(resident)))
        covering.push(...ofHousehold, ...ofSelf)
      return highest(covering)
    },
  }
}

/** What shows nothing personal needs no purpose. */
function serves(grant: Grant, purpose: string | undefined): boolean {
  if (classRank(grant.shows) < classRank('personal')) return true
  return purpose !== undefined && (grant.purposes?.includes(purpose) ?? true)
}

function highest(grants: readonly Grant[]): FieldClass | undefined {
  const [first, ...rest] = grants
  if (first === undefined) return undefined
  return rest.reduce(
    (best: FieldClass, { shows }) => (classRank(shows) > classRank(best) ? shows : best),
    first.shows,
  )
}

/** The refusal of something that the actor may not do; it tells nothing of what there is. */
export function forbidden(
  actor: Actor,
  scope: string,
  reason: 'scope' | 'purpose' | 'reach',
): LumbungError<'village/forbidden'> {
  return new LumbungError('village/forbidden', 'The actor may not do this.', {
    details: { actor: actor.id, scope, reason },
  })
}

/**
 * Refuses what concerns the whole village, such as a file of all its people, to whoever reaches a part of it.
 *
 * @throws LumbungError `village/forbidden` with `reason` `reach`
 */
export function requireVillage({
  actor,
  permission,
}: {
  readonly actor: Actor
  readonly permission: Permission
}): void {
  if (!permission.isVillageWide) throw forbidden(actor, permission.scope, 'reach')
}
