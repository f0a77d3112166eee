import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  addDays,
  addMonths,
  ageYears,
  CivilDate,
  civilDateOf,
  dayOfWeek,
  daysBetween,
  firstCivilDate,
  isCivilDate,
  lastCivilDate,
  monthsBetween,
  parseCivilDate,
} from './civil-date.ts'

/** The number of days from the first civil date to the last: 25 cycles of 146,097 days, less the year 10000. */
const span = 25 * 146_097 - 366
const ordinals = fc.integer({ min: 0, max: span - 1 })
const dates = ordinals.map((n) => addDays(firstCivilDate, n))

/**
 * An independent calendar: the year, month and day that lie `n` days after 0001-01-01, after Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
 */
function partsAt(n: number): [year: number, month: number, day: number] {
  const z = n + 306
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day]
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

describe('semantics 7: dates are civil, `YYYY-MM-DD`, years 0001 to 9999', () => {
  test('a date that exists is accepted as it is', () => {
    for (const text of ['0001-01-01', '0099-12-31', '0100-01-01', '2000-02-29', '2024-02-29', '9999-12-31']) {
      expect(parseCivilDate(text)).toBe(text)
    }
  })

  test.each([
    '0000-01-01',
    '0000-12-31',
    '10000-01-01',
    '+10000-01-01',
    '-0001-01-01',
    '1900-02-29',
    '2023-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '2026-11-24T00:00:00Z',
    ' 2026-11-24',
    '2026-11-24\n',
    '24-11-2026',
    '',
  ])('%j names no day and is refused', (text) => {
    expect(isCivilDate(text)).toBe(false)
    expect(() => parseCivilDate(text)).toThrow(
      expect.objectContaining({ code: 'date/invalid', details: { text } }),
    )
  })

  test('29 February exists in leap years only, in every year of the calendar', () => {
    for (let year = 1; year <= 9999; year += 1) {
      expect(isCivilDate(`${String(year).padStart(4, '0')}-02-29`)).toBe(isLeapYear(year))
    }
  })

  test('what is not text is no civil date', () => {
    for (const value of [undefined, null, 20261124, new Date(0), ['2026-11-24']]) {
      expect(isCivilDate(value)).toBe(false)
    }
  })

  test('semantics 7: compared as such: the order of the texts is the order in time', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0)
        expect(a === b).toBe(daysBetween(a, b) === 0)
      }),
    )
  })

  test('the storage layer can recognise the schema by its format', () => {
    expect(CivilDate.def.format).toBe('date')
  })
})

test('year, month and day make a date, or are refused where there is no such day', () => {
  expect(civilDateOf(1, 1, 1)).toBe('0001-01-01')
  expect(civilDateOf(99, 2, 28)).toBe('0099-02-28')
  expect(civilDateOf(9999, 12, 31)).toBe('9999-12-31')
  for (const [year, month, day] of [
    [0, 1, 1],
    [-1, 1, 1],
    [10_000, 1, 1],
    [2026, 0, 1],
    [2026, 13, 1],
    [2026, 2, 29],
    [2026.5, 1, 1],
    [2026, 1, 1.5],
    [Number.NaN, 1, 1],
  ] as const) {
    expect(() => civilDateOf(year, month, day)).toThrow(expect.objectContaining({ code: 'date/invalid' }))
  }
})

describe('days', () => {
  test('every day of the calendar, its number and its day of the week agree with an independent algorithm', () => {
    expect(daysBetween(firstCivilDate, lastCivilDate)).toBe(span - 1)
    fc.assert(
      fc.property(ordinals, (n) => {
        const date = addDays(firstCivilDate, n)
        expect(date).toBe(civilDateOf(...partsAt(n)))
        expect(daysBetween(firstCivilDate, date)).toBe(n)
        expect(dayOfWeek(date)).toBe((n % 7) + 1)
      }),
      { numRuns: 1000 },
    )
  })

  test('every day of the years 1 to 100, where the Date of the platform has its trap, follows the one before', () => {
    let date = firstCivilDate
    for (let n = 0; n < 36_524; n += 1) {
      expect(date).toBe(civilDateOf(...partsAt(n)))
      date = addDays(date, 1)
    }
    expect(date).toBe('0101-01-01')
  })

  test('adding days and counting them are inverse, forwards and backwards', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b)
        expect(daysBetween(b, a) + daysBetween(a, b)).toBe(0)
      }),
    )
  })

  test.each([
    ['2026-01-01', 4], // Thursday
    ['2000-01-01', 6], // Saturday, the day by which ISO 8601 fixes the days of the week
    ['1970-01-01', 4],
    ['0001-01-01', 1],
    ['9999-12-31', 5],
    ['2026-11-29', 7],
  ])('%s is day %i of its week', (date, day) => {
    expect(dayOfWeek(parseCivilDate(date))).toBe(day)
  })
})

