import { compute } from './compute.ts'
import type {
  AggregateExpression,
  ConditionalExpression,
  ElementOfExpression,
  Expression,
  FactExpression,
  FilterExpression,
  ListExpression,
  ListFactExpression,
  OneOfExpression,
  OperationExpression,
} from './expression.ts'
import type { FactPath } from './fact-path.ts'
import type { FactValue, ScalarValue } from './fact-values.ts'
import { exactTotal } from './numbers.ts'
import { factAt, itemFactOf, itemsOf, listStateOf, scalarOf } from './read-facts.ts'
import type { ReasonCode } from './reason.ts'
import type { Rule } from './rule.ts'
import type { ElementTrace, ListTrace, RuleInput, RuleTrace, Trace, ValueTrace } from './trace.ts'
import { missingOf, reasonsOf } from './unknowns.ts'

/**
 * Evaluates a rule and keeps what each of its parts came to, with the facts that are missing and the reasons why
 * something could not be computed. Every part is looked at, also behind one that settles the value. It never raises,
 * whatever the facts are; they are best checked by {@link checkFacts} before.
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { checkRule, type RuleEnvironment, traceRule } from '@lumbung/core/rules'
 *
 * const facts: RuleEnvironment['facts'] = {
 *   household: {
 *     kind: 'record',
 *     facts: {
 *       welfareDecile: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
 *       hasLand: { kind: 'bool', known: false },
 *     },
 *   },
 * }
 * const checked = checkRule('household.welfareDecile <= 4 && !household.hasLand', { facts })
 * if (!checked.ok) throw new Error(checked.faults[0]?.message)
 *
 * const on = parseCivilDate('2026-11-24')
 * const traced = traceRule(checked.rule, { facts: { household: { welfareDecile: 3 } }, on })
 * traced.value // => null
 * traced.missing // => ['household.hasLand']
 * traceRule(checked.rule, { facts: { household: { welfareDecile: 5 } }, on }).value // => false
 * ```
 */
export function traceRule(rule: Rule, { facts, on }: RuleInput): RuleTrace {
  const trace = traceOf(rule.expression, { on, values: [facts], lists: [noPath], indexes: [-1] })
  return { value: trace.value, missing: missingOf(trace), reasons: reasonsOf(trace), trace }
}

/** Where a part is evaluated: what was given, and the element of each list around it. */
interface Scopes {
  readonly on: string
  readonly values: FactValue[]
  /** Of each scope, the path of its list, and the position of its element. */
  readonly lists: FactPath[]
  readonly indexes: number[]
}

const noPath: FactPath = []
const noOperands: readonly Trace[] = []
const noLists: readonly ListTrace[] = []
const noElements: readonly ElementTrace[] = []

function traceOf(expression: Expression, scopes: Scopes): ValueTrace {
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
      return leafOf(expression, expression.value)
    case 'on':
      return leafOf(expression, scopes.on)
    case 'fact':
      return traceFact(expression, scopes)
    case 'not': {
      const operand = traceOf(expression.operand, scopes)
      return traceMade(expression, operand.value === null ? null : operand.value !== true, [operand])
    }
    case 'and':
    case 'or': {
      const operands = expression.operands.map((operand) => traceOf(operand, scopes))
      return traceMade(expression, kleene(operands, expression.kind === 'or'), operands)
    }
    case 'conditional':
      return traceConditional(expression, scopes)
    case 'known': {
      const { operand } = expression
      if (operand.kind === 'list' || operand.kind === 'filter') {
        const list = traceList(operand, scopes)
        return traceMade(expression, list.state === 'complete', [list])
      }
      const traced = traceOf(operand, scopes)
      return traceMade(expression, traced.value !== null, [traced])
    }
    case 'oneOf':
      return traceOneOf(expression, scopes)
    case 'elementOf':
      return traceElementOf(expression, scopes)
    case 'operation':
      return traceOperation(expression, scopes)
    case 'aggregate':
      return traceAggregate(expression, scopes)
    case 'size': {
      const list = traceList(expression.list, scopes)
      return traceMade(expression, list.state === 'complete' ? list.items.length : null, [list])
    }
    default:
      return unreachable(expression)
  }
}

function unreachable(expression: never): never {
  return expression
}

function leafOf(expression: Expression, value: ScalarValue): ValueTrace {
  return { expression, value, reason: null, path: null, operands: noOperands, elements: noElements }
}

function traceMade(
  expression: Expression,
  value: ScalarValue | null,
  operands: readonly Trace[],
  elements = noElements,
  reason: ReasonCode | null = null,
): ValueTrace {
  return { expression, value, reason, path: null, operands, elements }
}

