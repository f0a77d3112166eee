import { LumbungError } from '@lumbung/core/kernel'
import type { Table } from '@lumbung/core/storage'
import type { Change } from './changes.ts'
import {
  addColumnSql,
  checkName,
  checkSql,
  createIndexSql,
  createTableSql,
  foreignKeyName,
  foreignKeySql,
  indexName,
  quote,
} from './ddl.ts'
import type { Connection, Dialect } from './dialect.ts'

/** Makes the changes of one table, in the caller's transaction; `before` is the table as it is. */
export async function applyChanges(
  dialect: Dialect,
  connection: Connection,
  changes: readonly Change[],
  before: Table | undefined,
): Promise<void> {
  const [first] = changes
  if (
    dialect.name === 'sqlite' &&
    before !== undefined &&
    first !== undefined &&
    changes.some(needsRebuild)
  ) {
    return await rebuild(dialect, connection, first.table, before)
  }
  for (const change of changes) {
    for (const sql of statementsOf(dialect, change)) await connection.execute(sql)
  }
}

/** SQLite cannot change a column, a check or a reference in place. */
function needsRebuild({ kind }: Change): boolean {
  return kind.endsWith('-column') || kind.endsWith('-reference')
}

/**
 * Builds a table anew beside the old one, fills it, compares the two row by row and puts it in the old one's
 * place with all its indexes.
 */
async function rebuild(dialect: Dialect, connection: Connection, table: Table, before: Table): Promise<void> {
  const built = { ...table, name: `${table.name}_migration` }
  const kept = before.columns.map(({ name }) => quote(name)).join(', ')
  await connection.execute(createTableSql(dialect, built, table.name))
  await connection.execute(
    `insert into ${quote(built.name)} (${kept}) select ${kept} from ${quote(table.name)}`,
  )
  const [compared] = await connection.rows(
    `select (select count(*) from ${quote(table.name)}) as old_rows, (select count(*) from ${quote(built.name)}) as new_rows,
      (select count(*) from (select ${kept} from ${quote(table.name)} except select ${kept} from ${quote(built.name)})) as lost`,
  )
  if (compared?.['old_rows'] !== compared?.['new_rows'] || Number(compared?.['lost']) !== 0) {
    throw new LumbungError('storage/destructive-change', `Rebuilding ${table.name} would lose rows.`)
  }
  await connection.execute(`drop table ${quote(table.name)}`)
  await connection.execute(`alter table ${quote(built.name)} rename to ${quote(table.name)}`)
  for (const index of table.indexes) await connection.execute(createIndexSql(table, index))
  const broken = await connection.rows('pragma foreign_key_check')
  if (broken.length > 0) throw new LumbungError('storage/damaged', `${table.name} has broken references.`)
}

function statementsOf(dialect: Dialect, change: Change): string[] {
  const { table } = change
  const alter = `alter table ${quote(table.name)}`
  switch (change.kind) {
    case 'create-table':
      return [createTableSql(dialect, table), ...table.indexes.map((index) => createIndexSql(table, index))]
    case 'drop-table':
      return [`drop table ${quote(table.name)}`]
    case 'add-column':
      return [`${alter} add column ${addColumnSql(dialect, table, change.column)}`]
    case 'widen-column': {
      const { column, before } = change
      const check = checkSql(dialect, table.name, column)
      return [
        `${alter} drop constraint if exists ${quote(checkName(table.name, column))}`,
        ...(check === undefined ? [] : [`${alter} add ${check}`]),
        ...(column.nullable && !before.nullable
          ? [`${alter} alter column ${quote(column.name)} drop not null`]
          : []),
      ]
    }
    case 'add-reference':
      return [`${alter} add ${foreignKeySql(table.name, change.reference)}`]
    case 'drop-reference':
      return [`${alter} drop constraint ${quote(foreignKeyName(table.name, change.reference))}`]
    case 'create-index':
      return [createIndexSql(table, change.index)]
    case 'drop-index':
      return [`drop index ${quote(indexName(change.index))}`]
  }
}
