import type { SheetRow } from '../workbook/sheet.ts'
import { type Column, columns, expectedIn } from './columns.ts'
import { type CellContext, readCell, unreadable } from './read-cell.ts'
import { PopulationRow } from './record.ts'

/** The code of men in the table of sexes. */
const male = 1

/** Reads one row; `undefined` where it has a fault, which the report then tells. */
export function readRow(
  { cells }: SheetRow,
  header: ReadonlyMap<number, Column>,
  context: CellContext,
): PopulationRow | undefined {
  const { place, report } = context
  const fields: Record<string, unknown> = { place }
  /** Columns whose cell holds something, be it a dash or a fault. */
  const written = new Set<string>()
  let isReadable = true
  for (const cell of cells) {
    const column = header.get(cell.column)
    if (column === undefined) continue
    const value = readCell(cell, column, context)
    if (value === unreadable) isReadable = false
    else if (value !== undefined) fields[column.field] = value
    // A dash says that there is no RT or RW, but it is no name and no number.
    if (value !== undefined || (column.kind === 'unit' && cell.text.trim() !== '')) written.add(column.name)
  }
  for (const column of columns) {
    if (column.isRequired !== true || written.has(column.name)) continue
    report.fault({ code: 'cell/missing', ...place, column: column.name, expected: expectedIn(column) })
    isReadable = false
  }
  if (fields['sex'] === male && fields['pregnancy'] !== undefined) {
    delete fields['pregnancy']
    report.warn({
      code: 'row/pregnancy-of-man',
      ...place,
      column: 'hamil',
      expected: { id: 'sel kosong', en: 'an empty cell' },
    })
  }
  return isReadable ? accepted(fields, context) : undefined
}

/** The schema has the last word; what it refuses is a fault of the column. */
function accepted(fields: unknown, { place, report }: CellContext): PopulationRow | undefined {
  const parsed = PopulationRow.safeParse(fields)
  if (parsed.success) return parsed.data
  for (const { path } of parsed.error.issues) {
    const column = columns.find(({ field }) => field === path[0])
    if (column === undefined) throw parsed.error
    report.fault({ code: 'cell/not-accepted', ...place, column: column.name, expected: expectedIn(column) })
  }
  return undefined
}
