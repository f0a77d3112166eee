import { LumbungError } from '../kernel/index.ts'
import { columnIndex, type Row, type Table } from './table.ts'

/**
 * Most bytes of text, as UTF-8, in a key or an index: what every database takes. PostgreSQL refuses an entry of
 * more than about 2,700 bytes, but only where it cannot be compressed, so that it would depend on the text.
 */
const keyTextBytesMax = 2000

/** Where the fields of a key or an index stand in the rows. */
interface KeyPlaces {
  readonly columns: readonly string[]
  readonly places: readonly number[]
}

const placesByTable = new WeakMap<Table, readonly KeyPlaces[]>()

function keyPlacesOf(table: Table): readonly KeyPlaces[] {
  const known = placesByTable.get(table)
  if (known !== undefined) return known
  const keys = [table.key.slice(1), ...table.indexes.map(({ columns }) => columns)]
  const places = keys.map((columns) => ({
    columns,
    places: columns.map((column) => columnIndex(table, column)),
  }))
  placesByTable.set(table, places)
  return places
}

/**
 * Refuses a row whose key, or whose entry in an index, some database could not hold.
 *
 * @throws LumbungError `storage/invalid-record`.
 */
export function checkKeyLengths(table: Table, row: Row): void {
  for (const { columns, places } of keyPlacesOf(table)) {
    let units = 0
    for (const place of places) units += textOf(row, place).length
    // A UTF-16 unit takes at most three bytes, so nearly every row needs no closer look.
    if (units * 3 <= keyTextBytesMax) continue
    const bytes = utf8.encode(places.map((place) => textOf(row, place)).join('')).length
    if (bytes <= keyTextBytesMax) continue
    throw new LumbungError(
      'storage/invalid-record',
      `${columns.join(', ')} of ${table.name} is a key or an index, and holds at most ${keyTextBytesMax} bytes of text.`,
      { details: { collection: table.name, columns, bytes, bytesMax: keyTextBytesMax } },
    )
  }
}

function textOf(row: Row, place: number): string {
  const cell = row[place]
  return typeof cell === 'string' ? cell : ''
}

const utf8 = new TextEncoder()
