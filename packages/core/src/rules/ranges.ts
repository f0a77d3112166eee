import type { NumberRange } from './expression.ts'
import { factNumberMax } from './fact-types.ts'
import type { OperationName } from './operations.ts'

/** Every number that a rule reckons with. */
export const fullRange: NumberRange = { minimum: -factNumberMax, maximum: factNumberMax }

/** The bounds of a result, and whether it may leave them: then it must be checked, and within them it stays. */
export interface ResultRange {
  readonly range: NumberRange
  readonly guarded: boolean
}

/** A text of 2^30 code points fits into no store. */
export const lengthRange: NumberRange = { minimum: 0, maximum: 2 ** 30 - 1 }

/** Civil dates run from year 1 to 9999, so that an age ends there. */
export const ageRange: NumberRange = { minimum: 0, maximum: 9998 }

/** From 0001-01-01 to 9999-12-31, and back, where the day of the month takes one more. */
export const monthsRange: NumberRange = { minimum: -119_988, maximum: 119_987 }

/** `minimum` and `maximum` may be rounded once they are beyond 2^53: then they are out of range all the same. */
export function clampRange(minimum: number, maximum: number): ResultRange {
  const guarded = minimum < -factNumberMax || maximum > factNumberMax
  // Adding 0 takes the sign of zero away.
  const low = Math.min(Math.max(minimum, -factNumberMax), factNumberMax) + 0
  const high = Math.max(Math.min(maximum, factNumberMax), -factNumberMax) + 0
  return { range: { minimum: low, maximum: high }, guarded }
}

export function rangeOfSum(a: NumberRange, b: NumberRange): ResultRange {
  return clampRange(a.minimum + b.minimum, a.maximum + b.maximum)
}

export function negatedRange(a: NumberRange): NumberRange {
  return { minimum: -a.maximum + 0, maximum: -a.minimum + 0 }
}

export function rangeOfProduct(a: NumberRange, b: NumberRange): ResultRange {
  const corners = [a.minimum * b.minimum, a.minimum * b.maximum, a.maximum * b.minimum, a.maximum * b.maximum]
  return clampRange(Math.min(...corners), Math.max(...corners))
}

/** Of a times 10^digits. */
export function rescaledRange(a: NumberRange, digits: number): ResultRange {
  return clampRange(a.minimum * 10 ** digits, a.maximum * 10 ** digits)
}

export function rangeOfRemainder(a: NumberRange, b: NumberRange): ResultRange {
  const furthest = Math.max(furthestFromZero(b) - 1, 0)
  return {
    range: {
      minimum: a.minimum < 0 ? -Math.min(-a.minimum, furthest) + 0 : 0,
      maximum: a.maximum > 0 ? Math.min(a.maximum, furthest) : 0,
    },
    guarded: holdsZero(b),
  }
}

/** Of a divided by b, to so many digits after the point. */
export function rangeOfQuotient(a: NumberRange, b: NumberRange, digits: number): ResultRange {
  const nearest = holdsZero(b) ? 1 : Math.min(Math.abs(b.minimum), Math.abs(b.maximum))
  // Rounded up, and by more than the division itself may be off.
  const bound = Math.ceil(((furthestFromZero(a) * 10 ** digits) / nearest) * (1 + 2 ** -50))
  const furthest = digits === 0 ? Math.min(bound, furthestFromZero(a)) : bound
  const isNeverNegative = (a.minimum >= 0 && b.minimum >= 0) || (a.maximum <= 0 && b.maximum <= 0)
  const isNeverPositive = (a.minimum >= 0 && b.maximum <= 0) || (a.maximum <= 0 && b.minimum >= 0)
  const result = clampRange(isNeverNegative ? 0 : -furthest, isNeverPositive ? 0 : furthest)
  return { range: result.range, guarded: result.guarded || holdsZero(b) }
}

/** Of the total of at most so many terms. */
export function rangeOfTotal(term: NumberRange, termsMax: number): ResultRange {
  return clampRange(Math.min(0, term.minimum * termsMax), Math.max(0, term.maximum * termsMax))
}

export function unitedRange(a: NumberRange, b: NumberRange): NumberRange {
  return { minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) }
}

function holdsZero({ minimum, maximum }: NumberRange): boolean {
  return minimum <= 0 && maximum >= 0
}

function furthestFromZero({ minimum, maximum }: NumberRange): number {
  return Math.max(Math.abs(minimum), Math.abs(maximum))
}

/** What the ranges of the operands prove of a result; `digits` are those of `divide` and `rescale`. */
export function rangeOfOperation(
  operation: OperationName,
  [a = fullRange, b = fullRange]: readonly NumberRange[],
  digits: number,
): { readonly range?: NumberRange; readonly guarded: boolean } {
  switch (operation) {
    case 'negate':
      return { range: negatedRange(a), guarded: false }
    case 'add':
      return rangeOfSum(a, b)
    case 'subtract':
      return rangeOfSum(a, negatedRange(b))
    case 'multiply':
      return rangeOfProduct(a, b)
    case 'remainder':
      return rangeOfRemainder(a, b)
    case 'divide':
      return rangeOfQuotient(a, b, digits)
    case 'rescale':
      return rescaledRange(a, digits)
    case 'length':
      return { range: lengthRange, guarded: false }
    case 'age':
      return { range: ageRange, guarded: true }
    case 'monthsBetween':
      return { range: monthsRange, guarded: false }
    case 'dateOf':
      return { guarded: true }
    default:
      return { guarded: false }
  }
}
