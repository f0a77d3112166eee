import type { ListFact } from './fact-types.ts'
import type { ScalarValue } from './fact-values.ts'
import type { OperationName } from './operations.ts'

/** A part of a rule's text: offsets in UTF-16 units, the end excluded, without enclosing parentheses. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The type of a single value within a rule. An int is a `number` of scale 0, a decimal one of a greater scale. */
export type ScalarType =
  | { readonly kind: 'bool' }
  | { readonly kind: 'number'; readonly scale: number }
  | { readonly kind: 'money' }
  | { readonly kind: 'text' }
  | { readonly kind: 'date' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  /** Of a fact that a caller without a schema left out: never known, whatever is asked. */
  | { readonly kind: 'undetermined' }

/** Bounds of a number where it is known, both included. */
export interface NumberRange {
  readonly minimum: number
  readonly maximum: number
}

/** What every node of a checked rule says of itself. */
interface Node {
  readonly span: Span
  /** Never unknown, whatever the facts are: types and ranges prove it. */
  readonly known: boolean
}

/** What every node with a single value says of itself. */
interface ScalarNode extends Node {
  readonly type: ScalarType
  /** Bounds of the value, for `number` and `money`: what the promised ranges prove. */
  readonly range?: NumberRange
}

/** A value that stands in the text. Numbers are scaled, dates exist, text is normalised. */
export interface LiteralExpression extends ScalarNode {
  readonly kind: 'literal'
  readonly value: ScalarValue
}

/** A value of the rule's pack that has its own law and dates. It is known when the rule is compiled. */
export interface ParameterExpression extends ScalarNode {
  readonly kind: 'parameter'
  readonly name: string
  readonly value: ScalarValue
}

/** The date that the rule is asked for. */
export interface OnExpression extends ScalarNode {
  readonly kind: 'on'
}

/**
 * A fact. `scope` 0 reads what was given: the path begins with the name of a root, such as `household`. Scope n
 * reads the element of the n-th list around it, counted from the outermost; the path is empty where the element is
 * itself a single value.
 */
export interface FactExpression extends ScalarNode {
  readonly kind: 'fact'
  readonly scope: number
  readonly path: readonly string[]
  /** The value must be checked when it is read from a source: its range or its date is not promised. */
  readonly guarded: boolean
}

/** `!a`. */
export interface NotExpression extends ScalarNode {
  readonly kind: 'not'
  readonly operand: Expression
}

/** `a && b && c` or `a || b || c`: Kleene, in the order of the text. */
export interface LogicExpression extends ScalarNode {
  readonly kind: 'and' | 'or'
  readonly operands: readonly Expression[]
}

/** `c ? a : b` (semantics 4). */
export interface ConditionalExpression extends ScalarNode {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly whenTrue: Expression
  readonly whenFalse: Expression
}

/** `known(e)`: whether it is known, for a list whether all of it is. */
export interface KnownExpression extends ScalarNode {
  readonly kind: 'known'
  readonly operand: Expression | ListExpression
}

/** `x in [a, b]`: Kleene OR of the comparisons; false of no elements. */
export interface OneOfExpression extends ScalarNode {
  readonly kind: 'oneOf'
  readonly needle: Expression
  readonly elements: readonly Expression[]
}

/** `x in list`, of a list of single values. */
export interface ElementOfExpression extends ScalarNode {
  readonly kind: 'elementOf'
  readonly needle: Expression
  readonly list: ListExpression
}

/**
 * A strict operation: unknown where an operand is, and otherwise what the row of {@link OperationName} computes.
 * The checker has put in what aligns scales (`rescale`), so that all operands fit.
 */
export interface OperationExpression extends ScalarNode {
  readonly kind: 'operation'
  readonly operation: OperationName
  readonly operands: readonly Expression[]
  /** Digits after the point of the result of `divide`, and the digits that `rescale` adds; otherwise 0. */
  readonly scale: number
  /** The result may be uncomputable although the operands are known, so that it must be checked. */
  readonly guarded: boolean
}

/** What becomes of the elements of a list. */
export type AggregateName = 'exists' | 'all' | 'sum' | 'min' | 'max'

/** `list.exists(x, p)`, `list.all(x, p)`, `sum(list, x, e)`, `min(list, x, e)`, `max(list, x, e)`. */
export interface AggregateExpression extends ScalarNode {
  readonly kind: 'aggregate'
  readonly aggregate: AggregateName
  readonly list: ListExpression
  /** Evaluated for each element, in the scope one deeper than the aggregate itself. */
  readonly body: Expression
  /** As for an operation: the total may leave its range, or there may be nothing to compare. */
  readonly guarded: boolean
}

/** `list.size()`. */
export interface SizeExpression extends ScalarNode {
  readonly kind: 'size'
  readonly list: ListExpression
}

/** A part of a checked rule that has a single value. */
export type Expression =
  | LiteralExpression
  | ParameterExpression
  | OnExpression
  | FactExpression
  | NotExpression
  | LogicExpression
  | ConditionalExpression
  | KnownExpression
  | OneOfExpression
  | ElementOfExpression
  | OperationExpression
  | AggregateExpression
  | SizeExpression

/** A list fact; scope and path as in {@link FactExpression}. `known` says that it is never unknown or incomplete. */
export interface ListFactExpression extends Node {
  readonly kind: 'list'
  readonly scope: number
  readonly path: readonly string[]
  readonly type: ListFact
}

/** `list.filter(x, p)`: its elements keep the indexes that they have in the list. */
export interface FilterExpression extends Node {
  readonly kind: 'filter'
  readonly list: ListExpression
  /** Evaluated for each element, in the scope one deeper than the filter itself. */
  readonly body: Expression
  readonly type: ListFact
}

/** A part of a checked rule that has elements. */
export type ListExpression = ListFactExpression | FilterExpression
