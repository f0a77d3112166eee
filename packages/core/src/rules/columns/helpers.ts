import { codePointsOf } from '../compute.ts'
import { divide, inRange, remainder, totalOfHalves } from '../numbers.ts'
import { ageBetween, dateNumber, monthsBetweenNumbers } from './date-number.ts'
import type { TextCodes } from './text-codes.ts'

/** What a computation in columns calls for more than a sign; every one takes NaN and gives it back. */
export const helpers = {
  inRange,
  remainder,
  divide,
  age: ageBetween,
  monthsBetween: monthsBetweenNumbers,
  totalOfHalves,
  length: (texts: TextCodes, text: number): number => {
    const value = texts.textOf(text)
    return value === undefined ? Number.NaN : codePointsOf(value)
  },
  dateOf: (texts: TextCodes, text: number): number => dateNumber(texts.textOf(text) ?? ''),
  startsWith: (texts: TextCodes, text: number, part: number): Bits =>
    search(texts, text, part, (where, what) => where.startsWith(what)),
  endsWith: (texts: TextCodes, text: number, part: number): Bits =>
    search(texts, text, part, (where, what) => where.endsWith(what)),
  contains: (texts: TextCodes, text: number, part: number): Bits =>
    search(texts, text, part, (where, what) => where.includes(what)),
} as const

/** A truth: 0 false, 1 unknown, 3 true. */
export type Bits = 0 | 1 | 3

function search(
  texts: TextCodes,
  text: number,
  part: number,
  isFound: (where: string, what: string) => boolean,
): Bits {
  const where = texts.textOf(text)
  const what = texts.textOf(part)
  if (where === undefined || what === undefined) return 1
  return isFound(where, what) ? 3 : 0
}
