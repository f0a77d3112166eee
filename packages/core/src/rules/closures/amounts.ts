import { codePointsOf } from '../compute.ts'
import { ageOn, monthsFrom } from '../dates.ts'
import type { ConditionalExpression, Expression, FactExpression, OperationExpression } from '../expression.ts'
import { factNumberMax } from '../fact-types.ts'
import { divide, inRange, powersOfTen, remainder } from '../numbers.ts'
import { heldAs } from '../read-facts.ts'
import type { Amount, Compiler } from './compiler.ts'
import { compileTotal } from './loops.ts'

/** Compiles a part that gives a number or money. */
export function compileAmount(compiler: Compiler, expression: Expression): Amount {
  if (heldAs(expression.type) !== 'number') return unknown
  switch (expression.kind) {
    case 'literal':
    case 'parameter': {
      const { value } = expression
      return typeof value === 'number' ? () => value : unknown
    }
    case 'fact':
      return compileFact(compiler, expression)
    case 'conditional':
      return compileConditional(compiler, expression)
    case 'operation':
      return compileOperation(compiler, expression)
    case 'aggregate':
      return compileTotal(compiler, expression)
    case 'size':
      return compiler.size(expression.list)
    default:
      return unknown
  }
}

function unknown(): number {
  return Number.NaN
}

function compileFact(compiler: Compiler, fact: FactExpression): Amount {
  const place = fact.guarded ? undefined : compiler.frame.plainPlaceOf(fact)
  if (place !== undefined) {
    const { cell, name } = place
    return () => {
      const value = cell.record[name]
      return typeof value === 'number' ? value : Number.NaN
    }
  }
  const read = compiler.frame.reader(fact)
  if (!fact.guarded)
    return () => {
      const value = read()
      return typeof value === 'number' ? value : Number.NaN
    }
  const minimum = fact.range?.minimum ?? -factNumberMax
  const maximum = fact.range?.maximum ?? factNumberMax
  return () => {
    const value = read()
    return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum
      ? value + 0
      : Number.NaN
  }
}

function compileConditional(compiler: Compiler, expression: ConditionalExpression): Amount {
  const condition = compiler.truth(expression.condition)
  const whenTrue = compiler.amount(expression.whenTrue)
  const whenFalse = compiler.amount(expression.whenFalse)
  return () => {
    const value = condition()
    if (value !== 1) return value === 2 ? whenTrue() : whenFalse()
    const either = whenTrue()
    return either === whenFalse() ? either : Number.NaN
  }
}

function compileOperation(compiler: Compiler, expression: OperationExpression): Amount {
  const { operation, operands } = expression
  const [first, second] = operands
  if (first === undefined) return unknown
  switch (operation) {
    case 'length': {
      const text = compiler.text(first)
      return () => {
        const value = text()
        return value === null ? Number.NaN : codePointsOf(value)
      }
    }
    case 'age':
    case 'monthsBetween':
      return second === undefined ? unknown : compileDates(compiler, operation, first, second)
    default:
      return compileArithmetic(compiler, expression, compiler.amount(first), second)
  }
}

function compileDates(
  compiler: Compiler,
  operation: 'age' | 'monthsBetween',
  first: Expression,
  second: Expression,
): Amount {
  const reckon = operation === 'age' ? ageOn : monthsFrom
  const from = compiler.text(first)
  const to = compiler.text(second)
  return () => {
    const start = from()
    const end = to()
    return start === null || end === null ? Number.NaN : reckon(start, end)
  }
}

function compileArithmetic(
  compiler: Compiler,
  { operation, scale, guarded }: OperationExpression,
  left: Amount,
  second: Expression | undefined,
): Amount {
  if (operation === 'negate') return () => 0 - left()
  if (operation === 'rescale') {
    const factor = powersOfTen[scale] ?? Number.NaN
    return guarded ? () => inRange(left() * factor) : () => left() * factor
  }
  if (second === undefined) return unknown
  const right = compiler.amount(second)
  switch (operation) {
    case 'add':
      return guarded ? () => inRange(left() + right()) : () => left() + right()
    case 'subtract':
      return guarded ? () => inRange(left() - right()) : () => left() - right()
    case 'multiply':
      // The addition turns a negative zero into zero.
      return guarded ? () => inRange(left() * right()) : () => left() * right() + 0
    case 'remainder':
      return () => remainder(left(), right())
    case 'divide':
      return () => divide(left(), right(), scale)
    default:
      return unknown
  }
}
