import { isLumbungError } from '@lumbung/core/kernel'

/** The code with which work is refused; another error as it is, so that it shows. */
export function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing refused',
    (error: unknown) => (isLumbungError(error) ? error.code : error),
  )
}

/** Everything that somebody could read of an error: its texts, details and causes, hidden ones included. */
export function allOf(error: unknown, seen = new Set<unknown>()): string {
  if (error === null || typeof error !== 'object') return String(error)
  if (seen.has(error)) return ''
  seen.add(error)
  return Reflect.ownKeys(error)
    .map((key) => `${String(key)}: ${allOf(Reflect.get(error, key), seen)}`)
    .join('\n')
}
