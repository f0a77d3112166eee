import { codeTables, findCode } from '@lumbung/indonesia'
import { cleanEntry, cleanText } from '../cells/clean.ts'
import { dateOfCell } from '../cells/date.ts'
import { expected, expectedCode } from '../cells/expected.ts'
import { hasStoredValue, textOfCell } from '../cells/stored-value.ts'
import type { Report } from '../report/finding.ts'
import type { SheetReader } from '../workbook/read-sheets.ts'
import type { Cell } from '../workbook/sheet.ts'
import { ProgrammeSettings } from './record.ts'

/** The labels in the first column and the fields that they fill. */
export const programmeSettings = [
  { label: 'ID Program', field: 'programmeId', kind: 'text' },
  { label: 'Nama Program', field: 'name', kind: 'text' },
  { label: 'Sasaran Program', field: 'target', kind: 'code', table: codeTables.programmeTarget },
  { label: 'Keterangan', field: 'description', kind: 'text' },
  { label: 'Asal Dana', field: 'funding', kind: 'code', table: codeTables.programmeFunding },
  { label: 'Rentang Waktu (Awal)', field: 'startsOn', kind: 'date' },
  { label: 'Rentang Waktu (Akhir)', field: 'endsOn', kind: 'date' },
] as const

type Setting = (typeof programmeSettings)[number]

const requiredSettings: readonly Setting['field'][] = ['name', 'target']
const knownLabels = programmeSettings.map(({ label }) => label).join(', ')
const endMark = '###'

/** Reads the sheet `Program`: a label and a value in each row, up to the end mark. */
export function createSettingsReader(
  sheet: string,
  is1904: boolean,
  report: Report,
): SheetReader & { finish(): ProgrammeSettings | undefined } {
  const fields: Record<string, unknown> = {}
  const faulty = new Set<string>()
  let rowCount = 0

  const read = (cell: Cell, setting: Setting, row: number): unknown => {
    const place = { sheet, row }
    if (!hasStoredValue(cell, setting.label, place, report)) return undefined
    const text = textOfCell(cell) ?? ''
    const told = { ...place, column: setting.label, found: cell.text }
    if (setting.kind === 'text') return cleanText(text)
    if (setting.kind === 'code') {
      const code = findCode(setting.table, cleanEntry(text))
      if (code === undefined) {
        report.fault({ code: 'cell/unknown-code', ...told, expected: expectedCode(setting.table) })
      }
      return code
    }
    const date = dateOfCell(cell, cleanEntry(text), is1904)
    if (date !== 'not-a-date') return date === 'none' ? undefined : date
    report.fault({ code: 'cell/not-a-date', ...told, expected: expected.date })
    return undefined
  }

  return {
    row({ row, cells }) {
      const label = cleanText(cells.find(({ column }) => column === 0)?.text ?? '')
      if (label === endMark) return false
      if (label === '') return true
      rowCount += 1
      const setting = programmeSettings.find((one) => one.label === label)
      if (setting === undefined) {
        const wanted = { id: `salah satu dari: ${knownLabels}`, en: `one of: ${knownLabels}` }
        report.fault({
          code: 'programme/unknown-setting',
          sheet,
          row,
          column: 'A',
          expected: wanted,
          found: label,
        })
        return true
      }
      const cell = cells.find(({ column }) => column === 1)
      const value = cell && read(cell, setting, row)
      if (value !== undefined && value !== '' && value !== '-') fields[setting.field] = value
      else if (cell !== undefined && setting.kind !== 'text') faulty.add(setting.field)
      return true
    },
    rowCount: () => rowCount,
    finish() {
      for (const { field, label } of programmeSettings) {
        if (!requiredSettings.includes(field) || fields[field] !== undefined || faulty.has(field)) continue
        report.fault({ code: 'cell/missing', sheet, column: label, expected: expected.filled })
      }
      const { startsOn, endsOn } = fields
      if (typeof startsOn === 'string' && typeof endsOn === 'string' && endsOn < startsOn) {
        const wanted = { id: `tanggal sejak ${startsOn}`, en: `a date from ${startsOn} on` }
        const column = 'Rentang Waktu (Akhir)'
        report.fault({ code: 'programme/ends-before-start', sheet, column, expected: wanted, found: endsOn })
      }
      const parsed = ProgrammeSettings.safeParse(fields)
      if (!parsed.success) {
        for (const { path } of parsed.error.issues) {
          const setting = programmeSettings.find(({ field }) => field === path[0])
          if (setting === undefined || fields[setting.field] === undefined) continue
          report.fault({ code: 'cell/not-accepted', sheet, column: setting.label, expected: expected.text })
        }
      }
      return parsed.data
    },
  }
}
