import type { RowTransaction } from './driver.ts'
import { type CellCondition, type OrderTerm, positionOf } from './selection.ts'
import type { Row, Table } from './table.ts'

/** Rows per round trip of a long read or write: large enough to be quick, small enough for little memory. */
const batchRows = 1000

/** The same where rows hold bytes, each up to 16 MiB. */
const batchRowsWithBytes = 16

/** How many rows of a table are read or written at once. */
export function batchRowsOf(table: Table): number {
  return table.columns.some(({ type }) => type === 'bytes') ? batchRowsWithBytes : batchRows
}

/** What {@link rowBatches} reads. */
export interface BatchQuery {
  readonly villageId?: string
  readonly conditions: readonly CellCondition[]
  readonly order: readonly OrderTerm[]
  readonly after?: Row
}

/**
 * All rows of a selection, a batch at a time, by keyset pages. So a long read holds no cursor open, needs
 * constant memory, and means the same on every store, also inside a transaction that writes.
 */
export async function* rowBatches(
  rows: Pick<RowTransaction, 'select'>,
  table: Table,
  query: BatchQuery,
): AsyncGenerator<readonly Row[]> {
  const limit = batchRowsOf(table)
  let selection = { ...query, limit }
  for (;;) {
    const batch = await rows.select(table, selection)
    if (batch.length > 0) yield batch
    const last = batch.at(-1)
    if (last === undefined || batch.length < limit) return
    selection = { ...selection, after: positionOf(table, query.order, last) }
  }
}
