/*! Holds the parser of @marcbachmann/cel-js 8.0.0, (c) 2025 Marc Bachmann, MIT; see THIRD-PARTY-LICENSES.txt */
import type { ASTNode } from '@marcbachmann/cel-js'
// By their paths, because the package's public face draws in an evaluator, a type checker and a function library, four
// times the parser, of which this language has its own. The build takes these files in (docs/decisions/0070). The
// registry comes first: it and the functions that the parser imports know each other, and load in this order only.
import '../../node_modules/@marcbachmann/cel-js/lib/registry.js'
// @ts-expect-error The package describes the types of its public face only.
import { ParseError } from '../../node_modules/@marcbachmann/cel-js/lib/errors.js'
// @ts-expect-error The same.
import { Parser } from '../../node_modules/@marcbachmann/cel-js/lib/parser.js'

export type CelNode = ASTNode

/** Why a text is no CEL. */
export interface CelFault {
  readonly code: string
  /** One sentence, without the excerpt of the text that follows in the message. */
  readonly summary: string
  readonly range: { readonly start: number; readonly end: number } | undefined
}

/** The package's own limits; length and nesting have been limited before it sees a text. */
const limits = {
  maxAstNodes: 100_000,
  maxDepth: 250,
  maxListElements: 1_000,
  maxMapEntries: 1_000,
  maxCallArguments: 32,
}

/** What the parser asks of the package's registry: here no call is a macro, and nothing is optional. */
const registry = { findMacro: () => undefined, enableOptionalTypes: false }

const parser: { parse(text: string): CelNode } = new Parser(limits, registry)
const faultClass: new () => CelFault = ParseError

/** Reads CEL. @throws what {@link celFaultOf} can tell */
export function parseCel(text: string): CelNode {
  return parser.parse(text)
}

/** Undefined where the parser itself failed. */
export function celFaultOf(error: unknown): CelFault | undefined {
  return error instanceof faultClass ? error : undefined
}
