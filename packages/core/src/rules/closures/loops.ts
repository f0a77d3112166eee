import type { AggregateExpression, ListExpression } from '../expression.ts'
import type { FactValue } from '../fact-values.ts'
import { exactTotal, inRange } from '../numbers.ts'
import { isList, itemsOf } from '../read-facts.ts'
import type { Amount, Compiler, Kleene, Loop, Truth } from './compiler.ts'
import { recordOf } from './frame.ts'
import { askEach, probeOf } from './probes.ts'

/** Compiles a list with its filters, and a body in the scope of its elements. */
export function compileLoop<Body>(
  { frame, truth }: Compiler,
  list: ListExpression,
  body: () => Body,
): Loop<Body> {
  let source = list
  const predicates: (() => Truth)[] = []
  while (source.kind === 'filter') {
    const predicate = source.body
    predicates.unshift(() => truth(predicate))
    source = source.list
  }
  const { compiled, enter, only } = frame.within(() => ({
    admits: inTurn(predicates.map((compile) => compile())),
    body: body(),
  }))
  return { read: frame.reader(source), enter, only, ...compiled }
}

/** A filter of a filter asks the second predicate only of what passed the first. */
function inTurn(predicates: readonly Truth[]): Truth | undefined {
  const [first] = predicates
  if (first === undefined || predicates.length === 1) return first
  return () => {
    for (const predicate of predicates) {
      const passes = predicate()
      if (passes !== 2) return passes
    }
    return 2
  }
}

/** Kleene OR, or AND, over the elements (semantics 3). */
export function compileQuantifier(compiler: Compiler, { list, body, aggregate }: AggregateExpression): Truth {
  const settling = aggregate === 'exists' ? 2 : 0
  const loop = compiler.loop(list, () => compiler.truth(body))
  const probe = compiler.frame.within(() => probeOf(compiler.frame, body))
  const { read } = loop
  if (loop.admits === undefined && probe.compiled !== undefined && probe.only === probe.compiled.cell) {
    const asked = askEach(probe.compiled, settling)
    return () => {
      const given = read()
      if (isList(given)) return asked(given)
      const outcome = asked(itemsOf(given ?? null))
      return outcome === settling ? outcome : 1
    }
  }
  return loop.admits === undefined ? unfiltered(loop, settling) : filtered(loop, loop.admits, settling)
}

function unfiltered({ read, enter, only, body }: Loop<Truth>, settling: 0 | 2): Truth {
  if (only !== undefined)
    return () => {
      const list = read()
      const items = isList(list) ? list : itemsOf(list ?? null)
      let outcome: Kleene = settling === 2 ? 0 : 2
      for (let index = 0; index < items.length; index += 1) {
        only.record = recordOf(items[index])
        const value = body()
        if (value === settling) return settling
        if (value === 1) outcome = 1
      }
      return isList(list) ? outcome : 1
    }
  return () => {
    const list = read()
    const items = isList(list) ? list : itemsOf(list ?? null)
    let outcome: Kleene = settling === 2 ? 0 : 2
    for (let index = 0; index < items.length; index += 1) {
      enter(items[index])
      const value = body()
      if (value === settling) return settling
      if (value === 1) outcome = 1
    }
    return isList(list) ? outcome : 1
  }
}

function filtered({ read, enter, body }: Loop<Truth>, admits: Truth, settling: 0 | 2): Truth {
  return () => {
    const list = read()
    if (!isList(list)) return 1
    let outcome: Kleene = settling === 2 ? 0 : 2
    for (let index = 0; index < list.length; index += 1) {
      enter(list[index])
      const admitted = admits()
      if (admitted === 1) return 1
      if (admitted === 0 || outcome === settling) continue
      const value = body()
      if (value === 1 || value === settling) outcome = value
    }
    return outcome
  }
}

/** The total, the least or the greatest of what the body comes to. */
export function compileTotal(
  compiler: Compiler,
  { list, body, aggregate, guarded }: AggregateExpression,
): Amount {
  const loop = compiler.loop(list, () => compiler.amount(body))
  if (aggregate === 'min') return folded(loop, Number.POSITIVE_INFINITY, Math.min)
  if (aggregate === 'max') return folded(loop, Number.NEGATIVE_INFINITY, Math.max)
  return guarded ? guardedSum(loop) : folded(loop, 0, (a, b) => a + b)
}

/** A fold that leaves its start, or that reaches NaN, is unknown; so is one over an unknown list. */
function folded(
  { read, enter, admits, body }: Loop<Amount>,
  start: number,
  fold: (a: number, b: number) => number,
): Amount {
  return () => {
    const list = read()
    if (!isList(list)) return Number.NaN
    let total = start
    for (let index = 0; index < list.length; index += 1) {
      enter(list[index])
      const admitted = admits === undefined ? 2 : admits()
      if (admitted === 1) return Number.NaN
      if (admitted === 2) total = fold(total, body())
    }
    // What is still infinite is the least or the greatest of nothing.
    return Number.isFinite(total) ? total : Number.NaN
  }
}

/** While every step stays in the range, the double is exact; otherwise the total is taken anew, exactly. */
function guardedSum(loop: Loop<Amount>): Amount {
  const { read, enter, admits, body } = loop
  return () => {
    const list = read()
    if (!isList(list)) return Number.NaN
    let total = 0
    for (let index = 0; index < list.length; index += 1) {
      enter(list[index])
      const admitted = admits === undefined ? 2 : admits()
      if (admitted === 1) return Number.NaN
      if (admitted === 0) continue
      const term = body()
      if (Number.isNaN(term)) return Number.NaN
      total = inRange(total + term)
      if (Number.isNaN(total)) return totalAnew(loop, list)
    }
    return total
  }
}

function totalAnew({ enter, admits, body }: Loop<Amount>, items: readonly FactValue[]): number {
  const terms: number[] = []
  for (const item of items) {
    enter(item)
    const admitted = admits === undefined ? 2 : admits()
    if (admitted === 1) return Number.NaN
    if (admitted === 2) terms.push(body())
  }
  return exactTotal(terms)
}

/** How many elements there are; NaN where that is unknown. */
export function compileSize(compiler: Compiler, list: ListExpression): Amount {
  return folded(
    compiler.loop(list, () => one),
    0,
    (a, b) => a + b,
  )
}

function one(): number {
  return 1
}
