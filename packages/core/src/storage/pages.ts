import type { RowTransaction } from './driver.ts'
import { type CellCondition, type OrderTerm, positionOf } from './selection.ts'
import type { Row, Table } from './table.ts'

/** Rows per round trip of a long read or write: large enough to be quick, small enough for little memory. */
export const batchRows = 1000

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
  let selection = { ...query, limit: batchRows }
  for (;;) {
    const batch = await rows.select(table, selection)
    if (batch.length > 0) yield batch
    const last = batch.at(-1)
    if (last === undefined || batch.length < batchRows) return
    selection = { ...selection, after: positionOf(table, query.order, last) }
  }
}
