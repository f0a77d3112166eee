import { LumbungError } from '@lumbung/core/kernel'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, by code or by class (first two characters). */
export function postgresError(error: unknown, statement = ''): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  const named = error as Error & { table?: string; constraint?: string; detail?: string }
  const details = { table: named.table, constraint: named.constraint }
  const fault = (ours: string, text: string, more: Record<string, unknown> = details) =>
    new LumbungError(ours, text, { details: more, cause: error })
  switch (code) {
    case '40001':
    case '40P01':
    case '55P03':
    // Two that create the same table at once: the later one finds it, or its row type, already there.
    case '42P07':
    case '42710':
      return fault('storage/conflict', 'Another transaction got in the way.', {})
    case '23505': {
      // The detail names the columns: `Key (village_id, number)=(…) already exists.` Its values stay out.
      const columns = /^Key \(([^)]*)\)/.exec(named.detail ?? '')?.[1]?.split(', ') ?? []
      const own = columns
        .map((column) => column.replaceAll('"', ''))
        .filter((column) => column !== 'village_id')
      return new LumbungError(
        'storage/duplicate',
        `${named.table} already holds a record with this ${own.join(', ')}.`,
        {
          details: { table: named.table, columns: own },
          cause: withoutDetail(error),
        },
      )
    }
    case '23503':
      return statement.startsWith('delete')
        ? fault('storage/referenced', 'Another record still names this one.')
        : fault('storage/reference-missing', 'A record names another that is not there.')
    case '23514':
    case '23502':
    case '22003':
      return fault('storage/out-of-range', `The database refuses a value: ${named.constraint ?? code}.`)
    case '25006':
      return fault('storage/read-only', 'This connection only reads.')
    case '53100':
      return fault('storage/full', 'The disk of the database is full.')
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ENOTFOUND':
    case 'EPIPE':
    case 'ETIMEDOUT':
      return fault('storage/unavailable', 'The database cannot be reached.', {})
  }
  if (['08', '53', '57', '28', '3D'].includes(code.slice(0, 2))) {
    return fault('storage/unavailable', 'The database cannot be used now.', { sqlState: code })
  }
  return error
}

/** The detail of a unique violation holds the value that was there already: it must not reach a log. */
function withoutDetail(error: Error): Error {
  return new Error(error.message)
}
