import { computeOf } from './compute.ts'
import type {
  AggregateExpression,
  ConditionalExpression,
  ElementOfExpression,
  Expression,
  FilterExpression,
  ListExpression,
  OneOfExpression,
  OperationExpression,
} from './expression.ts'
import type { ScalarValue } from './fact-values.ts'
import { exactTotal } from './numbers.ts'
import { itemFactOf } from './read-facts.ts'
import type { Rule } from './rule.ts'
import type { RuleInput, RuleTrace, Trace, ValueTrace } from './trace.ts'
import {
  compileFact,
  compileListFact,
  type ListTracing,
  leafOf,
  noElements,
  noOperands,
  noPath,
  type Tracing,
  traceElements,
  traceMade,
} from './tracing.ts'
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
  let tracing = tracings.get(rule)
  if (tracing === undefined) {
    tracing = compile(rule.expression, 1)
    tracings.set(rule, tracing)
  }
  const trace = tracing({ on, values: [facts], lists: [noPath], indexes: [-1] })
  return { value: trace.value, missing: missingOf(trace), reasons: reasonsOf(trace), trace }
}

const tracings = new WeakMap<Rule, Tracing>()

/** Makes what traces a part that stands within so many scopes. */
function compile(expression: Expression, depth: number): Tracing {
  switch (expression.kind) {
    case 'literal':
    case 'parameter': {
      const leaf = leafOf(expression, expression.value)
      return () => leaf
    }
    case 'on':
      return ({ on }) => leafOf(expression, on)
    case 'fact':
      return compileFact(expression)
    case 'not': {
      const operand = compile(expression.operand, depth)
      return (scopes) => {
        const traced = operand(scopes)
        return traceMade(expression, traced.value === null ? null : traced.value !== true, [traced])
      }
    }
    case 'and':
    case 'or': {
      const parts = compileAll(expression.operands, depth)
      const settling = expression.kind === 'or'
      return (scopes) => {
        const operands = parts.map((part) => part(scopes))
        return traceMade(expression, kleene(operands, settling), operands)
      }
    }
    case 'conditional':
      return compileConditional(expression, depth)
    case 'known': {
      const { operand } = expression
      if (operand.kind === 'list' || operand.kind === 'filter') {
        const part = compileList(operand, depth)
        return (scopes) => {
          const list = part(scopes)
          return traceMade(expression, list.state === 'complete', [list])
        }
      }
      const part = compile(operand, depth)
      return (scopes) => {
        const traced = part(scopes)
        return traceMade(expression, traced.value !== null, [traced])
      }
    }
    case 'oneOf':
      return compileOneOf(expression, depth)
    case 'elementOf':
      return compileElementOf(expression, depth)
    case 'operation':
      return compileOperation(expression, depth)
    case 'aggregate':
      return compileAggregate(expression, depth)
    case 'size': {
      const part = compileList(expression.list, depth)
      return (scopes) => {
        const list = part(scopes)
        return traceMade(expression, list.state === 'complete' ? list.items.length : null, [list])
      }
    }
    default:
      return unreachable(expression)
  }
}

function compileAll(expressions: readonly Expression[], depth: number): Tracing[] {
  return expressions.map((expression) => compile(expression, depth))
}

