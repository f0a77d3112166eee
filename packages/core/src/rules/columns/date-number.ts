import { isDate } from '../dates.ts'

/** 10,000 x year + 100 x month + day; NaN of what is no date. Two dates are in the order of their numbers. */
export function dateNumber(text: string): number {
  return isDate(text) ? Number(text.slice(0, 4) + text.slice(5, 7) + text.slice(8)) : Number.NaN
}

/** The date of a number, `YYYY-MM-DD`. */
export function dateOfNumber(date: number): string {
  const digits = String(date).padStart(8, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
}

/** Completed years (semantics 7): the month and day are the lower four digits. NaN where the birth lies later. */
export function ageBetween(birth: number, on: number): number {
  return birth <= on ? Math.floor((on - birth) / 10_000) : Number.NaN
}

/** Months by the calendar, less one where the day of `to` is before that of `from` (semantics 7). */
export function monthsBetweenNumbers(from: number, to: number): number {
  const months = 12 * (yearOf(to) - yearOf(from)) + monthOf(to) - monthOf(from)
  return months - (to % 100 < from % 100 ? 1 : 0)
}

function yearOf(date: number): number {
  return Math.floor(date / 10_000)
}

function monthOf(date: number): number {
  return Math.floor(date / 100) % 100
}
