import type { Columns } from './layout.ts'

/** Where the outcomes of a rule go, a value a row: 0 false, 1 unknown, 2 true, or a number with NaN for unknown. */
export type Outcomes = Uint8Array | Float64Array

/** Computes the outcomes of some rules for every row; `on` is a date's number. */
export type ColumnRun = (columns: Columns, on: number, outcomes: readonly Outcomes[]) => void
