import type { UseCase, VillageConfig, VillageSession } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'

/**
 * The village as the visitor meets it for one use case: for the purpose that they read for now where their role has the
 * use case for it, and otherwise for the first one that it is for, since nobody should have to switch for a page that
 * serves one purpose only. The page says which it was, and the read log keeps it.
 */
export function sessionFor(
  visit: Visit,
  { roles, purposes }: VillageConfig,
  { scope }: Pick<UseCase, 'scope'>,
): { readonly session: VillageSession; readonly purpose: string | undefined } {
  const grants = roles
    .filter(({ id }) => visit.actor.roles.includes(id))
    .flatMap((role) => role.grants)
    .filter((grant) => grant.scope === scope)
  const serving = purposes
    .map(({ id }) => id)
    .filter((id) => grants.some((grant) => grant.purposes?.includes(id) ?? true))
  const now = visit.purposes.find(({ isNow }) => isNow)?.id
  const purpose = serving.find((id) => id === now) ?? serving[0]
  return { session: visit.session(purpose === undefined ? {} : { purpose }), purpose }
}
