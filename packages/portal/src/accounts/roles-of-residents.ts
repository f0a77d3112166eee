import type { Role } from '@lumbung/core/village'

/** What a village may let everybody see, also whoever has not signed in. */
export const publicScopes: ReadonlySet<string> = new Set(['village.read', 'programme.read'])

/**
 * Whether a role is one for residents: all that it grants ends at the own household or at what is one's own, or is
 * open to everybody. The account of a resident has no other, for a PIN is no key to other people's data.
 */
export function isForResidents({ grants }: Role): boolean {
  return grants.every(
    ({ scope, reach }) =>
      publicScopes.has(scope) || scope.endsWith('.own') || reach === 'own-household' || reach === 'self',
  )
}
