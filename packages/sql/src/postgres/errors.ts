import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import pg from 'pg'

/**
 * An error of pg in our terms. What the server says may hold values of people, so neither the error nor its cause
 * carries more of it than the names of what was refused.
 *
 * https://www.postgresql.org/docs/current/errcodes-appendix.html, by code or by class (first two characters).
 */
export function postgresError(error: unknown, statement = ''): unknown {
  if (!(error instanceof Error) || isLumbungError(error) || isMisuse(error)) return error
  return error instanceof pg.DatabaseError ? serverError(error, statement) : connectionError(error)
}

/** The state that the server gave to an error which was no other of ours, as when a table is there already. */
export function sqlStateOf(error: unknown): unknown {
  return isLumbungError(error, 'storage/unavailable') ? error.details?.['sqlState'] : undefined
}

/** Mistakes of our own code, which must not look like a server that is away. */
function isMisuse(error: Error): boolean {
  return error instanceof TypeError || error instanceof RangeError
}

/** pg gives most errors of a connection no code. */
function connectionError(error: Error): LumbungError {
  // All connections of the pool stayed lent for too long.
  if (error.message.startsWith('timeout exceeded')) {
    return new LumbungError('storage/busy', 'Earlier transactions of this process have not ended.', {
      cause: error,
    })
  }
  return new LumbungError('storage/unavailable', 'The database cannot be reached.', { cause: error })
}

function serverError(error: pg.DatabaseError, statement: string): LumbungError {
  const { code = '', table, constraint } = error
  const cause = withoutValues(error)
  const fault = (ours: string, text: string, details: Record<string, unknown> = { table, constraint }) =>
    new LumbungError(ours, text, { details, cause })
  switch (code) {
    case '40001':
    case '40P01':
      return fault('storage/conflict', 'Another transaction got in the way.', {})
    case '55P03':
      return fault('storage/busy', 'Another transaction did not end in time.', {})
    case '25P02':
      return fault('storage/transaction-failed', 'An earlier call of this transaction failed.', {})
    case '23505': {
      const columns = columnsOf(error)
      const text = `${table} already holds a record with this ${columns.join(', ')}.`
      return fault('storage/duplicate', text, { table, columns })
    }
    case '23503':
      return statement.startsWith('delete')
        ? fault('storage/referenced', 'Another record still names this one.')
        : fault('storage/reference-missing', 'A record names another that is not there.')
    case '25006':
      return fault('storage/read-only', 'This connection only reads.')
    case '53100':
      return fault('storage/full', 'The disk of the database is full.')
    // A table or a column that the definitions name.
    case '42P01':
    case '42703':
      return fault('storage/damaged', 'The database lacks what the definitions name.', { sqlState: code })
  }
  switch (code.slice(0, 2)) {
    // Data that does not fit, a constraint, more than fits into an index.
    case '22':
    case '23':
    case '54':
      return fault('storage/out-of-range', `The database refuses a value: ${constraint ?? code}.`)
    case 'XX':
      return fault('storage/damaged', 'The database is damaged.', { sqlState: code })
  }
  return fault('storage/unavailable', 'The database cannot be used now.', { sqlState: code })
}

/** The detail names the columns: `Key (village_id, number)=(…) already exists.` Its values stay out. */
function columnsOf({ detail = '' }: pg.DatabaseError): readonly string[] {
  const columns = /^[^(]*\(([^)]*)\)=/.exec(detail)?.[1]?.split(', ') ?? []
  return columns.map((column) => column.replaceAll('"', '')).filter((column) => column !== 'village_id')
}

/** Classes whose messages name only tables, columns and constraints, or the server itself. */
const namingClasses = new Set(['08', '23', '25', '28', '3D', '40', '42', '53', '54', '55', '57', 'XX'])

/** What of an error of the server can hold no value: not its detail, nor where in the data it came up. */
function withoutValues({ message, code = '', table, constraint, column, routine }: pg.DatabaseError): Error {
  const text = namingClasses.has(code.slice(0, 2)) ? message : `The server refused with ${code}.`
  return Object.assign(new Error(text), { code, table, constraint, column, routine })
}
