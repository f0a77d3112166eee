import * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * An exact fraction in lowest terms with a positive denominator: a rate, a share, a weight.
 *
 * Equal ratios have equal parts, since there is one way only to write each.
 *
 * @example
 * ```ts
 * import { Ratio } from '@lumbung/core/kernel'
 *
 * Ratio.safeParse({ numerator: 1n, denominator: 3n }).success // => true
 * Ratio.safeParse({ numerator: 2n, denominator: 6n }).success // => false
 * ```
 */
export const Ratio = z
  .strictObject({ numerator: z.bigint(), denominator: z.bigint().positive() })
  .refine(({ numerator, denominator }) => greatestCommonDivisor(numerator, denominator) === 1n, {
    error: 'A ratio is written in lowest terms',
  })
  .readonly()
  .brand<'Ratio'>()

/** A fraction that the schema of the same name has accepted, or that a function such as {@link ratioOf} has made. */
export type Ratio = z.infer<typeof Ratio>

/**
 * How a value between two neighbours is rounded. `half-…` goes to the nearest one and says what happens to a
 * value that lies in the middle.
 */
export type Rounding = 'half-away-from-zero' | 'half-to-even' | 'toward-zero' | 'away-from-zero'

/**
 * The ratio of two whole numbers.
 *
 * @param denominator Default 1, which makes a ratio of a whole number.
 *
 * @throws `ratio/zero-denominator` if the denominator is zero; details: `numerator`
 * @throws `ratio/not-whole-number` if a part is a number that is no safe integer; details: `value`
 *
 * @example
 * ```ts
 * import { ratioOf } from '@lumbung/core/kernel'
 *
 * ratioOf(6, -4) // => { numerator: -3n, denominator: 2n }
 * ratioOf(1, 0) // throws 'ratio/zero-denominator'
 * ```
 */
export function ratioOf(numerator: bigint | number, denominator: bigint | number = 1n): Ratio {
  const over = wholeNumber(numerator)
  const under = wholeNumber(denominator)
  if (under === 0n) {
    throw new LumbungError('ratio/zero-denominator', 'A ratio has no zero below the line.', {
      details: { numerator: over },
    })
  }
  const divisor = greatestCommonDivisor(over, under) * (under < 0n ? -1n : 1n)
  // In lowest terms, with the sign above the line: what the schema asks for.
  return Object.freeze({ numerator: over / divisor, denominator: under / divisor }) as Ratio
}

const ratioForms = /^(?<over>-?\d+)\/(?<under>\d+)$|^(?<whole>-?\d+)(?:\.(?<fraction>\d+))?(?<percent>%)?$/

/**
 * Reads a ratio from a fraction (`1/3`), a plain decimal (`0.125`, `-2`) or a percentage (`18%`, `0.5%`).
 *
 * @throws `ratio/invalid` if the text has another form or divides by zero; details: `text`
 *
 * @example
 * ```ts
 * import { parseRatio } from '@lumbung/core/kernel'
 *
 * parseRatio('18%') // => { numerator: 9n, denominator: 50n }
 * parseRatio('0.125') // => { numerator: 1n, denominator: 8n }
 * parseRatio('1,5') // throws 'ratio/invalid'
 * ```
 */
export function parseRatio(text: string): Ratio {
  const { over, under, whole, fraction = '', percent } = ratioForms.exec(text)?.groups ?? {}
  if (whole !== undefined) {
    return ratioOf(BigInt(whole + fraction), 10n ** BigInt(fraction.length) * (percent ? 100n : 1n))
  }
  if (over !== undefined && under !== undefined && BigInt(under) !== 0n) {
    return ratioOf(BigInt(over), BigInt(under))
  }
  throw new LumbungError('ratio/invalid', 'The text is no fraction, plain decimal or percentage.', {
    details: { text },
  })
}

