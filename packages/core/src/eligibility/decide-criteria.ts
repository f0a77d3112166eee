import type { CivilDate } from '../kernel/index.ts'
import { comparePathTexts, factsRead, type GivenFacts, type Rule, traceRule } from '../rules/index.ts'
import type { ClauseOutcome } from './decision.ts'
import type { CheckedCriterion } from './programme-in-force.ts'
import { pathFromHousehold, type UnitFacts } from './unit.ts'

/** How the criteria of a programme come out for a unit: every clause is looked at, also where others settle. */
export function outcomeOf(
  criterion: CheckedCriterion,
  unit: UnitFacts,
  given: GivenFacts,
  on: CivilDate,
): ClauseOutcome {
  const { id, label, citation, kind, rule } = criterion
  const named = { id, label, kind, ...(citation !== undefined && { citation }) }
  if (rule !== undefined) return { ...named, ...clauseOutcomeOf(rule, unit, given, on), parts: [] }
  const parts = criterion.parts.map((part) => outcomeOf(part, unit, given, on))
  const value = joined(kind, parts)
  const missing = value === null ? unionOf(parts.filter((part) => part.value === null)) : []
  return { ...named, value, missing, reasons: [], facts: [], parameters: [], parts }
}

function clauseOutcomeOf(rule: Rule, unit: UnitFacts, given: GivenFacts, on: CivilDate) {
  const { value, missing, reasons, trace } = traceRule(rule, { facts: given, on })
  const fromHousehold = (path: string) => pathFromHousehold(path, unit)
  return {
    value: typeof value === 'boolean' ? value : null,
    missing: missing.map(fromHousehold).sort(comparePathTexts),
    reasons,
    facts: factsRead(trace).map((fact) => ({ ...fact, path: fromHousehold(fact.path) })),
    parameters: parametersOf(rule),
  }
}

/** Kleene: a group is settled by one part of the right kind, and otherwise unknown if a part is. */
function joined(kind: ClauseOutcome['kind'], parts: readonly ClauseOutcome[]): boolean | null {
  const settling = kind !== 'all'
  const values = parts.map(({ value }) => value)
  const outcome = values.includes(settling) ? settling : values.includes(null) ? null : !settling
  return kind === 'none' && outcome !== null ? !outcome : outcome
}

function unionOf(parts: readonly ClauseOutcome[]): string[] {
  return [...new Set(parts.flatMap(({ missing }) => missing))].sort(comparePathTexts)
}

const cache = new WeakMap<Rule, readonly string[]>()

/** The names of the parameters that a rule reads, sorted. */
export function parametersOf(rule: Rule): readonly string[] {
  const known = cache.get(rule)
  if (known !== undefined) return known
  const names = new Set<string>()
  collect(rule.expression, names)
  const found = [...names].sort()
  cache.set(rule, found)
  return found
}

function collect(part: object, names: Set<string>): void {
  if ('kind' in part && part.kind === 'parameter' && 'name' in part) names.add(String(part.name))
  for (const inner of Object.values(part))
    if (typeof inner === 'object' && inner !== null) collect(inner, names)
}
