import type { Expression, ListExpression } from '../expression.ts'
import type { Cell, Enter, Frame, Read } from './frame.ts'

/** A truth value as it is reckoned with: AND is the least, OR the greatest, NOT what is left to 2 (semantics 1). */
export type Kleene = 0 | 1 | 2

/** A part of a rule that gives a truth value. */
export type Truth = () => Kleene
/** A part of a rule that gives a number or money; NaN where it is unknown. */
export type Amount = () => number
/** A part of a rule that gives a text, a date or a label; null where it is unknown. */
export type Text = () => string | null

/** A list and what is made of each of its elements. */
export interface Loop<Body> {
  /** The list as it was given, unfiltered. */
  readonly read: Read
  readonly enter: Enter
  /** As in what the frame gives: instead of entering, an element may be put there. */
  readonly only: Cell | undefined
  /** Whether an element passes the filters; undefined where there are none. */
  readonly admits: Truth | undefined
  readonly body: Body
}

/** Compiles the parts of one rule, so that each kind of value can stand in a file of its own. */
export interface Compiler {
  readonly frame: Frame
  readonly truth: (expression: Expression) => Truth
  readonly amount: (expression: Expression) => Amount
  readonly text: (expression: Expression) => Text
  /** How many elements a list has; NaN where that is unknown. */
  readonly size: (list: ListExpression) => Amount
  readonly loop: <Body>(list: ListExpression, body: () => Body) => Loop<Body>
}
