import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDateIn, epochMsOf, Instant, instantOf } from './instant.ts'

const firstMs = Date.parse('0001-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')
const moments = fc.integer({ min: firstMs, max: lastMs })

describe('an instant has one form', () => {
  test('UTC with milliseconds is accepted as it is', () => {
    for (const text of ['0001-01-01T00:00:00.000Z', '2026-11-24T03:15:00.000Z', '9999-12-31T23:59:59.999Z']) {
      expect(Instant.parse(text)).toBe(text)
    }
  })

  test.each([
    '2026-11-24T03:15:00Z',
    '2026-11-24T03:15:00.00Z',
    '2026-11-24T03:15:00.000000Z',
    '2026-11-24T03:15:00.000+00:00',
    '2026-11-24T10:15:00.000+07:00',
    '2026-11-24T03:15:00.000',
    '2026-11-24 03:15:00.000Z',
    '2026-11-24T24:00:00.000Z',
    '2026-06-30T23:59:60.000Z',
    '2026-02-29T00:00:00.000Z',
    '0000-12-31T23:59:59.999Z',
    '2026-11-24',
  ])('%s is refused', (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
  })

  test('the storage layer can recognise the schema by its format', () => {
    expect(Instant.def.format).toBe('datetime')
  })
})

describe('milliseconds since 1970', () => {
  test('an instant and its milliseconds name each other, and text order is time order', () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        expect(epochMsOf(Instant.parse(instantOf(a)))).toBe(a)
        expect(instantOf(a) < instantOf(b)).toBe(a < b)
      }),
    )
  })

  test.each([firstMs - 1, lastMs + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    '%d is no instant',
    (epochMs) => {
      expect(() => instantOf(epochMs)).toThrow(
        expect.objectContaining({ code: 'time/invalid', details: { epochMs } }),
      )
    },
  )
})

describe('semantics 14: a village names its IANA time zone; today is the civil date of the clock there', () => {
  test.each([
    ['2026-11-24T16:59:59.999Z', 'Asia/Jakarta', '2026-11-24'], // UTC+7
    ['2026-11-24T17:00:00.000Z', 'Asia/Jakarta', '2026-11-25'],
    ['2026-11-24T15:00:00.000Z', 'Asia/Jayapura', '2026-11-25'], // UTC+9
    ['2026-12-31T10:00:00.000Z', 'Pacific/Kiritimati', '2027-01-01'], // UTC+14
    ['2024-03-01T04:59:59.999Z', 'America/New_York', '2024-02-29'], // UTC-5
    ['2026-07-01T03:59:59.999Z', 'America/New_York', '2026-06-30'], // UTC-4 in summer
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29'], // UTC-10 until this moment, then
    ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'], // UTC+14: there was no 30 December
    ['2026-11-24T17:00:00.000Z', 'UTC', '2026-11-24'],
    ['0001-01-01T00:00:00.000Z', 'UTC', '0001-01-01'],
    ['1582-10-09T20:00:00.000Z', 'Etc/GMT-7', '1582-10-10'], // proleptic, so no days are left out
  ])('at %s a clock in %s shows %s', (instant, timeZone, expected) => {
    expect(civilDateIn(Instant.parse(instant), timeZone)).toBe(expected)
  })

  // The sign in these names is that of POSIX: Etc/GMT-14 is 14 hours ahead of UTC.
  test.each([
    ['Etc/GMT-14', 14],
    ['Etc/GMT+12', -12],
    ['UTC', 0],
  ])('in %s it is the date in UTC of the instant shifted by the offset', (timeZone, offsetHours) => {
    fc.assert(
      fc.property(moments, (epochMs) => {
        const shiftedMs = epochMs + offsetHours * 3_600_000
        fc.pre(shiftedMs >= firstMs && shiftedMs <= lastMs)
        expect(civilDateIn(instantOf(epochMs), timeZone)).toBe(instantOf(shiftedMs).slice(0, 10))
      }),
    )
  })

  test('a date there that leaves the years 0001 to 9999 is refused', () => {
    const outside = expect.objectContaining({ code: 'date/out-of-range' })
    expect(() => civilDateIn(instantOf(firstMs), 'Etc/GMT+12')).toThrow(outside)
    expect(() => civilDateIn(instantOf(lastMs), 'Asia/Jakarta')).toThrow(outside)
  })

  test('a zone that the runtime does not know is refused, each time', () => {
    for (const timeZone of ['Asia/Atlantis', '', 'Asia/Atlantis']) {
      expect(() => civilDateIn(instantOf(0), timeZone)).toThrow(
        expect.objectContaining({ code: 'time/unknown-zone', details: { timeZone } }),
      )
    }
  })
})
