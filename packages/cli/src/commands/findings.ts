import { textIn } from '@lumbung/core/kernel'
import { type Finding, findingMessages, refusalMessages, refusedPlace } from '@lumbung/opensid'
import type { Fault } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import type { Locale } from '../words/catalogue.ts'

/** A fault or warning of an import in the machine form; what it is not about is `null`. */
export type FindingRow = {
  readonly sheet: string | null
  readonly row: number | null
  readonly column: string | null
  readonly code: string
  readonly message: string
  readonly expected: string | null
  readonly found: string | null
}

/** The columns that a table shows. */
export const findingColumns = ['sheet', 'row', 'column', 'code', 'message'] as const

/** Warnings told on stderr; the machine form has all that were kept. */
export const warningsShown = 20

/** Findings in the words of the chosen language. */
export function findingRows(findings: readonly Finding[], { locale }: Session): readonly FindingRow[] {
  return findings.map(({ sheet, row, column, code, message, expected, found }) => ({
    sheet: sheet ?? null,
    row: row ?? null,
    column: column ?? null,
    code,
    message: textIn(message, locale, ['id']),
    expected: textIn(expected, locale, ['id']),
    found: found ?? null,
  }))
}

/** A row that the register refused; its key is `sheet:row`, that of a household no place. */
export function refusedRow(key: string, code: string, { locale }: Session): FindingRow {
  const { sheet = null, row = null, column = null } = refusedPlace(key, code)
  return { sheet, row, column, code, message: sentenceOf(code, locale), expected: null, found: null }
}

/** A fact that the workbook carries and the village does not keep. */
export function leftOutRow(name: string, { locale }: Session): FindingRow {
  const code = 'fact/left-out'
  const message = textIn(findingMessages[code], locale, ['id'])
  return { sheet: null, row: null, column: name, code, message, expected: null, found: null }
}

/** The sentence of a code of the register, or the code itself where it has none. */
export function sentenceOf(code: string, locale: Locale): string {
  const message = refusalMessages[code]
  return message === undefined ? code : textIn(message, locale, ['id'])
}

/** A fault as one line: the row stands for the line, and the sheet behind the file. */
export function faultOf(file: string, finding: FindingRow): Fault {
  const { sheet, row, column, code } = finding
  const place =
    row === null
      ? undefined
      : { file: sheet === null ? file : `${file}[${sheet}]`, line: row, column: column ?? 1 }
  return { place, code, message: place === undefined ? `${file}: ${textOf(finding)}` : textOf(finding) }
}

/** Where a finding is, for people. */
export function placeText(
  file: string,
  { sheet, row, column }: Pick<FindingRow, 'sheet' | 'row' | 'column'>,
): string {
  return [
    sheet === null ? file : `${file}[${sheet}]`,
    ...(row === null ? [] : [row]),
    ...(column === null ? [] : [column]),
  ].join(':')
}

function textOf({ message, expected, found }: FindingRow): string {
  const sides = [found === null ? '' : `“${found}”`, expected === null ? '' : `→ ${expected}`].filter(
    (text) => text !== '',
  )
  return sides.length === 0 ? message : `${message} (${sides.join(' ')})`
}
