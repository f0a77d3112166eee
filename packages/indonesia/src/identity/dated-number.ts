import { type CivilDate, isCivilDate } from '@lumbung/core/kernel'

/** What may be wrong with a number, in the order in which it is looked for. */
export type IdentityProblem =
  /** It is empty, or holds something other than digits. */
  | 'identity/not-digits'
  /** It has not 16 digits. */
  | 'identity/wrong-length'
  /** It begins with 0, which no province does: a register gave it for the time being, and it tells nothing else. */
  | 'identity/temporary'
  /** The digits of the day name no day, in no century. */
  | 'identity/no-such-day'
  /** The serial number is 0000, but the first one is 0001. */
  | 'identity/no-serial'

/** The parts of a number of 16 digits: region, day, serial. */
export interface DatedNumber {
  readonly digits: string
  readonly region: string
  /** The day as it is written, with 40 added for women in some numbers. */
  readonly writtenDay: number
  readonly month: number
  readonly yearOfCentury: number
  readonly serial: string
}

/** Takes a number apart, or says why it cannot be. White space around and within it does not count. */
export function splitNumber(text: string): DatedNumber | IdentityProblem {
  const digits = text.replace(/\s+/g, '')
  if (!/^\d+$/.test(digits)) return 'identity/not-digits'
  if (digits.length !== 16) return 'identity/wrong-length'
  if (digits.startsWith('0')) return 'identity/temporary'
  return {
    digits,
    region: `${digits.slice(0, 2)}.${digits.slice(2, 4)}.${digits.slice(4, 6)}`,
    writtenDay: Number(digits.slice(6, 8)),
    month: Number(digits.slice(8, 10)),
    yearOfCentury: Number(digits.slice(10, 12)),
    serial: digits.slice(12),
  }
}

/** The days that a day, a month and the last two digits of a year can mean; of two centuries, since none is told. */
export function candidateDates(day: number, month: number, yearOfCentury: number): readonly CivilDate[] {
  const padded = (part: number) => String(part).padStart(2, '0')
  return ['19', '20']
    .map((century) => `${century}${padded(yearOfCentury)}-${padded(month)}-${padded(day)}`)
    .filter(isCivilDate)
}
