import { LumbungError } from '../../kernel/index.ts'
import { isValue } from '../selection.ts'
import { type Row, type Table, villageColumn } from '../table.ts'
import { cellOf, keyOf, rowName, unknownTable } from './rows.ts'
import { change, found, lookUp, type View } from './view.ts'

/** Writes one row, if it breaks no unique index and names only what is there. */
export function put(view: View, table: Table, row: Row): void {
  takeValues(view, table, row)
  checkReferences(view, table, row)
  change(view, table, keyOf(table, row), row)
}

/** Takes the row's values of unique indexes, unless another row has one. */
function takeValues(view: View, table: Table, row: Row): void {
  const key = keyOf(table, row)
  for (const { name, columns, unique } of table.indexes) {
    const cells = columns.map((column) => cellOf(table, row, column))
    if (!unique || cells.includes(null)) continue
    const value = `${name} ${rowName([cellOf(table, row, villageColumn.name), ...cells])}`
    for (const owner of [view.taken.get(value), view.state.taken.get(value)]) {
      const other = owner === undefined || owner === key ? undefined : lookUp(view, table, owner)
      if (other === undefined) continue
      const same = (column: string) => cellOf(table, other, column) === cellOf(table, row, column)
      if (columns.every(same)) throw duplicate(table, columns)
    }
    view.taken.set(value, key)
  }
}

function checkReferences(view: View, table: Table, row: Row): void {
  for (const { column, table: targetName } of table.references) {
    const cell = cellOf(table, row, column)
    const key = rowName([cellOf(table, row, villageColumn.name), cell])
    // A row may name itself, as the head of a family does.
    if (cell === null || (targetName === table.name && key === keyOf(table, row))) continue
    const target = view.state.tables.get(targetName) ?? unknownTable(table)
    if (lookUp(view, target, key) !== undefined) continue
    throw new LumbungError('storage/reference-missing', `${table.name}.${column} names nothing.`, {
      details: { table: table.name, column },
    })
  }
}

/** Refuses to let go of a row that another one names. */
export function checkUnnamed(view: View, table: Table, key: string, row: Row): void {
  for (const { table: from, reference } of view.state.referrers.get(table.name) ?? []) {
    const target = cellOf(table, row, reference.targetColumn)
    const village = String(cellOf(table, row, villageColumn.name))
    const named = found(view, from, [isValue(from, reference.column, target)], village)
    const isItself = (other: Row) => from === table && keyOf(table, other) === key
    if (named.some((other) => !isItself(other))) {
      throw new LumbungError('storage/referenced', `${from.name} still names this record.`, {
        details: { table: table.name, by: from.name },
      })
    }
  }
}

/** What is thrown for a key or a value of a unique index that another row has. */
export function duplicate(table: Table, columns: readonly string[]): LumbungError {
  const message = `${table.name} already holds a record with this ${columns.join(', ')}.`
  return new LumbungError('storage/duplicate', message, { details: { table: table.name, columns } })
}
