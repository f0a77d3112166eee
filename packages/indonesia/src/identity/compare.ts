import type { CivilDate } from '@lumbung/core/kernel'
import type { IdentityProblem } from './dated-number.ts'
import { parseIdentityNumber } from './identity-number.ts'

/** What is known of a person from elsewhere; what is not known is not compared. */
export interface KnownOfPerson {
  readonly birthDate?: CivilDate | undefined
  readonly sex?: 'female' | 'male' | undefined
}

/** Why a number and a person do not go together. None of it shows which of the two is wrong. */
export type IdentityWarning =
  | { readonly code: IdentityProblem }
  | {
      readonly code: 'identity/birth-date-differs'
      /** The days that the number can mean. */
      readonly expected: readonly CivilDate[]
      readonly found: CivilDate
      /** Whether day and month agree, so that only the year differs. */
      readonly onlyYearDiffers: boolean
    }
  | {
      readonly code: 'identity/sex-differs'
      readonly expected: 'female' | 'male'
      readonly found: 'female' | 'male'
    }

/**
 * Compares an identity number with what is known of a person: where they differ, a warning, never more, since a
 * number keeps what was registered first. A temporary number tells nothing that could be compared.
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { compareIdentity } from '@lumbung/indonesia'
 *
 * const number = '9901024507050001'
 * compareIdentity(number, { birthDate: parseCivilDate('2005-07-05'), sex: 'female' }) // => []
 * compareIdentity(number, { sex: 'male' }) // => [{ code: 'identity/sex-differs', expected: 'female', found: 'male' }]
 * ```
 */
export function compareIdentity(number: string, known: KnownOfPerson): readonly IdentityWarning[] {
  const { parts, problems } = parseIdentityNumber(number)
  const warnings: IdentityWarning[] = problems
    .filter((code) => code !== 'identity/temporary')
    .map((code) => ({ code }))
  if (parts === undefined) return warnings
  const { birthDates, sexHint } = parts
  const { birthDate, sex } = known
  if (birthDate !== undefined && birthDates.length > 0 && !birthDates.includes(birthDate)) {
    warnings.push({
      code: 'identity/birth-date-differs',
      expected: birthDates,
      found: birthDate,
      onlyYearDiffers: birthDates.some((date) => date.slice(5) === birthDate.slice(5)),
    })
  }
  if (sex !== undefined && sex !== sexHint) {
    warnings.push({ code: 'identity/sex-differs', expected: sexHint, found: sex })
  }
  return warnings
}
