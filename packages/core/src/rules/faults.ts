import type { Span } from './expression.ts'
import type { RuleFault, RuleFaultCode } from './rule.ts'

/** Where faults of one rule are gathered; a fault never ends the check, so that all are told at once. */
export interface Faults {
  readonly add: (code: RuleFaultCode, span: Span, message: string, hint?: string) => undefined
  /** All so far, in the order of the text. */
  readonly list: () => readonly RuleFault[]
}

/** Gathers faults of a text, beside those that were told before. */
export function gatherFaults(text: string, before: readonly RuleFault[] = []): Faults {
  const faults: RuleFault[] = [...before]
  return {
    add(code, { start, end }, message, hint) {
      const head = text.slice(0, start)
      const line = head.split('\n').length
      const column = start - (head.lastIndexOf('\n') + 1) + 1
      faults.push({ code, start, end, line, column, message, ...(hint === undefined ? {} : { hint }) })
    },
    list: () => faults.toSorted((a, b) => a.start - b.start || a.end - b.end),
  }
}
