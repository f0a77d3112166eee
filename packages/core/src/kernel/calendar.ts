import * as z from 'zod'
import { addDays, CivilDate, dayOfWeek, requireWholeNumber } from './civil-date.ts'
import { LumbungError } from './errors.ts'
import { DateInterval, intervalContains } from './interval.ts'

/**
 * The days on which an office or a bank works, as data.
 *
 * - `restDays`: the days of the week without work, as ISO numbers (1 is Monday, 7 is Sunday); at most six.
 * - `holidays`: single days without work, each with its name by language tag. All lie within `known`.
 * - `known`: the dates for which the holidays have been announced. No question outside is answered.
 * - `source`: where the holidays were published; `confidence`: how far that source is to be trusted.
 *
 * @example
 * ```ts
 * import { WorkingCalendar } from '@lumbung/core/kernel'
 *
 * const calendar = WorkingCalendar.parse({
 *   restDays: [6, 7],
 *   holidays: [{ date: '2026-05-01', name: { en: 'Labour Day' } }],
 *   known: { from: '2026-01-01', to: '2027-01-01' },
 *   source: 'Official gazette, 2025, no. 7',
 *   confidence: 'high',
 * })
 * calendar.restDays // => [6, 7]
 * ```
 */
export const WorkingCalendar = z
  .strictObject({
    restDays: z.array(z.int().min(1).max(7)).max(6).readonly(),
    holidays: z
      .array(
        z.strictObject({ date: CivilDate, name: z.record(z.string(), z.string()).readonly() }).readonly(),
      )
      .readonly(),
    known: DateInterval,
    source: z.string().min(1),
    confidence: z.enum(['high', 'medium', 'low']),
  })
  .refine(({ holidays, known }) => holidays.every(({ date }) => intervalContains(known, date)), {
    error: 'Every holiday lies within the known dates',
    path: ['holidays'],
  })
  .readonly()

/** A calendar that the schema of the same name has accepted. */
export type WorkingCalendar = z.infer<typeof WorkingCalendar>

/**
 * Whether a date is neither a weekly day of rest nor a holiday.
 *
 * @throws `calendar/unknown-date` if the holidays around the date are not known; details: `date`, `known`
 *
 * @example
 * ```ts
 * import { isWorkingDay, parseCivilDate, WorkingCalendar } from '@lumbung/core/kernel'
 *
 * const calendar = WorkingCalendar.parse({
 *   restDays: [6, 7],
 *   holidays: [{ date: '2026-05-01', name: { en: 'Labour Day' } }],
 *   known: { from: '2026-01-01', to: '2027-01-01' },
 *   source: 'Official gazette, 2025, no. 7',
 *   confidence: 'high',
 * })
 * isWorkingDay(calendar, parseCivilDate('2026-04-30')) // => true
 * isWorkingDay(calendar, parseCivilDate('2026-05-01')) // => false
 * isWorkingDay(calendar, parseCivilDate('2027-01-04')) // throws 'calendar/unknown-date'
 * ```
 */
export function isWorkingDay(calendar: WorkingCalendar, date: CivilDate): boolean {
  const { known, restDays } = calendar
  if (!intervalContains(known, date)) {
    throw new LumbungError('calendar/unknown-date', 'The calendar does not know the holidays of this date.', {
      details: { date, known },
    })
  }
  return !restDays.includes(dayOfWeek(date)) && !holidayDatesOf(calendar).has(date)
}

/**
 * The working day that comes `days` working days after a date, or before it where `days` is negative.
 *
 * The date itself is never counted, be it a working day or not: one working day after a Saturday is the Monday.
 * With 0 it is the date itself, or the next working day where the date is a day of rest, as for a deadline. So
 * the result is a working day always.
 *
 * @throws `calendar/unknown-date` if it would have to pass a date that the calendar does not know; details: `date`,
 *   `known`
 * @throws `date/out-of-range` if it would have to pass the end of the calendar; details: `date`, `amount`
 * @throws `date/not-whole-number` if `days` is not a whole number; details: `amount`
 *
 * @example
 * ```ts
 * import { addWorkingDays, parseCivilDate, WorkingCalendar } from '@lumbung/core/kernel'
 *
 * const calendar = WorkingCalendar.parse({
 *   restDays: [6, 7],
 *   holidays: [{ date: '2026-05-01', name: { en: 'Labour Day' } }],
 *   known: { from: '2026-01-01', to: '2027-01-01' },
 *   source: 'Official gazette, 2025, no. 7',
 *   confidence: 'high',
 * })
 * addWorkingDays(calendar, parseCivilDate('2026-04-30'), 1) // => '2026-05-04'
 * addWorkingDays(calendar, parseCivilDate('2026-05-02'), 0) // => '2026-05-04'
 * addWorkingDays(calendar, parseCivilDate('2026-05-02'), -1) // => '2026-04-30'
 * ```
 */
export function addWorkingDays(calendar: WorkingCalendar, date: CivilDate, days: number): CivilDate {
  requireWholeNumber(days)
  if (days === 0) return isWorkingDay(calendar, date) ? date : addWorkingDays(calendar, date, 1)
  const step = Math.sign(days)
  let current = date
  for (let left = Math.abs(days); left > 0; ) {
    current = addDays(current, step)
    if (isWorkingDay(calendar, current)) left -= 1
  }
  return current
}

/**
 * The number of working days from `from`, included, to `to`, excluded; negative when `to` is before `from`.
 *
 * From a working day it is the inverse of {@link addWorkingDays}: what is asked on Monday and done on Wednesday
 * took 2 working days.
 *
 * @throws `calendar/unknown-date` if a date between them is not known to the calendar; details: `date`, `known`
 *
 * @example
 * ```ts
 * import { parseCivilDate, WorkingCalendar, workingDaysBetween } from '@lumbung/core/kernel'
 *
 * const calendar = WorkingCalendar.parse({
 *   restDays: [6, 7],
 *   holidays: [{ date: '2026-05-01', name: { en: 'Labour Day' } }],
 *   known: { from: '2026-01-01', to: '2027-01-01' },
 *   source: 'Official gazette, 2025, no. 7',
 *   confidence: 'high',
 * })
 * workingDaysBetween(calendar, parseCivilDate('2026-04-30'), parseCivilDate('2026-05-05')) // => 2
 * ```
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: CivilDate, to: CivilDate): number {
  if (to < from) return 0 - workingDaysBetween(calendar, to, from)
  let count = 0
  for (let date = from; date < to; date = addDays(date, 1)) {
    if (isWorkingDay(calendar, date)) count += 1
  }
  return count
}

/** The dates of a calendar's holidays, made once, so that a question costs the same however many there are. */
const holidayDates = new WeakMap<WorkingCalendar, ReadonlySet<CivilDate>>()

function holidayDatesOf(calendar: WorkingCalendar): ReadonlySet<CivilDate> {
  let dates = holidayDates.get(calendar)
  if (dates === undefined) {
    dates = new Set(calendar.holidays.map(({ date }) => date))
    holidayDates.set(calendar, dates)
  }
  return dates
}
