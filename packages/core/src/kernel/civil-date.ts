import { UTCDateMini } from '@date-fns/utc/date/mini'
import { addDays as addDaysToDate } from 'date-fns/addDays'
import { addMonths as addMonthsToDate } from 'date-fns/addMonths'
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays'
import { getISODay } from 'date-fns/getISODay'
import * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * A day of the calendar, without clock or zone: `YYYY-MM-DD`, proleptic Gregorian, years 0001 to 9999.
 *
 * It is text, so that it is stored, sent and compared as it is: `<` and `===` on two civil dates are their
 * order and equality in time, and there is no `compare` function for that reason.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 *
 * CivilDate.safeParse('2024-02-29').success // => true
 * CivilDate.safeParse('2023-02-29').success // => false
 * CivilDate.parse('2026-09-30') < CivilDate.parse('2026-10-01') // => true
 * ```
 */
export const CivilDate = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'), { error: 'Years run from 0001 to 9999' })
  .brand<'CivilDate'>()

/** A text that the schema of the same name has accepted. */
export type CivilDate = z.infer<typeof CivilDate>

/**
 * The first day that a {@link CivilDate} can name, a Monday.
 *
 * @example
 * ```ts
 * import { firstCivilDate } from '@lumbung/core/kernel'
 *
 * firstCivilDate // => '0001-01-01'
 * ```
 */
export const firstCivilDate: CivilDate = CivilDate.parse('0001-01-01')

/**
 * The last day that a {@link CivilDate} can name, a Friday.
 *
 * @example
 * ```ts
 * import { lastCivilDate } from '@lumbung/core/kernel'
 *
 * lastCivilDate // => '9999-12-31'
 * ```
 */
export const lastCivilDate: CivilDate = CivilDate.parse('9999-12-31')

/**
 * Reads a civil date from text, for a caller who wants an exception rather than zod's list of issues.
 *
 * @throws `date/invalid` if the text is not of the form `YYYY-MM-DD` or names no existing day; details: `text`
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 *
 * parseCivilDate('2026-11-24') // => '2026-11-24'
 * parseCivilDate('24-11-2026') // throws 'date/invalid'
 * ```
 */
export function parseCivilDate(text: string): CivilDate {
  const parsed = CivilDate.safeParse(text)
  if (parsed.success) return parsed.data
  throw new LumbungError('date/invalid', 'The text is not an existing date of the form YYYY-MM-DD.', {
    details: { text },
  })
}

/**
 * Whether a value is the text of an existing civil date.
 *
 * @example
 * ```ts
 * import { isCivilDate } from '@lumbung/core/kernel'
 *
 * isCivilDate('2026-11-24') // => true
 * isCivilDate('2026-11-31') // => false
 * isCivilDate(20261124) // => false
 * ```
 */
export function isCivilDate(value: unknown): value is CivilDate {
  return CivilDate.safeParse(value).success
}

/**
 * The civil date of a year (1 to 9999), a month (1 to 12) and a day of the month (from 1).
 *
 * @throws `date/invalid` if there is no such day; details: `text`
 *
 * @example
 * ```ts
 * import { civilDateOf } from '@lumbung/core/kernel'
 *
 * civilDateOf(2026, 8, 17) // => '2026-08-17'
 * civilDateOf(2026, 2, 29) // throws 'date/invalid'
 * ```
 */
export function civilDateOf(year: number, month: number, day: number): CivilDate {
  return parseCivilDate(`${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`)
}

