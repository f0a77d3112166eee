import type { Report } from '../report/finding.ts'
import type { SheetRow } from './sheet.ts'
import type { Sheet, Workbook } from './workbook.ts'

/** How a sheet was treated. */
export interface SheetReport {
  readonly name: string
  /** `skipped`: it is known to hold no data; `not-a-table`: a chart or a dialogue. */
  readonly state: 'read' | 'empty' | 'skipped' | 'not-a-table'
  /** Rows of data, the header and what follows the end mark left out. */
  readonly rows: number
}

/** How far a reading is. */
export interface ReadProgress {
  readonly sheet: string
  /** Rows read so far, over all sheets. */
  readonly rows: number
  readonly bytes: number
  readonly bytesTotal: number
}

/** What is to be done with the rows of a sheet. */
export interface SheetReader {
  /** Takes a row; `false` ends the data of this sheet. */
  row(row: SheetRow): boolean
  /** How many rows of data it took. */
  rowCount(): number
}

/** Other work may run after so many bytes, and progress is told. */
const bytesBetweenPauses = 2 ** 20

const notRun = { id: 'berkas tanpa isi ini', en: 'a workbook without it' }
const unmerged = { id: 'sel yang tidak digabung', en: 'cells that are not merged' }

/** Tells what in the workbook could act or lead outside. */
export function reportHazards(workbook: Workbook, report: Report): void {
  for (const code of workbook.hazards) report.warn({ code, expected: notRun })
}

/**
 * Reads sheets one after the other, row by row, and pauses now and then, so that a server goes on answering.
 * `readerOf` chooses what is done with a sheet; `undefined` skips it.
 */
export async function readSheets(
  workbook: Workbook,
  report: Report,
  readerOf: (sheet: Sheet) => SheetReader | undefined,
  onProgress: ((progress: ReadProgress) => void) | undefined,
): Promise<readonly SheetReport[]> {
  const reports: SheetReport[] = []
  const bytesTotal = workbook.sheets.reduce((sum, { inflatedBytes }) => sum + inflatedBytes, 0)
  let bytes = 0
  let rowsBefore = 0
  let sincePause = 0
  for (const sheet of workbook.sheets) {
    const reader = sheet.isTable ? readerOf(sheet) : undefined
    if (reader === undefined) {
      reports.push({ name: sheet.name, state: sheet.isTable ? 'skipped' : 'not-a-table', rows: 0 })
      bytes += sheet.inflatedBytes
      continue
    }
    const onMerged = (range: string) =>
      report.warn({ code: 'sheet/merged-cells', sheet: sheet.name, column: range, expected: unmerged })
    let isOpen = true
    let seen = 0
    for (const step of sheet.rows({ onMerged, rowsBefore })) {
      for (const row of step.rows) {
        seen += 1
        if (isOpen) isOpen = reader.row(row)
      }
      bytes += step.bytes
      sincePause += step.bytes
      if (sincePause < bytesBetweenPauses) continue
      sincePause = 0
      onProgress?.({ sheet: sheet.name, rows: rowsBefore + seen, bytes, bytesTotal })
      await pause()
    }
    rowsBefore += seen
    reports.push({ name: sheet.name, state: seen === 0 ? 'empty' : 'read', rows: reader.rowCount() })
    onProgress?.({ sheet: sheet.name, rows: rowsBefore, bytes, bytesTotal })
  }
  return reports
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
