import { type Column, type Table, type TableReference, villageColumn } from '@lumbung/core/storage'
import type { Change } from './changes.ts'
import { literal, quote } from './ddl.ts'
import type { Connection, Dialect } from './dialect.ts'

/**
 * What the stored rows would break of what the changes promise: a reference to what is not there, a unique index
 * over values that are there twice. It only reads; `known` are the tables as they are. A row is counted, never
 * shown, since what it holds may be personal.
 */
export async function misfitsOf(
  dialect: Dialect,
  connection: Connection,
  changes: readonly Change[],
  known: ReadonlyMap<string, Table>,
): Promise<string[]> {
  const faults: string[] = []
  for (const change of changes) {
    const before = known.get(change.table.name)
    if (before === undefined) continue
    if (change.kind === 'add-reference') {
      const { column, table: target } = change.reference
      const rows = await countOf(
        connection,
        danglingSql(dialect, change.table, before, change.reference, known),
      )
      if (rows > 0) {
        faults.push(`${before.name}: ${column} of ${rowsText(rows)} names what is not in ${target}`)
      }
    }
    if (change.kind === 'create-index' && change.index.unique) {
      const rows = await countOf(connection, doubledSql(dialect, change.table, before, change.index.columns))
      if (rows > 0) {
        faults.push(`${before.name}: ${change.index.columns.join(', ')} is not unique in ${rowsText(rows)}`)
      }
    }
  }
  return faults
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}

async function countOf(connection: Connection, sql: string | undefined): Promise<number> {
  if (sql === undefined) return 0
  const [row] = await connection.rows(sql)
  return Number(row?.['found'])
}

/** What the rows that are there hold, or will hold, in a column; undefined where all of them hold nothing. */
function heldSql(dialect: Dialect, before: Table, column: Column): string | undefined {
  if (before.columns.some(({ name }) => name === column.name)) return `held.${quote(column.name)}`
  return column.fallback == null ? undefined : literal(dialect, column, column.fallback)
}

/** Counts the rows that name what is not there. */
function danglingSql(
  dialect: Dialect,
  table: Table,
  before: Table,
  reference: TableReference,
  known: ReadonlyMap<string, Table>,
): string | undefined {
  const named = ({ name }: Column) => name === reference.column
  const column = table.columns.find(named)
  const held = column === undefined ? undefined : heldSql(dialect, before, column)
  if (held === undefined) return undefined
  const village = quote(villageColumn.name)
  const target = known.get(reference.table)
  const key = target?.columns.find(({ name }) => name === reference.targetColumn)
  // What cannot be compared, as a key that changes too, is a fault already, whatever the rows hold.
  const comparable = key?.type === (before.columns.find(named) ?? column)?.type
  if (target !== undefined && !comparable) return undefined
  // A table that is only to be created holds nothing that could be named.
  const missing = target
    ? `and not exists (select 1 from ${quote(reference.table)} as target where target.${village} = held.${village} and target.${quote(reference.targetColumn)} = ${held})`
    : ''
  return `select count(*) as found from ${quote(before.name)} as held where ${held} is not null ${missing}`
}

/** Counts the rows whose values another row of the village has as well; what is missing is never the same. */
function doubledSql(
  dialect: Dialect,
  table: Table,
  before: Table,
  columns: readonly string[],
): string | undefined {
  const indexed = table.columns.filter(({ name }) => columns.includes(name))
  const values = indexed.map((column) => heldSql(dialect, before, column))
  if (values.includes(undefined)) return undefined
  // A new column holds the same value in every row and so tells none apart.
  const grouped = indexed.flatMap(({ name }) =>
    before.columns.some((column) => column.name === name) ? [`held.${quote(name)}`] : [],
  )
  const present = grouped.map((value) => `${value} is not null`)
  const where = present.length === 0 ? '' : `where ${present.join(' and ')}`
  const by = [`held.${quote(villageColumn.name)}`, ...grouped].join(', ')
  return `select coalesce(sum(doubled.times), 0) as found from (
    select count(*) as times from ${quote(before.name)} as held ${where} group by ${by} having count(*) > 1
  ) as doubled`
}