/**
 * The date that lies `days` later, or earlier where `days` is negative.
 *
 * @throws `date/out-of-range` if the result leaves the years 0001 to 9999; details: `date`, `amount`
 * @throws `date/not-whole-number` if `days` is not a whole number; details: `amount`
 *
 * @example
 * ```ts
 * import { addDays, parseCivilDate } from '@lumbung/core/kernel'
 *
 * addDays(parseCivilDate('2024-02-28'), 2) // => '2024-03-01'
 * addDays(parseCivilDate('2026-01-01'), -1) // => '2025-12-31'
 * ```
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  return shifted(date, days, addDaysToDate)
}

/**
 * The same day of the month `months` later, or earlier where `months` is negative; where that month has no
 * such day, its last one.
 *
 * Each result is reckoned from its own start: adding one month twice to 31 January gives 28 March, and adding
 * two months gives 31 March.
 *
 * @throws `date/out-of-range` if the result leaves the years 0001 to 9999; details: `date`, `amount`
 * @throws `date/not-whole-number` if `months` is not a whole number; details: `amount`
 *
 * @example
 * ```ts
 * import { addMonths, parseCivilDate } from '@lumbung/core/kernel'
 *
 * addMonths(parseCivilDate('2026-01-31'), 1) // => '2026-02-28'
 * addMonths(parseCivilDate('2024-02-29'), -12) // => '2023-02-28'
 * ```
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return shifted(date, months, addMonthsToDate)
}

/**
 * The number of days from `from` to `to`, so that `addDays(from, daysBetween(from, to))` is `to`; negative
 * when `to` is before `from`.
 *
 * @example
 * ```ts
 * import { daysBetween, parseCivilDate } from '@lumbung/core/kernel'
 *
 * daysBetween(parseCivilDate('2024-02-28'), parseCivilDate('2024-03-01')) // => 2
 * ```
 */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return differenceInCalendarDays(new UTCDateMini(to), new UTCDateMini(from))
}

/**
 * The completed months from `a` to `b`: 12 times the difference of the years, plus the difference of the
 * months, less 1 if the day of `b` is before the day of `a`; negative when `b` is before `a`.
 *
 * It is a floor, so it is not symmetrical, and the last day of a short month does not complete a month that
 * began on a day which that month lacks: from 31 January to 28 February are 0 months.
 *
 * @example
 * ```ts
 * import { monthsBetween, parseCivilDate } from '@lumbung/core/kernel'
 *
 * monthsBetween(parseCivilDate('2025-11-24'), parseCivilDate('2026-11-23')) // => 11
 * monthsBetween(parseCivilDate('2026-11-24'), parseCivilDate('2026-11-23')) // => -1
 * ```
 */
export function monthsBetween(a: CivilDate, b: CivilDate): number {
  const [yearA, monthA, dayA] = partsOf(a)
  const [yearB, monthB, dayB] = partsOf(b)
  return 12 * (yearB - yearA) + (monthB - monthA) - (dayB < dayA ? 1 : 0)
}

/**
 * The completed years of age on a date, or `undefined` if `birth` is after it.
 *
 * A birthday of 29 February is reached on 1 March in common years, since month and day are compared as text.
 *
 * @example
 * ```ts
 * import { ageYears, parseCivilDate } from '@lumbung/core/kernel'
 *
 * ageYears(parseCivilDate('2004-02-29'), parseCivilDate('2021-02-28')) // => 16
 * ageYears(parseCivilDate('2004-02-29'), parseCivilDate('2021-03-01')) // => 17
 * ageYears(parseCivilDate('2026-11-24'), parseCivilDate('2026-11-23')) // => undefined
 * ```
 */
export function ageYears(birth: CivilDate, on: CivilDate): number | undefined {
  if (birth > on) return undefined
  return partsOf(on)[0] - partsOf(birth)[0] - (on.slice(5) < birth.slice(5) ? 1 : 0)
}

/**
 * The ISO 8601 number of the day of the week: 1 is Monday, 7 is Sunday.
 *
 * @example
 * ```ts
 * import { dayOfWeek, parseCivilDate } from '@lumbung/core/kernel'
 *
 * dayOfWeek(parseCivilDate('2026-11-24')) // => 2
 * ```
 */
export function dayOfWeek(date: CivilDate): number {
  return getISODay(new UTCDateMini(date))
}

/** Refuses an amount of days or months that is not whole, which the calendar would silently cut off. */
export function requireWholeNumber(amount: number): void {
  if (Number.isInteger(amount)) return
  throw new LumbungError('date/not-whole-number', 'The amount to add to a date is not a whole number.', {
    details: { amount },
  })
}

function shifted(date: CivilDate, amount: number, add: (date: Date, amount: number) => Date): CivilDate {
  requireWholeNumber(amount)
  const result = add(new UTCDateMini(date), amount)
  const year = result.getUTCFullYear()
  // An amount beyond what a Date can hold makes the year NaN, which fails this test as well.
  if (year >= 1 && year <= 9999) {
    // Within these years toISOString writes exactly ten characters before the T, and the day exists.
    return result.toISOString().slice(0, 10) as CivilDate
  }
  throw new LumbungError('date/out-of-range', 'The date leaves the years 0001 to 9999.', {
    details: { date, amount },
  })
}

function partsOf(date: CivilDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))]
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
