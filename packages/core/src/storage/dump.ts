import { base64Of, bytesOfBase64 } from './base64.ts'
import type { RowTransaction } from './driver.ts'
import { rowBatches } from './pages.ts'
import { type PutRows, putInBatches, putInOrder, refuseDump as refuse } from './restore-order.ts'
import { villageOrder } from './selection.ts'
import type { Column, Row, StorageValue, Table } from './table.ts'

/**
 * One line of a logical dump: first the columns of a table, then its rows one by one. Cells are JSON: wide
 * integers as decimal text, bytes as base64, nested parts as they are. Two stores that hold the same
 * have the same dump.
 */
export type DumpLine =
  | {
      readonly table: string
      readonly columns: readonly string[]
      /** How many rows follow, so that a dump that ends early is known. Left out, they are not counted. */
      readonly rows?: number
      /** How many tables follow this one, for the same reason. */
      readonly tablesLeft?: number
    }
  | { readonly row: readonly unknown[] }

type TableLine = Extract<DumpLine, { readonly table: string }>

/** The dump of all tables. */
export async function* dumpRows(rows: RowTransaction, tables: readonly Table[]): AsyncGenerator<DumpLine> {
  for (const [index, table] of tables.entries()) {
    yield {
      table: table.name,
      columns: table.columns.map(({ name }) => name),
      rows: await rows.count(table, undefined, []),
      tablesLeft: tables.length - 1 - index,
    }
    for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
      for (const row of batch) {
        yield { row: table.columns.map((column, index) => dumpCell(column, row[index] as StorageValue)) }
      }
    }
  }
}

/**
 * Replaces all rows by those of a dump, in the caller's transaction. A column that the dump does not have takes
 * its fallback, as a migration would give it.
 *
 * @throws LumbungError `storage/invalid-dump`.
 */
export async function restoreRows(
  rows: RowTransaction,
  tables: readonly Table[],
  lines: AsyncIterable<DumpLine> | Iterable<DumpLine>,
): Promise<void> {
  for (const table of tables.toReversed()) await rows.clear(table)
  const byName = new Map(tables.map((table) => [table.name, table]))
  let open: OpenTable | undefined
  for await (const line of lines) {
    if ('table' in line) {
      await endTable(open)
      if (open?.line.tablesLeft === 0) refuse('a table stands after the last.')
      const table = byName.get(line.table) ?? refuse(`there is no table ${line.table}.`)
      // A table may come once, or the rows of one would be taken for a whole.
      byName.delete(line.table)
      const put = table.references.some((reference) => reference.table === table.name)
        ? putInOrder(rows, table)
        : putInBatches(rows, table)
      open = { line, read: rowReader(table, line.columns), put, count: 0 }
    } else {
      if (open === undefined) refuse('a row stands before its table.')
      open.count += 1
      await open.put.row(open.read(line.row))
    }
  }
  await endTable(open)
  if (open === undefined) refuse('it holds nothing, not even a table.')
  if ((open.line.tablesLeft ?? 0) > 0) refuse('it ends before its last table.')
}

/** The table whose rows are being read. */
interface OpenTable {
  readonly line: TableLine
  readonly read: (cells: readonly unknown[]) => Row
  readonly put: PutRows
  count: number
}

async function endTable(open: OpenTable | undefined): Promise<void> {
  if (open === undefined) return
  const { table, rows = open.count } = open.line
  if (open.count !== rows) refuse(`${table} has ${open.count} rows in place of ${rows}.`)
  await open.put.end()
}

function rowReader(table: Table, names: readonly string[]): (cells: readonly unknown[]) => Row {
  const unknown = names.find((name) => !table.columns.some((column) => column.name === name))
  if (unknown !== undefined) refuse(`${table.name} has no column ${unknown}.`)
  const places = table.columns.map((column) => ({ column, place: names.indexOf(column.name) }))
  for (const { column, place } of places) {
    if (place < 0 && !column.nullable && column.fallback === undefined) {
      refuse(`${table.name}.${column.name} is missing.`)
    }
  }
  return (cells) => {
    if (cells.length !== names.length) refuse(`a row of ${table.name} has ${cells.length} cells.`)
    return places.map(({ column, place }) =>
      place < 0 ? (column.fallback ?? null) : restoredCell(table, column, cells[place]),
    )
  }
}

function dumpCell(column: Column, cell: StorageValue): unknown {
  if (cell === null) return null
  if (typeof cell === 'bigint') return cell.toString()
  if (cell instanceof Uint8Array) return base64Of(cell)
  // A database may keep JSON in its own order and spacing; sorted keys give every store the same dump.
  if (column.type === 'json' && typeof cell === 'string') return sortedJson(JSON.parse(cell))
  return cell
}

function restoredCell(table: Table, column: Column, value: unknown): StorageValue {
  const wrong = (): never => refuse(`${table.name}.${column.name} holds a value of another type.`)
  if (value === null) return column.nullable ? null : wrong()
  switch (column.type) {
    case 'integer':
    case 'real':
      return typeof value === 'number' ? value : wrong()
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong()
    case 'bigint':
      return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : wrong()
    case 'bytes':
      return typeof value === 'string' ? fromBase64(value) : wrong()
    case 'json':
      return JSON.stringify(value)
    default:
      return typeof value === 'string' ? value : wrong()
  }
}

function sortedJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedJson)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, part]) => [key, sortedJson(part)]))
}

function fromBase64(text: string): Uint8Array {
  try {
    return bytesOfBase64(text)
  } catch {
    return refuse('bytes are not in base64.')
  }
}
