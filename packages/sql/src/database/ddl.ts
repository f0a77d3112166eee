import { type Column, type StorageValue, type Table, villageColumn } from '@lumbung/core/storage'
import { quoteText } from './checks.ts'
import type { Dialect } from './dialect.ts'

/** A name in SQL. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The name of the constraint that holds what a column promises. */
export function checkName(table: string, column: Column): string {
  return `${table}_${column.name}_check`.slice(0, 63)
}

/** Whether two definitions of a column are held by the same type and check. */
export function sameCheck(before: Column, after: Column): boolean {
  const held = ({ nullable, values, minimum, maximum, maxLength, nonEmpty }: Column) =>
    JSON.stringify([nullable, values, String(minimum), String(maximum), maxLength, nonEmpty])
  return held(before) === held(after)
}

/**
 * CREATE TABLE for a table. The village leads the key, every index and every reference. `constraintsOf` names
 * the table whose constraint names are used, where this one is only built to take its place.
 */
export function createTableSql(dialect: Dialect, table: Table, constraintsOf = table.name): string {
  const named = { ...table, name: constraintsOf }
  const parts = [
    ...table.columns.map((column) => addColumnSql(dialect, named, column)),
    `primary key (${table.key.map(quote).join(', ')})`,
    ...table.references.map(foreignKeySql),
  ]
  return `create table ${quote(table.name)} (\n  ${parts.join(',\n  ')}\n) ${dialect.tableOptions}`
}

/** A reference as it stands in CREATE TABLE or ADD; the village leads both sides. */
export function foreignKeySql({ column, table, targetColumn }: Table['references'][number]): string {
  const village = quote(villageColumn.name)
  return `foreign key (${village}, ${quote(column)}) references ${quote(table)} (${village}, ${quote(targetColumn)})`
}

/** One column as it stands in CREATE TABLE or ADD COLUMN. */
export function addColumnSql(dialect: Dialect, table: Table, column: Column): string {
  const check = dialect.check(column, quote(column.name))
  return [
    quote(column.name),
    dialect.columnType(column),
    column.nullable ? '' : 'not null',
    column.fallback == null ? '' : `default ${literal(dialect, column, column.fallback)}`,
    check === undefined ? '' : `constraint ${quote(checkName(table.name, column))} check (${check})`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** CREATE INDEX; the village leads. */
export function createIndexSql(table: Table, index: Table['indexes'][number]): string {
  const columns = [villageColumn.name, ...index.columns].map(quote).join(', ')
  return `create ${index.unique ? 'unique ' : ''}index ${quote(index.name)} on ${quote(table.name)} (${columns})`
}

function literal(dialect: Dialect, column: Column, value: StorageValue): string {
  const parameter = dialect.toParameter(column, value)
  return typeof parameter === 'string' ? quoteText(parameter) : String(parameter)
}
