import type { TextCodes } from './text-codes.ts'

/**
 * The facts of many rows, a column a fact, in the order of a {@link ColumnPlan}. Nothing in it is a name.
 *
 * | type | column | unknown |
 * | --- | --- | --- |
 * | bool | 0 false, 3 true | 1 |
 * | int, decimal, money | the number, scaled | NaN |
 * | date | 10,000 x year + 100 x month + day | NaN |
 * | text, enum | its code in `texts` | NaN |
 *
 * What a column holds was checked when it was filled: a number in its range, a date that exists.
 */
export interface Columns extends ColumnGroup {
  /** What the codes of texts stand for. */
  readonly texts: TextCodes
}

/** The columns of what was given, or of the elements of one list for all rows together. */
export interface ColumnGroup {
  readonly rows: number
  readonly facts: readonly Column[]
  readonly lists: readonly ListColumn[]
}

/** One fact of every row. */
export type Column = TruthColumn | NumberColumn

/** 0 false, 1 unknown, 3 true: then AND and OR are those of bits. */
export interface TruthColumn {
  readonly kind: 'truth'
  readonly values: Uint8Array
}

/** NaN is unknown. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly values: Float64Array
}

/** One list of every row: the elements of row i are those from `offsets[i]` up to, not including, `offsets[i + 1]`. */
export interface ListColumn {
  readonly offsets: Int32Array
  /** 0 unknown, 1 incomplete, 2 complete (semantics 3). */
  readonly states: Uint8Array
  readonly elements: ColumnGroup
}

/**
 * What a list column says of a list.
 *
 * @example
 * ```ts
 * import { listStates } from '@lumbung/core/rules'
 *
 * listStates // => { unknown: 0, incomplete: 1, complete: 2 }
 * ```
 */
export const listStates = { unknown: 0, incomplete: 1, complete: 2 } as const
