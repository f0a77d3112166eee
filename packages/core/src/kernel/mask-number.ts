/** What stands for a hidden character; no number holds it. */
const masking = '•'

/** So many characters of a number stay visible at its beginning and its end. */
const [visibleFirst, visibleLast] = [2, 4]

/**
 * A number with most of its characters hidden; whoever needs them all opens it on purpose. One so short that it is
 * nobody's identity number stands as it is.
 *
 * @example
 * ```ts
 * import { maskNumber } from '@lumbung/core/kernel'
 *
 * maskNumber('9999-TEST-0001') // => '99••••••••0001'
 * maskNumber('042') // => '042'
 * ```
 */
export function maskNumber(number: string): string {
  const hidden = number.length - visibleFirst - visibleLast
  if (hidden <= 0) return number
  return `${number.slice(0, visibleFirst)}${masking.repeat(hidden)}${number.slice(-visibleLast)}`
}

/**
 * Whether a number is one that was masked, and so tells nobody's.
 *
 * @example
 * ```ts
 * import { isMaskedNumber } from '@lumbung/core/kernel'
 *
 * isMaskedNumber('99••••••••0001') // => true
 * ```
 */
export function isMaskedNumber(number: string): boolean {
  return number.includes(masking)
}

/**
 * A text in which no digits of a number can be read any more but those that {@link maskNumber} shows, and none where
 * these would be half of them or more. It takes any text, so that a number that was mistyped, or strayed into a
 * sentence, is masked as well, and its length can still be seen.
 *
 * @example
 * ```ts
 * import { maskDigits } from '@lumbung/core/kernel'
 *
 * maskDigits('9999 0101 0190 0001') // => '99•• •••• •••• 0001'
 * maskDigits('99990101') // => '••••••••'
 * maskDigits('none') // => 'none'
 * ```
 */
export function maskDigits(text: string): string {
  const total = text.replace(/\P{Nd}/gu, '').length
  const showsAny = total >= 2 * (visibleFirst + visibleLast)
  let at = 0
  return text.replace(/\p{Nd}/gu, (digit) => {
    const isVisible = at < visibleFirst || at >= total - visibleLast
    at += digit.length
    return showsAny && isVisible ? digit : masking
  })
}
