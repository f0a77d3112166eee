import type {
  ConditionalExpression,
  Expression,
  KnownExpression,
  OperationExpression,
} from '../expression.ts'
import { heldAs } from '../read-facts.ts'
import { compileComparison } from './comparisons.ts'
import type { Compiler, Truth } from './compiler.ts'
import { compileQuantifier } from './loops.ts'
import { compileMembership } from './membership.ts'
import { ask, type Probe, probeOf } from './probes.ts'

type Within = Extract<Probe, { readonly kind: 'within' }>

/** Compiles a part that gives a truth value. */
export function compileTruth(compiler: Compiler, expression: Expression): Truth {
  if (expression.type.kind !== 'bool') return unknown
  const probe = probeOf(compiler.frame, expression)
  if (probe !== undefined) return ask(probe)
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
      return expression.value === true ? yes : no
    case 'fact': {
      const read = compiler.frame.reader(expression)
      return () => {
        const value = read()
        return value === true ? 2 : value === false ? 0 : 1
      }
    }
    case 'not': {
      const operand = compiler.truth(expression.operand)
      return () => {
        const value = operand()
        return value === 1 ? 1 : value === 0 ? 2 : 0
      }
    }
    case 'and':
    case 'or': {
      const operands = expression.operands.map((operand) => compiler.truth(operand))
      if (expression.kind === 'or') return any(operands)
      const [first] = expression.operands
      const probe = first && probeOf(compiler.frame, first)
      return probe?.kind === 'within' ? after(probe, all(operands.slice(1))) : all(operands)
    }
    case 'conditional':
      return compileConditional(compiler, expression)
    case 'known':
      return compileKnown(compiler, expression)
    case 'oneOf':
    case 'elementOf':
      return compileMembership(compiler, expression)
    case 'operation':
      return compileOperation(compiler, expression)
    case 'aggregate':
      return compileQuantifier(compiler, expression)
    case 'on':
    case 'size':
      return unknown
    default:
      return unreachable(expression)
  }
}

function unreachable(expression: never): never {
  return expression
}

function yes(): 2 {
  return 2
}

function no(): 0 {
  return 0
}

function unknown(): 1 {
  return 1
}

/** A false operand settles it, so that what is behind needs no look: the value stays the same. */
function all(operands: readonly Truth[]): Truth {
  const [first = yes, second = yes, third = yes, fourth = yes] = operands
  if (operands.length === 1) return first
  if (operands.length === 2)
    return () => {
      const value = first()
      if (value === 0) return 0
      const other = second()
      return value === 2 ? other : other === 0 ? 0 : 1
    }
  if (operands.length > 4) return all([all(operands.slice(0, 4)), all(operands.slice(4))])
  return () => {
    let least = first()
    if (least === 0) return 0
    let value = second()
    if (value < least) least = value
    if (least === 0) return 0
    value = third()
    if (value < least) least = value
    if (least === 0) return 0
    value = fourth()
    return least === 2 ? value : value === 0 ? 0 : 1
  }
}

/** An `and` that begins, as most do, with a number within bounds: what is asked first is asked without a call. */
function after({ cell, name, least, most }: Within, rest: Truth): Truth {
  return () => {
    const value = cell.record[name]
    if (typeof value === 'number') return value >= least && value <= most ? rest() : 0
    return rest() === 0 ? 0 : 1
  }
}

function any(operands: readonly Truth[]): Truth {
  const [first = no, second = no, third = no, fourth = no] = operands
  if (operands.length === 2)
    return () => {
      const value = first()
      if (value === 2) return 2
      const other = second()
      return value === 0 ? other : other === 2 ? 2 : 1
    }
  if (operands.length > 4) return any([any(operands.slice(0, 4)), any(operands.slice(4))])
  return () => {
    let greatest = first()
    if (greatest === 2) return 2
    let value = second()
    if (value > greatest) greatest = value
    if (greatest === 2) return 2
    value = third()
    if (value > greatest) greatest = value
    if (greatest === 2) return 2
    value = fourth()
    return greatest === 0 ? value : value === 2 ? 2 : 1
  }
}

function compileConditional(compiler: Compiler, expression: ConditionalExpression): Truth {
  const condition = compiler.truth(expression.condition)
  const whenTrue = compiler.truth(expression.whenTrue)
  const whenFalse = compiler.truth(expression.whenFalse)
  return () => {
    const value = condition()
    if (value !== 1) return value === 2 ? whenTrue() : whenFalse()
    const either = whenTrue()
    return either === whenFalse() ? either : 1
  }
}

function compileKnown(compiler: Compiler, { operand }: KnownExpression): Truth {
  if (operand.kind === 'list' || operand.kind === 'filter') {
    // An element that a filter cannot place makes its size unknown, and nothing else does.
    const size = compiler.size(operand)
    return () => (Number.isNaN(size()) ? 0 : 2)
  }
  switch (heldAs(operand.type)) {
    case 'bool': {
      const truth = compiler.truth(operand)
      return () => (truth() === 1 ? 0 : 2)
    }
    case 'number': {
      const amount = compiler.amount(operand)
      return () => (Number.isNaN(amount()) ? 0 : 2)
    }
    case 'text': {
      const text = compiler.text(operand)
      return () => (text() === null ? 0 : 2)
    }
    default:
      return no
  }
}

function compileOperation(compiler: Compiler, expression: OperationExpression): Truth {
  const { operation, operands } = expression
  const [left, right] = operands
  if (left === undefined || right === undefined) return unknown
  if (operation === 'startsWith' || operation === 'endsWith' || operation === 'contains') {
    const find = searches[operation]
    const text = compiler.text(left)
    const part = compiler.text(right)
    return () => {
      const where = text()
      const what = part()
      return where === null || what === null ? 1 : find(where, what) ? 2 : 0
    }
  }
  return compileComparison(compiler, operation, left, right)
}

const searches = {
  startsWith: (text: string, part: string) => text.startsWith(part),
  endsWith: (text: string, part: string) => text.endsWith(part),
  contains: (text: string, part: string) => text.includes(part),
} as const
