import { comparePaths, type FactPath, pathText } from './fact-path.ts'
import type { Reason } from './reason.ts'
import type { Trace } from './trace.ts'

/** The facts that kept a part of a rule from being known (semantics 8). */
export function missingOf(trace: Trace): string[] {
  if (isSettled(trace)) return []
  const found = new Map<string, FactPath>()
  visitUnknown(trace, (part) => {
    if (part.operands.length > 0) return
    const { path } = part
    if (path !== null) found.set(pathText(path), path)
  })
  if (found.size < 2) return [...found.keys()]
  return [...found].sort(([, a], [, b]) => comparePaths(a, b)).map(([text]) => text)
}

/** What could not be computed in an unknown part, although all that it needed was known. */
export function reasonsOf(trace: Trace): Reason[] {
  if (isSettled(trace)) return []
  const found = new Map<string, Reason>()
  visitUnknown(trace, (part) => {
    if (!('reason' in part) || part.reason === null) return
    const { start, end } = part.expression.span
    found.set(`${start}:${end}:${part.reason}`, { start, end, code: part.reason })
  })
  return [...found.values()].sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}

/** The unknown parts that an unknown part rests on, itself among them; nothing below what is known. */
function visitUnknown(trace: Trace, visit: (part: Trace) => void): void {
  if (isSettled(trace)) return
  visit(trace)
  for (const operand of trace.operands) visitUnknown(operand, visit)
  for (const { trace: element } of trace.elements) visitUnknown(element, visit)
}

function isSettled(trace: Trace): boolean {
  return 'state' in trace ? trace.state === 'complete' : trace.value !== null
}
