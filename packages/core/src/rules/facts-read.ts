import { comparePaths, type FactPath, pathText } from './fact-path.ts'
import type { FactValue } from './fact-values.ts'
import type { Trace } from './trace.ts'

/** A fact that a rule looked at. */
export interface FactRead {
  /** `household.members[2].age`. */
  readonly path: string
  /** Null where it is unknown. A list is only told to be known: true, and null where not all of it is. */
  readonly value: FactValue
}

/**
 * The facts that the parts of a trace looked at, each once, sorted as the missing ones are (semantics 8).
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { checkRule, type FactType, factsRead, traceRule } from '@lumbung/core/rules'
 *
 * const rooms: FactType = { kind: 'int', minimum: 0, maximum: 20, promised: true, known: false }
 * const checked = checkRule('home.rooms < 3', { facts: { home: { kind: 'record', facts: { rooms } } } })
 * const input = { facts: { home: { rooms: 2 } }, on: parseCivilDate('2026-06-15') }
 * checked.ok && factsRead(traceRule(checked.rule, input).trace) // => [{ path: 'home.rooms', value: 2 }]
 * ```
 */
export function factsRead(trace: Trace): FactRead[] {
  const found = new Map<string, { readonly path: FactPath; readonly value: FactValue }>()
  visit(trace, found)
  return [...found]
    .sort(([, a], [, b]) => comparePaths(a.path, b.path))
    .map(([path, { value }]) => ({ path, value }))
}

function visit(part: Trace, found: Map<string, { path: FactPath; value: FactValue }>): void {
  if (part.path !== null && part.operands.length === 0) {
    const value = 'state' in part ? part.state === 'complete' || null : part.value
    found.set(pathText(part.path), { path: part.path, value })
  }
  for (const operand of part.operands) visit(operand, found)
  for (const { trace } of part.elements) visit(trace, found)
}
