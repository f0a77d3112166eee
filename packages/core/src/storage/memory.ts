import { LumbungError } from '../kernel/index.ts'
import type { OnConflict, RowTransaction, StorageDriver } from './driver.ts'
import { type StorageSchema, tablesOf } from './schema.ts'
import {
  type CellCondition,
  comparePositions,
  isValue,
  matches,
  positionOf,
  type Selection,
} from './selection.ts'
import { createStorage, type Storage } from './storage.ts'
import {
  columnIndex,
  type Row,
  type StorageValue,
  type Table,
  versionColumn,
  villageColumn,
} from './table.ts'

/** One state that a row was in; `row` is undefined from the commit that removed it. */
interface RowState {
  readonly commit: number
  readonly row: Row | undefined
}

/** The states of every row of one table, newest last; older ones are kept while a snapshot may need them. */
type StoredTable = Map<string, RowState[]>

/** What a transaction has changed in one table so far. */
type Changes = Map<string, Row | undefined>

/**
 * Opens a store in memory: for tests, demonstrations and a browser. It keeps the same promises as a database
 * but one: nothing outlives the process.
 *
 * @throws LumbungError `storage/invalid-definition`.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { VillageId } from '@lumbung/core/kernel'
 * import { defineCollection, openMemory } from '@lumbung/core/storage'
 *
 * const wells = defineCollection({
 *   name: 'wells',
 *   schema: z.object({ name: z.string(), depthMetres: z.int() }),
 *   key: 'name',
 *   fieldClasses: 'public',
 * })
 * const storage = openMemory({ collections: [wells], streams: [] })
 * const village = VillageId.parse('tanjung-barat')
 * await storage.transact(village, (tx) => tx.insert(wells, { name: 'north', depthMetres: 12 }))
 * await storage.read(village, (tx) => tx.count(wells)) // => 1
 * ```
 */
export function openMemory(schema: StorageSchema): Storage {
  return createStorage(memoryDriver(schema), schema)
}

