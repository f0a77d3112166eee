import { maskDigits } from '@lumbung/core/kernel'
import { findCode } from '@lumbung/indonesia'
import { cleanEntry, cleanHamlet, cleanText } from '../cells/clean.ts'
import { dateOfCell } from '../cells/date.ts'
import { digitsOfCell } from '../cells/digits.ts'
import { expected } from '../cells/expected.ts'
import { repairedText } from '../cells/mojibake.ts'
import { hasStoredValue, textOfCell } from '../cells/stored-value.ts'
import type { Place, Report } from '../report/finding.ts'
import type { FindingCode } from '../report/messages.ts'
import type { Cell } from '../workbook/sheet.ts'
import { type Column, expectedIn } from './columns.ts'

/** Stands for a cell that could not be read; the report says why. */
export const unreadable = Symbol('unreadable')

/** Where a cell stands, whom to tell, and from which day its workbook counts. */
export interface CellContext {
  readonly place: Place
  readonly report: Report
  readonly is1904: boolean
}

/** The value of a cell in our terms, `undefined` where it holds nothing, or {@link unreadable}. */
export function readCell(cell: Cell, column: Column, context: CellContext): unknown {
  const { place, report } = context
  if (!hasStoredValue(cell, column.name, place, report)) return unreadable
  if (column.kind === 'number') return readNumber(cell, column, context)
  const text = textOfCell(cell)
  if (text === undefined) {
    const told = { ...place, column: column.name, expected: expected.asText, found: cell.text }
    report.fault({ code: 'cell/rounded-number', ...told })
    return unreadable
  }
  const isText = column.kind !== 'code' && column.kind !== 'date' && column.kind !== 'degrees'
  return isText ? readText(text, column, context) : readEntry(cell, cleanEntry(text), column, context)
}

/** Codes, dates and degrees: what they may hold is a closed set. */
function readEntry(cell: Cell, entry: string, column: Column, context: CellContext): unknown {
  if (column.kind === 'date') {
    const date = dateOfCell(cell, entry, context.is1904)
    if (date === 'none') return undefined
    return date === 'not-a-date' ? refuse('cell/not-a-date', cell, column, context) : date
  }
  if (isNothing(entry)) return undefined
  if (column.kind === 'code') {
    return findCode(column.table, entry) ?? refuse('cell/unknown-code', cell, column, context)
  }
  const degrees = entry.replace(/^(-?\d+),(\d+)$/, '$1.$2')
  return /^-?\d*\.?\d+(?:e-?\d+)?$/i.test(degrees)
    ? Number(degrees)
    : refuse('cell/not-a-number', cell, column, context)
}

function refuse(code: FindingCode, cell: Cell, column: Column, { place, report }: CellContext): symbol {
  report.fault({ code, ...place, column: column.name, expected: expectedIn(column), found: cell.text })
  return unreadable
}

function readNumber(cell: Cell, column: Column, { place, report }: CellContext): unknown {
  const reading = digitsOfCell(cell)
  if (reading.kind === 'none') return undefined
  if (reading.kind === 'digits' && !reading.isStoredAsNumber) return reading.digits
  const told = {
    ...place,
    column: column.name,
    expected: expectedIn(column),
    found: maskDigits(cell.text),
  }
  if (reading.kind === 'digits') {
    report.warn({ code: 'cell/stored-as-number', ...told })
    return reading.digits
  }
  report.fault({ code: reading.kind === 'rounded' ? 'cell/rounded-number' : 'identity/wrong-form', ...told })
  return unreadable
}

function readText(text: string, column: Column, { place, report }: CellContext): string | undefined {
  const clean = column.kind === 'hamlet' ? cleanHamlet : column.kind === 'text' ? cleanText : cleanEntry
  const cleaned = clean(text)
  if (isNothing(cleaned)) return undefined
  const repaired = repairedText(cleaned)
  if (repaired !== undefined) {
    const wanted = { id: `mungkin: ${repaired}`, en: `perhaps: ${repaired}` }
    report.warn({ code: 'cell/mojibake', ...place, column: column.name, expected: wanted, found: cleaned })
  }
  return cleaned
}

function isNothing(text: string): boolean {
  return text === '' || text === '-'
}
