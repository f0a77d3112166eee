import { addDays, CivilDate, parseCivilDate } from '@lumbung/core/kernel'
import type { Cell } from '../workbook/sheet.ts'

/** Databases write this where there is no date. */
const noDate = /^0000-00-00/

/** What a text says of a date: the date, nothing at all, or something that is none. */
export type DateReading = CivilDate | 'none' | 'not-a-date'

/**
 * The date that a text names: year first, or day first with `-`, `/` or `.` between. The day comes before the
 * month always, as it is written in Indonesia; a time of day behind it is left out.
 */
export function dateOfText(text: string): DateReading {
  if (text === '' || text === '-' || noDate.test(text)) return 'none'
  const found =
    /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:[T ][\d:.]+Z?)?$/.exec(text) ??
    /^(?<day>\d{1,2})[-/.](?<month>\d{1,2})[-/.](?<year>\d{4})(?: [\d:.]+)?$/.exec(text)
  const { year = '', month = '', day = '' } = found?.groups ?? {}
  const parsed = CivilDate.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return parsed.success ? parsed.data : 'not-a-date'
}

const firstDayOf1904 = parseCivilDate('1904-01-01')
/** Day 1 is 1 January 1900, but the programs believe in a 29 February of that year, which is their day 60. */
const dayZeroBefore = parseCivilDate('1899-12-31')
const dayZeroAfter = parseCivilDate('1899-12-30')
const noSuchDay = 60
/** 31 December 9999. */
const lastSerial = 2_958_465

/** The date that a spreadsheet program shows for a number of days; the time of day is left out. */
export function dateOfSerial(number: number, is1904: boolean): DateReading {
  const days = Math.floor(number)
  if (!(days >= 0 && days <= lastSerial)) return 'not-a-date'
  if (is1904) return days + 1_462 > lastSerial ? 'not-a-date' : addDays(firstDayOf1904, days)
  if (days === 0 || days === noSuchDay) return 'not-a-date'
  return addDays(days < noSuchDay ? dayZeroBefore : dayZeroAfter, days)
}

/** The date of a cell: a number only if it is shown as a date, so that a lone year is not taken for a day of 1905. */
export function dateOfCell(cell: Cell, text: string, is1904: boolean): DateReading {
  if (cell.kind !== 'number') return dateOfText(text)
  return cell.isShownAsDate ? dateOfSerial(Number(cell.text), is1904) : 'not-a-date'
}
