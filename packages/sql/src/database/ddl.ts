import { createHash } from 'node:crypto'
import {
  type Column,
  type StorageValue,
  type Table,
  type TableIndex,
  type TableReference,
  versionColumn,
  villageColumn,
} from '@lumbung/core/storage'
import { quoteText } from './checks.ts'
import type { Dialect } from './dialect.ts'

/** A name in SQL. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** What PostgreSQL keeps of a name; it would cut the rest off, and two long names could become one. */
const nameLengthMax = 63

function shortName(name: string): string {
  if (name.length <= nameLengthMax) return name
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, nameLengthMax - mark.length - 1)}_${mark}`
}

/** The name of the constraint that holds what a column promises. */
export function checkName(table: string, column: Column): string {
  return shortName(`${table}_${column.name}_check`)
}

/** The name of the constraint that holds a reference. */
export function foreignKeyName(table: string, { column }: TableReference): string {
  return shortName(`${table}_${column}_fkey`)
}

/** The name of an index in the database. */
export function indexName({ name }: TableIndex): string {
  return shortName(name)
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
    ...table.references.map((reference) => foreignKeySql(constraintsOf, reference)),
  ]
  const { tableOptions, keyTableOptions } = dialect
  const options =
    keyTableOptions !== undefined && isKeyOnly(table) ? `${tableOptions}, ${keyTableOptions}` : tableOptions
  return `create table ${quote(table.name)} (\n  ${parts.join(',\n  ')}\n) ${options}`
}

/** Whether a table holds nothing but its key: which words a name has, say. */
function isKeyOnly({ columns, key }: Table): boolean {
  return columns.every(({ name }) => key.includes(name) || name === versionColumn.name)
}

/** A reference as it stands in CREATE TABLE or ADD; the village leads both sides. */
export function foreignKeySql(owner: string, reference: TableReference): string {
  const { column, table, targetColumn } = reference
  const village = quote(villageColumn.name)
  return `constraint ${quote(foreignKeyName(owner, reference))} foreign key (${village}, ${quote(column)}) references ${quote(table)} (${village}, ${quote(targetColumn)})`
}

/** One column as it stands in CREATE TABLE or ADD COLUMN. */
export function addColumnSql(dialect: Dialect, table: Table, column: Column): string {
  return [
    quote(column.name),
    dialect.columnType(column),
    column.nullable ? '' : 'not null',
    column.fallback == null ? '' : `default ${literal(dialect, column, column.fallback)}`,
    checkSql(dialect, table.name, column) ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** What a column promises, as it stands in CREATE TABLE or ADD; undefined where its type says it all. */
export function checkSql(dialect: Dialect, table: string, column: Column): string | undefined {
  const check = dialect.check(column, quote(column.name))
  return check === undefined ? undefined : `constraint ${quote(checkName(table, column))} check (${check})`
}

/** CREATE INDEX; the village leads. */
export function createIndexSql(table: Table, index: TableIndex): string {
  const columns = [villageColumn.name, ...index.columns].map(quote).join(', ')
  return `create ${index.unique ? 'unique ' : ''}index ${quote(indexName(index))} on ${quote(table.name)} (${columns})`
}

/** A value as a constant in SQL. */
export function literal(dialect: Dialect, column: Column, value: StorageValue): string {
  if (value instanceof Uint8Array) return dialect.bytesText(Buffer.from(value).toString('hex'))
  const parameter = dialect.toParameter(column, value)
  return typeof parameter === 'string' ? quoteText(parameter) : String(parameter)
}
