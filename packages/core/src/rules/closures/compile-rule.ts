import type { CivilDate } from '../../kernel/index.ts'
import type { ScalarValue } from '../fact-values.ts'
import type { GivenFacts, Rule } from '../rule.ts'
import { compileAmount } from './amounts.ts'
import type { Compiler } from './compiler.ts'
import { Frame } from './frame.ts'
import { compileLoop, compileSize } from './loops.ts'
import { compileText } from './texts.ts'
import { compileTruth } from './truths.ts'
import { compileValue } from './values.ts'

/** A rule made ready to be asked often: the value, null where it is unknown. */
export type CompiledRule = (facts: GivenFacts, on: CivilDate) => ScalarValue | null

/** Compiles a rule into functions that call one another, so that no code is made from text. */
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
  const run = compileValue(compiler, rule.expression)
  const enter = frame.given.entrance()
  return (facts, on) => {
    enter(facts)
    frame.on = on
    return run()
  }
}