/**
 * The ratio as a fraction, or as a whole number where it is one; {@link parseRatio} reads it back.
 *
 * @example
 * ```ts
 * import { ratioOf, ratioText } from '@lumbung/core/kernel'
 *
 * ratioText(ratioOf(-2, 6)) // => '-1/3'
 * ratioText(ratioOf(6, 2)) // => '3'
 * ```
 */
export function ratioText({ numerator, denominator }: Ratio): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`
}

/**
 * The exact sum of two ratios.
 *
 * @example
 * ```ts
 * import { addRatios, ratioOf } from '@lumbung/core/kernel'
 *
 * addRatios(ratioOf(1, 3), ratioOf(1, 6)) // => { numerator: 1n, denominator: 2n }
 * ```
 */
export function addRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

/**
 * The exact difference `a - b`.
 *
 * @example
 * ```ts
 * import { ratioOf, subtractRatios } from '@lumbung/core/kernel'
 *
 * subtractRatios(ratioOf(1, 3), ratioOf(1, 2)) // => { numerator: -1n, denominator: 6n }
 * ```
 */
export function subtractRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
}

/**
 * The exact product of two ratios.
 *
 * @example
 * ```ts
 * import { multiplyRatios, ratioOf } from '@lumbung/core/kernel'
 *
 * multiplyRatios(ratioOf(2, 3), ratioOf(3, 4)) // => { numerator: 1n, denominator: 2n }
 * ```
 */
export function multiplyRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.numerator, a.denominator * b.denominator)
}

/**
 * The exact quotient `a / b`.
 *
 * @throws `ratio/zero-denominator` if `b` is zero; details: `numerator`
 *
 * @example
 * ```ts
 * import { divideRatios, ratioOf } from '@lumbung/core/kernel'
 *
 * divideRatios(ratioOf(1, 3), ratioOf(2)) // => { numerator: 1n, denominator: 6n }
 * divideRatios(ratioOf(1, 3), ratioOf(0)) // throws 'ratio/zero-denominator'
 * ```
 */
export function divideRatios(a: Ratio, b: Ratio): Ratio {
  return ratioOf(a.numerator * b.denominator, a.denominator * b.numerator)
}

/**
 * -1, 0 or 1 as `a` is less than, equal to or greater than `b`: a comparator for sorting.
 *
 * @example
 * ```ts
 * import { compareRatios, ratioOf } from '@lumbung/core/kernel'
 *
 * compareRatios(ratioOf(1, 3), ratioOf(1, 2)) // => -1
 * ```
 */
export function compareRatios(a: Ratio, b: Ratio): -1 | 0 | 1 {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * The ratio as a whole number of units of 10^-`scale`: at scale 2, one third is 33.
 *
 * @param scale Digits after the decimal point, 0 or more.
 * @param rounding Default `half-away-from-zero` (-2.5 gives -3), which is what the public expects of a sum of
 * money or a published figure.
 *
 * @throws `ratio/invalid-scale` if the scale is no whole number from 0; details: `scale`
 * @throws `ratio/malformed` if it was not made by {@link Ratio} and has no positive denominator; details: `ratio`
 *
 * @example
 * ```ts
 * import { parseRatio, roundRatio } from '@lumbung/core/kernel'
 *
 * roundRatio(parseRatio('1/3'), 2) // => 33n
 * roundRatio(parseRatio('-2.5'), 0) // => -3n
 * roundRatio(parseRatio('-2.5'), 0, 'half-to-even') // => -2n
 * ```
 */
export function roundRatio(ratio: Ratio, scale: number, rounding?: Rounding): bigint {
  requireScale(scale)
  const { numerator, denominator } = requireRatio(ratio)
  return roundQuotient(numerator * 10n ** BigInt(scale), denominator, rounding)
}

/** The whole number next to a quotient, by a positive divisor. Default: halves away from zero. */
export function roundQuotient(
  dividend: bigint,
  divisor: bigint,
  rounding: Rounding = 'half-away-from-zero',
): bigint {
  const quotient = dividend / divisor
  const rest = magnitude(dividend % divisor)
  if (rest === 0n || !roundsAway(rounding, 2n * rest - divisor, quotient)) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}

/** Whether a value with a rest goes on to the neighbour beyond; `beyondHalf` is 0 in the very middle. */
function roundsAway(rounding: Rounding, beyondHalf: bigint, quotient: bigint): boolean {
  switch (rounding) {
    case 'half-away-from-zero':
      return beyondHalf >= 0n
    case 'half-to-even':
      return beyondHalf > 0n || (beyondHalf === 0n && quotient % 2n !== 0n)
    case 'toward-zero':
      return false
    case 'away-from-zero':
      return true
  }
}

/**
 * The double that is nearest to the ratio, for charts and statistics; never for money.
 *
 * It is correctly rounded (ties to the even one) for parts of any size, except that a result below 2^-1022
 * may be off by one in its last bit. What is too large for a double becomes infinite, as in all its arithmetic.
 *
 * @example
 * ```ts
 * import { ratioOf, ratioToNumber } from '@lumbung/core/kernel'
 *
 * ratioToNumber(ratioOf(1, 3)) // => 0.3333333333333333
 * ratioToNumber(ratioOf(10n ** 400n, 4n * 10n ** 400n)) // => 0.25
 * ```
 */
export function ratioToNumber({ numerator, denominator }: Ratio): number {
  const over = magnitude(numerator)
  // Chosen so that the quotient has 60 bits or more: those of a double, and enough below them to round by.
  const shift = 64 + bitLengthAtMost(denominator) - bitLengthAtMost(over)
  const dividend = shift > 0 ? over << BigInt(shift) : over
  const divisor = shift < 0 ? denominator << BigInt(-shift) : denominator
  // A rest sets the last bit, so that what lies just above the middle is not taken for it.
  const quotient = (dividend / divisor) | (dividend % divisor === 0n ? 0n : 1n)
  // 2^-shift may be too small for a double where the result is not, hence the two steps.
  const half = Math.trunc(shift / 2)
  const result = Number(quotient) * 2 ** -half * 2 ** (half - shift)
  return numerator < 0n ? -result : result
}

/** Refuses what only a cast or plain JavaScript can pass for a ratio, before it makes a wrong amount of money. */
export function requireRatio(ratio: Ratio): Ratio {
  if (isRatio(ratio)) return ratio
  throw new LumbungError(
    'ratio/malformed',
    'A ratio has two whole numbers, and a positive one below the line.',
    {
      details: { ratio },
    },
  )
}

/** Whether a value has the parts of a ratio, of which no result depends on lowest terms. */
export function isRatio(value: unknown): value is Ratio {
  if (typeof value !== 'object' || value === null) return false
  if (!('numerator' in value && 'denominator' in value)) return false
  const { numerator, denominator } = value
  return typeof numerator === 'bigint' && typeof denominator === 'bigint' && denominator > 0n
}

/** Refuses a number of decimal digits that is not a whole number from 0. */
export function requireScale(scale: number): void {
  if (Number.isSafeInteger(scale) && scale >= 0) return
  throw new LumbungError('ratio/invalid-scale', 'A scale is a whole number of decimal digits from 0.', {
    details: { scale },
  })
}

/** The greatest whole number that divides both; never negative, and 0 only for two zeros. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [dividend, divisor] = [magnitude(a), magnitude(b)]
  while (divisor !== 0n) [dividend, divisor] = [divisor, dividend % divisor]
  return dividend
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** The number of bits, rounded up to whole hexadecimal digits. */
function bitLengthAtMost(value: bigint): number {
  return 4 * value.toString(16).length
}

function wholeNumber(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value
  if (Number.isSafeInteger(value)) return BigInt(value)
  throw new LumbungError('ratio/not-whole-number', 'The part of a ratio is no safe integer.', {
    details: { value },
  })
}
