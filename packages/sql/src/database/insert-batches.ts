import type { Row, StorageValue, Table } from '@lumbung/core/storage'

/** Most bytes that one statement with arrays carries: a text that grows with its rows would outgrow any string. */
const batchBytesMax = 8 * 1024 * 1024

/**
 * Rows in groups, each for one statement, so that many rows in one statement mean the same as one after the other:
 * a row that names another of its table must come after it, or finds it missing, as on every store. A group is small
 * enough for one text, and a row that is too large for that is alone.
 */
export function insertBatches(table: Table, rows: readonly Row[]): readonly (readonly Row[])[] {
  const placeOf = (name: string) => table.columns.findIndex((column) => column.name === name)
  const own = table.references
    .filter((reference) => reference.table === table.name)
    .map(({ column, targetColumn }) => [placeOf(column), placeOf(targetColumn)] as const)
  const batches: Row[][] = []
  let batch: Row[] = []
  let batchBytes = 0
  let named = new Set<string>()
  for (const row of rows) {
    const bytes = row.reduce<number>((sum, cell) => sum + bytesOf(cell), 0)
    const wasNamed = own.some(([, target]) => named.has(nameOf(row, target)))
    if (batch.length === 0 || wasNamed || batchBytes + bytes > batchBytesMax) {
      batch = []
      batches.push(batch)
      batchBytes = 0
      named = new Set()
    }
    batch.push(row)
    batchBytes += bytes
    for (const [column] of own) named.add(nameOf(row, column))
  }
  return batches
}

/** The village leads every reference. */
function nameOf(row: Row, index: number): string {
  return JSON.stringify([row[0], row[index]], (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
}

/** About how many bytes a cell takes in the text of a statement, where bytes stand as hexadecimal digits. */
function bytesOf(cell: StorageValue): number {
  if (typeof cell === 'string') return cell.length * 2
  return cell instanceof Uint8Array ? cell.length * 2 : 20
}
