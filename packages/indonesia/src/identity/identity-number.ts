import type { CivilDate } from '@lumbung/core/kernel'
import { candidateDates, type IdentityProblem, splitNumber } from './dated-number.ts'

/** On the day of the month of a woman so much is added. */
const femaleDayOffset = 40

/** What stands in an identity number. It is what was registered first, so none of it is certain today. */
export interface IdentityNumberParts {
  readonly digits: string
  /** Where the number was first registered, `PP.KK.CC`: neither the place of birth nor where the person lives. */
  readonly region: string
  readonly birthDay: number
  readonly birthMonth: number
  /** The last two digits of the year; the century is not told. */
  readonly birthYearOfCentury: number
  /** Every existing day that this can mean, the earlier century first; empty where there is none. */
  readonly birthDates: readonly CivilDate[]
  /** As first registered: the day of women has 40 added. A hint, never a fact. */
  readonly sexHint: 'female' | 'male'
  readonly serial: string
}

/** An identity number taken apart, and what is wrong with it. */
export interface IdentityNumberReading {
  readonly parts?: IdentityNumberParts
  readonly problems: readonly IdentityProblem[]
}

/**
 * Takes apart an identity number (NIK): region, day of birth with 40 added for women, serial.
 *
 * A number has no check digit and keeps what was registered first for life, through a move and through a
 * corrected birth date. So this tells what is written, and claims nothing about the person: the century stays
 * open, and both birth dates are kept. Source: PP 37/2007 art. 37 and PP 40/2019 art. 30(2) as reported by
 * offices of civil registration; confidence medium.
 *
 * @example
 * ```ts
 * import { parseIdentityNumber } from '@lumbung/indonesia'
 *
 * const { parts, problems } = parseIdentityNumber('9901024507050001')
 * parts?.region // => '99.01.02'
 * parts?.birthDates // => ['1905-07-05', '2005-07-05']
 * parts?.sexHint // => 'female'
 * problems // => []
 * parseIdentityNumber('990102').problems // => ['identity/wrong-length']
 * ```
 */
export function parseIdentityNumber(text: string): IdentityNumberReading {
  const split = splitNumber(text)
  if (typeof split === 'string') return { problems: [split] }
  const { writtenDay, month, yearOfCentury, ...rest } = split
  const isFemale = writtenDay > femaleDayOffset
  const birthDay = isFemale ? writtenDay - femaleDayOffset : writtenDay
  const birthDates = candidateDates(birthDay, month, yearOfCentury)
  const problems: IdentityProblem[] = []
  if (birthDates.length === 0) problems.push('identity/no-such-day')
  if (rest.serial === '0000') problems.push('identity/no-serial')
  return {
    parts: {
      digits: rest.digits,
      region: rest.region,
      birthDay,
      birthMonth: month,
      birthYearOfCentury: yearOfCentury,
      birthDates,
      sexHint: isFemale ? 'female' : 'male',
      serial: rest.serial,
    },
    problems,
  }
}
