import { ageOn, isDate, monthsFrom } from './dates.ts'
import type { ScalarValue } from './fact-values.ts'
import { divide, inRange, powersOfTen, remainder } from './numbers.ts'
import type { OperationName } from './operations.ts'
import type { ReasonCode } from './reason.ts'

/** What a strict operation makes of known operands: a value, or why there is none. */
export type Computed =
  | { readonly value: ScalarValue; readonly reason: null }
  | { readonly value: null; readonly reason: ReasonCode }

type Compute = (a: ScalarValue, b: ScalarValue | undefined, scale: number) => Computed

/**
 * What computes a strict operation on known operands, the second one undefined where it takes one (semantics 2, 5, 6
 * and 7). It is total: operands of a type that the checker would not have let through give no wrong number either.
 */
export function computeOf(operation: OperationName): Compute {
  return rows[operation]
}

const rows: Readonly<Record<OperationName, Compute>> = {
  negate: (a) => ranged(0 - numberOf(a)),
  add: (a, b) => ranged(numberOf(a) + numberOf(b)),
  subtract: (a, b) => ranged(numberOf(a) - numberOf(b)),
  multiply: (a, b) => ranged(numberOf(a) * numberOf(b)),
  remainder: (a, b) => (b === 0 ? failed('division-by-zero') : ranged(remainder(numberOf(a), numberOf(b)))),
  divide: (a, b, scale) =>
    b === 0 ? failed('division-by-zero') : ranged(divide(numberOf(a), numberOf(b), scale)),
  rescale: (a, _, scale) => ranged(numberOf(a) * (powersOfTen[scale] ?? Number.NaN)),
  equal: (a, b) => computed(a === b),
  notEqual: (a, b) => computed(a !== b),
  less: (a, b) => computed(isLess(a, b)),
  lessOrEqual: (a, b) => computed(!isLess(b, a)),
  greater: (a, b) => computed(isLess(b, a)),
  greaterOrEqual: (a, b) => computed(!isLess(a, b)),
  startsWith: (text, part) => computed(textOf(text).startsWith(textOf(part))),
  endsWith: (text, part) => computed(textOf(text).endsWith(textOf(part))),
  contains: (text, part) => computed(textOf(text).includes(textOf(part))),
  length: (text) => computed(codePointsOf(textOf(text))),
  dateOf: (text) => (isDate(textOf(text)) ? computed(textOf(text)) : failed('no-such-date')),
  age: (birth, on) => {
    const years = ageOn(textOf(birth), textOf(on))
    return Number.isNaN(years) ? failed('date-order') : computed(years)
  },
  monthsBetween: (from, to) => computed(monthsFrom(textOf(from), textOf(to))),
}

const yes: Computed = { value: true, reason: null }
const no: Computed = { value: false, reason: null }

function computed(value: ScalarValue): Computed {
  if (value === true) return yes
  return value === false ? no : { value, reason: null }
}

function failed(reason: ReasonCode): Computed {
  return { value: null, reason }
}

function ranged(result: number): Computed {
  const value = inRange(result)
  return Number.isNaN(value) ? failed('overflow') : computed(value)
}

function numberOf(value: ScalarValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN
}

function textOf(value: ScalarValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function isLess(a: ScalarValue | undefined, b: ScalarValue | undefined): boolean {
  return a !== undefined && b !== undefined && a < b
}

/** Length in code points (semantics 5). Lone surrogates are refused at the door, so each pair is one. */
export function codePointsOf(text: string): number {
  let pairs = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 0xd800 && code <= 0xdbff) pairs += 1
  }
  return text.length - pairs
}
