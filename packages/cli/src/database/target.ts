import { invalidValue } from '../frame/usage.ts'
import type { Host } from '../host.ts'
import type { Say } from '../words/catalogue.ts'

/** Where a database is. */
export type Target =
  | { readonly kind: 'sqlite'; readonly file: string; readonly name: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly name: string }

const databaseDefault = 'sqlite:lumbung.db'

/**
 * The database that `--db`, `DATABASE_URL` or the default names. Its `name` is for messages: no password.
 *
 * @throws UsageError `invalid-value`.
 */
export function targetOf(given: string | undefined, host: Host, say: Say): Target {
  const fromHost = host.env['DATABASE_URL'] || undefined
  const text = given ?? fromHost ?? databaseDefault
  const target = parseTarget(text)
  if (target !== undefined) return target
  const option = given === undefined && fromHost !== undefined ? 'DATABASE_URL' : '--db'
  throw invalidValue(say, option, say('expected.db'))
}

function parseTarget(text: string): Target | undefined {
  const file = /^sqlite:(.+)$/s.exec(text)?.[1]
  if (file !== undefined) return { kind: 'sqlite', file, name: `sqlite:${file}` }
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined
  const { protocol, host, pathname } = new URL(text)
  return { kind: 'postgres', url: text, name: `${protocol}//${host}${pathname}` }
}
