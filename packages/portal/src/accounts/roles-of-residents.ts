import type { Role } from '@lumbung/core/village'

const openToAll = new Set(['village.read', 'account.own'])

/**
 * Whether a role is one for residents: all that it grants ends at the own household or at what is one's own, or is
 * open to everybody. The account of a resident has no other, for a PIN is no key to other people's data.
 */
export function isForResidents({ grants }: Role): boolean {
  return grants.every(
    ({ scope, reach }) =>
      openToAll.has(scope) || scope.endsWith('.own') || reach === 'own-household' || reach === 'self',
  )
}