function memoryDriver(schema: StorageSchema): StorageDriver {
  const tables = tablesOf(schema)
  const stored = new Map<string, StoredTable>(tables.map((table) => [table.name, new Map()]))
  /** Tables that refer to a table, by its name. */
  const referrers = Map.groupBy(
    tables.flatMap((table) => table.references.map((reference) => ({ table, reference }))),
    ({ reference }) => reference.table,
  )
  /** Which row last took a value of a unique index; an entry may be stale, so each hit is looked up. */
  const taken = new Map<string, string>()
  const snapshots = new Map<number, number>()
  let commits = 0
  let lastWriter: Promise<void> = Promise.resolve()

  const tableOf = (table: Table): StoredTable => stored.get(table.name) ?? unknownTable(table)

  function open(readonly: boolean, snapshot: number, ended: () => void): RowTransaction {
    let changes = new Map<string, Changes>()
    let takenHere = new Map<string, string>()
    let saved: { readonly changes: typeof changes; readonly takenHere: typeof takenHere } | undefined
    const changesOf = (table: Table): Changes => {
      if (readonly) throw new LumbungError('storage/read-only', 'This transaction only reads.')
      const found = changes.get(table.name) ?? new Map<string, Row | undefined>()
      changes.set(table.name, found)
      return found
    }

    const lookUp = (table: Table, name: string): Row | undefined => {
      const changed = changes.get(table.name)
      if (changed?.has(name)) return changed.get(name)
      return tableOf(table)
        .get(name)
        ?.findLast(({ commit }) => commit <= snapshot)?.row
    }

    function* visible(table: Table): Generator<Row> {
      const names = new Set([...tableOf(table).keys(), ...(changes.get(table.name)?.keys() ?? [])])
      for (const name of names) {
        const row = lookUp(table, name)
        if (row !== undefined) yield row
      }
    }

    function* found(table: Table, conditions: readonly CellCondition[], villageId?: string): Generator<Row> {
      const all =
        villageId === undefined ? conditions : [isValue(table, villageColumn.name, villageId), ...conditions]
      for (const row of visible(table)) if (matches(table, all, row)) yield row
    }

    /** Refuses a value of a unique index that another row has. */
    const take = (table: Table, row: Row): void => {
      const name = keyOf(table, row)
      for (const { name: index, columns, unique } of table.indexes) {
        const cells = columns.map((column) => cellOf(table, row, column))
        if (!unique || cells.includes(null)) continue
        const value = `${index} ${rowName([cellOf(table, row, villageColumn.name), ...cells])}`
        for (const owner of [takenHere.get(value), taken.get(value)]) {
          if (owner === undefined || owner === name) continue
          const other = lookUp(table, owner)
          const same = (column: string) =>
            other !== undefined && cellOf(table, other, column) === cellOf(table, row, column)
          if (columns.every(same)) throw duplicate(table, columns)
        }
        takenHere.set(value, name)
      }
    }

    /** Writes one row, if it breaks no unique index and names only what is there. */
    const put = (table: Table, row: Row): void => {
      take(table, row)
      for (const { column, table: target } of table.references) {
        const cell = cellOf(table, row, column)
        const name = rowName([cellOf(table, row, villageColumn.name), cell])
        // A row may name itself, as the head of a family does.
        if (cell === null || (target === table.name && name === keyOf(table, row))) continue
        const targetTable = tables.find((candidate) => candidate.name === target) ?? unknownTable(table)
        if (lookUp(targetTable, name) === undefined) {
          throw new LumbungError('storage/reference-missing', `${table.name}.${column} names nothing.`, {
            details: { table: table.name, column },
          })
        }
      }
      changesOf(table).set(keyOf(table, row), Object.freeze(row))
    }

    const insertOne = (table: Table, row: Row, onConflict: OnConflict): void => {
      const present = lookUp(table, keyOf(table, row))
      if (present === undefined) put(table, row)
      else if (onConflict === 'fail') throw duplicate(table, table.key.slice(1))
      else if (onConflict === 'add') put(table, added(table, present, row))
    }

    const end = (): void => {
      changes = new Map()
      ended()
    }

    return {
      get: (table, key) => lookUp(table, rowName(key)),

      select(table, { villageId, conditions, order, after, limit }: Selection) {
        const rows: { position: Row; row: Row }[] = []
        for (const row of found(table, conditions, villageId)) {
          const position = positionOf(table, order, row)
          if (after === undefined || comparePositions(order, position, after) > 0)
            rows.push({ position, row })
        }
        rows.sort((a, b) => comparePositions(order, a.position, b.position))
        return rows.slice(0, limit).map(({ row }) => row)
      },

      count: (table, villageId, conditions) => found(table, conditions, villageId).reduce((n) => n + 1, 0),

      insert(table, rows, onConflict = 'fail') {
        for (const row of rows) insertOne(table, row, onConflict)
      },

      update(table, row) {
        const present = lookUp(table, keyOf(table, row))
        const version = cellOf(table, row, versionColumn.name)
        if (present === undefined || Number(cellOf(table, present, versionColumn.name)) + 1 !== version)
          return false
        put(table, row)
        return true
      },

      remove(table, key, version) {
        const name = rowName(key)
        const row = lookUp(table, name)
        if (row === undefined || cellOf(table, row, versionColumn.name) !== version) return false
        for (const { table: from, reference } of referrers.get(table.name) ?? []) {
          const target = cellOf(table, row, reference.targetColumn)
          const village = String(cellOf(table, row, villageColumn.name))
          const named = found(from, [isValue(from, reference.column, target)], village)
          const self = (other: Row) => from === table && keyOf(table, other) === name
          if (named.some((other) => !self(other))) {
            throw new LumbungError('storage/referenced', `${from.name} still names this record.`, {
              details: { table: table.name, by: from.name },
            })
          }
        }
        changesOf(table).set(name, undefined)
        return true
      },

      clear(table) {
        for (const row of visible(table)) changesOf(table).set(keyOf(table, row), undefined)
      },

      savepoint() {
        const copied = new Map([...changes].map(([name, rows]) => [name, new Map(rows)]))
        saved = { changes: copied, takenHere: new Map(takenHere) }
      },
      releaseSavepoint() {
        saved = undefined
      },
      rollbackToSavepoint() {
        if (saved !== undefined) ({ changes, takenHere } = saved)
        saved = undefined
      },

      commit() {
        if (changes.size > 0) commits += 1
        for (const [name, rows] of changes) {
          for (const [key, row] of rows) {
            const states = stored.get(name)?.get(key) ?? []
            const kept = needed([...states, { commit: commits, row }])
            if (kept.length === 1 && row === undefined) stored.get(name)?.delete(key)
            else stored.get(name)?.set(key, kept)
          }
        }
        for (const [value, name] of takenHere) taken.set(value, name)
        end()
      },
      rollback: end,
    }
  }

  /** The states that the newest or an open snapshot may still read. */
  function needed(states: readonly RowState[]): RowState[] {
    const oldest = Math.min(commits, ...snapshots.keys())
    const first = states.findLastIndex(({ commit }) => commit <= oldest)
    return states.slice(Math.max(first, 0))
  }

  return {
    name: 'memory',
    capabilities: { durable: false, sharedBetweenProcesses: false, concurrentWriters: false },

    async beginRead() {
      const snapshot = commits
      snapshots.set(snapshot, (snapshots.get(snapshot) ?? 0) + 1)
      return open(true, snapshot, () => {
        const left = (snapshots.get(snapshot) ?? 1) - 1
        if (left === 0) snapshots.delete(snapshot)
        else snapshots.set(snapshot, left)
      })
    },

    async beginWrite() {
      const before = lastWriter
      const turn = Promise.withResolvers<void>()
      lastWriter = turn.promise
      await before
      return open(false, commits, turn.resolve)
    },

    pause: async () => {},
    integrityFaults: async () => [],
    close: async () => {},
  }
}

function cellOf(table: Table, row: Row, column: string): StorageValue {
  return row[columnIndex(table, column)] ?? null
}

/** The key of a row as one text. */
function keyOf(table: Table, row: Row): string {
  return rowName(table.key.map((column) => cellOf(table, row, column)))
}

/** Cells as one text. */
function rowName(cells: Row): string {
  return JSON.stringify(cells, (_, cell) => (typeof cell === 'bigint' ? `${cell}n` : cell))
}

/** The row with the counters of another added and its version moved on. */
function added(table: Table, present: Row, row: Row): Row {
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

function duplicate(table: Table, columns: readonly string[]): LumbungError {
  return new LumbungError(
    'storage/duplicate',
    `${table.name} already holds a record with this ${columns.join(', ')}.`,
    {
      details: { table: table.name, columns },
    },
  )
}

function unknownTable(table: Table): never {
  throw new LumbungError('storage/invalid-definition', `${table.name} is not part of this storage.`)
}
