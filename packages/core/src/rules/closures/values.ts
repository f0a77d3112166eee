import type { Expression } from '../expression.ts'
import type { ScalarValue } from '../fact-values.ts'
import { heldAs } from '../read-facts.ts'
import type { Compiler } from './compiler.ts'

/** Compiles a part of any type; null where it is unknown. */
export function compileValue(compiler: Compiler, expression: Expression): () => ScalarValue | null {
  switch (heldAs(expression.type)) {
    case 'bool': {
      const truth = compiler.truth(expression)
      return () => {
        const value = truth()
        return value === 1 ? null : value === 2
      }
    }
    case 'number': {
      const amount = compiler.amount(expression)
      return () => {
        const value = amount()
        return Number.isNaN(value) ? null : value
      }
    }
    case 'text':
      return compiler.text(expression)
    default:
      return () => null
  }
}
