import type { Expression, FactExpression, ListFactExpression } from './expression.ts'
import type { FactPath } from './fact-path.ts'
import type { FactValue, ScalarValue } from './fact-values.ts'
import { factAt, isRecord, itemsOf, listStateOf, scalarOf } from './read-facts.ts'
import type { ReasonCode } from './reason.ts'
import type { ElementTrace, ListTrace, Trace, ValueTrace } from './trace.ts'

/** What traces a part of a rule. It is made once, so that nothing about the part is asked again for each decision. */
export type Tracing = (scopes: Scopes) => ValueTrace
export type ListTracing = (scopes: Scopes) => ListTrace

/** Where a part is evaluated: what was given, and the element of each list around it. */
export interface Scopes {
  readonly on: string
  readonly values: FactValue[]
  /** Of each scope, the path of its list, and the position of its element. */
  readonly lists: FactPath[]
  readonly indexes: number[]
}

export const noPath: FactPath = []
export const noOperands: readonly Trace[] = []
const noLists: readonly ListTrace[] = []
export const noElements: readonly ElementTrace[] = []

export function leafOf(expression: Expression, value: ScalarValue): ValueTrace {
  return { expression, value, reason: null, path: null, operands: noOperands, elements: noElements }
}

export function traceMade(
  expression: Expression,
  value: ScalarValue | null,
  operands: readonly Trace[],
  elements = noElements,
  reason: ReasonCode | null = null,
): ValueTrace {
  return { expression, value, reason, path: null, operands, elements }
}

export function compileFact(expression: FactExpression): Tracing {
  const { scope, path } = expression
  const [name = ''] = path
  const isDirect = path.length === 1
  return ({ values, lists, indexes }) => {
    const record = values[scope]
    const given = !isDirect
      ? factAt(record, path)
      : isRecord(record) && Object.hasOwn(record, name)
        ? (record[name] ?? null)
        : null
    const value = scalarOf(given, expression)
    return new FactTrace(expression, value, lists[scope] ?? noPath, indexes[scope] ?? -1)
  }
}

/** Most facts are known and nobody asks where they stand, so that the path is only made for who does. */
class FactTrace implements ValueTrace {
  readonly expression: FactExpression
  readonly value: ScalarValue | null
  readonly reason = null
  readonly operands = noOperands
  readonly elements = noElements
  readonly #list: FactPath
  readonly #index: number

  constructor(expression: FactExpression, value: ScalarValue | null, list: FactPath, index: number) {
    this.expression = expression
    this.value = value
    this.#list = list
    this.#index = index
  }

  get path(): FactPath {
    return pathOf(this.#list, this.#index, this.expression.path)
  }
}

/** What stands under an element of a list, or, where there is none, under a root. */
function pathOf(list: FactPath, index: number, names: readonly string[]): FactPath {
  return index < 0 ? names : [...list, index, ...names]
}

/** Evaluates a body for each known element, in the scope of that element. */
export function traceElements(
  body: Tracing,
  { items, indexes, path }: ListTrace,
  scopes: Scopes,
): ElementTrace[] {
  const scope = scopes.values.length
  const elements: ElementTrace[] = []
  scopes.lists[scope] = path
  for (let position = 0; position < items.length; position += 1) {
    const index = indexes === null ? position : (indexes[position] ?? position)
    scopes.values[scope] = items[position] ?? null
    scopes.indexes[scope] = index
    elements.push({ index, trace: body(scopes) })
  }
  scopes.values.length = scope
  return elements
}

export function compileListFact(expression: ListFactExpression): ListTracing {
  const { scope, path } = expression
  return ({ values, lists, indexes }) => {
    const value = factAt(values[scope], path)
    return {
      expression,
      state: listStateOf(value),
      path: pathOf(lists[scope] ?? noPath, indexes[scope] ?? -1, path),
      items: itemsOf(value),
      indexes: null,
      operands: noLists,
      elements: noElements,
    }
  }
}
