import type { Expression, ListExpression, Span } from './expression.ts'
import type { ListFact, RecordFact } from './fact-types.ts'
import type { Faults } from './faults.ts'
import type { RuleEnvironment, RuleParameter } from './rule.ts'
import type { Syntax } from './syntax.ts'

/** A name that a macro gives to the elements of a list. */
export interface Variable {
  readonly name: string
  readonly item: ListFact['item']
}

/** What a part of a rule is checked in. */
export interface Checking {
  /** Checks any part; nothing comes of it where its fault was told. It stands here so that files need no circle. */
  readonly check: (syntax: Syntax, checking: Checking) => Checked
  readonly text: string
  readonly faults: Faults
  readonly facts: RuleEnvironment['facts']
  readonly parameters: Readonly<Record<string, RuleParameter>>
  /** From the outermost list to the innermost; the index of one is its scope less 1. */
  readonly variables: readonly Variable[]
}

/** A record on the way to a fact. It is no value. */
export interface RecordPlace {
  readonly kind: 'record'
  readonly span: Span
  readonly scope: number
  readonly path: readonly string[]
  readonly type: RecordFact
}

/** `parameters`, on the way to one of them. */
export interface ParametersPlace {
  readonly kind: 'parameters'
  readonly span: Span
}

/** A parameter that is a list, which stands only behind `in`. */
export interface ParameterListPlace {
  readonly kind: 'parameterList'
  readonly span: Span
  readonly elements: readonly Expression[]
}

/** What a part of a rule may turn out to be; nothing where its fault is told. */
export type Checked =
  | Expression
  | ListExpression
  | RecordPlace
  | ParametersPlace
  | ParameterListPlace
  | undefined
