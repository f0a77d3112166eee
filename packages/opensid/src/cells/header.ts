import type { Report } from '../report/finding.ts'
import { columnLetters, type SheetRow } from '../workbook/sheet.ts'
import { cleanText } from './clean.ts'

/** What a header says: which column stands where, and whether the rows below can be read. */
export interface Header<Column> {
  readonly columns: ReadonlyMap<number, Column>
  readonly isUsable: boolean
}

/**
 * Reads the first row of a sheet. Names are compared exactly, since that is how the register does it; what is not
 * known, stands twice or is missing makes the sheet unusable.
 */
export function readHeader<Column extends { readonly name: string }>(
  header: SheetRow,
  sheet: string,
  columns: readonly Column[],
  report: Report,
): Header<Column> {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const found = new Map<number, Column>()
  const seen = new Set<string>()
  let isUsable = true
  for (const cell of header.cells) {
    const name = cleanText(cell.text)
    const column = byName.get(name)
    if (name === '') continue
    const told = { sheet, row: header.row, column: columnLetters(cell.column), found: name }
    if (column === undefined) {
      const near = columns.find((one) => keyOf(one.name) === keyOf(name))
      report.fault({
        code: 'header/unknown-column',
        ...told,
        expected: expectedName(near?.name, columns.length),
      })
      isUsable = false
    } else if (seen.has(name)) {
      report.fault({ code: 'header/repeated-column', ...told, expected: expectedName(name, columns.length) })
      isUsable = false
    } else {
      seen.add(name)
      found.set(cell.column, column)
    }
  }
  for (const { name } of columns) {
    if (seen.has(name)) continue
    const expected = expectedName(name, columns.length)
    report.fault({ code: 'header/missing-column', sheet, row: header.row, column: name, expected })
    isUsable = false
  }
  return { columns: found, isUsable }
}

function expectedName(name: string | undefined, count: number) {
  return name === undefined
    ? { id: `salah satu dari ${count} nama kolom`, en: `one of the ${count} names of columns` }
    : { id: `kolom ${name}`, en: `the column ${name}` }
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}
