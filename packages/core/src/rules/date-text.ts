const form = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

/** Whether a text is `YYYY-MM-DD` and names a day of the years 0001 to 9999 that exists (semantics 7). */
export function isDateText(text: string): boolean {
  if (!form.test(text)) return false
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month)
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
