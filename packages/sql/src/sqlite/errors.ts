import { LumbungError } from '@lumbung/core/kernel'

/** https://www.sqlite.org/rescode.html */
const codes = {
  busy: 5,
  readonly: 8,
  io: 10,
  ioSharedMemorySize: 4874,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
  corrupt: 11,
  check: 275,
  foreignKey: 787,
  notNull: 1299,
  primaryKey: 1555,
  unique: 2067,
  dataType: 3091,
}

/**
 * An error of node:sqlite in our terms; others pass through. Which direction a foreign key was broken in the
 * database does not say, so the caller tells whether it was removing.
 */
export function sqliteError(error: unknown, statement = ''): unknown {
  if (!(error instanceof Error)) return error
  if ('code' in error && error.code === 'ERR_INVALID_STATE') {
    return new LumbungError('storage/closed', 'This storage was closed.', { cause: error })
  }
  if (!('errcode' in error) || typeof error.errcode !== 'number') return error
  const { errcode, message } = error
  const fault = (code: string, text: string, details: Record<string, unknown> = {}) =>
    new LumbungError(code, text, { details, cause: error })
  const named = message.split(': ').at(-1) ?? ''
  switch (errcode) {
    case codes.primaryKey:
    case codes.unique: {
      const columns = named.split(', ').map((name) => name.split('.').at(-1) ?? name)
      const table = named.split('.')[0] ?? ''
      const own = columns.filter((column) => column !== 'village_id')
      return fault('storage/duplicate', `${table} already holds a record with this ${own.join(', ')}.`, {
        table,
        columns: own,
      })
    }
    case codes.foreignKey:
      return statement.startsWith('delete')
        ? fault('storage/referenced', 'Another record still names this one.')
        : fault('storage/reference-missing', 'A record names another that is not there.')
    case codes.check:
    case codes.notNull:
    case codes.dataType:
      return fault('storage/out-of-range', `The database refuses a value: ${named}.`, { check: named })
    // The file that its processes share could not grow, for which there is one reason.
    case codes.ioSharedMemorySize:
      return fault('storage/full', 'The disk is full.')
  }
  switch (errcode & 0xff) {
    case codes.busy:
      return fault('storage/busy', 'Another process is writing to this database.')
    case codes.readonly:
      return fault('storage/read-only', 'The database file cannot be written.')
    case codes.full:
      return fault('storage/full', 'The disk is full.')
    case codes.io:
      return fault('storage/unavailable', 'Reading or writing the database file failed.', { errcode })
    case codes.cannotOpen:
      return fault('storage/unavailable', 'The database file cannot be opened.', { errcode })
    case codes.corrupt:
    case codes.notADatabase:
      return fault('storage/damaged', 'The file is damaged or no database.', { errcode })
  }
  if (/^no such (table|column)/.test(message)) {
    return fault('storage/damaged', 'The database lacks what the definitions name.', { errcode })
  }
  return error
}
