import { LumbungError } from '../kernel/index.ts'

/**
 * What a table cell may hold on every store. Integers within ±(2^53 − 1) are numbers, wider ones `bigint`;
 * dates, instants and nested JSON are text.
 */
export type StorageValue = string | number | bigint | boolean | Uint8Array | null

/** The cells of one row, in the order of {@link Table.columns}. */
export type Row = readonly StorageValue[]

/** How a column is stored. `date` and `instant` are text whose form the database checks. */
export type ColumnType =
  | 'text'
  | 'enum'
  | 'date'
  | 'instant'
  | 'integer'
  | 'bigint'
  | 'real'
  | 'boolean'
  | 'json'
  | 'bytes'

/**
 * One column, described by plain data so that it can be written down with the database and compared with the
 * definition of a later version. Every promise in it follows from the zod schema and is held by a `CHECK`.
 */
export interface Column {
  /** The name in the table, snake case. */
  readonly name: string
  /** The name in the record, as the schema spells it. */
  readonly field: string
  readonly type: ColumnType
  readonly nullable: boolean
  /** Closed set of values; `enum` only. */
  readonly values?: readonly string[]
  /** Smallest value, included; numbers only. */
  readonly minimum?: number | bigint
  /** Greatest value, included; numbers only. */
  readonly maximum?: number | bigint
  /** Greatest length in UTF-16 units; `text` only. */
  readonly maxLength?: number
  /** The text may not be empty; `text` only. */
  readonly nonEmpty?: boolean
  /** What rows written before the column existed hold. */
  readonly fallback?: StorageValue
}

/** An index over columns of one table; the village always leads it. */
export interface TableIndex {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
}

/** A column whose value, where there is one, must be the key of a row in another table of the same village. */
export interface TableReference {
  readonly column: string
  readonly table: string
  readonly targetColumn: string
}

/**
 * A table as a storage adapter sees it. The first column is always the village, which leads the key, every
 * index and every reference, so that a village can live on any node of a distributed database.
 */
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Names of the key columns, the village first. */
  readonly key: readonly string[]
  readonly indexes: readonly TableIndex[]
  readonly references: readonly TableReference[]
  /** Columns that `insert` with `onConflict: 'add'` adds up. */
  readonly counters: readonly string[]
  /** Whether its rows can be made again from others: where its definition changes, it is emptied instead of kept. */
  readonly isDerived?: true
}

/** The column that partitions every table. */
export const villageColumn: Column = {
  name: 'village_id',
  field: 'villageId',
  type: 'text',
  nullable: false,
  nonEmpty: true,
  maxLength: 64,
}

/** The column that counts the changes of a row, from 1. */
export const versionColumn: Column = {
  name: 'version',
  field: 'version',
  type: 'integer',
  nullable: false,
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
}

/** Where a column stands in the rows of its table. */
export function columnIndex(table: Table, name: string): number {
  return table.columns.findIndex((column) => column.name === name)
}

/** A column by its name, which must be one of the table's. */
export function columnNamed(table: Table, name: string): Column {
  const column = table.columns[columnIndex(table, name)]
  if (column === undefined) {
    throw new LumbungError('storage/invalid-definition', `${table.name} has no column ${name}.`)
  }
  return column
}

/** Why no value of a column could be a key of the table that it refers to; undefined where one can. */
export function referenceFault(
  { name, columns }: Pick<Table, 'name' | 'columns'>,
  { column, targetColumn }: TableReference,
  target: Table,
): string | undefined {
  const from = columns.find((candidate) => candidate.name === column)
  const to = target.columns.find((candidate) => candidate.name === targetColumn)
  if (from === undefined || to === undefined || target.key[1] !== targetColumn || target.key.length !== 2) {
    return `${name}.${column} refers to ${target.name}.${targetColumn}, which is not its whole key.`
  }
  // The values of a closed set are texts.
  const typeOf = ({ type }: Column) => (type === 'enum' ? 'text' : type)
  if (typeOf(from) === typeOf(to)) return undefined
  return `${name}.${column}, of type ${from.type}, refers to ${target.name}.${targetColumn}, of type ${to.type}.`
}

/** `birthDate` → `birth_date`: the table name of a record's field. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
