import { WorkingCalendar } from '@lumbung/core/kernel'
import { nationalHolidays } from './holidays.ts'

/**
 * The working days of Indonesia in 2025 and 2026, for deadlines: national holidays, and days of collective leave
 * where asked for. A village adds its own days by a calendar of its own.
 *
 * The confidence is that of the least certain day in it.
 *
 * @param options.workingWeekDays 5 (rest on Saturday and Sunday, the default) or 6 (on Sunday alone).
 * @param options.withCollectiveLeave Whether nobody works on days of collective leave, as in public offices.
 *   Default: true.
 *
 * @example
 * ```ts
 * import { addWorkingDays, parseCivilDate } from '@lumbung/core/kernel'
 * import { indonesianWorkingCalendar } from '@lumbung/indonesia'
 *
 * const calendar = indonesianWorkingCalendar()
 * addWorkingDays(calendar, parseCivilDate('2026-03-17'), 1) // => '2026-03-25'
 * calendar.confidence // => 'low'
 * addWorkingDays(calendar, parseCivilDate('2026-12-31'), 1) // throws 'calendar/unknown-date'
 * ```
 */
export function indonesianWorkingCalendar(
  options: { readonly workingWeekDays?: 5 | 6; readonly withCollectiveLeave?: boolean } = {},
): WorkingCalendar {
  const { workingWeekDays = 5, withCollectiveLeave = true } = options
  const days = nationalHolidays.filter(({ kind }) => withCollectiveLeave || kind === 'national-holiday')
  const confidence = (['low', 'medium'] as const).find((one) => days.some((day) => day.confidence === one))
  return WorkingCalendar.parse({
    restDays: workingWeekDays === 5 ? [6, 7] : [7],
    holidays: days.map(({ date, name }) => ({ date, name })),
    known: { from: '2025-01-01', to: '2027-01-01' },
    source: [...new Set(days.map(({ source }) => source))].join('; '),
    confidence: confidence ?? 'high',
  })
}
