import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, firstCivilDate, lastCivilDate, parseCivilDate } from './civil-date.ts'
import {
  DateInterval,
  findGapsAndOverlaps,
  intersectIntervals,
  intervalContains,
  intervalsOverlap,
} from './interval.ts'

/** Few days, so that ends meet often; the ends of the calendar among them. */
const dates = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map((n) => addDays(parseCivilDate('2026-01-01'), n)),
  fc.constantFrom(firstCivilDate, lastCivilDate),
)
const intervals = fc
  .record({ from: dates, to: dates }, { requiredKeys: [], noNullPrototype: true })
  .filter((interval) => DateInterval.safeParse(interval).success)

function interval(from: string | undefined, to: string | undefined): DateInterval {
  return DateInterval.parse({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) })
}

describe('semantics 11: every interval is half-open: `from` included, `to` excluded, either may be open', () => {
  test('the day it begins on lies in it, the day it ends on does not', () => {
    const year = interval('2026-01-01', '2027-01-01')
    const contains = (date: string) => intervalContains(year, parseCivilDate(date))
    expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(contains)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('an end left out is open', () => {
    expect(intervalContains(interval(undefined, '2026-01-01'), firstCivilDate)).toBe(true)
    expect(intervalContains(interval('2026-01-01', undefined), lastCivilDate)).toBe(true)
    expect(intervalContains({}, firstCivilDate)).toBe(true)
  })

  test.each([
    [{ from: '2026-01-01', to: '2026-01-01' }, 'to'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'to'],
    [{ to: '0001-01-01' }, 'to'],
    [{ from: '2026-02-29' }, 'from'],
  ])('%j holds no day or names none, and is refused', (value, key) => {
    const { error } = DateInterval.safeParse(value)
    expect(error?.issues[0]?.path).toEqual([key])
  })

  test('a misspelt key is refused, for it would open the interval', () => {
    expect(DateInterval.safeParse({ form: '2026-01-01' }).success).toBe(false)
  })
})

describe('two intervals', () => {
  test('a day lies in the intersection when it lies in both', () => {
    fc.assert(
      fc.property(intervals, intervals, dates, (a, b, date) => {
        const both = intersectIntervals(a, b)
        expect(both !== undefined && intervalContains(both, date)).toBe(
          intervalContains(a, date) && intervalContains(b, date),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('the intersection is an interval of its own, does not depend on order, and is there when they overlap', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const both = intersectIntervals(a, b)
        if (both !== undefined) expect(DateInterval.parse(both)).toEqual(both)
        expect(intersectIntervals(b, a)).toStrictEqual(both)
        expect(intersectIntervals(a, a)).toStrictEqual(a)
        expect(intervalsOverlap(a, b)).toBe(both !== undefined)
      }),
    )
  })

  test('neighbours do not overlap', () => {
    expect(intervalsOverlap(interval('2025-01-01', '2026-01-01'), interval('2026-01-01', undefined))).toBe(
      false,
    )
  })
})

describe('semantics 11: two versions of one programme or parameter never overlap; a gap is an error unless declared', () => {
  const versions = {
    first: { name: 'first', ...interval(undefined, '2024-01-01') },
    second: { name: 'second', ...interval('2024-01-01', '2025-01-01') },
    late: { name: 'late', ...interval('2025-03-01', undefined) },
    wide: { name: 'wide', ...interval('2023-06-01', '2025-04-01') },
  }

  test('versions that meet have neither', () => {
    expect(findGapsAndOverlaps([versions.second, versions.first])).toEqual({ gaps: [], overlaps: [] })
    expect(findGapsAndOverlaps([])).toEqual({ gaps: [], overlaps: [] })
  })

  test('a gap names its days and its neighbours', () => {
    const { late, first, second } = versions
    expect(findGapsAndOverlaps([late, first, second])).toEqual({
      gaps: [{ interval: { from: '2025-01-01', to: '2025-03-01' }, before: second, after: late }],
      overlaps: [],
    })
  })

  test('each two versions that overlap are named with the days they share, and fill no gap twice', () => {
    const { first, second, wide, late } = versions
    expect(findGapsAndOverlaps([late, second, wide, first])).toEqual({
      gaps: [],
      overlaps: [
        { interval: { from: '2023-06-01', to: '2024-01-01' }, first, second: wide },
        { interval: { from: '2024-01-01', to: '2025-01-01' }, first: wide, second },
        { interval: { from: '2025-03-01', to: '2025-04-01' }, first: wide, second: late },
      ],
    })
  })

  test('a short version within a long one does not make a gap after it', () => {
    const long = interval('2020-01-01', '2026-01-01')
    const short = interval('2021-01-01', '2022-01-01')
    const next = interval('2026-02-01', undefined)
    expect(findGapsAndOverlaps([long, short, next]).gaps).toEqual([
      { interval: { from: '2026-01-01', to: '2026-02-01' }, before: long, after: next },
    ])
  })

  test('the number of versions in force on a day tells whether it lies in a gap or an overlap', () => {
    fc.assert(
      fc.property(fc.array(intervals, { maxLength: 6 }), dates, (list, date) => {
        const { gaps, overlaps } = findGapsAndOverlaps(list)
        const inForce = list.filter((version) => intervalContains(version, date)).length
        const pairs = overlaps.filter((overlap) => intervalContains(overlap.interval, date)).length
        expect(pairs).toBe((inForce ** 2 - inForce) / 2)
        const between =
          inForce === 0 &&
          list.some(({ to }) => to !== undefined && to <= date) &&
          list.some(({ from }) => from !== undefined && from > date)
        expect(gaps.some((gap) => intervalContains(gap.interval, date))).toBe(between)
      }),
      { numRuns: 1000 },
    )
  })
})
