import { LumbungError } from '../../kernel/index.ts'
import { columnIndex, type Row, type StorageValue, type Table, versionColumn } from '../table.ts'

/** A cell of a row by the name of its column. */
export function cellOf(table: Table, row: Row, column: string): StorageValue {
  return row[columnIndex(table, column)] ?? null
}

/** The key of a row as one text. */
export function keyOf(table: Table, row: Row): string {
  return rowName(table.key.map((column) => cellOf(table, row, column)))
}

/** The row with bytes of its own, which nobody outside can change. */
export function copied(row: Row): Row {
  const isShared = row.some((cell) => cell instanceof Uint8Array)
  return isShared ? row.map((cell) => (cell instanceof Uint8Array ? cell.slice() : cell)) : row
}

/** Cells as one text. */
export function rowName(cells: Row): string {
  return JSON.stringify(cells, (_, cell) => (typeof cell === 'bigint' ? `${cell}n` : cell))
}

/** The row with the counters of another added and its version moved on. */
export function added(table: Table, present: Row, row: Row): Row {
  return table.columns.map((column, index) => {
    const before = present[index] ?? null
    const delta = row[index] ?? null
    if (column.name === versionColumn.name) return Number(before) + 1
    if (!table.counters.includes(column.name) || before === null || delta === null) return before
    const sum = typeof before === 'bigint' ? before + BigInt(String(delta)) : Number(before) + Number(delta)
    if (
      (column.minimum !== undefined && sum < column.minimum) ||
      (column.maximum !== undefined && sum > column.maximum)
    ) {
      throw new LumbungError('storage/out-of-range', `${table.name}.${column.name} would leave its range.`, {
        details: { table: table.name, column: column.name },
      })
    }
    return sum
  })
}

export function unknownTable(table: Table): never {
  throw new LumbungError('storage/invalid-definition', `${table.name} is not part of this storage.`)
}
