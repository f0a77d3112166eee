import type { Column, Row, StorageValue, Table } from '@lumbung/core/storage'
import type { Expression, Kysely, SqlBool } from 'kysely'

/** Tables are known only when a village opens its database, so queries are built over any of them. */
export type AnyDatabase = Record<string, Record<string, StorageValue>>

/** A compiled statement: its text and which argument stands at which place. */
export interface Statement {
  readonly sql: string
  /** For each parameter of the text, in order, the index of the argument that it takes. */
  readonly places: readonly number[]
  /** Whether that is every argument once, in order. */
  readonly inOrder: boolean
  /** Short, and the same for the same text: a name for a prepared statement on a server. */
  readonly name: string
}

/** What differs between the databases. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres'
  /** Only compiles; statements run on our own connections. */
  readonly builder: Kysely<AnyDatabase>
  /** The type of a column, with its collation. */
  readonly columnType: (column: Column) => string
  /** The condition that holds what the schema promises of a column; undefined where the type says it all. */
  readonly check: (column: Column, quoted: string) => string | undefined
  /** Whether the database keeps the text of a check as it was given. */
  readonly showsChecks: boolean
  /** What stands behind the closing bracket of CREATE TABLE. */
  readonly tableOptions: string
  /**
   * What stands there besides for a table that holds nothing but its key, where the database then keeps the rows in
   * the order of the key alone and not a second time beside it.
   */
  readonly keyTableOptions?: string
  /** Many rows in one statement by arrays, one array a column; undefined where rows go one by one. */
  readonly arrayType?: (column: Column) => string
  /** All values of a list as one argument, so that a list of any length is one text. */
  readonly toList: (column: Column, values: readonly StorageValue[]) => unknown
  /** The condition that a column is one of such a list. */
  readonly isOneOf: (
    column: Column,
    ref: Expression<unknown>,
    list: Expression<unknown>,
  ) => Expression<SqlBool>
  /**
   * A column of the key in the order of rows that another index finds; as it is where nothing is said. SQLite knows
   * nothing of how many rows that index leaves, and would rather walk the whole village than sort what it found.
   */
  readonly termsToSort?: (ref: Expression<unknown>) => Expression<unknown>
  /** Bytes, given as hexadecimal digits, as a constant in SQL. */
  readonly bytesText: (hex: string) => string
  /** How the n-th parameter is written, from 1. */
  readonly parameterText: (n: number) => string
  /** Whether rows can be locked one by one. */
  readonly locksRows: boolean
  readonly toParameter: (column: Column, value: StorageValue) => unknown
  /** Rows as the driver gave them, made into cells in place. */
  readonly toRows: (table: Table, raw: unknown[][]) => readonly Row[]
}

/** A connection with at most one open transaction. */
export interface Connection {
  all(statement: Statement, parameters: readonly unknown[], table: Table): Row[] | Promise<Row[]>
  /** Runs a statement that returns nothing; tells how many rows it changed. */
  run(statement: Statement, parameters: readonly unknown[]): number | Promise<number>
  /** Runs a statement without parameters. */
  execute(sql: string): void | Promise<void>
  /** Plain rows of a query outside the hot paths. */
  rows(sql: string, parameters?: readonly unknown[]): Promise<readonly Readonly<Record<string, unknown>>[]>
}
