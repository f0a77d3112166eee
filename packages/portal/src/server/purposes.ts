import type { Actor, VillageConfig } from '@lumbung/core/village'

/**
 * The purposes for which somebody may read personal data of others, in the order in which their roles name them.
 * Nobody needs to name one for what is their own.
 */
export function purposesOf(config: VillageConfig, actor: Actor): readonly string[] {
  const grants = config.roles
    .filter(({ id }) => actor.roles.includes(id))
    .flatMap((role) => role.grants)
    .filter(({ shows }) => shows === 'personal' || shows === 'specific')
  const ofOthers = grants.filter(({ reach }) => reach === 'village' || reach === 'hamlets')
  const all = config.purposes.map(({ id }) => id)
  const named = ofOthers.flatMap(({ purposes }) => purposes ?? [])
  const isOpen = ofOthers.some(({ purposes }) => purposes === undefined)
  return [...new Set([...named, ...(isOpen ? all : [])])]
}

/**
 * For what somebody reads now: the purpose that they chose where their roles have it, else the first one that
 * their roles name, else the village's first.
 */
export function purposeNow(
  config: VillageConfig,
  purposes: readonly string[],
  chosen: string | undefined,
): string | undefined {
  return purposes.find((id) => id === chosen) ?? purposes[0] ?? config.purposes[0]?.id
}
