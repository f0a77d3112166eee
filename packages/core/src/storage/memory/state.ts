import type { Row, Table, TableReference } from '../table.ts'
import { unknownTable } from './rows.ts'

/** One state that a row was in; `row` is undefined from the commit that removed it. */
interface RowState {
  readonly commit: number
  readonly row: Row | undefined
}

/** The states of every row of one table, newest last; older ones are kept while a snapshot may need them. */
type StoredTable = Map<string, RowState[]>

/** Rows of one table by key, as a transaction has changed them; undefined where it removed one. */
export type Changes = Map<string, Row | undefined>

/** All that a memory store holds. */
export interface MemoryState {
  readonly tables: ReadonlyMap<string, Table>
  /** Tables that refer to a table, by its name. */
  readonly referrers: ReadonlyMap<
    string,
    readonly { readonly table: Table; readonly reference: TableReference }[]
  >
  readonly stored: ReadonlyMap<string, StoredTable>
  /** Which row last took a value of a unique index; an entry may be stale, so each hit is looked up. */
  readonly taken: Map<string, string>
  /** How many transactions read each snapshot that is open. */
  readonly snapshots: Map<number, number>
  /** The number of the last commit, which is also the newest snapshot. */
  commits: number
}

export function createState(tables: readonly Table[]): MemoryState {
  return {
    tables: new Map(tables.map((table) => [table.name, table])),
    referrers: Map.groupBy(
      tables.flatMap((table) => table.references.map((reference) => ({ table, reference }))),
      ({ reference }) => reference.table,
    ),
    stored: new Map(tables.map((table) => [table.name, new Map()])),
    taken: new Map(),
    snapshots: new Map(),
    commits: 0,
  }
}

/** A table's rows, in all states. */
export function storedTable(state: MemoryState, table: Table): StoredTable {
  return state.stored.get(table.name) ?? unknownTable(table)
}

/** A row as it was at a snapshot. */
export function rowAt(state: MemoryState, table: Table, key: string, snapshot: number): Row | undefined {
  return storedTable(state, table)
    .get(key)
    ?.findLast(({ commit }) => commit <= snapshot)?.row
}

/** Opens the newest snapshot, and gives back the way to close it. */
export function openSnapshot({ snapshots, commits }: MemoryState): () => void {
  snapshots.set(commits, (snapshots.get(commits) ?? 0) + 1)
  return () => {
    const left = (snapshots.get(commits) ?? 1) - 1
    if (left === 0) snapshots.delete(commits)
    else snapshots.set(commits, left)
  }
}

/** Makes changes the newest state. */
export function keepChanges(state: MemoryState, changes: ReadonlyMap<string, Changes>): void {
  if (changes.size > 0) state.commits += 1
  const commit = state.commits
  for (const [name, rows] of changes) {
    const table = state.stored.get(name)
    for (const [key, row] of rows) {
      const kept = needed(state, [...(table?.get(key) ?? []), { commit, row }])
      if (kept.length === 1 && row === undefined) table?.delete(key)
      else table?.set(key, kept)
    }
  }
}

/** The states that the newest or an open snapshot may still read. */
function needed({ commits, snapshots }: MemoryState, states: readonly RowState[]): RowState[] {
  const oldest = Math.min(commits, ...snapshots.keys())
  const first = states.findLastIndex(({ commit }) => commit <= oldest)
  return states.slice(Math.max(first, 0))
}
