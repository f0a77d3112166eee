import { UTCDateMini } from '@date-fns/utc/date/mini'
import { getISOWeek } from 'date-fns/getISOWeek'
import { getISOWeeksInYear } from 'date-fns/getISOWeeksInYear'
import { getISOWeekYear } from 'date-fns/getISOWeekYear'
import * as z from 'zod'
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDateOf,
  dayOfWeek,
  firstCivilDate,
  isCivilDate,
  lastCivilDate,
  parseCivilDate,
} from './civil-date.ts'
import type { DateInterval } from './interval.ts'

/**
 * The kinds of {@link Period}, from the longest to the shortest.
 *
 * @example
 * ```ts
 * import { PeriodKind } from '@lumbung/core/kernel'
 *
 * PeriodKind.options // => ['year', 'semester', 'quarter', 'month', 'week', 'day']
 * ```
 */
export const PeriodKind = z.enum(['year', 'semester', 'quarter', 'month', 'week', 'day'])

/** One of the kinds in the schema of the same name. */
export type PeriodKind = z.infer<typeof PeriodKind>

const forms = /^\d{4}(-(S[12]|Q[1-4]|W\d\d|(0[1-9]|1[0-2])(-\d\d)?))?$/

/**
 * A span of the calendar by its name: year `2026`, semester `2026-S1`, quarter `2026-Q3`, month `2026-11`,
 * ISO 8601 week `2026-W05`, day `2026-11-24`.
 *
 * Within one kind the order of the texts is the order in time. A week belongs to the year of its Thursday, so
 * the year in its name may differ from that of some of its days.
 *
 * @example
 * ```ts
 * import { Period } from '@lumbung/core/kernel'
 *
 * Period.safeParse('2026-W53').success // => true
 * Period.safeParse('2027-W53').success // => false
 * Period.safeParse('2026-Q5').success // => false
 * ```
 */
export const Period = z
  .string()
  .regex(forms, { abort: true })
  .refine(exists, { error: 'The calendar has no such period' })
  .brand<'Period'>()

/** A text that the schema of the same name has accepted. */
export type Period = z.infer<typeof Period>

/**
 * The kind of a period, which its form shows.
 *
 * @example
 * ```ts
 * import { Period, periodKind } from '@lumbung/core/kernel'
 *
 * periodKind(Period.parse('2026-11')) // => 'month'
 * periodKind(Period.parse('2026-S2')) // => 'semester'
 * ```
 */
export function periodKind(period: Period): PeriodKind {
  if (period.length === 4) return 'year'
  if (period.length === 10) return 'day'
  const mark = period[5]
  return mark === 'S' ? 'semester' : mark === 'Q' ? 'quarter' : mark === 'W' ? 'week' : 'month'
}

/**
 * The period of a kind in which a date lies.
 *
 * @example
 * ```ts
 * import { parseCivilDate, periodOf } from '@lumbung/core/kernel'
 *
 * const date = parseCivilDate('2027-01-03')
 * periodOf('quarter', date) // => '2027-Q1'
 * periodOf('week', date) // => '2026-W53'
 * ```
 */
export function periodOf(kind: PeriodKind, date: CivilDate): Period {
  // Every text that nameOf makes has a form of the schema and names the period around an existing day.
  return nameOf(kind, date) as Period
}

/**
 * The days of a period. Its `to` is open for the last period of each kind, since the calendar ends within it.
 *
 * @example
 * ```ts
 * import { Period, periodInterval } from '@lumbung/core/kernel'
 *
 * periodInterval(Period.parse('2026-S2')) // => { from: '2026-07-01', to: '2027-01-01' }
 * periodInterval(Period.parse('2020-W53')) // => { from: '2020-12-28', to: '2021-01-04' }
 * periodInterval(Period.parse('9999')) // => { from: '9999-01-01' }
 * ```
 */
export function periodInterval(period: Period): DateInterval & { readonly from: CivilDate } {
  const from = firstDayOf(period)
  return periodContains(period, lastCivilDate) ? { from } : { from, to: firstDayOf(nextPeriod(period)) }
}

/**
 * The period of the same kind that follows.
 *
 * @throws `date/out-of-range` for the last period of its kind, which lies at the end of the year 9999
 *
 * @example
 * ```ts
 * import { nextPeriod, Period } from '@lumbung/core/kernel'
 *
 * nextPeriod(Period.parse('2026-Q4')) // => '2027-Q1'
 * nextPeriod(Period.parse('2026-W53')) // => '2027-W01'
 * ```
 */
