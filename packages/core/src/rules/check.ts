import { checkPart } from './check-expression.ts'
import { asValue } from './check-values.ts'
import { prepareEnvironment } from './environment.ts'
import { gatherFaults } from './faults.ts'
import { deepFreeze } from './freeze.ts'
import { limitsOf } from './limits.ts'
import { measure } from './measure.ts'
import { type ParsedRule, parseRule } from './parse.ts'
import type { CheckedRule, RuleEnvironment, RuleFault } from './rule.ts'

/**
 * Reads and checks a rule: an expression over facts, in the subset of CEL that `docs/rules.md` lays down. All faults
 * are told at once, in the order of the text.
 *
 * @throws LumbungError `rules/invalid-environment` for a root with a name that is taken, or a parameter whose value
 * is not of its type. Never for the text.
 *
 * @example
 * ```ts
 * import { checkRule, type RuleEnvironment } from '@lumbung/core/rules'
 *
 * const environment: RuleEnvironment = {
 *   facts: {
 *     household: {
 *       kind: 'record',
 *       facts: {
 *         welfareDecile: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
 *         hasLand: { kind: 'bool', known: false },
 *       },
 *     },
 *   },
 * }
 * const checked = checkRule('household.welfareDecile <= 4 && !household.hasLand', environment)
 * checked.ok // => true
 *
 * const misspelt = checkRule('household.welfareDecil <= 4', environment)
 * const faults = misspelt.ok ? [] : misspelt.faults
 * faults[0]?.hint // => 'Did you mean household.welfareDecile?'
 * ```
 */
export function checkRule(text: string, environment: RuleEnvironment): CheckedRule {
  return checkParsed(parseRule(text, environment.limits), environment)
}

/** Checks a rule that was read before. */
export function checkParsed(parsed: ParsedRule, environment: RuleEnvironment): CheckedRule {
  const { text, syntax } = parsed
  if (syntax === undefined) return refused(parsed.faults)
  const { facts, parameters } = prepareEnvironment(environment)
  const faults = gatherFaults(text, parsed.faults)
  const checking = { check: checkPart, text, faults, facts, parameters, variables: [] }
  const expression = asValue(checkPart(syntax, checking), checking)
  if (expression === undefined) return refused(faults.list())
  const { nodesMax, costMax } = limitsOf(environment.limits)
  const { nodes, cost } = measure(expression)
  const whole = { start: 0, end: text.length }
  if (nodes > nodesMax)
    faults.add('rules/too-large', whole, `A rule has at most ${nodesMax} parts; this has ${nodes}.`)
  if (cost > costMax) {
    const hint = 'A list in a list costs the product of their greatest lengths.'
    faults.add(
      'rules/too-costly',
      whole,
      `A decision takes at most ${costMax} steps; this may take ${cost}.`,
      hint,
    )
  }
  const all = faults.list()
  return all.length > 0
    ? refused(all)
    : deepFreeze({ ok: true, rule: { text, expression, facts, nodes, cost } })
}

function refused(faults: readonly RuleFault[]): CheckedRule {
  return deepFreeze({ ok: false, faults })
}
