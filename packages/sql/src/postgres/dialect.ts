import type { Column, Row, StorageValue } from '@lumbung/core/storage'
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { commonChecks, quoteText } from '../database/checks.ts'
import { compileOnly } from '../database/compile-only.ts'
import type { Dialect } from '../database/dialect.ts'

/** Text compares by UTF-8 bytes, which is the order of code points, whatever the database's own locale. */
const types: Readonly<Record<Column['type'], string>> = {
  text: 'text collate "C"',
  enum: 'text collate "C"',
  date: 'text collate "C"',
  instant: 'text collate "C"',
  integer: 'bigint',
  bigint: 'bigint',
  real: 'double precision',
  boolean: 'boolean',
  json: 'jsonb',
  bytes: 'bytea',
}

const arrayTypes: Readonly<Record<Column['type'], string>> = {
  text: 'text[]',
  enum: 'text[]',
  date: 'text[]',
  instant: 'text[]',
  integer: 'bigint[]',
  bigint: 'bigint[]',
  real: 'double precision[]',
  boolean: 'boolean[]',
  json: 'text[]',
  bytes: 'bytea[]',
}

/**
 * A date that exists. PostgreSQL has no total way to ask for it that does not depend on settings, so the leap
 * years stand in a regular expression: divisible by 4, and a century only if divisible by 400.
 */
const leapYear = '(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)'
const date = `(?!0000)(${leapYear}-02-29|\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8])))`
const time = 'T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z'

function formCheck({ type }: Column, quoted: string): string[] {
  if (type === 'date') return [`${quoted} ~ ${quoteText(`^${date}$`)}`]
  if (type === 'instant') return [`${quoted} ~ ${quoteText(`^${date}${time}$`)}`]
  return []
}

/** What pg gives as something else than a cell: int8 as text, bytes as a Buffer. */
const converters: Readonly<Partial<Record<Column['type'], (cell: unknown) => StorageValue>>> = {
  integer: Number,
  bigint: (cell) => BigInt(String(cell)),
  bytes: (cell) => new Uint8Array(cell as Uint8Array),
}

/** PostgreSQL, within the subset on which distributed databases with its protocol scale out. */
export const postgresDialect: Dialect = {
  name: 'postgres',
  builder: compileOnly({
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }),
  columnType: (column) => types[column.type],
  check(column, quoted) {
    const checks = [...formCheck(column, quoted), ...commonChecks(column, quoted)]
    // A check that is unknown passes, so what is missing needs no word here.
    return checks.length === 0 ? undefined : checks.join(' and ')
  },
  showsChecks: false,
  tableOptions: '',
  arrayType: (column) => arrayTypes[column.type],
  parameterText: (n) => `$${n}`,
  locksRows: true,
  toParameter: (_, value) => (value instanceof Uint8Array ? Buffer.from(value) : value),
  toList: (_, values) => values,
  isOneOf: ({ type }, ref, list) => sql`${ref} = any(${list}::${sql.raw(arrayTypes[type])})`,
  bytesText: (hex) => `'\\x${hex}'`,
  toRows(table, raw) {
    const converted = table.columns.flatMap(({ type }, index) => {
      const convert = converters[type]
      return convert === undefined ? [] : [{ index, convert }]
    })
    for (const row of raw) {
      for (const { index, convert } of converted) {
        if (row[index] !== null) row[index] = convert(row[index])
      }
    }
    // The connection asks for int8 and jsonb as text; every other cell is what its column type says.
    return raw as Row[]
  },
}