describe('months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-24', 0, '2026-11-24'],
    ['0001-01-31', 1, '0001-02-28'],
    ['0099-12-31', 2, '0100-02-28'],
    ['0004-03-31', -1, '0004-02-29'],
    ['9999-11-30', 1, '9999-12-30'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(parseCivilDate(date), months)).toBe(expected)
  })

  test('the result is the same day of the month, or the last one where the month is shorter', () => {
    const months = fc.integer({ min: 0, max: 9999 * 12 - 1 })
    fc.assert(
      fc.property(dates, months, (date, target) => {
        const [year, month, day] = date.split('-').map(Number) as [number, number, number]
        const [toYear, toMonth] = [Math.floor(target / 12) + 1, (target % 12) + 1]
        const expected = civilDateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
        expect(addMonths(date, target - ((year - 1) * 12 + month - 1))).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['2026-01-15', '2026-03-15', 2],
    ['2026-01-15', '2026-03-14', 1],
    ['2026-01-31', '2026-02-28', 0],
    ['2026-01-31', '2026-03-31', 2],
    ['2025-12-31', '2026-01-01', 0],
    ['2026-03-15', '2026-03-15', 0],
    ['2026-03-15', '2026-03-14', -1],
    ['2026-03-15', '2026-02-15', -1],
    ['2026-03-15', '2026-02-14', -2],
    ['0001-01-01', '9999-12-31', 119_987],
  ])(
    'semantics 7: `monthsBetween(a, b)` = 12·Δyear + Δmonth, less 1 if the day of b is before the day of a; negative when b is before a: %s to %s is %i',
    (a, b, expected) => {
      expect(monthsBetween(parseCivilDate(a), parseCivilDate(b))).toBe(expected)
    },
  )

  test('so many months and no more have passed, unless the last month is too short to tell', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        fc.pre(a <= b && b < '9999-11-01')
        const months = monthsBetween(a, b)
        expect(addMonths(a, months) <= b).toBe(true)
        const next = addMonths(a, months + 1)
        expect(next > b || next.slice(8) < a.slice(8)).toBe(true)
      }),
    )
  })
})

describe('semantics 7: `age(birth, on)`: completed years, comparing month and day as text', () => {
  test.each([
    ['2000-11-24', '2026-11-23', 25],
    ['2000-11-24', '2026-11-24', 26],
    ['2026-11-24', '2026-11-24', 0],
    ['0001-01-01', '9999-12-31', 9998],
  ])('born %s, on %s: %i', (birth, on, expected) => {
    expect(ageYears(parseCivilDate(birth), parseCivilDate(on))).toBe(expected)
  })

  test.each([
    ['2024-02-29', '2025-02-28', 0],
    ['2024-02-29', '2025-03-01', 1],
    ['2024-02-29', '2028-02-28', 3],
    ['2024-02-29', '2028-02-29', 4],
    ['0096-02-29', '0100-02-28', 3],
    ['0096-02-29', '0100-03-01', 4],
  ])(
    'semantics 7: a birthday of 29 February is reached on 1 March in common years: born %s, on %s: %i',
    (birth, on, expected) => {
      expect(ageYears(parseCivilDate(birth), parseCivilDate(on))).toBe(expected)
    },
  )

  test('semantics 7: a birth after `on` makes it unknown', () => {
    expect(ageYears(parseCivilDate('2026-11-25'), parseCivilDate('2026-11-24'))).toBeUndefined()
  })

  test('twelve completed months are a year of age', () => {
    fc.assert(
      fc.property(dates, dates, (birth, on) => {
        const years = birth > on ? undefined : Math.floor(monthsBetween(birth, on) / 12)
        expect(ageYears(birth, on)).toBe(years)
      }),
    )
  })
})

describe('limits', () => {
  test('a result outside the years 0001 to 9999 is refused with what was asked', () => {
    const outside = (date: CivilDate, amount: number) =>
      expect.objectContaining({ code: 'date/out-of-range', details: { date, amount } })
    for (const add of [addDays, addMonths]) {
      expect(() => add(firstCivilDate, -1)).toThrow(outside(firstCivilDate, -1))
      expect(() => add(lastCivilDate, 1)).toThrow(outside(lastCivilDate, 1))
      expect(() => add(lastCivilDate, Number.MAX_VALUE)).toThrow(outside(lastCivilDate, Number.MAX_VALUE))
    }
  })

  test('an amount that is not whole is refused rather than cut off', () => {
    for (const add of [addDays, addMonths]) {
      for (const amount of [1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => add(firstCivilDate, amount)).toThrow(
          expect.objectContaining({ code: 'date/not-whole-number', details: { amount } }),
        )
      }
    }
  })
})

describe('the time zone of the machine changes nothing', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  // In Apia the whole of 2011-12-30 was left out; Sao Paulo had days that began at one o'clock.
  test.each([
    ['Pacific/Apia', 780],
    ['America/Sao_Paulo', -180],
    ['Asia/Jakarta', 420],
    ['America/Los_Angeles', -480],
  ])('in %s', (zone, offsetMinutes) => {
    vi.stubEnv('TZ', zone)
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-offsetMinutes)

    expect(addDays(parseCivilDate('2011-12-29'), 1)).toBe('2011-12-30')
    expect(daysBetween(parseCivilDate('2011-12-29'), parseCivilDate('2011-12-31'))).toBe(2)
    expect(addMonths(parseCivilDate('2018-10-04'), 1)).toBe('2018-11-04')
    expect(dayOfWeek(firstCivilDate)).toBe(1)
    fc.assert(
      fc.property(ordinals, (n) => {
        const date = civilDateOf(...partsAt(n))
        expect(addDays(firstCivilDate, n)).toBe(date)
        expect(daysBetween(firstCivilDate, date)).toBe(n)
        expect(dayOfWeek(date)).toBe((n % 7) + 1)
        expect(addMonths(date, 0)).toBe(date)
      }),
    )
  })
})
