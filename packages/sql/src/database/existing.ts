import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import type { Table } from '@lumbung/core/storage'
import type { Connection } from './dialect.ts'

/** Checks that tables are there, and touches nothing; how they look is not compared. */
export async function checkTables(connection: Connection, tables: readonly Table[]): Promise<void> {
  let rows: readonly Readonly<Record<string, unknown>>[]
  try {
    rows = await connection.rows('select table_name from migration_state')
  } catch (error) {
    // Anything else that is wrong with the database has a code of ours.
    throw isLumbungError(error) && !isUndefinedTable(error) ? error : missingTables(tables)
  }
  const names = new Set(rows.map((row) => row['table_name']))
  const missing = tables.filter(({ name }) => !names.has(name))
  if (missing.length > 0) throw missingTables(missing)
}

/** PostgreSQL tells by its state that it was the table which is not there. */
function isUndefinedTable(error: unknown): boolean {
  return isLumbungError(error, 'storage/damaged') && error.details['sqlState'] === '42P01'
}

/** The fault of a database that was never one of ours, or lacks a part. */
export function missingTables(tables: readonly Table[]): LumbungError<'storage/missing'> {
  const names = tables.map(({ name }) => name)
  return new LumbungError('storage/missing', `The database lacks ${names.join(', ')}.`, {
    details: { tables: names },
  })
}
