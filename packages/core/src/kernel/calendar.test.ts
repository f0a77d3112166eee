import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkingDays, isWorkingDay, WorkingCalendar, workingDaysBetween } from './calendar.ts'
import { addDays, dayOfWeek, parseCivilDate } from './civil-date.ts'

/*
 * May 2026      Mo Tu We Th Fr Sa Su
 *                            [1] 2  3      [ ] holiday; Saturday and Sunday are days of rest
 *                4  5  6  7  8   9 10
 *               11 12 13[14][15]16 17
 */
const data = {
  restDays: [6, 7],
  holidays: [
    { date: '2026-05-01', name: { en: 'Labour Day' } },
    { date: '2026-05-14', name: { en: 'Ascension Day' } },
    { date: '2026-05-15', name: { en: 'Bridging day' } },
    { date: '2026-05-16', name: { en: 'A holiday on a Saturday' } },
  ],
  known: { from: '2026-01-01', to: '2027-01-01' },
  source: 'Made up for this test',
  confidence: 'high',
}
const calendar = WorkingCalendar.parse(data)

const on = (text: string) => parseCivilDate(text)
const days = fc.integer({ min: 0, max: 364 }).map((n) => addDays(on('2026-01-01'), n))
const unknownDate = (date: string) =>
  expect.objectContaining({ code: 'calendar/unknown-date', details: { date, known: calendar.known } })

describe('a calendar is data', () => {
  test.each([
    ['a week without work', { restDays: [1, 2, 3, 4, 5, 6, 7] }],
    ['a day of the week that does not exist', { restDays: [0] }],
    ['a holiday outside the known dates', { known: { from: '2026-01-01', to: '2026-05-16' } }],
    ['a holiday that does not exist', { holidays: [{ date: '2026-02-29', name: {} }] }],
    ['no source', { source: '' }],
    ['an unknown confidence', { confidence: 'certain' }],
    ['a misspelt key', { restdays: [] }],
  ])('%s is refused', (_, change) => {
    expect(WorkingCalendar.safeParse({ ...data, ...change }).success).toBe(false)
  })

  test('what was accepted cannot be changed afterwards, so that its holidays may be indexed', () => {
    expect(Object.isFrozen(calendar)).toBe(true)
    expect(Object.isFrozen(calendar.holidays)).toBe(true)
  })
})

describe('a working day', () => {
  test('is neither a weekly day of rest nor a holiday', () => {
    const holidays = new Set<string>(data.holidays.map(({ date }) => date))
    fc.assert(
      fc.property(days, (date) => {
        expect(isWorkingDay(calendar, date)).toBe(dayOfWeek(date) < 6 && !holidays.has(date))
      }),
    )
  })

  test('may be any day of the week where the calendar names no day of rest', () => {
    const shop = WorkingCalendar.parse({ ...data, restDays: [] })
    expect(isWorkingDay(shop, on('2026-05-03'))).toBe(true)
    expect(isWorkingDay(shop, on('2026-05-01'))).toBe(false)
  })

  test('a date outside the known dates is not guessed, not even on a weekly day of rest', () => {
    expect(() => isWorkingDay(calendar, on('2025-12-31'))).toThrow(unknownDate('2025-12-31'))
    expect(() => isWorkingDay(calendar, on('2027-01-01'))).toThrow(unknownDate('2027-01-01'))
    expect(() => isWorkingDay(calendar, on('2027-01-02'))).toThrow(unknownDate('2027-01-02'))
  })
})

describe('adding working days', () => {
  test.each([
    ['2026-05-04', 1, '2026-05-05', 'the day itself is not counted'],
    ['2026-05-08', 1, '2026-05-11', 'the weekend is passed over'],
    ['2026-05-13', 1, '2026-05-18', 'holidays are passed over'],
    ['2026-05-09', 1, '2026-05-11', 'a start on a day of rest is not counted either'],
    ['2026-05-04', 9, '2026-05-19', 'over all of them'],
    ['2026-05-04', -1, '2026-04-30', 'backwards over a weekend and a holiday'],
    ['2026-05-03', -1, '2026-04-30', 'backwards from a day of rest'],
    ['2026-05-04', 0, '2026-05-04', 'none, from a working day: the day itself'],
    ['2026-05-14', 0, '2026-05-18', 'none, from a day of rest: the next working day'],
  ])('%s and %i is %s: %s', (date, count, expected) => {
    expect(addWorkingDays(calendar, on(date), count)).toBe(expected)
  })

  test('the result is a working day, and that many working days away', () => {
    const counts = fc.integer({ min: -40, max: 40 })
    const middle = fc.integer({ min: 80, max: 280 }).map((n) => addDays(on('2026-01-01'), n))
    fc.assert(
      fc.property(middle, counts, (date, count) => {
        const result = addWorkingDays(calendar, date, count)
        expect(isWorkingDay(calendar, result)).toBe(true)
        const start = addWorkingDays(calendar, date, 0)
        expect(workingDaysBetween(calendar, start, addWorkingDays(calendar, start, count))).toBe(count)
        expect(addWorkingDays(calendar, addWorkingDays(calendar, start, count), -count)).toBe(start)
      }),
    )
  })

  test('it never passes beyond the known dates', () => {
    expect(addWorkingDays(calendar, on('2026-12-30'), 1)).toBe('2026-12-31')
    expect(() => addWorkingDays(calendar, on('2026-12-31'), 1)).toThrow(unknownDate('2027-01-01'))
    expect(() => addWorkingDays(calendar, on('2026-01-01'), -1)).toThrow(unknownDate('2025-12-31'))
    expect(() => addWorkingDays(calendar, on('2027-01-01'), 0)).toThrow(unknownDate('2027-01-01'))
  })

  test('a count that is not whole is refused', () => {
    expect(() => addWorkingDays(calendar, on('2026-05-04'), 0.5)).toThrow(
      expect.objectContaining({ code: 'date/not-whole-number' }),
    )
  })
})

describe('counting working days', () => {
  test.each([
    ['2026-05-04', '2026-05-06', 2],
    ['2026-05-06', '2026-05-04', -2],
    ['2026-05-08', '2026-05-11', 1],
    ['2026-05-01', '2026-05-04', 0],
    ['2026-05-04', '2026-05-01', 0],
    ['2026-05-01', '2026-06-01', 18],
    ['2026-05-04', '2026-05-04', 0],
    ['2026-12-31', '2027-01-01', 1],
  ])('from %s, included, to %s, excluded, are %i', (from, to, expected) => {
    expect(workingDaysBetween(calendar, on(from), on(to))).toBe(expected)
  })

  test('two spans that meet add up', () => {
    fc.assert(
      fc.property(days, days, days, (a, b, c) => {
        const between = (from: typeof a, to: typeof a) => workingDaysBetween(calendar, from, to)
        expect(between(a, b) + between(b, c)).toBe(between(a, c))
      }),
    )
  })

  test('a span that leaves the known dates is not guessed', () => {
    expect(() => workingDaysBetween(calendar, on('2026-12-30'), on('2027-01-02'))).toThrow(
      unknownDate('2027-01-01'),
    )
    expect(() => workingDaysBetween(calendar, on('2026-01-02'), on('2025-12-30'))).toThrow(
      unknownDate('2025-12-30'),
    )
  })
})
