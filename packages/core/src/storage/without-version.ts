/**
 * A record as it was written: without its version, which belongs to the storage.
 *
 * @example
 * ```ts
 * import { withoutVersion } from '@lumbung/core/storage'
 *
 * withoutVersion({ id: 'a', name: 'Sari', version: 3 }) // => { id: 'a', name: 'Sari' }
 * ```
 */
export function withoutVersion<Written extends object>(
  stored: Written & { readonly version: number },
): Written
export function withoutVersion<Written extends object>(
  stored: (Written & { readonly version: number }) | undefined,
): Written | undefined
export function withoutVersion<Written extends object>(
  stored: (Written & { readonly version: number }) | undefined,
): Written | undefined {
  if (stored === undefined) return undefined
  const { version: _, ...written } = stored
  // Only the version was left out, which the type of a rest cannot tell of a type parameter.
  return written as unknown as Written
}
