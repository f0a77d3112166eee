import * as z from 'zod'
import { addDays, type CivilDate, parseCivilDate } from './civil-date.ts'
import { LumbungError } from './errors.ts'

/**
 * A moment in time, always UTC with milliseconds: `2026-11-24T03:15:00.000Z`, years 0001 to 9999.
 *
 * One form only, so that text order is time order and equal moments are equal texts.
 *
 * @example
 * ```ts
 * import { Instant } from '@lumbung/core/kernel'
 *
 * Instant.safeParse('2026-11-24T03:15:00.000Z').success // => true
 * Instant.safeParse('2026-11-24T10:15:00.000+07:00').success // => false
 * Instant.safeParse('2026-11-24T03:15:00Z').success // => false
 * ```
 */
export const Instant = z.iso
  .datetime({ precision: 3 })
  .refine((text) => !text.startsWith('0000'), { error: 'Years run from 0001 to 9999' })
  .brand<'Instant'>()

/** A text that the schema of the same name has accepted. */
export type Instant = z.infer<typeof Instant>

/**
 * The instant of a count of milliseconds since 1970-01-01T00:00:00Z, as clocks give it.
 *
 * @throws `time/invalid` if it is not a whole number, or lies outside the years 0001 to 9999; details: `epochMs`
 *
 * @example
 * ```ts
 * import { instantOf } from '@lumbung/core/kernel'
 *
 * instantOf(0) // => '1970-01-01T00:00:00.000Z'
 * instantOf(0.5) // throws 'time/invalid'
 * ```
 */
export function instantOf(epochMs: number): Instant {
  const date = new Date(epochMs)
  const year = date.getUTCFullYear()
  if (Number.isInteger(epochMs) && year >= 1 && year <= 9999) {
    // Within these years toISOString writes the one form that the schema accepts.
    return date.toISOString() as Instant
  }
  throw new LumbungError('time/invalid', 'The number is no instant of the years 0001 to 9999.', {
    details: { epochMs },
  })
}

/**
 * The milliseconds from 1970-01-01T00:00:00Z to the instant; negative before it.
 *
 * @example
 * ```ts
 * import { epochMsOf, Instant } from '@lumbung/core/kernel'
 *
 * epochMsOf(Instant.parse('1970-01-01T00:00:01.500Z')) // => 1500
 * ```
 */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant)
}

/**
 * The civil date that a clock in an IANA time zone shows at an instant.
 *
 * @throws `time/unknown-zone` if the runtime knows no such zone; details: `timeZone`
 * @throws `date/out-of-range` if the date there leaves the years 0001 to 9999; details: `date`, `amount`
 *
 * @example
 * ```ts
 * import { civilDateIn, Instant } from '@lumbung/core/kernel'
 *
 * const evening = Instant.parse('2026-11-24T17:30:00.000Z')
 * civilDateIn(evening, 'UTC') // => '2026-11-24'
 * civilDateIn(evening, 'Asia/Jakarta') // => '2026-11-25'
 * civilDateIn(evening, 'Mars/Olympus') // throws 'time/unknown-zone'
 * ```
 */
export function civilDateIn(instant: Instant, timeZone: string): CivilDate {
  const dateInUtc = parseCivilDate(instant.slice(0, 10))
  const dayOfMonth = Number(dayFormatOf(timeZone).format(epochMsOf(instant)))
  if (dayOfMonth === dayOf(dateInUtc)) return dateInUtc
  // No zone is a whole day away from UTC, so the clock there shows the day after or the day before. Asking only
  // for the day of the month keeps eras and the forms of early years, which differ by runtime, out of this.
  const dayAfter = addDays(dateInUtc, 1)
  return dayOfMonth === dayOf(dayAfter) ? dayAfter : addDays(dateInUtc, -1)
}

function dayOf(date: CivilDate): number {
  return Number(date.slice(8))
}

/** Making a format costs a thousand times more than using it, and a process meets few zones. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormatOf(timeZone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(timeZone)
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', { timeZone, day: 'numeric' })
    } catch (cause) {
      throw new LumbungError('time/unknown-zone', 'The runtime knows no time zone of this name.', {
        details: { timeZone },
        cause,
      })
    }
    dayFormats.set(timeZone, format)
  }
  return format
}
