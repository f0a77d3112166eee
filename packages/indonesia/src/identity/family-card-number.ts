import type { CivilDate } from '@lumbung/core/kernel'
import { candidateDates, type IdentityProblem, splitNumber } from './dated-number.ts'

/** What stands in the number of a family card. */
export interface FamilyCardNumberParts {
  readonly digits: string
  /** Where the card was issued, `PP.KK.CC`. */
  readonly region: string
  /** Every existing day of issue that the digits can mean, the earlier century first; empty where there is none. */
  readonly issueDates: readonly CivilDate[]
  readonly serial: string
}

/** The number of a family card taken apart, and what is wrong with it. */
export interface FamilyCardNumberReading {
  readonly parts?: FamilyCardNumberParts
  readonly problems: readonly IdentityProblem[]
}

/**
 * Takes apart the number of a family card (no. KK): region, day of issue, serial.
 *
 * That it has 16 digits is certain. That the middle is the day of issue is from memory (confidence low), so a
 * number without such a day is nothing to refuse.
 *
 * @example
 * ```ts
 * import { parseFamilyCardNumber } from '@lumbung/indonesia'
 *
 * const { parts, problems } = parseFamilyCardNumber('9901021703110004')
 * parts?.issueDates // => ['1911-03-17', '2011-03-17']
 * parts?.serial // => '0004'
 * problems // => []
 * ```
 */
export function parseFamilyCardNumber(text: string): FamilyCardNumberReading {
  const split = splitNumber(text)
  if (typeof split === 'string') return { problems: [split] }
  const { digits, region, writtenDay, month, yearOfCentury, serial } = split
  const issueDates = candidateDates(writtenDay, month, yearOfCentury)
  const problems: IdentityProblem[] = []
  if (issueDates.length === 0) problems.push('identity/no-such-day')
  if (serial === '0000') problems.push('identity/no-serial')
  return { parts: { digits, region, issueDates, serial }, problems }
}
