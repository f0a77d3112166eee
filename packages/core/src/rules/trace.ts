import type { CivilDate } from '../kernel/index.ts'
import type { Expression, ListExpression } from './expression.ts'
import type { FactPath } from './fact-path.ts'
import type { FactValue, ScalarValue } from './fact-values.ts'
import type { ListState } from './read-facts.ts'
import type { Reason, ReasonCode } from './reason.ts'
import type { GivenFacts } from './rule.ts'

/** What a part of a rule came to. Its span is that of its expression. */
export interface ValueTrace {
  readonly expression: Expression
  /** Null where it is unknown. */
  readonly value: ScalarValue | null
  /** Why it could not be computed although all it needs is known; null in every other case. */
  readonly reason: ReasonCode | null
  /** Of a fact, where it stands: names, and positions in lists. Otherwise null. */
  readonly path: FactPath | null
  /** The parts it was made from, in the order of the text; of a conditional only those that counted. */
  readonly operands: readonly Trace[]
  /** Of an aggregate, what its body came to for each known element. */
  readonly elements: readonly ElementTrace[]
}

/** What a list came to, or what a filter left of it. */
export interface ListTrace {
  readonly expression: ListExpression
  readonly state: ListState
  readonly path: FactPath
  /** Its known elements. */
  readonly items: readonly FactValue[]
  /** Their positions in the list as it was given; null where that is the order in which they stand here. */
  readonly indexes: readonly number[] | null
  /** Of a filter, the list it reads. */
  readonly operands: readonly ListTrace[]
  /** Of a filter, what its predicate came to for each known element. */
  readonly elements: readonly ElementTrace[]
}

/** A part of a rule and what it came to. */
export type Trace = ValueTrace | ListTrace

/** What a body came to for one element. */
export interface ElementTrace {
  /** The position in the list as it was given. */
  readonly index: number
  readonly trace: ValueTrace
}

/** What a rule came to, and why. */
export interface RuleTrace {
  /** Null where it is unknown. */
  readonly value: ScalarValue | null
  /** The facts that are missing (semantics 8): sorted, unique, empty where the value is known. */
  readonly missing: readonly string[]
  /** What could not be computed, on the same structure: sorted by start, end and code, unique. */
  readonly reasons: readonly Reason[]
  readonly trace: ValueTrace
}

/** What a rule is asked for. */
export interface RuleInput {
  readonly facts: GivenFacts
  readonly on: CivilDate
}