export function nextPeriod(period: Period): Period {
  return neighbour(period, 1)
}

/**
 * The period of the same kind that comes before.
 *
 * @throws `date/out-of-range` for the first period of its kind, which lies at the beginning of the year 1
 *
 * @example
 * ```ts
 * import { Period, previousPeriod } from '@lumbung/core/kernel'
 *
 * previousPeriod(Period.parse('2026-S1')) // => '2025-S2'
 * ```
 */
export function previousPeriod(period: Period): Period {
  return neighbour(period, -1)
}

/**
 * Whether a date lies in a period.
 *
 * @example
 * ```ts
 * import { parseCivilDate, Period, periodContains } from '@lumbung/core/kernel'
 *
 * periodContains(Period.parse('2026-W01'), parseCivilDate('2025-12-29')) // => true
 * periodContains(Period.parse('2026'), parseCivilDate('2025-12-29')) // => false
 * ```
 */
export function periodContains(period: Period, date: CivilDate): boolean {
  return periodOf(periodKind(period), date) === period
}

/**
 * The periods of a kind that share a day with an interval, in order of time; the first and the last may reach
 * beyond it.
 *
 * They are made one by one as they are asked for, and the iterable can be run through again. Where the interval
 * is open, they run from the beginning of the calendar or to its end. An interval without a day has none.
 *
 * @example
 * ```ts
 * import { DateInterval, periodsIn } from '@lumbung/core/kernel'
 *
 * const interval = DateInterval.parse({ from: '2026-01-15', to: '2026-04-01' })
 * Array.from(periodsIn('month', interval)) // => ['2026-01', '2026-02', '2026-03']
 * ```
 */
export function periodsIn(kind: PeriodKind, interval: DateInterval): Iterable<Period> {
  return {
    *[Symbol.iterator]() {
      const { from = firstCivilDate, to } = interval
      // The schema refuses an interval without a day, but computed ends need not have gone through it.
      if (to !== undefined && to <= from) return
      const last = periodOf(kind, to === undefined ? lastCivilDate : addDays(to, -1))
      let period = periodOf(kind, from)
      while (period < last) {
        yield period
        period = nextPeriod(period)
      }
      yield last
    },
  }
}

const monthsIn = { year: 12, semester: 6, quarter: 3, month: 1 } as const

/** Whether a text of a valid form names a period that there is. */
function exists(text: string): boolean {
  if (text.startsWith('0000')) return false
  if (text.length === 10) return isCivilDate(text)
  if (text[5] !== 'W') return true
  const week = Number(text.slice(6))
  // 4 January lies in week 1, so it has the year of its week in every year.
  return week >= 1 && week <= getISOWeeksInYear(new UTCDateMini(`${text.slice(0, 4)}-01-04`))
}

function nameOf(kind: PeriodKind, date: CivilDate): string {
  const year = date.slice(0, 4)
  switch (kind) {
    case 'day':
      return date
    case 'month':
      return date.slice(0, 7)
    case 'year':
      return year
    case 'quarter':
    case 'semester':
      return `${year}-${kind === 'quarter' ? 'Q' : 'S'}${Math.ceil(Number(date.slice(5, 7)) / monthsIn[kind])}`
    case 'week': {
      const day = new UTCDateMini(date)
      return `${String(getISOWeekYear(day)).padStart(4, '0')}-W${String(getISOWeek(day)).padStart(2, '0')}`
    }
  }
}

function firstDayOf(period: Period): CivilDate {
  const kind = periodKind(period)
  if (kind === 'day') return parseCivilDate(period)
  const year = Number(period.slice(0, 4))
  if (kind === 'week') {
    // Week 1 of a year is the one that holds its 4 January (ISO 8601).
    const inFirstWeek = civilDateOf(year, 1, 4)
    return addDays(inFirstWeek, 1 - dayOfWeek(inFirstWeek) + 7 * (Number(period.slice(6)) - 1))
  }
  const ordinal = kind === 'year' ? 1 : Number(period.slice(kind === 'month' ? 5 : 6))
  return civilDateOf(year, (ordinal - 1) * monthsIn[kind] + 1, 1)
}

function neighbour(period: Period, step: 1 | -1): Period {
  const kind = periodKind(period)
  const from = firstDayOf(period)
  if (kind === 'day') return periodOf(kind, addDays(from, step))
  if (kind === 'week') return periodOf(kind, addDays(from, 7 * step))
  return periodOf(kind, addMonths(from, step * monthsIn[kind]))
}