function unreachable(expression: never): never {
  return expression
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

function compileConditional(expression: ConditionalExpression, depth: number): Tracing {
  const asked = compile(expression.condition, depth)
  const either = compile(expression.whenTrue, depth)
  const or = compile(expression.whenFalse, depth)
  return (scopes) => {
    const condition = asked(scopes)
    if (condition.value !== null) {
      const branch = (condition.value === true ? either : or)(scopes)
      return traceMade(expression, branch.value, [condition, branch])
    }
    const whenTrue = either(scopes)
    const whenFalse = or(scopes)
    const value = whenTrue.value === whenFalse.value ? whenTrue.value : null
    return traceMade(expression, value, [condition, whenTrue, whenFalse])
  }
}

function compileOneOf(expression: OneOfExpression, depth: number): Tracing {
  const sought = compile(expression.needle, depth)
  const parts = compileAll(expression.elements, depth)
  return (scopes) => {
    const needle = sought(scopes)
    const elements = parts.map((part) => part(scopes))
    const found = isFound(needle.value, elements, true)
    return traceMade(expression, found, [needle, ...elements])
  }
}

/** `x in …` (semantics 3): an unknown element matters only if no known one matches. */
function isFound(
  needle: ScalarValue | null,
  elements: readonly ValueTrace[],
  isComplete: boolean,
): boolean | null {
  if (needle === null) return elements.length === 0 && isComplete ? false : null
  let found: boolean | null = isComplete ? false : null
  for (const { value } of elements) {
    if (value === needle) return true
    if (value === null) found = null
  }
  return found
}

function compileElementOf(expression: ElementOfExpression, depth: number): Tracing {
  const sought = compile(expression.needle, depth)
  const part = compileList(expression.list, depth)
  const item = compile(itemFactOf(expression.list, depth), depth + 1)
  return (scopes) => {
    const needle = sought(scopes)
    const list = part(scopes)
    const elements = traceElements(item, list, scopes)
    const values = elements.map(({ trace }) => trace)
    const found = isFound(needle.value, values, list.state === 'complete')
    return traceMade(expression, found, [needle, list], elements)
  }
}

function compileOperation(expression: OperationExpression, depth: number): Tracing {
  const { operation, operands, scale } = expression
  const compute = computeOf(operation)
  const [first, second] = compileAll(operands, depth)
  if (first === undefined) return () => traceMade(expression, null, noOperands)
  const made = (traced: readonly Trace[], a: ScalarValue, b: ScalarValue | undefined) => {
    const { value, reason } = compute(a, b, scale)
    return traceMade(expression, value, traced, noElements, reason)
  }
  if (second === undefined)
    return (scopes) => {
      const a = first(scopes)
      return a.value === null ? traceMade(expression, null, [a]) : made([a], a.value, undefined)
    }
  return (scopes) => {
    const a = first(scopes)
    const b = second(scopes)
    if (a.value === null || b.value === null) return traceMade(expression, null, [a, b])
    return made([a, b], a.value, b.value)
  }
}

function compileAggregate(expression: AggregateExpression, depth: number): Tracing {
  const part = compileList(expression.list, depth)
  const body = compile(expression.body, depth + 1)
  const { aggregate } = expression
  if (aggregate === 'exists' || aggregate === 'all') {
    const settling = aggregate === 'exists'
    return (scopes) => {
      const list = part(scopes)
      const elements = traceElements(body, list, scopes)
      let outcome: boolean | null = !settling
      for (const { trace } of elements) {
        if (trace.value === settling) outcome = settling
        else if (trace.value === null && outcome !== settling) outcome = null
      }
      // The element of which nothing is known settles nothing, and keeps the others from doing so by their absence.
      const value = list.state === 'complete' || outcome === settling ? outcome : null
      return traceMade(expression, value, [list], elements)
    }
  }
  return (scopes) => {
    const list = part(scopes)
    const elements = traceElements(body, list, scopes)
    const terms: number[] = []
    for (const { trace } of elements) if (typeof trace.value === 'number') terms.push(trace.value)
    if (list.state !== 'complete' || terms.length < elements.length)
      return traceMade(expression, null, [list], elements)
    if (aggregate !== 'sum' && terms.length === 0)
      return traceMade(expression, null, [list], elements, 'empty')
    const value = totalOf(aggregate, terms)
    if (Number.isNaN(value)) return traceMade(expression, null, [list], elements, 'overflow')
    return traceMade(expression, value, [list], elements)
  }
}

function totalOf(aggregate: 'sum' | 'min' | 'max', terms: readonly number[]): number {
  if (aggregate === 'sum') return exactTotal(terms)
  return terms.reduce((a, b) => (aggregate === 'min' ? Math.min(a, b) : Math.max(a, b)))
}

function compileList(expression: ListExpression, depth: number): ListTracing {
  return expression.kind === 'list' ? compileListFact(expression) : compileFilter(expression, depth)
}

/** One unknown predicate, or an incomplete list, makes all of a filter unknown (semantics 3). */
function compileFilter(expression: FilterExpression, depth: number): ListTracing {
  const part = compileList(expression.list, depth)
  const body = compile(expression.body, depth + 1)
  return (scopes) => {
    const list = part(scopes)
    const elements = traceElements(body, list, scopes)
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
}
