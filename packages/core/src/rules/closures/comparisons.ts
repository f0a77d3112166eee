import type { Expression } from '../expression.ts'
import type { OperationName } from '../operations.ts'
import { heldAs } from '../read-facts.ts'
import type { Amount, Compiler, Text, Truth } from './compiler.ts'

/** Compiles a comparison of two operands of one type; unknown where a side is. */
export function compileComparison(
  compiler: Compiler,
  operation: OperationName,
  left: Expression,
  right: Expression,
): Truth {
  const held = heldAs(left.type)
  if (held === undefined || heldAs(right.type) === undefined) return () => 1
  if (held === 'bool') return compareTruths(operation, compiler.truth(left), compiler.truth(right))
  if (held === 'text') return compareTexts(operation, compiler.text(left), compiler.text(right))
  const constant = constantOf(right)
  const amount = compiler.amount(left)
  return constant === undefined
    ? compareAmounts(operation, amount, compiler.amount(right))
    : compareWith(operation, amount, constant)
}

function constantOf(expression: Expression): number | undefined {
  return (expression.kind === 'literal' || expression.kind === 'parameter') &&
    typeof expression.value === 'number'
    ? expression.value
    : undefined
}

function compareTruths(operation: OperationName, left: Truth, right: Truth): Truth {
  const whenEqual = operation === 'equal' ? 2 : 0
  const whenNot = operation === 'equal' ? 0 : 2
  return () => {
    const a = left()
    const b = right()
    return a === 1 || b === 1 ? 1 : a === b ? whenEqual : whenNot
  }
}

function compareTexts(operation: OperationName, left: Text, right: Text): Truth {
  const holds = textComparisons[operation]
  if (holds === undefined) return () => 1
  return () => {
    const a = left()
    const b = right()
    return a === null || b === null ? 1 : holds(a, b) ? 2 : 0
  }
}

const textComparisons: Partial<Record<OperationName, (a: string, b: string) => boolean>> = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  less: (a, b) => a < b,
  lessOrEqual: (a, b) => a <= b,
  greater: (a, b) => a > b,
  greaterOrEqual: (a, b) => a >= b,
}

// Written out for each sign, so that each stays a comparison of two doubles. Both a comparison and its contrary are
// false of NaN.
function compareAmounts(operation: OperationName, left: Amount, right: Amount): Truth {
  switch (operation) {
    case 'less':
      return () => {
        const a = left()
        const b = right()
        return a < b ? 2 : a >= b ? 0 : 1
      }
    case 'lessOrEqual':
      return () => {
        const a = left()
        const b = right()
        return a <= b ? 2 : a > b ? 0 : 1
      }
    case 'greater':
      return compareAmounts('less', right, left)
    case 'greaterOrEqual':
      return compareAmounts('lessOrEqual', right, left)
    case 'equal':
      return () => {
        const a = left()
        const b = right()
        return a === b ? 2 : Number.isNaN(a) || Number.isNaN(b) ? 1 : 0
      }
    case 'notEqual':
      return () => {
        const a = left()
        const b = right()
        return a === b ? 0 : Number.isNaN(a) || Number.isNaN(b) ? 1 : 2
      }
    default:
      return () => 1
  }
}

function compareWith(operation: OperationName, left: Amount, constant: number): Truth {
  switch (operation) {
    case 'less':
      return () => {
        const a = left()
        return a < constant ? 2 : a >= constant ? 0 : 1
      }
    case 'lessOrEqual':
      return () => {
        const a = left()
        return a <= constant ? 2 : a > constant ? 0 : 1
      }
    case 'greater':
      return () => {
        const a = left()
        return a > constant ? 2 : a <= constant ? 0 : 1
      }
    case 'greaterOrEqual':
      return () => {
        const a = left()
        return a >= constant ? 2 : a < constant ? 0 : 1
      }
    default:
      return compareAmounts(operation, left, () => constant)
  }
}
