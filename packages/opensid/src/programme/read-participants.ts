import { maskDigits } from '@lumbung/core/kernel'
import { cleanEntry, cleanText } from '../cells/clean.ts'
import { dateOfCell } from '../cells/date.ts'
import { digitsOfCell } from '../cells/digits.ts'
import { expected } from '../cells/expected.ts'
import { readHeader } from '../cells/header.ts'
import { hasStoredValue, textOfCell } from '../cells/stored-value.ts'
import type { Place, Report } from '../report/finding.ts'
import type { SheetReader } from '../workbook/read-sheets.ts'
import type { Cell, SheetRow } from '../workbook/sheet.ts'
import { ProgrammeParticipant } from './record.ts'

/** The columns of the sheet `Peserta`, in their order. */
export const participantColumns = [
  { name: 'Peserta', field: 'participant', kind: 'entry' },
  { name: 'No. Peserta', field: 'cardNumber', kind: 'entry' },
  { name: 'NIK', field: 'identityNumber', kind: 'number' },
  { name: 'Nama', field: 'name', kind: 'text' },
  { name: 'Tempat Lahir', field: 'birthPlace', kind: 'text' },
  { name: 'Tanggal Lahir', field: 'birthDate', kind: 'date' },
  { name: 'Alamat', field: 'address', kind: 'text' },
] as const

type Column = (typeof participantColumns)[number]

const requiredFields: readonly Column['field'][] = ['participant', 'identityNumber']
const endMark = '###'
const unreadable = Symbol('unreadable')
const onlyOnce = {
  id: 'peserta yang hanya ada di satu baris',
  en: 'a participant who stands in one row only',
}

/** Reads the sheet `Peserta`: a header, then one participant a row, up to the end mark in the first column. */
export function createParticipantsReader(
  sheet: string,
  is1904: boolean,
  report: Report,
): SheetReader & { finish(): { participants: readonly ProgrammeParticipant[]; isUsable: boolean } } {
  const participants: ProgrammeParticipant[] = []
  const seen = new Map<string, Place>()
  let header: ReadonlyMap<number, Column> | undefined
  let isUsable = true
  let rowCount = 0

  const add = (row: SheetRow, known: ReadonlyMap<number, Column>) => {
    const place = { sheet, row: row.row }
    const participant = readParticipant(row, known, place, is1904, report)
    if (participant === undefined) return
    const other = seen.get(participant.participant)
    if (other === undefined) {
      seen.set(participant.participant, place)
      participants.push(participant)
      return
    }
    const found = maskDigits(participant.participant)
    report.fault({
      code: 'row/repeated-participant',
      ...place,
      column: 'Peserta',
      expected: onlyOnce,
      found,
      other,
    })
  }

  return {
    row(row) {
      if (header === undefined) {
        const read = readHeader<Column>(row, sheet, participantColumns, report)
        header = read.columns
        isUsable = read.isUsable
        return isUsable
      }
      if (row.cells.some(({ column, text }) => column === 0 && cleanText(text) === endMark)) return false
      if (!row.cells.some(({ text, formula }) => text.trim() !== '' || formula !== 'none')) return true
      rowCount += 1
      add(row, header)
      return true
    },
    rowCount: () => rowCount,
    finish: () => ({ participants, isUsable }),
  }
}

function readParticipant(
  { cells }: SheetRow,
  header: ReadonlyMap<number, Column>,
  place: Place,
  is1904: boolean,
  report: Report,
): ProgrammeParticipant | undefined {
  const fields: Record<string, unknown> = { place }
  const faulty = new Set<string>()
  for (const cell of cells) {
    const column = header.get(cell.column)
    if (column === undefined) continue
    const value = readCell(cell, column, place, is1904, report)
    if (value === unreadable) faulty.add(column.field)
    else if (value !== undefined) fields[column.field] = value
  }
  for (const { field, name } of participantColumns) {
    if (!requiredFields.includes(field) || fields[field] !== undefined || faulty.has(field)) continue
    const wanted = field === 'identityNumber' ? expected.sixteenDigits : expected.filled
    report.fault({ code: 'cell/missing', ...place, column: name, expected: wanted })
    faulty.add(field)
  }
  if (faulty.size > 0) return undefined
  const parsed = ProgrammeParticipant.safeParse(fields)
  for (const { path } of parsed.error?.issues ?? []) {
    const column = participantColumns.find(({ field }) => field === path[0])?.name
    report.fault({ code: 'cell/not-accepted', ...place, ...(column && { column }), expected: expected.text })
  }
  return parsed.data
}

function readCell(cell: Cell, column: Column, place: Place, is1904: boolean, report: Report): unknown {
  if (!hasStoredValue(cell, column.name, place, report)) return unreadable
  const told = { ...place, column: column.name, found: maskDigits(cell.text) }
  if (column.kind === 'number') {
    const reading = digitsOfCell(cell)
    if (reading.kind === 'none') return undefined
    if (reading.kind === 'digits') return reading.digits
    const code = reading.kind === 'rounded' ? 'cell/rounded-number' : 'identity/wrong-form'
    report.fault({ code, ...told, expected: expected.sixteenDigits })
    return unreadable
  }
  if (column.kind === 'date') {
    const date = dateOfCell(cell, cleanEntry(cell.text), is1904)
    if (date === 'none') return undefined
    if (date !== 'not-a-date') return date
    report.fault({ code: 'cell/not-a-date', ...told, expected: expected.date })
    return unreadable
  }
  const text = textOfCell(cell)
  if (text === undefined) {
    report.fault({ code: 'cell/rounded-number', ...told, expected: expected.asText })
    return unreadable
  }
  const cleaned = column.kind === 'text' ? cleanText(text) : cleanEntry(text)
  return cleaned === '' || cleaned === '-' ? undefined : cleaned
}
