import type { Expression, Span } from './expression.ts'
import type { FactType } from './fact-types.ts'
import type { FactValue, ScalarValue } from './fact-values.ts'

/** The type of a value that a pack sets, as a fact's type without its promises. */
export type ParameterType =
  | { readonly kind: 'bool' | 'int' | 'money' | 'text' | 'date' }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }

/** A value that a rule reads as `parameters.name`: one value, or a list for `in`. */
export interface RuleParameter {
  readonly type: ParameterType
  /** Decimals and money as whole numbers of their smallest unit. */
  readonly value: ScalarValue | readonly ScalarValue[]
}

/** What a rule may read, and how large it may be. */
export interface RuleEnvironment {
  /** The roots by name, such as `household` and `resident`. `on` and `parameters` are taken. */
  readonly facts: Readonly<Record<string, FactType>>
  /** Default: none. */
  readonly parameters?: Readonly<Record<string, RuleParameter>>
  /** Narrower limits than {@link ruleLimits}. Default: those. */
  readonly limits?: Partial<RuleLimits>
}

/** How large a rule may be (semantics 10). A host may lower each of them. */
export interface RuleLimits {
  /** Length of the text, in UTF-16 units. */
  readonly lengthMax: number
  /** Nesting; a chain of n operators counts as n, unless they are all `&&` or all `||`. */
  readonly nestingMax: number
  readonly nodesMax: number
  /** Steps of one decision, reckoned from the greatest lengths of the lists. */
  readonly costMax: number
}

/** The limits where a host sets none. */
export const ruleLimits: RuleLimits = {
  lengthMax: 4_096,
  nestingMax: 64,
  nodesMax: 1_000,
  costMax: 100_000,
}

/** What can be wrong with the text of a rule. */
export type RuleFaultCode =
  /** Above a limit of {@link RuleLimits}: its length, nesting, nodes and cost in this order. */
  | 'rules/too-long'
  | 'rules/too-deep'
  | 'rules/too-large'
  | 'rules/too-costly'
  /** It cannot be read at all. */
  | 'rules/syntax'
  /** CEL has it, and this subset does not. */
  | 'rules/unsupported'
  /** U+0000 or half of a surrogate pair. */
  | 'rules/invalid-text'
  | 'rules/unknown-fact'
  | 'rules/unknown-parameter'
  | 'rules/unknown-function'
  /** A text that is compared with an enum and is none of its labels. */
  | 'rules/unknown-label'
  /** Too many or too few arguments, or one that must stand in the text and does not. */
  | 'rules/arguments'
  | 'rules/type'
  /** A decimal of more digits after the point than are reckoned with. */
  | 'rules/scale'
  /** A number in the text is outside ±(2^53 − 1). */
  | 'rules/out-of-range'
  /** A date in the text does not exist. */
  | 'rules/no-such-date'
  /** A variable has the name of a root or of a variable around it. */
  | 'rules/shadowed'

/** A fault in the text of a rule. */
export interface RuleFault extends Span {
  readonly code: RuleFaultCode
  /** Both count from 1, columns in UTF-16 units. */
  readonly line: number
  readonly column: number
  /** English, for who writes the rule. */
  readonly message: string
  /** What to write instead, where we can tell. */
  readonly hint?: string
}

/** A rule that was parsed and checked. Frozen, all the way down. */
export interface Rule {
  readonly text: string
  readonly expression: Expression
  readonly facts: Readonly<Record<string, FactType>>
  readonly nodes: number
  readonly cost: number
}

/** What {@link checkRule} gives: a rule, or all its faults in the order of the text. */
export type CheckedRule =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly faults: readonly RuleFault[] }

/** What a rule is evaluated on: the facts of each root by its name; a root that is left out is unknown. */
export type GivenFacts = Readonly<Record<string, FactValue>>
