/** Whether a text is a date of the form `YYYY-MM-DD` that exists, in the years 0001 to 9999. */
export function isDate(text: string): boolean {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  for (let index = 0; index < 10; index += 1) {
    if (index === 4 || index === 7) continue
    const code = text.charCodeAt(index)
    if (code < 48 || code > 57) return false
  }
  const year = yearOf(text)
  const month = monthOf(text)
  const day = dayOf(text)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/**
 * Completed years, comparing month and day as text, so that a birthday of 29 February is reached on 1 March in
 * common years (semantics 7). NaN where the birth lies after the day.
 */
export function ageOn(birth: string, on: string): number {
  if (birth > on) return Number.NaN
  return yearOf(on) - yearOf(birth) - (isBeforeInYear(on, birth) ? 1 : 0)
}

/** Whether the month and day of one date lie before those of another. */
function isBeforeInYear(date: string, other: string): boolean {
  const month = monthOf(date)
  const otherMonth = monthOf(other)
  return month < otherMonth || (month === otherMonth && dayOf(date) < dayOf(other))
}

/** 12 x the years and the months between, less 1 if the day of `to` is before the day of `from` (semantics 7). */
export function monthsFrom(from: string, to: string): number {
  const months = 12 * (yearOf(to) - yearOf(from)) + monthOf(to) - monthOf(from)
  return months - (dayOf(to) < dayOf(from) ? 1 : 0)
}

// A digit's code is 48 more than its worth; a text is not cut into pieces, for that is slow.
function yearOf(date: string): number {
  const thousands = 1000 * date.charCodeAt(0) + 100 * date.charCodeAt(1)
  return thousands + 10 * date.charCodeAt(2) + date.charCodeAt(3) - 53_328
}

function monthOf(date: string): number {
  return 10 * date.charCodeAt(5) + date.charCodeAt(6) - 528
}

function dayOf(date: string): number {
  return 10 * date.charCodeAt(8) + date.charCodeAt(9) - 528
}
