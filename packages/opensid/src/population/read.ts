import { cleanText } from '../cells/clean.ts'
import { readHeader } from '../cells/header.ts'
import { createReport, type Finding, type Report } from '../report/finding.ts'
import { defaultLimits, type WorkbookLimits } from '../workbook/limits.ts'
import {
  type ReadProgress,
  readSheets,
  reportHazards,
  type SheetReader,
  type SheetReport,
} from '../workbook/read-sheets.ts'
import type { SheetRow } from '../workbook/sheet.ts'
import { openWorkbook } from '../workbook/workbook.ts'
import { createRowChecks } from './check-rows.ts'
import { type Column, columns } from './columns.ts'
import type { PopulationCounts } from './counts.ts'
import { readRow } from './read-row.ts'
import type { PopulationRow } from './record.ts'

/** How a population workbook is to be read. */
export interface ReadPopulationOptions {
  /**
   * `all-or-nothing`, the default: one fault, and there are no rows. `valid-rows`: the rows without a fault, for a
   * preview. Where a header is at fault there are no rows in either mode.
   */
  readonly mode?: 'all-or-nothing' | 'valid-rows'
  /** Told about once for each megabyte of a sheet, and at the end of each. */
  readonly onProgress?: (progress: ReadProgress) => void
  /** Each default that is not enough for you, or too much. */
  readonly limits?: Partial<WorkbookLimits>
}

/** What was read, or why nothing was. */
export interface PopulationReading {
  readonly rows: readonly PopulationRow[]
  readonly sheets: readonly SheetReport[]
  readonly counts: PopulationCounts & { readonly faults: number; readonly warnings: number }
  readonly faults: readonly Finding[]
  readonly warnings: readonly Finding[]
}

/** The sheet in which the register explains its codes. */
const codeSheet = 'kode data'
/** In the second column it ends the data of a sheet. */
const endMark = '###'
const endMarkColumn = 1

const someRow = { id: 'paling sedikit satu baris data', en: 'at least one row of data' }
const noCells = { id: 'kolom tanpa isi', en: 'an empty column' }

/**
 * Reads the population workbook of OpenSID, `.xlsx` or `.xlsm`: 43 named columns, codes or labels, one row a
 * person, on one sheet or more.
 *
 * All or nothing: with a fault there are no rows. A fault or warning names sheet, row, column and what was
 * expected. Macros and links are named, never run or followed. A number that contradicts the birth date is a
 * warning, since it keeps what was registered first.
 *
 * @throws `opensid/not-a-workbook` if the bytes are no workbook, or a damaged one; details: `reason`
 * @throws `opensid/unsafe-archive` if the archive is made to deceive; details: `reason`, `part`
 * @throws `opensid/too-large` if it exceeds a limit; details: `what`, `limit`, `found`
 *
 * @example
 * ```ts
 * import { readPopulation, writePopulation } from '@lumbung/opensid'
 *
 * const person = { hamlet: 'Timur', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1 }
 * const reading = await readPopulation(writePopulation([person]))
 * reading.rows[0]?.name // => 'Siti'
 * reading.counts.familyCards // => 1
 * reading.warnings.map(({ code, column }) => [code, column]) // => [['row/no-sex', 'sex'], ['row/no-birth-date', 'tanggallahir']]
 * await readPopulation(new Uint8Array(100)) // throws 'opensid/not-a-workbook'
 * ```
 */
export async function readPopulation(
  bytes: Uint8Array,
  options: ReadPopulationOptions = {},
): Promise<PopulationReading> {
  const { mode = 'all-or-nothing', onProgress } = options
  const limits = { ...defaultLimits, ...options.limits }
  const workbook = openWorkbook(bytes, limits)
  const report = createReport(limits.findings)
  reportHazards(workbook, report)
  const checks = createRowChecks(report)
  const rows: PopulationRow[] = []
  let isAborted = false

  const sheets = await readSheets(
    workbook,
    report,
    ({ name }) => {
      if (name.trim().toLowerCase() === codeSheet) return undefined
      return createSheetReader(name, workbook.is1904, report, {
        onUnusable: () => {
          isAborted = true
        },
        onRow: (row) => {
          if (checks.add(row)) rows.push(row)
        },
      })
    },
    onProgress,
  )
  if (sheets.every((sheet) => sheet.rows === 0) && !isAborted) {
    report.fault({ code: 'workbook/no-rows', expected: someRow })
  }
  const counts = { ...checks.finish(), faults: report.faultCount(), warnings: report.warningCount() }
  const hasRows = !isAborted && (mode === 'valid-rows' || counts.faults === 0)
  const { faults, warnings } = report
  return { rows: hasRows ? rows : [], sheets, counts, faults, warnings }
}

function createSheetReader(
  sheet: string,
  is1904: boolean,
  report: Report,
  { onRow, onUnusable }: { onRow: (row: PopulationRow) => void; onUnusable: () => void },
): SheetReader {
  let header: ReadonlyMap<number, Column> | undefined
  let rowCount = 0
  let isStrayTold = false

  const start = (first: SheetRow): boolean => {
    const read = readHeader(first, sheet, columns, report)
    header = read.columns
    if (!read.isUsable) onUnusable()
    return read.isUsable
  }

  return {
    row(row) {
      if (header === undefined) return start(row)
      if (isEnd(row)) return false
      const known = header
      if (!isStrayTold && row.cells.some(({ column }) => !known.has(column))) {
        isStrayTold = true
        report.warn({ code: 'sheet/cells-outside-columns', sheet, row: row.row, expected: noCells })
      }
      if (!row.cells.some(({ text, formula }) => text.trim() !== '' || formula !== 'none')) return true
      rowCount += 1
      const read = readRow(row, known, { place: { sheet, row: row.row }, report, is1904 })
      if (read !== undefined) onRow(read)
      return true
    },
    rowCount: () => rowCount,
  }
}

function isEnd({ cells }: SheetRow): boolean {
  return cells.some(({ column, text }) => column === endMarkColumn && cleanText(text) === endMark)
}
