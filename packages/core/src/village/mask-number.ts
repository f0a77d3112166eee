/** What stands for a hidden character; no number holds it. */
const masking = '•'

/**
 * A number with most of its characters hidden; whoever needs them all opens it on purpose. One so short that it is
 * nobody's identity number stands as it is.
 *
 * @example
 * ```ts
 * import { maskNumber } from '@lumbung/core/village'
 *
 * maskNumber('9999-TEST-0001') // => '99••••••••0001'
 * maskNumber('042') // => '042'
 * ```
 */
export function maskNumber(number: string): string {
  if (number.length <= 6) return number
  return `${number.slice(0, 2)}${masking.repeat(number.length - 6)}${number.slice(-4)}`
}

/**
 * Whether a number is one that was masked, and so tells nobody's.
 *
 * @example
 * ```ts
 * import { isMaskedNumber } from '@lumbung/core/village'
 *
 * isMaskedNumber('99••••••••0001') // => true
 * ```
 */
export function isMaskedNumber(number: string): boolean {
  return number.includes(masking)
}
