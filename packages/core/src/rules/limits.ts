import { type RuleLimits, ruleLimits } from './rule.ts'

/** The limits that hold: a host lowers them, and cannot raise what protects it (semantics 10). */
export function limitsOf(lowered: Partial<RuleLimits> = {}): RuleLimits {
  const lower = (name: keyof RuleLimits) => Math.min(lowered[name] ?? ruleLimits[name], ruleLimits[name])
  return {
    lengthMax: lower('lengthMax'),
    nestingMax: lower('nestingMax'),
    nodesMax: lower('nodesMax'),
    costMax: lower('costMax'),
  }
}
