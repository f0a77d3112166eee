import type { Column, Row, StorageValue, Table } from '@lumbung/core/storage'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely'
import { commonChecks } from '../database/checks.ts'
import { compileOnly } from '../database/compile-only.ts'
import type { Dialect } from '../database/dialect.ts'

const types: Readonly<Record<Column['type'], string>> = {
  text: 'text',
  enum: 'text',
  date: 'text',
  instant: 'text',
  integer: 'integer',
  bigint: 'integer',
  real: 'real',
  boolean: 'integer',
  json: 'text',
  bytes: 'blob',
}

/** The name under which each connection has JavaScript's own reading of a number. */
export const realFunction = 'lumbung_real'

/**
 * Checks of the form of a value. `date(x) is x` holds only for a date that exists, in the one form; a text that
 * does not begin with a digit is not even asked, since `date('now')` is an error inside a check.
 */
function formCheck({ type }: Column, quoted: string): string[] {
  const isNumbered = `${quoted} >= '0001-01-01' and ${quoted} < ':'`
  // Text may hold U+0000 in SQLite, but its own functions take it for the end.
  const isWhole = `instr(${quoted}, char(0)) = 0`
  switch (type) {
    case 'text':
      return [isWhole]
    case 'boolean':
      return [`${quoted} in (0, 1)`]
    case 'date':
      return [`case when ${isNumbered} then date(${quoted}) is ${quoted} else 0 end`]
    case 'instant':
      // SQLite takes the hour 24 and writes it back unchanged.
      return [
        `case when ${isNumbered} then strftime('%Y-%m-%dT%H:%M:%fZ', ${quoted}) is ${quoted} and substr(${quoted}, 12, 2) < '24' else 0 end`,
      ]
    case 'json':
      return [`json_valid(${quoted})`, isWhole]
    default:
      return []
  }
}

/** SQLite: text compares by UTF-8 bytes, which is the order of code points; STRICT tables hold the types. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  builder: compileOnly({
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }),
  columnType: (column) => types[column.type],
  check(column, quoted) {
    const checks = [...formCheck(column, quoted), ...commonChecks(column, quoted)]
    if (checks.length === 0) return undefined
    const all = checks.join(' and ')
    // `date(null) is null` would hold, but `in` and `>=` must not decide about what is missing.
    return column.nullable ? `${quoted} is null or (${all})` : all
  },
  showsChecks: true,
  tableOptions: 'strict',
  keyTableOptions: 'without rowid',
  parameterText: () => '?',
  locksRows: false,
  toParameter: (_, value) => parameterOf(value),
  // JSON in SQLite holds all integers of 64 bits, but reads some fractions as a number beside the one that was written.
  toList: ({ type }, values) => {
    if (type === 'real') return JSON.stringify(values.map(String))
    // A search names thousands of ids, and only numbers and truth values have another form as JSON.
    if (type !== 'bigint' && type !== 'boolean') return JSON.stringify(values)
    return `[${values.map(parameterOf).map(jsonText).join(',')}]`
  },
  isOneOf: ({ type }, ref, list) => {
    const value = type === 'real' ? sql`${sql.raw(realFunction)}(value)` : sql`value`
    return sql`${ref} in (select ${value} from json_each(${list}))`
  },
  // No index is in the order of an expression, so one is chosen by what it finds.
  termsToSort: (ref) => sql`+${ref}`,
  bytesText: (hex) => `x'${hex}'`,
  toRows(table, raw) {
    const converted = table.columns.flatMap((column, index) =>
      column.type === 'boolean' || (column.type === 'integer' && readsBigInts(table))
        ? [{ column, index }]
        : [],
    )
    for (const row of raw) {
      for (const { column, index } of converted) {
        const cell = row[index]
        if (cell !== null) row[index] = column.type === 'boolean' ? Boolean(Number(cell)) : Number(cell)
      }
    }
    // node:sqlite returns exactly the cells that STRICT tables can hold.
    return raw as unknown as Row[]
  },
}

function parameterOf(value: StorageValue): Exclude<StorageValue, boolean> {
  return typeof value === 'boolean' ? Number(value) : value
}

function jsonText(value: Exclude<StorageValue, boolean>): string {
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value)
}

/** Whether rows of a table must be read with wide integers; it is slower, so only where money stands. */
export function readsBigInts(table: Table): boolean {
  return table.columns.some(({ type }) => type === 'bigint')
}
