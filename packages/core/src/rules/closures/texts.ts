import { isDate } from '../dates.ts'
import type { ConditionalExpression, Expression, FactExpression } from '../expression.ts'
import { heldAs } from '../read-facts.ts'
import type { Compiler, Text } from './compiler.ts'

/** Compiles a part that gives a text, a date or a label. */
export function compileText(compiler: Compiler, expression: Expression): Text {
  if (heldAs(expression.type) !== 'text') return unknown
  switch (expression.kind) {
    case 'literal':
    case 'parameter': {
      const { value } = expression
      return typeof value === 'string' ? () => value : unknown
    }
    case 'on': {
      const { frame } = compiler
      return () => frame.on
    }
    case 'fact':
      return compileFact(compiler, expression)
    case 'conditional':
      return compileConditional(compiler, expression)
    case 'operation': {
      const [operand] = expression.operands
      if (expression.operation !== 'dateOf' || operand === undefined) return unknown
      const text = compiler.text(operand)
      return () => {
        const value = text()
        return value !== null && isDate(value) ? value : null
      }
    }
    default:
      return unknown
  }
}

function unknown(): null {
  return null
}

function compileFact(compiler: Compiler, fact: FactExpression): Text {
  const read = compiler.frame.reader(fact)
  if (fact.type.kind === 'date' && fact.guarded)
    return () => {
      const value = read()
      return typeof value === 'string' && isDate(value) ? value : null
    }
  return () => {
    const value = read()
    return typeof value === 'string' ? value : null
  }
}

function compileConditional(compiler: Compiler, expression: ConditionalExpression): Text {
  const condition = compiler.truth(expression.condition)
  const whenTrue = compiler.text(expression.whenTrue)
  const whenFalse = compiler.text(expression.whenFalse)
  return () => {
    const value = condition()
    if (value !== 1) return value === 2 ? whenTrue() : whenFalse()
    const either = whenTrue()
    return either === whenFalse() ? either : null
  }
}
