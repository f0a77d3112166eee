import { type CellCondition, isValue, matches } from '../selection.ts'
import { type Row, type Table, villageColumn } from '../table.ts'
import { copied } from './rows.ts'
import { type Changes, type MemoryState, rowAt, storedTable } from './state.ts'

/** What one transaction sees: a snapshot, and over it what it has changed itself. */
export interface View {
  readonly state: MemoryState
  readonly snapshot: number
  /** By the name of the table. */
  changes: Map<string, Changes>
  /** Values of unique indexes that were taken here, as {@link MemoryState.taken} holds them. */
  taken: Map<string, string>
}

/** The row with a key, if it is there. */
export function lookUp({ state, snapshot, changes }: View, table: Table, key: string): Row | undefined {
  const changed = changes.get(table.name)
  return changed?.has(key) ? changed.get(key) : rowAt(state, table, key, snapshot)
}

/** All rows of a table that are there. */
export function* visible(view: View, table: Table): Generator<Row> {
  const keys = new Set([
    ...storedTable(view.state, table).keys(),
    ...(view.changes.get(table.name)?.keys() ?? []),
  ])
  for (const key of keys) {
    const row = lookUp(view, table, key)
    if (row !== undefined) yield row
  }
}

/** The rows that satisfy all conditions, of one village where it is named. */
export function* found(
  view: View,
  table: Table,
  conditions: readonly CellCondition[],
  villageId?: string,
): Generator<Row> {
  const all =
    villageId === undefined ? conditions : [isValue(table, villageColumn.name, villageId), ...conditions]
  for (const row of visible(view, table)) if (matches(table, all, row)) yield row
}

/** Takes note that a row is now this one, or is no more. */
export function change({ changes }: View, table: Table, key: string, row: Row | undefined): void {
  const changed: Changes = changes.get(table.name) ?? new Map()
  changes.set(table.name, changed)
  changed.set(key, row === undefined ? undefined : Object.freeze(copied(row)))
}
