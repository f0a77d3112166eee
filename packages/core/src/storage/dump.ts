import { LumbungError } from '../kernel/index.ts'
import type { Awaitable, RowTransaction } from './driver.ts'
import { batchRowsOf, rowBatches } from './pages.ts'
import { villageOrder } from './selection.ts'
import type { Column, Row, StorageValue, Table } from './table.ts'

/**
 * One line of a logical dump: first the columns of a table, then its rows one by one. Cells are JSON: wide
 * integers as decimal text, bytes as base64, nested parts as they are. Two stores that hold the same
 * have the same dump.
 */
export type DumpLine =
  | { readonly table: string; readonly columns: readonly string[] }
  | { readonly row: readonly unknown[] }

/** The dump of all tables. */
export async function* dumpRows(rows: RowTransaction, tables: readonly Table[]): AsyncGenerator<DumpLine> {
  for (const table of tables) {
    yield { table: table.name, columns: table.columns.map(({ name }) => name) }
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
  let reader: ((cells: readonly unknown[]) => Row) | undefined
  let batch: Row[] = []
  let batchRowsMax = 1
  let flush: () => Awaitable<void> = () => {}
  for await (const line of lines) {
    if ('table' in line) {
      await flush()
      const table = byName.get(line.table) ?? refuse(`there is no table ${line.table}.`)
      reader = rowReader(table, line.columns)
      batchRowsMax = batchRowsOf(table)
      flush = async () => {
        const full = batch
        batch = []
        if (full.length > 0) await rows.insert(table, full)
      }
    } else {
      batch.push(reader?.(line.row) ?? refuse('a row stands before its table.'))
      if (batch.length === batchRowsMax) await flush()
    }
  }
  await flush()
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
  if (cell instanceof Uint8Array) return toBase64(cell)
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

/** String.fromCharCode takes its bytes as arguments, so a large blob goes in pieces. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return refuse('bytes are not in base64.')
  }
}

function refuse(reason: string): never {
  throw new LumbungError('storage/invalid-dump', `The dump cannot be restored: ${reason}`)
}
