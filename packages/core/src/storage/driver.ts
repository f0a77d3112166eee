import type { RowScreening } from './screening.ts'
import type { CellCondition, Selection } from './selection.ts'
import type { Row, Table } from './table.ts'

/** A value at once or later: an embedded database need not wait where a server has to. */
export type Awaitable<T> = T | Promise<T>

/**
 * How far concurrent work is kept apart. `serializable`: as if one ran after the other, whatever they read;
 * `read-committed`: each statement sees what was committed before it, so the work must lock what it relies on.
 * A store may always give more than was asked for.
 */
export type Isolation = 'serializable' | 'read-committed'

/** What a store can do; the conformance suite tests each claim. */
export interface Capabilities {
  /** What was acknowledged survives the end of the process and a power cut. */
  readonly durable: boolean
  /** Several processes may open it at once. */
  readonly sharedBetweenProcesses: boolean
  /** Transactions that write may be open at the same time, so that conflicts end in a retry. */
  readonly concurrentWriters: boolean
}

/** What happens to a row whose key is there already. */
export type OnConflict = 'fail' | 'ignore' | 'add'

/**
 * The rows of one open transaction: what an adapter implements. Rows come checked and encoded, so an adapter
 * moves cells and knows nothing of records. A failed call leaves the transaction unusable.
 */
export interface RowTransaction {
  get(table: Table, key: Row, lock?: boolean): Awaitable<Row | undefined>
  select(table: Table, selection: Selection): Awaitable<readonly Row[]>
  /**
   * Asks rules of rows where they are stored, and gives for each its key and the values of the rules; the next page
   * begins behind the key of the last row. Undefined where the driver cannot: then the rows are read and asked in
   * memory.
   */
  readonly screen: ((screening: RowScreening) => Awaitable<readonly Row[]>) | undefined
  count(table: Table, villageId: string | undefined, conditions: readonly CellCondition[]): Awaitable<number>
  insert(table: Table, rows: readonly Row[], onConflict?: OnConflict): Awaitable<void>
  /** Replaces the row with this key, if its version is the one before; tells whether it did. */
  update(table: Table, row: Row): Awaitable<boolean>
  /** Removes the row with this key and version; tells whether it did. */
  remove(table: Table, key: Row, version: number): Awaitable<boolean>
  /** Removes every row of every village. */
  clear(table: Table): Awaitable<void>
  /** Opens a savepoint; there is at most one at a time. */
  savepoint(): Awaitable<void>
  releaseSavepoint(): Awaitable<void>
  rollbackToSavepoint(): Awaitable<void>
  /** Returns when what was written is durable. */
  commit(): Awaitable<void>
  rollback(): Awaitable<void>
}

/** A fault found in the store itself, not in a record. */
export interface IntegrityFault {
  /** `structure-missing` where a table is missing: it is then not read any further. */
  readonly code: string
  readonly message: string
  /** The table, where the fault is in one. */
  readonly table?: string
}

/** A store of tables: what an adapter implements, and all it implements. */
export interface StorageDriver {
  readonly name: string
  readonly capabilities: Capabilities
  /** How long work may wait for work of this process that waits for it, in milliseconds. Default 10,000. */
  readonly waitMsMax?: number
  /** A snapshot to read from, stable while others write. */
  beginRead(): Promise<RowTransaction>
  beginWrite(isolation: Isolation): Promise<RowTransaction>
  /**
   * Waits until what has reached the process by now was heard. Where a transaction keeps the thread for itself, nobody
   * could ask to share a commit while another one runs, so a group waits for this before it begins. Default: it begins
   * at once.
   */
  gather?(): Promise<void>
  /** Waits before work that met a conflict is tried again; `attempt` counts from 1. */
  pause(attempt: number): Promise<void>
  /** What the database says about its own files and structure. */
  integrityFaults(): Promise<readonly IntegrityFault[]>
  close(): Promise<void>
}
