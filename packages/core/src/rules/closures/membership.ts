import type { ElementOfExpression, OneOfExpression } from '../expression.ts'
import { isList, itemFactOf, itemsOf } from '../read-facts.ts'
import { compileComparison } from './comparisons.ts'
import type { Compiler, Kleene, Truth } from './compiler.ts'
import { compileValue } from './values.ts'

/** Compiles `x in …`: the OR of the comparisons, false of no elements (semantics 3). */
export function compileMembership(
  compiler: Compiler,
  expression: OneOfExpression | ElementOfExpression,
): Truth {
  return expression.kind === 'oneOf'
    ? compileOneOf(compiler, expression)
    : compileElementOf(compiler, expression)
}

function compileOneOf(compiler: Compiler, { needle, elements }: OneOfExpression): Truth {
  const comparisons = elements.map((element) => compileComparison(compiler, 'equal', needle, element))
  return () => {
    let outcome: 0 | 1 = 0
    for (const compare of comparisons) {
      const value = compare()
      if (value === 2) return 2
      if (value === 1) outcome = 1
    }
    return outcome
  }
}

function compileElementOf(compiler: Compiler, { needle, list }: ElementOfExpression): Truth {
  // The needle is no part of a body: it is compiled before the scope of the elements opens, and asked once.
  const sought = compileValue(compiler, needle)
  const item = itemFactOf(list, compiler.frame.depth)
  const { read, enter, admits, body } = compiler.loop(list, () => compileValue(compiler, item))
  return () => {
    const given = read()
    if (admits !== undefined && !isList(given)) return 1
    const items = isList(given) ? given : itemsOf(given ?? null)
    const value = sought()
    let outcome: Kleene = 0
    for (let index = 0; index < items.length; index += 1) {
      enter(items[index])
      const admitted = admits === undefined ? 2 : admits()
      if (admitted === 1) return 1
      if (admitted === 0 || outcome === 2) continue
      const element = body()
      if (value === null || element === null) outcome = 1
      else if (element === value) outcome = 2
    }
    return isList(given) || outcome === 2 ? outcome : 1
  }
}
