import { addWorkingDays, dayOfWeek, isWorkingDay, parseCivilDate } from '@lumbung/core/kernel'
import { expect, test } from 'vitest'
import { nationalHolidays } from './holidays.ts'
import { indonesianWorkingCalendar } from './working-calendar.ts'

test('the decrees count 17 holidays a year, and 10 and 8 days of collective leave before one was added', () => {
  const count = (year: string, kind: string) =>
    nationalHolidays.filter((one) => one.date.startsWith(year) && one.kind === kind).length
  expect([count('2025', 'national-holiday'), count('2026', 'national-holiday')]).toEqual([17, 17])
  expect([count('2025', 'collective-leave'), count('2026', 'collective-leave')]).toEqual([10 + 1, 8])
})

test('no day stands twice, and collective leave is never on a day of rest', () => {
  const dates = nationalHolidays.map(({ date }) => date)
  expect(dates).toEqual([...new Set(dates)].toSorted())
  const leave = nationalHolidays.filter(({ kind }) => kind === 'collective-leave')
  expect(leave.filter(({ date }) => dayOfWeek(date) > 5)).toEqual([])
})

// The weekdays that the newspapers print beside the dates.
test.each([
  ['2025-09-05', 5],
  ['2026-03-19', 4],
  ['2026-05-27', 3],
  ['2026-12-24', 4],
])('%s is day %i of its week', (date, day) => {
  expect(dayOfWeek(parseCivilDate(date))).toBe(day)
})

test('collective leave is work where it is not taken', () => {
  const date = parseCivilDate('2026-03-18')
  expect(isWorkingDay(indonesianWorkingCalendar(), date)).toBe(false)
  const calendar = indonesianWorkingCalendar({ withCollectiveLeave: false })
  expect(isWorkingDay(calendar, date)).toBe(true)
  expect(calendar.confidence).toBe('medium')
})

test('in a week of six days Saturday is work', () => {
  const friday = parseCivilDate('2026-07-03')
  expect(addWorkingDays(indonesianWorkingCalendar({ workingWeekDays: 6 }), friday, 1)).toBe('2026-07-04')
  expect(addWorkingDays(indonesianWorkingCalendar(), friday, 1)).toBe('2026-07-06')
})
