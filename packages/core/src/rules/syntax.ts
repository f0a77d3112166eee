import type { Span } from './expression.ts'

/** A rule as it is written, before names and types are known. Spans exclude enclosing parentheses. */
export type Syntax =
  | BoolSyntax
  | NumberSyntax
  | TextSyntax
  | NameSyntax
  | MemberSyntax
  | CallSyntax
  | OperatorSyntax
  | ListSyntax
  | RefusedSyntax

export interface BoolSyntax {
  readonly kind: 'bool'
  readonly span: Span
  readonly value: boolean
}

/** A number as it stands: `value` of 1/10^scale, so that 2.5 is 25 of scale 1. It may be out of range. */
export interface NumberSyntax {
  readonly kind: 'number'
  readonly span: Span
  readonly value: bigint
  readonly scale: number
}

/** A text, in normal form NFC. */
export interface TextSyntax {
  readonly kind: 'text'
  readonly span: Span
  readonly value: string
}

export interface NameSyntax {
  readonly kind: 'name'
  readonly span: Span
  readonly name: string
}

/** `target.name`. */
export interface MemberSyntax {
  readonly kind: 'member'
  readonly span: Span
  readonly target: Syntax
  readonly name: string
  readonly nameSpan: Span
}

/** `name(operands)` or `target.name(operands)`. */
export interface CallSyntax {
  readonly kind: 'call'
  readonly span: Span
  readonly target?: Syntax
  readonly name: string
  readonly nameSpan: Span
  readonly operands: readonly Syntax[]
}

/** An operator by its name in the function table. Of `&&` and `||` a whole chain is one, as it is written. */
export interface OperatorSyntax {
  readonly kind: 'operator'
  readonly span: Span
  readonly operator: string
  readonly operands: readonly Syntax[]
}

/** `[a, b]`. */
export interface ListSyntax {
  readonly kind: 'list'
  readonly span: Span
  readonly elements: readonly Syntax[]
}

/** What is outside the subset. Its fault is told already; those of its parts are not. */
export interface RefusedSyntax {
  readonly kind: 'refused'
  readonly span: Span
  readonly parts: readonly Syntax[]
}
