import { LumbungError } from '../kernel/index.ts'
import type { RowTransaction } from './driver.ts'
import { batchRowsOf } from './pages.ts'
import { columnIndex, type Row, type StorageValue, type Table, versionColumn } from './table.ts'

/** Takes the rows of one table, one after another, and has written all of them after `end`. */
export interface PutRows {
  readonly row: (row: Row) => Promise<void>
  readonly end: () => Promise<void>
}

/** Writes rows as they come, a batch at a time. */
export function putInBatches(rows: RowTransaction, table: Table): PutRows {
  const batchRows = batchRowsOf(table)
  let batch: Row[] = []
  const end = async () => {
    const full = batch
    batch = []
    if (full.length > 0) await rows.insert(table, full)
  }
  return {
    async row(row) {
      if (batch.push(row) === batchRows) await end()
    },
    end,
  }
}

/** A row that names others of its own table, of which some are not there yet. */
interface Held {
  readonly row: Row
  /** The keys it still waits for, by the column that names them. */
  readonly waitsFor: Map<number, string>
}

/**
 * Writes the rows of a table that refers to itself, each after those that it names, since a dump has them in the
 * order of their keys. Those that name one another in a circle were made so by a change, so one of them can be written
 * as it was before, and then changed again.
 */
export function putInOrder(rows: RowTransaction, table: Table): PutRows {
  const batches = putInBatches(rows, table)
  const { keyOf, namesOf, isKnown, take } = selfReferences(table)
  const waiting = new Map<string, Held[]>()
  const held = new Set<Held>()

  /** Writes a row and all that waited for it alone. */
  async function put(first: Row): Promise<void> {
    const ready = [first]
    for (let row = ready.pop(); row !== undefined; row = ready.pop()) {
      await batches.row(row)
      const key = keyOf(row)
      take(key)
      for (const other of waiting.get(key) ?? []) {
        for (const [place, name] of other.waitsFor) if (name === key) other.waitsFor.delete(place)
        if (other.waitsFor.size === 0 && held.delete(other)) ready.push(other.row)
      }
      waiting.delete(key)
    }
  }

  async function breakCircles(): Promise<void> {
    const changed: Row[] = []
    while (held.size > 0) {
      const [first] = [...held].filter(({ row }) => versionOf(table, row) > 1)
      if (first === undefined) {
        // Where nothing was changed there is no circle: these name what is not there, as the store will say.
        for (const { row } of held) await batches.row(row)
        return
      }
      held.delete(first)
      changed.push(first.row)
      await put(before(table, first))
    }
    await batches.end()
    for (const row of changed) await rows.update(table, row)
  }

  return {
    async row(row) {
      const waitsFor = new Map([...namesOf(row)].filter(([, name]) => !isKnown(name)))
      if (waitsFor.size === 0) return await put(row)
      const one: Held = { row, waitsFor }
      held.add(one)
      for (const name of new Set(waitsFor.values())) waiting.set(name, [...(waiting.get(name) ?? []), one])
    },
    async end() {
      await breakCircles()
      await batches.end()
    },
  }
}

/** The row one version earlier, naming nothing that it waits for: nobody, or itself where it must name somebody. */
function before(table: Table, { row, waitsFor }: Held): Row {
  const earlier = [...row]
  for (const place of waitsFor.keys()) {
    const isNullable = table.columns[place]?.nullable === true
    earlier[place] = isNullable ? null : (row[ownKeyPlace(table)] as StorageValue)
  }
  earlier[columnIndex(table, versionColumn.name)] = versionOf(table, row) - 1
  return earlier
}

function versionOf(table: Table, row: Row): number {
  return Number(row[columnIndex(table, versionColumn.name)])
}

/** A table that is referred to has a single key column beside the village. */
function ownKeyPlace(table: Table): number {
  return columnIndex(table, table.key[1] ?? '')
}

/** Which rows of its own table a row names, and which are there. */
function selfReferences(table: Table) {
  const known = new Set<string>()
  const keyPlace = ownKeyPlace(table)
  const places = table.references
    .filter((reference) => reference.table === table.name)
    .map(({ column }) => columnIndex(table, column))
  const nameOf = (row: Row, place: number) => JSON.stringify([row[0], String(row[place])])
  return {
    keyOf: (row: Row) => nameOf(row, keyPlace),
    /** By the place of the column; itself apart. */
    namesOf: (row: Row): ReadonlyMap<number, string> =>
      new Map(
        places
          .filter((place) => row[place] !== null && row[place] !== row[keyPlace])
          .map((place) => [place, nameOf(row, place)]),
      ),
    isKnown: (name: string) => known.has(name),
    take: (name: string) => void known.add(name),
  }
}

/** Refuses what cannot be restored. */
export function refuseDump(reason: string): never {
  throw new LumbungError('storage/invalid-dump', `The dump cannot be restored: ${reason}`)
}
