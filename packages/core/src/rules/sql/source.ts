/** Where a single fact stands. */
export interface SqlColumn {
  readonly column: string
  /**
   * The column is as this library creates it: whole numbers of 64 bits, truth values, text that is compared by code
   * point. Otherwise each read says so, which may keep an index from being used. Default false.
   */
  readonly asCreated?: boolean
}

/** Where the facts of one record stand: in the columns of one row, lists elsewhere. */
export interface SqlRecord {
  readonly columns: Readonly<Record<string, SqlColumn>>
  /** Records within the record, of which the columns stand in the same row. Default: none. */
  readonly records?: Readonly<Record<string, SqlRecord>>
  /** Default: none. */
  readonly lists?: Readonly<Record<string, SqlList>>
}

/** What both ways to hold a list have in common. */
interface SqlListBase {
  /**
   * The column beside the list's owner that says how much of the list is known: `complete`, `incomplete`; with
   * anything else the list is unknown. Default: the list is complete.
   */
  readonly stateColumn?: string
}

/** A list whose elements are rows of a table. */
export interface SqlRows extends SqlListBase {
  readonly table: string
  /** A row belongs to the list whose owner has the same values: column of the table to column of the owner. */
  readonly join: Readonly<Record<string, string>>
  /** A row belongs to a list only where these columns have these texts. Default: none. */
  readonly where?: Readonly<Record<string, string>>
  /** The facts of each row; of a list of single values the column in which they stand. */
  readonly item: SqlRecord | SqlColumn
}

/** A list of single values in one column: a JSON array on SQLite, an array on PostgreSQL; NULL is an unknown list. */
export interface SqlValues extends SqlListBase {
  readonly column: string
  /** The database itself refuses what is not such an array, so that it need not be asked. Default false. */
  readonly promised?: boolean
}

/** Where a list stands. */
export type SqlList = SqlRows | SqlValues

/** Where a root of the rule stands, such as `household`. */
export interface SqlRoot extends SqlRecord {
  /** The name by which the statement around the rule calls the table. */
  readonly alias: string
}

/** Where each root of a rule stands. */
export type SqlSource = Readonly<Record<string, SqlRoot>>
