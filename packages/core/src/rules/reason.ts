import type { Span } from './expression.ts'

/** Why a value could not be computed although everything it needs is known (semantics 2). */
export type ReasonCode =
  /** The divisor of `div` or `%` is zero. */
  | 'division-by-zero'
  /** A result, or a side of a comparison after its scale was aligned, is outside ±(2^53 − 1). */
  | 'overflow'
  /** A text is not a date that exists. */
  | 'no-such-date'
  /** A birth date lies after the date of the age. */
  | 'date-order'
  /** `min` or `max` of nothing. */
  | 'empty'

/** A reason and the part of the text whose value it kept from being known. */
export interface Reason extends Span {
  readonly code: ReasonCode
}
