/** What a rule may read of one fact. Every fact may be unknown, unless `known` says otherwise. */
export interface FactBase {
  /** The source promises that the fact is never missing. */
  readonly known: boolean
}

/** A range of whole numbers, both ends included, within ±(2^53 − 1) (semantics 6). */
export interface FactRange {
  readonly minimum: number
  readonly maximum: number
  /** The source promises the range, so that a check of it is needless. */
  readonly promised: boolean
}

/** The type of a single value. `decimal` is a whole number of 1/10^scale, `money` one of minor units. */
export type ScalarFact = FactBase &
  (
    | { readonly kind: 'bool' }
    | ({ readonly kind: 'int' } & FactRange)
    | ({ readonly kind: 'money' } & FactRange)
    | ({ readonly kind: 'decimal'; readonly scale: number } & FactRange)
    | { readonly kind: 'text' }
    | {
        readonly kind: 'date'
        /** The source promises that each date exists, so that a check of it is needless. */
        readonly promised: boolean
      }
    | { readonly kind: 'enum'; readonly values: readonly string[] }
  )

/** A fact of which a caller without a schema gave no value: it is never known, and its use decides what it may be. */
export interface UndeterminedFact {
  readonly kind: 'undetermined'
}

/** A list of records, such as the members of a household, or of single values. */
export interface ListFact extends FactBase {
  readonly kind: 'list'
  readonly item: RecordFact | ScalarFact | UndeterminedFact
  /** Greatest length; a longer list is refused at the door (semantics 10). */
  readonly itemsMax: number
}

/** The facts of one record, by name. */
export interface RecordFact {
  readonly kind: 'record'
  readonly facts: Readonly<Record<string, FactType>>
}

/** The type of anything that a rule can read by name. */
export type FactType = ScalarFact | ListFact | RecordFact | UndeterminedFact

/** Greatest number that a rule reckons with, 2^53 − 1: up to it whole numbers are exact as doubles. */
export const factNumberMax = Number.MAX_SAFE_INTEGER

/** Greatest length of a list where its definition names none. */
export const listItemsMaxDefault = 64

/** Greatest scale of a decimal. */
export const decimalScaleMax = 9
