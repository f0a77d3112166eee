import type { Column, Row, Table } from '@lumbung/core/storage'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
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

/** Checks of the form of a value. `date(x) is x` holds only for a date that exists, in the one form. */
function formCheck({ type }: Column, quoted: string): string[] {
  switch (type) {
    case 'boolean':
      return [`${quoted} in (0, 1)`]
    case 'date':
      return [`date(${quoted}) is ${quoted} and ${quoted} >= '0001-01-01'`]
    case 'instant':
      // SQLite takes the hour 24 and writes it back unchanged.
      return [
        `strftime('%Y-%m-%dT%H:%M:%fZ', ${quoted}) is ${quoted} and ${quoted} >= '0001-01-01' and substr(${quoted}, 12, 2) < '24'`,
      ]
    case 'json':
      return [`json_valid(${quoted})`]
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
  tableOptions: 'strict',
  parameterText: () => '?',
  locksRows: false,
  toParameter: (_, value) => (typeof value === 'boolean' ? Number(value) : value),
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

/** Whether rows of a table must be read with wide integers; it is slower, so only where money stands. */
export function readsBigInts(table: Table): boolean {
  return table.columns.some(({ type }) => type === 'bigint')
}
