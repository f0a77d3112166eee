/** A single value as a rule reads it: decimals and money as whole numbers of their smallest unit. */
export type ScalarValue = boolean | number | string

/** A list of which not every element is known, not even how many there are (semantics 3). */
export interface IncompleteList {
  readonly items: readonly FactValue[]
  readonly complete: false
}

/** A value of a fact as a rule reads it; null is unknown, and so is a fact that is left out. */
export type FactValue = ScalarValue | null | readonly FactValue[] | IncompleteList | FactValues

/** The facts of one record, by name. */
export interface FactValues {
  readonly [fact: string]: FactValue
}