function traceFact(expression: FactExpression, { values, lists, indexes }: Scopes): ValueTrace {
  const { scope, path } = expression
  const value = scalarOf(factAt(values[scope], path), expression)
  return new FactTrace(expression, value, lists[scope] ?? noPath, indexes[scope] ?? -1)
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

/** Kleene OR, or AND, of operands that may be unknown. Every operand is looked at. */
function kleene(operands: readonly ValueTrace[], settling: boolean): boolean | null {
  let outcome: boolean | null = !settling
  for (const { value } of operands) {
    if (value === settling) return settling
    if (value === null) outcome = null
  }
  return outcome
}

function traceConditional(expression: ConditionalExpression, scopes: Scopes): ValueTrace {
  const condition = traceOf(expression.condition, scopes)
  if (condition.value !== null) {
    const branch = traceOf(condition.value === true ? expression.whenTrue : expression.whenFalse, scopes)
    return traceMade(expression, branch.value, [condition, branch])
  }
  const whenTrue = traceOf(expression.whenTrue, scopes)
  const whenFalse = traceOf(expression.whenFalse, scopes)
  const value = whenTrue.value === whenFalse.value ? whenTrue.value : null
  return traceMade(expression, value, [condition, whenTrue, whenFalse])
}

function traceOneOf(expression: OneOfExpression, scopes: Scopes): ValueTrace {
  const needle = traceOf(expression.needle, scopes)
  const elements = expression.elements.map((element) => traceOf(element, scopes))
  const found = isFound(
    needle.value,
    elements.map((element) => element.value),
    true,
  )
  return traceMade(expression, found, [needle, ...elements])
}

/** `x in …` (semantics 3): an unknown element matters only if no known one matches. */
function isFound(
  needle: ScalarValue | null,
  elements: readonly (ScalarValue | null)[],
  isComplete: boolean,
): boolean | null {
  if (needle === null) return elements.length === 0 && isComplete ? false : null
  if (elements.includes(needle)) return true
  return isComplete && !elements.includes(null) ? false : null
}

function traceElementOf(expression: ElementOfExpression, scopes: Scopes): ValueTrace {
  const needle = traceOf(expression.needle, scopes)
  const list = traceList(expression.list, scopes)
  const item = itemFactOf(expression.list, scopes.values.length)
  const elements = traceElements(item, list, scopes)
  const values = elements.map(({ trace }) => trace.value)
  const found = isFound(needle.value, values, list.state === 'complete')
  return traceMade(expression, found, [needle, list], elements)
}

function traceOperation(expression: OperationExpression, scopes: Scopes): ValueTrace {
  const operands: ValueTrace[] = []
  const values: ScalarValue[] = []
  for (const operand of expression.operands) {
    const traced = traceOf(operand, scopes)
    operands.push(traced)
    if (traced.value !== null) values.push(traced.value)
  }
  if (values.length < operands.length) return traceMade(expression, null, operands)
  const { value, reason } = compute(expression.operation, values, expression.scale)
  return traceMade(expression, value, operands, noElements, reason)
}

function traceAggregate(expression: AggregateExpression, scopes: Scopes): ValueTrace {
  const list = traceList(expression.list, scopes)
  const elements = traceElements(expression.body, list, scopes)
  if (expression.aggregate === 'exists' || expression.aggregate === 'all') {
    const settling = expression.aggregate === 'exists'
    let outcome: boolean | null = !settling
    for (const { trace } of elements) {
      if (trace.value === settling) outcome = settling
      else if (trace.value === null && outcome !== settling) outcome = null
    }
    // The element of which nothing is known settles nothing, and keeps the others from doing so by their absence.
    const value = list.state === 'complete' || outcome === settling ? outcome : null
    return traceMade(expression, value, [list], elements)
  }
  const terms: number[] = []
  for (const { trace } of elements) if (typeof trace.value === 'number') terms.push(trace.value)
  if (list.state !== 'complete' || terms.length < elements.length)
    return traceMade(expression, null, [list], elements)
  if (expression.aggregate !== 'sum' && terms.length === 0)
    return traceMade(expression, null, [list], elements, 'empty')
  const value = totalOf(expression.aggregate, terms)
  if (Number.isNaN(value)) return traceMade(expression, null, [list], elements, 'overflow')
  return traceMade(expression, value, [list], elements)
}

function totalOf(aggregate: 'sum' | 'min' | 'max', terms: readonly number[]): number {
  if (aggregate === 'sum') return exactTotal(terms)
  return terms.reduce((a, b) => (aggregate === 'min' ? Math.min(a, b) : Math.max(a, b)))
}

/** Evaluates a body for each known element, in the scope of that element. */
function traceElements(
  body: Expression,
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
    elements.push({ index, trace: traceOf(body, scopes) })
  }
  scopes.values.length = scope
  return elements
}

function traceList(expression: ListExpression, scopes: Scopes): ListTrace {
  return expression.kind === 'list' ? traceListFact(expression, scopes) : traceFilter(expression, scopes)
}

function traceListFact(expression: ListFactExpression, { values, lists, indexes }: Scopes): ListTrace {
  const { scope, path } = expression
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

/** One unknown predicate, or an incomplete list, makes all of a filter unknown (semantics 3). */
function traceFilter(expression: FilterExpression, scopes: Scopes): ListTrace {
  const list = traceList(expression.list, scopes)
  const elements = traceElements(expression.body, list, scopes)
  const isKnown = list.state === 'complete' && elements.every(({ trace }) => trace.value !== null)
  const passing = isKnown
    ? elements.flatMap(({ trace }, position) => (trace.value === true ? [position] : []))
    : []
  return {
    expression,
    state: isKnown ? 'complete' : 'unknown',
    path: list.path,
    items: passing.map((position) => list.items[position] ?? null),
    indexes: passing.map((position) => elements[position]?.index ?? position),
    operands: [list],
    elements,
  }
}
