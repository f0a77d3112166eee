import { factNumberMax } from './fact-types.ts'

/**
 * Whole numbers within ±(2^53 − 1), held as doubles; NaN stands for a number that is unknown or could not be
 * computed, so that it passes through every operation by itself. A sum or product of two such numbers that leaves
 * the range is rounded to something outside of it, never back into it, so that looking at the double is exact.
 */
export function inRange(value: number): number {
  // The addition turns a negative zero into zero, and a comparison with NaN is false.
  return value <= factNumberMax && value >= -factNumberMax ? value + 0 : Number.NaN
}

/** The dividend's sign stands; by zero it is NaN. */
export function remainder(dividend: number, divisor: number): number {
  return (dividend % divisor) + 0
}

/** The quotient with `scale` digits, rounded to nearest, halves away from zero (semantics 6); by zero it is NaN. */
export function divide(dividend: number, divisor: number, scale: number): number {
  const scaled = dividend * (powersOfTen[scale] ?? Number.NaN)
  if (divisor === 0 || Number.isNaN(scaled) || Number.isNaN(divisor)) return Number.NaN
  if (Math.abs(scaled) > factNumberMax) return divideExactly(dividend, divisor, scale)
  const rest = scaled % divisor
  const whole = (scaled - rest) / divisor
  const isRoundedAway = 2 * Math.abs(rest) >= Math.abs(divisor)
  return whole + (isRoundedAway ? (scaled < 0 === divisor < 0 ? 1 : -1) : 0) + 0
}

/** As {@link divide}, for a scaled dividend that a double no longer holds. */
function divideExactly(dividend: number, divisor: number, scale: number): number {
  const scaled = BigInt(dividend) * 10n ** BigInt(scale)
  const by = BigInt(divisor)
  const rest = scaled % by
  const isRoundedAway = 2n * magnitude(rest) >= magnitude(by)
  const away = isRoundedAway ? (scaled < 0n === by < 0n ? 1n : -1n) : 0n
  return inRange(Number(scaled / by + away))
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** 10^scale, for the scales of decimals and of what aligns them. */
export const powersOfTen: readonly number[] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

/** Two to the power of 26: of both parts of a number far more than a list has fit into a double. */
const half = 0x400_0000

/**
 * The exact total of any numbers (semantics 3), whatever their order: only the total is checked, so that a part of
 * the way may leave the range and come back. NaN where a number is.
 */
export function exactTotal(numbers: Iterable<number>): number {
  let high = 0
  let low = 0
  for (const number of numbers) {
    const part = Math.floor(number / half)
    high += part
    low += number - part * half
  }
  return totalOfHalves(high, low)
}

/** The total of which the multiples of 2^26 and the rest were summed apart, so that no step was rounded. */
export function totalOfHalves(high: number, low: number): number {
  const carry = Math.floor(low / half)
  return inRange((high + carry) * half + (low - carry * half))
}
