/** So many digits stay visible: province and regency, which all of a village share as a rule. */
const visibleDigits = 4

/**
 * A text in which the digits of identity numbers cannot be read any more: only the first four are
 * kept, and none where there are fewer than eight.
 *
 * It takes any text, so that a number that was mistyped is masked as well, and its length can still be seen.
 *
 * @example
 * ```ts
 * import { maskIdentityNumber } from '@lumbung/indonesia'
 *
 * maskIdentityNumber('9901010101900001') // => '9901************'
 * maskIdentityNumber('99010101') // => '9901****'
 * maskIdentityNumber('9901 0101 0190 0001') // => '9901 **** **** ****'
 * maskIdentityNumber('none') // => 'none'
 * ```
 */
export function maskIdentityNumber(text: string): string {
  const total = text.replace(/\P{Nd}/gu, '').length
  let left = total < 2 * visibleDigits ? 0 : visibleDigits
  return text.replace(/\p{Nd}/gu, (digit) => {
    left -= 1
    return left >= 0 ? digit : '*'
  })
}
