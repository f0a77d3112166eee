import type { Expression, Rule } from '../rules/index.ts'
import type { CheckedCriterion } from './programme-in-force.ts'

const nowhere = { start: 0, end: 0 }

/** All criteria as one rule of Kleene's `&&`, `||` and `!`: what the groups say, in the order in which they stand. */
export function composedRule(criteria: CheckedCriterion, facts: Rule['facts']): Rule {
  const rules = rulesOf(criteria)
  return {
    text: '',
    expression: expressionOf(criteria),
    facts,
    nodes: sumOf(rules, ({ nodes }) => nodes),
    cost: sumOf(rules, ({ cost }) => cost),
  }
}

function expressionOf({ kind, rule, parts }: CheckedCriterion): Expression {
  if (rule !== undefined) return rule.expression
  const operands = parts.map(expressionOf)
  const known = operands.every((operand) => operand.known)
  const base = { span: nowhere, type: { kind: 'bool' }, known } as const
  const [only] = operands
  const joined: Expression =
    operands.length === 1 && only !== undefined
      ? only
      : { kind: kind === 'all' ? 'and' : 'or', operands, ...base }
  return kind === 'none' ? { kind: 'not', operand: joined, ...base } : joined
}

function rulesOf({ rule, parts }: CheckedCriterion): readonly Rule[] {
  return rule === undefined ? parts.flatMap(rulesOf) : [rule]
}

function sumOf(rules: readonly Rule[], of: (rule: Rule) => number): number {
  return rules.reduce((sum, rule) => sum + of(rule), 0)
}
