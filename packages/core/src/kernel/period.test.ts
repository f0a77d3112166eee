import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  addDays,
  dayOfWeek,
  daysBetween,
  firstCivilDate,
  lastCivilDate,
  parseCivilDate,
} from './civil-date.ts'
import { DateInterval, intervalContains, intervalsOverlap } from './interval.ts'
import {
  nextPeriod,
  Period,
  PeriodKind,
  periodContains,
  periodInterval,
  periodKind,
  periodOf,
  periodsIn,
  previousPeriod,
} from './period.ts'

const dates = fc
  .integer({ min: 0, max: daysBetween(firstCivilDate, lastCivilDate) })
  .map((n) => addDays(firstCivilDate, n))
const kinds = fc.constantFrom(...PeriodKind.options)
const periods = fc.tuple(kinds, dates).map(([kind, date]) => periodOf(kind, date))

const outOfRange = expect.objectContaining({ code: 'date/out-of-range' })

describe('a period is a text of one form', () => {
  test.each([
    ['2026', 'year', '2026-01-01', '2027-01-01'],
    ['2026-S1', 'semester', '2026-01-01', '2026-07-01'],
    ['2026-S2', 'semester', '2026-07-01', '2027-01-01'],
    ['2026-Q1', 'quarter', '2026-01-01', '2026-04-01'],
    ['2026-Q3', 'quarter', '2026-07-01', '2026-10-01'],
    ['2024-02', 'month', '2024-02-01', '2024-03-01'],
    ['2026-11', 'month', '2026-11-01', '2026-12-01'],
    ['2026-W05', 'week', '2026-01-26', '2026-02-02'],
    ['2026-11-24', 'day', '2026-11-24', '2026-11-25'],
    ['0001', 'year', '0001-01-01', '0002-01-01'],
    ['0099-Q4', 'quarter', '0099-10-01', '0100-01-01'],
  ] as const)('%s is a %s from %s, before %s', (text, kind, from, to) => {
    const period = Period.parse(text)
    expect(periodKind(period)).toBe(kind)
    expect(periodInterval(period)).toEqual({ from, to })
  })

  test.each([
    '0000',
    '0000-Q1',
    '0000-12-31',
    '10000',
    '26',
    '2026-',
    '2026-S0',
    '2026-S3',
    '2026-Q0',
    '2026-Q5',
    '2026-q1',
    '2026-00',
    '2026-13',
    '2026-1',
    '2026-W00',
    '2026-W54',
    '2026-W5',
    '2026-02-29',
    '24-11-2026',
    '2026-11-24\n',
    '',
  ])('%j is refused, with one issue', (text) => {
    expect(Period.safeParse(text).error?.issues).toHaveLength(1)
  })

  test('what periodOf makes is a period of its kind, and contains the date', () => {
    fc.assert(
      fc.property(kinds, dates, (kind, date) => {
        const period = periodOf(kind, date)
        expect(Period.parse(period)).toBe(period)
        expect(periodKind(period)).toBe(kind)
        expect(periodContains(period, date)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('within one kind the order of the texts is the order in time', () => {
    fc.assert(
      fc.property(kinds, dates, dates, (kind, a, b) => {
        const [first, second] = [periodOf(kind, a), periodOf(kind, b)]
        expect(first < second).toBe(periodInterval(first).from < periodInterval(second).from)
      }),
    )
  })
})

describe('ISO 8601 weeks', () => {
  // 1977 to 1982: the examples around New Year's Day in the article "ISO week date" of the English Wikipedia. The
  // others follow from its rule that a year is long where its 1 January is a Thursday, as in 2026, or where it is a
  // leap year and its 1 January a Wednesday, as in 2020.
  test.each([
    ['1977-01-01', '1976-W53'],
    ['1977-01-02', '1976-W53'],
    ['1977-12-31', '1977-W52'],
    ['1978-01-01', '1977-W52'],
    ['1978-01-02', '1978-W01'],
    ['1978-12-31', '1978-W52'],
    ['1979-01-01', '1979-W01'],
    ['1979-12-30', '1979-W52'],
    ['1979-12-31', '1980-W01'],
    ['1980-01-01', '1980-W01'],
    ['1980-12-28', '1980-W52'],
    ['1980-12-29', '1981-W01'],
    ['1980-12-31', '1981-W01'],
    ['1981-01-01', '1981-W01'],
    ['1981-12-31', '1981-W53'],
    ['1982-01-03', '1981-W53'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2027-01-03', '2026-W53'],
    ['2028-01-02', '2027-W52'],
    ['0001-01-01', '0001-W01'],
    ['9999-12-31', '9999-W52'],
  ])('%s lies in %s', (date, week) => {
    expect(periodOf('week', parseCivilDate(date))).toBe(week)
  })

  test('a week 53 exists in long years only: 71 in 400 years, those whose 1 January or 31 December is a Thursday', () => {
    const long: number[] = []
    for (let year = 1; year <= 400; year += 1) {
      const text = String(year).padStart(4, '0')
      const isLong = Period.safeParse(`${text}-W53`).success
      const ends = [parseCivilDate(`${text}-01-01`), parseCivilDate(`${text}-12-31`)]
      expect(isLong).toBe(ends.some((date) => dayOfWeek(date) === 4))
      if (isLong) long.push(year)
    }
    expect(long).toHaveLength(71)
    const exists = (text: string) => Period.safeParse(text).success
    expect(['2020-W53', '2026-W53', '2027-W53', '9999-W53'].map(exists)).toEqual([true, true, false, false])
  })

  test('a week is that of its Thursday, and begins on Monday', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const thursday = addDays(date, 4 - dayOfWeek(date))
        const newYear = parseCivilDate(`${thursday.slice(0, 4)}-01-01`)
        const number = Math.floor(daysBetween(newYear, thursday) / 7) + 1
        const week = `${thursday.slice(0, 4)}-W${String(number).padStart(2, '0')}`
        expect(periodOf('week', date)).toBe(week)
        expect(periodInterval(periodOf('week', date)).from).toBe(addDays(thursday, -3))
      }),
      { numRuns: 500 },
    )
  })
})

describe('next and previous', () => {
  test.each([
    ['2026', '2027'],
    ['2026-S2', '2027-S1'],
    ['2026-Q4', '2027-Q1'],
    ['2026-12', '2027-01'],
    ['2026-W53', '2027-W01'],
    ['2027-W52', '2028-W01'],
    ['2024-02-28', '2024-02-29'],
    ['0099', '0100'],
  ])('after %s comes %s', (before, after) => {
    expect(nextPeriod(Period.parse(before))).toBe(after)
    expect(previousPeriod(Period.parse(after))).toBe(before)
  })

  test('they are inverse, and periods of one kind tile the calendar without gap or overlap', () => {
    fc.assert(
      fc.property(periods, (period) => {
        const { from, to } = periodInterval(period)
        fc.pre(to !== undefined)
        const next = nextPeriod(period)
        expect(previousPeriod(next)).toBe(period)
        expect(next > period).toBe(true)
        expect(periodInterval(next).from).toBe(to)
        expect(from < (to ?? from)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test.each(PeriodKind.options)('the calendar begins and ends with a %s of its own', (kind) => {
    const first = periodOf(kind, firstCivilDate)
    const last = periodOf(kind, lastCivilDate)
    expect(periodInterval(first).from).toBe(firstCivilDate)
    expect(periodInterval(last)).not.toHaveProperty('to')
    expect(() => previousPeriod(first)).toThrow(outOfRange)
    expect(() => nextPeriod(last)).toThrow(outOfRange)
  })
})

test('a period contains the dates of its interval and no others', () => {
  fc.assert(
    fc.property(periods, dates, fc.integer({ min: -400, max: 400 }), (period, date, nearby) => {
      const near = addDays(parseCivilDate('2026-01-01'), nearby)
      for (const each of [date, near]) {
        expect(periodContains(period, each)).toBe(intervalContains(periodInterval(period), each))
        const [around, at] = [periodOf(periodKind(period), near), each]
        expect(periodContains(around, at)).toBe(intervalContains(periodInterval(around), at))
      }
    }),
  )
})

describe('the periods in an interval', () => {
  test('are those that share a day with it', () => {
    const some = (kind: PeriodKind, from: string, to: string) =>
      Array.from(periodsIn(kind, DateInterval.parse({ from, to })))
    expect(some('month', '2026-01-31', '2026-03-02')).toEqual(['2026-01', '2026-02', '2026-03'])
    expect(some('month', '2026-01-01', '2026-02-01')).toEqual(['2026-01'])
    expect(some('week', '2020-12-31', '2021-01-05')).toEqual(['2020-W53', '2021-W01'])
    expect(some('day', '2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29'])
  })

  test('are all of them and no others', () => {
    fc.assert(
      fc.property(kinds, dates, fc.integer({ min: 1, max: 800 }), (kind, from, days) => {
        fc.pre(daysBetween(from, lastCivilDate) > days + 366)
        const interval = { from, to: addDays(from, days) }
        const found = Array.from(periodsIn(kind, interval))
        for (const period of found) expect(intervalsOverlap(periodInterval(period), interval)).toBe(true)
        const expected = new Set<Period>()
        for (let n = 0; n < days; n += 1) expected.add(periodOf(kind, addDays(from, n)))
        expect(found).toEqual([...expected])
      }),
      { numRuns: 30 },
    )
  })

  test('are made as they are asked for, and may be asked for again', () => {
    const days = periodsIn('day', {})
    for (const _ of [1, 2]) {
      const iterator = days[Symbol.iterator]()
      expect([iterator.next().value, iterator.next().value]).toEqual(['0001-01-01', '0001-01-02'])
    }
  })

  test('are none in an interval without a day, which no schema has seen', () => {
    fc.assert(
      fc.property(kinds, dates, fc.nat(400), (kind, to, days) => {
        fc.pre(daysBetween(to, lastCivilDate) >= days)
        expect(Array.from(periodsIn(kind, { from: addDays(to, days), to }))).toEqual([])
      }),
    )
    expect(Array.from(periodsIn('day', { to: firstCivilDate }))).toEqual([])
  })

  test('run to the end of the calendar where the interval is open', () => {
    expect(Array.from(periodsIn('year', {}))).toHaveLength(9999)
    const end = DateInterval.parse({ from: '9999-12-25' })
    expect(Array.from(periodsIn('week', end))).toEqual(['9999-W51', '9999-W52'])
  })
})

describe('the time zone of the machine changes nothing', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  test.each([
    ['Pacific/Kiritimati', 840],
    ['America/Los_Angeles', -480],
  ])('in %s', (zone, offsetMinutes) => {
    vi.stubEnv('TZ', zone)
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-offsetMinutes)
    expect(periodOf('week', parseCivilDate('2027-01-03'))).toBe('2026-W53')
    expect(periodOf('week', firstCivilDate)).toBe('0001-W01')
    expect(Period.safeParse('2026-W53').success).toBe(true)
    expect(Period.safeParse('2027-W53').success).toBe(false)
  })
})
