import type { Place, Report } from '../report/finding.ts'
import type { Cell } from '../workbook/sheet.ts'
import { expected } from './expected.ts'

/**
 * Whether a cell holds a value that may be read: not an error, and not a formula that nobody has reckoned.
 * A formula's stored value may be read, with a warning; the formula itself is never run.
 */
export function hasStoredValue(cell: Cell, column: string, place: Place, report: Report): boolean {
  if (cell.formula === 'with-value') {
    report.warn({ code: 'cell/formula', ...place, column, expected: expected.value })
  }
  if (cell.formula === 'without-value') {
    report.fault({ code: 'cell/formula-without-value', ...place, column, expected: expected.value })
    return false
  }
  if (cell.kind !== 'error') return true
  report.fault({ code: 'cell/error', ...place, column, expected: expected.value, found: cell.text })
  return false
}

/** The text of a cell; of a number its shortest decimal form, or `undefined` where digits of it may be lost. */
export function textOfCell(cell: Cell): string | undefined {
  if (cell.kind === 'boolean') return cell.text === '1' ? 'TRUE' : 'FALSE'
  if (cell.kind !== 'number') return cell.text
  const value = Number(cell.text)
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return undefined
  return String(value)
}
