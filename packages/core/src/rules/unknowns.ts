import type { Reason } from './reason.ts'
import type { Trace } from './trace.ts'

/** Where a fact stands: names, and positions in lists. */
export type FactPath = readonly (string | number)[]

/** The facts that kept a part of a rule from being known (semantics 8). */
export function missingOf(trace: Trace): string[] {
  const found = new Map<string, FactPath>()
  visitUnknown(trace, (part) => {
    if (part.path !== null && part.operands.length === 0) found.set(pathText(part.path), part.path)
  })
  return [...found].sort(([, a], [, b]) => comparePaths(a, b)).map(([text]) => text)
}

/** What could not be computed in an unknown part, although all that it needed was known. */
export function reasonsOf(trace: Trace): Reason[] {
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

/** `household.members[2].age`. */
export function pathText(path: FactPath): string {
  let text = ''
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`
    else text += text === '' ? segment : `.${segment}`
  }
  return text
}

/** Segment by segment: names by code unit, positions as numbers. */
function comparePaths(a: FactPath, b: FactPath): number {
  for (let depth = 0; depth < a.length && depth < b.length; depth += 1) {
    const order = compareSegments(a[depth], b[depth])
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareSegments(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0
  if (typeof a === typeof b) return a < b ? -1 : 1
  return typeof a === 'number' ? -1 : 1
}
