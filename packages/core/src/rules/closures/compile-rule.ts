import type { CivilDate } from '../../kernel/index.ts'
import type { ScalarValue } from '../fact-values.ts'
import type { Expression } from '../expression.ts'
import type { GivenFacts, Rule } from '../rule.ts'
import { compileAmount } from './amounts.ts'
import type { Compiler } from './compiler.ts'
import { Frame, isInherited, recordOf } from './frame.ts'
import { compileLoop, compileSize } from './loops.ts'
import { compileText } from './texts.ts'
import { compileTruth } from './truths.ts'
import { compileValue } from './values.ts'

/** A rule made ready to be asked often: the value, null where it is unknown. */
export type CompiledRule = (facts: GivenFacts, on: CivilDate) => ScalarValue | null

/**
 * Compiles a rule into functions that call one another, for when it is asked often and only its value counts. No code
 * is made from text. The facts must have passed {@link checkFacts}, for what their types promise is not checked again.
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { checkRule, compileRule, type RuleEnvironment } from '@lumbung/core/rules'
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
 * const isMet = compileRule(checked.rule)
 * const on = parseCivilDate('2026-11-24')
 * isMet({ household: { welfareDecile: 3, hasLand: false } }, on) // => true
 * isMet({ household: { welfareDecile: 3, hasLand: null } }, on) // => null
 * ```
 */
export function compileRule(rule: Rule): CompiledRule {
  const frame = new Frame()
  const compiler: Compiler = {
    frame,
    truth: (expression) => compileTruth(compiler, expression),
    amount: (expression) => compileAmount(compiler, expression),
    text: (expression) => compileText(compiler, expression),
    size: (list) => compileSize(compiler, list),
    loop: (list, body) => compileLoop(compiler, list, body),
  }
  const { expression } = rule
  if (expression.type.kind === 'bool') return compileCriterion(compiler, expression)
  const run = compileValue(compiler, expression)
  const enter = frame.given.entrance()
  return (facts, on) => {
    enter(facts)
    frame.on = on
    return run()
  }
}

/** The usual rule: it asks for a truth, and all its facts stand under one root. */
function compileCriterion({ frame, truth }: Compiler, expression: Expression): CompiledRule {
  const run = truth(expression)
  const enter = frame.given.entrance()
  const only = frame.given.only(1)
  const [root] = only?.path ?? []
  if (only === undefined || root === undefined || isInherited(root))
    return (facts, on) => {
      enter(facts)
      frame.on = on
      const value = run()
      return value === 1 ? null : value === 2
    }
  return (facts, on) => {
    only.record = recordOf(facts[root])
    frame.on = on
    const value = run()
    return value === 1 ? null : value === 2
  }
}
