import type { LocalizedText } from '@lumbung/core/kernel'
import { maskDigits } from '@lumbung/core/kernel'
import { type FindingCode, findingMessages } from './messages.ts'

/** Where a row stands: the name of its sheet, and its number as the spreadsheet program shows it. */
export interface Place {
  readonly sheet: string
  readonly row: number
}

/** A fault or a warning: where, what, and what was expected. */
export interface Finding {
  readonly code: FindingCode
  /** The sheet; absent where it is about the workbook as a whole. */
  readonly sheet?: string
  /** The row as the spreadsheet program counts; absent where it is about the sheet as a whole. */
  readonly row?: number
  /** The name of the column, or its letters where it has none; absent where it is about no single cell. */
  readonly column?: string
  readonly message: LocalizedText
  readonly expected: LocalizedText
  /** What stands in the cell, shortened; identity numbers are masked. */
  readonly found?: string
  /** The earlier row that this one contradicts. */
  readonly other?: Place
}

/** What is told of a finding; its message follows from the code. */
export type Told = Omit<Finding, 'message'>

/** Gathers findings up to a limit and counts the rest. */
export interface Report {
  fault(told: Told): void
  warn(told: Told): void
  readonly faults: readonly Finding[]
  readonly warnings: readonly Finding[]
  faultCount(): number
  warningCount(): number
}

const longestFound = 60

/** An empty report. */
export function createReport(limit: number): Report {
  const faults: Finding[] = []
  const warnings: Finding[] = []
  let faultCount = 0
  let warningCount = 0
  return {
    fault(told) {
      faultCount += 1
      if (faults.length < limit) faults.push(findingOf(told))
    },
    warn(told) {
      warningCount += 1
      if (warnings.length < limit) warnings.push(findingOf(told))
    },
    faults,
    warnings,
    faultCount: () => faultCount,
    warningCount: () => warningCount,
  }
}

function findingOf({ found, ...told }: Told): Finding {
  return {
    ...told,
    message: findingMessages[told.code],
    ...(found !== undefined && found !== '' && { found: shown(found) }),
  }
}

/** Whatever the column: digits enough for an identity number are masked. */
function shown(text: string): string {
  const digits = text.replace(/\D/g, '').length
  const masked = digits >= 12 ? maskDigits(text) : text
  return masked.length > longestFound ? `${masked.slice(0, longestFound)}…` : masked
}
