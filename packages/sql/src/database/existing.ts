import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import type { Table } from '@lumbung/core/storage'
import type { Connection } from './dialect.ts'

/** Checks that tables are there, and touches nothing; how they look is not compared. */
export async function checkTables(connection: Connection, tables: readonly Table[]): Promise<void> {
  let rows: readonly Readonly<Record<string, unknown>>[]
  try {
    rows = await connection.rows('select table_name from migration_state')
  } catch (error) {
    throw lacksTable(error) ? missingTables(tables) : error
  }
  const names = new Set(rows.map((row) => row['table_name']))
  const missing = tables.filter(({ name }) => !names.has(name))
  if (missing.length > 0) throw missingTables(missing)
}

/** The fault of a database that was never one of ours, or lacks a part. */
export function missingTables(tables: readonly Table[]): LumbungError<'storage/missing'> {
  const names = tables.map(({ name }) => name)
  return new LumbungError('storage/missing', `The database lacks ${names.join(', ')}.`, {
    details: { tables: names },
  })
}

/** Whether a database said that there is no such table. */
function lacksTable(error: unknown): boolean {
  if (!isLumbungError(error, 'storage/damaged')) return false
  const { sqlState, errcode } = error.details
  return sqlState === '42P01' || errcode === sqliteError
}

/** SQLite has no code of its own for a table that is missing, only its general one. */
const sqliteError = 1
