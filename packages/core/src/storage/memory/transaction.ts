import type { OnConflict, RowTransaction } from '../driver.ts'
import { comparePositions, positionOf, type Selection } from '../selection.ts'
import { type Row, type Table, versionColumn } from '../table.ts'
import { checkUnnamed, duplicate, put } from './constraints.ts'
import { added, cellOf, copied, keyOf, rowName } from './rows.ts'
import { keepChanges, type MemoryState } from './state.ts'
import { change, found, lookUp, type View, visible } from './view.ts'

/** Opens a transaction on the newest state; `ended` is called once it was committed or rolled back. */
export function openTransaction(state: MemoryState, ended: () => void): RowTransaction {
  const view: View = { state, snapshot: state.commits, changes: new Map(), taken: new Map() }
  let saved: Pick<View, 'changes' | 'taken'> | undefined

  return {
    get(table, key) {
      const row = lookUp(view, table, rowName(key))
      return row === undefined ? undefined : copied(row)
    },
    select: (table, selection) => selected(view, table, selection),
    screen: undefined,
    count: (table, villageId, conditions) =>
      found(view, table, conditions, villageId).reduce((rows) => rows + 1, 0),

    insert(table, rows, onConflict = 'fail') {
      for (const row of rows) insertOne(view, table, row, onConflict)
    },
    update: (table, row) => updateOne(view, table, row),
    remove: (table, key, version) => removeOne(view, table, rowName(key), version),
    clear(table) {
      for (const row of visible(view, table)) change(view, table, keyOf(table, row), undefined)
    },

    savepoint() {
      const changes = new Map([...view.changes].map(([name, rows]) => [name, new Map(rows)]))
      saved = { changes, taken: new Map(view.taken) }
    },
    releaseSavepoint() {
      saved = undefined
    },
    rollbackToSavepoint() {
      Object.assign(view, saved)
      saved = undefined
    },

    commit() {
      keepChanges(state, view.changes)
      for (const [value, key] of view.taken) state.taken.set(value, key)
      view.changes = new Map()
      ended()
    },
    rollback() {
      view.changes = new Map()
      ended()
    },
  }
}

function selected(view: View, table: Table, selection: Selection): readonly Row[] {
  const { villageId, conditions, order, after, limit } = selection
  const rows: { readonly position: Row; readonly row: Row }[] = []
  for (const row of found(view, table, conditions, villageId)) {
    const position = positionOf(table, order, row)
    if (after === undefined || comparePositions(order, position, after) > 0) rows.push({ position, row })
  }
  rows.sort((a, b) => comparePositions(order, a.position, b.position))
  return rows.slice(0, limit).map(({ row }) => copied(row))
}

function insertOne(view: View, table: Table, row: Row, onConflict: OnConflict): void {
  const present = lookUp(view, table, keyOf(table, row))
  if (present === undefined) put(view, table, row)
  else if (onConflict === 'fail') throw duplicate(table, table.key.slice(1))
  else if (onConflict === 'add') put(view, table, added(table, present, row))
}

function updateOne(view: View, table: Table, row: Row): boolean {
  const present = lookUp(view, table, keyOf(table, row))
  if (present === undefined || versionOf(table, present) + 1 !== versionOf(table, row)) return false
  put(view, table, row)
  return true
}

function removeOne(view: View, table: Table, key: string, version: number): boolean {
  const present = lookUp(view, table, key)
  if (present === undefined || versionOf(table, present) !== version) return false
  checkUnnamed(view, table, key, present)
  change(view, table, key, undefined)
  return true
}

function versionOf(table: Table, row: Row): number {
  return Number(cellOf(table, row, versionColumn.name))
}
