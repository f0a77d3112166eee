import type { Column, Table, TableIndex, TableReference } from '@lumbung/core/storage'
import { sameCheck } from './ddl.ts'

/** One step from the tables that are there to those that are wanted. */
export type Change =
  | { readonly kind: 'create-table' | 'drop-table'; readonly table: Table }
  | { readonly kind: 'add-column'; readonly table: Table; readonly column: Column }
  | { readonly kind: 'widen-column'; readonly table: Table; readonly column: Column; readonly before: Column }
  | {
      readonly kind: 'add-reference' | 'drop-reference'
      readonly table: Table
      readonly reference: TableReference
    }
  | { readonly kind: 'create-index' | 'drop-index'; readonly table: Table; readonly index: TableIndex }

/** The change as it stands in the log. */
export function describeChange(change: Change): string {
  const { kind, table } = change
  if ('column' in change) return `${kind} ${table.name}.${change.column.name}`
  if ('reference' in change) {
    return `${kind} ${table.name}.${change.reference.column} to ${change.reference.table}`
  }
  if ('index' in change) return `${kind} ${change.index.name}`
  return `${kind} ${table.name}`
}

/**
 * The steps from one definition of a table to the next, what is dropped before what is added. What would lose
 * something, whatever the rows hold, goes into `faults`.
 */
export function changesTo(before: Table | undefined, table: Table, faults: string[]): Change[] {
  if (before === undefined) return [{ kind: 'create-table', table }]
  const fault = (text: string) => faults.push(`${table.name}: ${text}`)
  if (!same(before.key, table.key)) fault('the key differs')
  const changes: Change[] = []
  for (const reference of before.references) {
    if (!table.references.some((other) => same(other, reference))) {
      changes.push({ kind: 'drop-reference', table, reference })
    }
  }
  for (const column of table.columns) {
    const old = before.columns.find(({ name }) => name === column.name)
    if (old === undefined) {
      if (!column.nullable && column.fallback === undefined)
        fault(`${column.name} is new, required and has no default`)
      changes.push({ kind: 'add-column', table, column })
    } else {
      for (const difference of narrowings(old, column)) fault(`${column.name} ${difference}`)
      if (!sameCheck(old, column)) changes.push({ kind: 'widen-column', table, column, before: old })
    }
  }
  for (const { name } of before.columns) {
    if (!table.columns.some((column) => column.name === name)) fault(`${name} is no longer defined`)
  }
  for (const reference of table.references) {
    if (!before.references.some((other) => same(other, reference))) {
      changes.push({ kind: 'add-reference', table, reference })
    }
  }
  for (const index of before.indexes) {
    if (!table.indexes.some((other) => same(other, index))) changes.push({ kind: 'drop-index', table, index })
  }
  for (const index of table.indexes) {
    if (!before.indexes.some((other) => same(other, index))) {
      changes.push({ kind: 'create-index', table, index })
    }
  }
  return changes
}

/**
 * The derived tables to drop, what refers to others first: all of them where one is no longer as it is wanted, since
 * they are made again together. Columns that the definitions of another program may still know are no reason.
 */
export function derivedToDrop(
  known: ReadonlyMap<string, Table>,
  tables: readonly Table[],
): readonly Change[] {
  const derived = [...known.values()].filter(
    (before) => tables.find(({ name }) => name === before.name)?.isDerived ?? before.isDerived ?? false,
  )
  const isAsWanted = (before: Table) => {
    const table = tables.find(({ name }) => name === before.name)
    if (table === undefined) return true
    const more = before.columns.filter(
      ({ name, nullable }) => nullable && !table.columns.some((column) => column.name === name),
    )
    const faults: string[] = []
    const changes = changesTo(before, { ...table, columns: [...table.columns, ...more] }, faults)
    return changes.length + faults.length === 0
  }
  if (derived.every(isAsWanted)) return []
  return derived
    .toSorted((a, b) => b.references.length - a.references.length)
    .map((table) => ({ kind: 'drop-table', table }))
}

/** Of plain data whose properties stand in one order, as in every table that was derived or read back. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What a column would no longer hold. */
function narrowings(before: Column, after: Column): string[] {
  const narrower: string[] = []
  if (before.type !== after.type) narrower.push(`changes from ${before.type} to ${after.type}`)
  if (before.nullable && !after.nullable) narrower.push('may no longer be missing')
  const lost =
    before.values?.filter((value) => after.values !== undefined && !after.values.includes(value)) ?? []
  if (lost.length > 0) narrower.push(`loses the values ${lost.join(', ')}`)
  if (after.minimum !== undefined && (before.minimum === undefined || after.minimum > before.minimum)) {
    narrower.push('has a higher minimum')
  }
  if (after.maximum !== undefined && (before.maximum === undefined || after.maximum < before.maximum)) {
    narrower.push('has a lower maximum')
  }
  if (
    after.maxLength !== undefined &&
    (before.maxLength === undefined || after.maxLength < before.maxLength)
  ) {
    narrower.push('has a smaller greatest length')
  }
  if (after.nonEmpty && !before.nonEmpty) narrower.push('may no longer be empty')
  return narrower
}
