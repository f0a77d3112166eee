import type {
  ConditionalExpression,
  Expression,
  LogicExpression,
  OneOfExpression,
  OperationExpression,
  ScalarType,
} from '../expression.ts'
import { ageComparison } from './ages.ts'
import { type Emission, once } from './emission.ts'
import { factOf } from './facts.ts'
import { bound, type Fragment, joined, knownIf, raw, sql } from './fragment.ts'
import { aggregateOf, elementOf, knownList, sizeOf } from './lists.ts'
import { operationOf } from './operations.ts'
import { constant, truth, unknown } from './shapes.ts'

/** Writes an expression. NULL is unknown; what is known to the checker or to the table is never NULL. */
export function emit(expression: Expression, at: Emission): Fragment {
  const written = writtenOf(expression, at)
  return knownIf(expression.known || written.known, written)
}

function writtenOf(expression: Expression, at: Emission): Fragment {
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
      return constant(at, expression.value)
    case 'on':
      return bound(at.on)
    case 'fact':
      return expression.type.kind === 'undetermined' ? raw('NULL') : factOf(at, expression)
    case 'not': {
      const operand = typed(expression.operand, expression.type, at)
      return knownIf(operand.known, sql`(NOT ${operand})`)
    }
    case 'and':
    case 'or':
      return logicOf(expression, at)
    case 'conditional':
      return conditionalOf(expression, at)
    case 'known': {
      const { operand } = expression
      if (operand.kind === 'list' || operand.kind === 'filter') return knownList(at, operand, emit)
      const written = emit(operand, at)
      return written.known ? truth(at, true) : knownIf(true, sql`(${written} IS NOT NULL)`)
    }
    case 'oneOf':
      return oneOf(expression, at)
    case 'elementOf':
      return elementOf(at, expression, emit)
    case 'operation':
      return strict(expression, at)
    case 'aggregate':
      return aggregateOf(at, expression, emit)
    case 'size':
      return sizeOf(at, expression, emit)
  }
}

/** Writes an operand whose type the place demands, which PostgreSQL must be told also of what is always unknown. */
function typed(expression: Expression, type: ScalarType, at: Emission): Fragment {
  return expression.type.kind === 'undetermined' ? unknown(at, type) : emit(expression, at)
}

/** As a balanced tree: SQLite takes a long chain for as many levels. */
function logicOf({ kind, operands, type }: LogicExpression, at: Emission): Fragment {
  const operator = raw(kind === 'and' ? ' AND ' : ' OR ')
  const tree = (parts: readonly Fragment[]): Fragment => {
    const [first, ...rest] = parts
    if (first === undefined) return truth(at, kind === 'and')
    if (rest.length === 0) return first
    const middle = Math.ceil(parts.length / 2)
    return sql`(${tree(parts.slice(0, middle))}${operator}${tree(parts.slice(middle))})`
  }
  const written = operands.map((operand) => typed(operand, type, at))
  return knownIf(
    written.every(({ known }) => known),
    tree(written),
  )
}

function conditionalOf(expression: ConditionalExpression, at: Emission): Fragment {
  const { type } = expression
  const condition = typed(expression.condition, { kind: 'bool' }, at)
  const whenTrue = typed(expression.whenTrue, type, at)
  const whenFalse = typed(expression.whenFalse, type, at)
  if (condition.known) {
    return knownIf(
      whenTrue.known && whenFalse.known,
      sql`CASE WHEN ${condition} THEN ${whenTrue} ELSE ${whenFalse} END`,
    )
  }
  return once(at, [whenTrue, whenFalse], (a = whenTrue, b = whenFalse) => {
    const [yes, no] = [truth(at, true), truth(at, false)]
    return sql`CASE ${condition} WHEN ${yes} THEN ${a} WHEN ${no} THEN ${b} ELSE CASE WHEN ${a} = ${b} THEN ${a} END END`
  })
}

/** IN is Kleene on both databases, and so is what is written before it. */
function oneOf({ needle, elements }: OneOfExpression, at: Emission): Fragment {
  if (elements.length === 0) return truth(at, false)
  const type =
    [needle, ...elements].map((part) => part.type).find(({ kind }) => kind !== 'undetermined') ?? needle.type
  const value = typed(needle, type, at)
  const values = elements.map((element) => typed(element, type, at))
  return knownIf(
    value.known && values.every(({ known }) => known),
    sql`(${value} IN (${joined(values, ', ')}))`,
  )
}

function strict(expression: OperationExpression, at: Emission): Fragment {
  const { operands, guarded, type } = expression
  if (operands.some((operand) => operand.type.kind === 'undetermined')) return unknown(at, type)
  const compared = ageComparison(at, expression, emit)
  if (compared !== undefined) return compared
  const written = operands.map((operand) => emit(operand, at))
  return knownIf(!guarded && written.every(({ known }) => known), operationOf(at, expression, written))
}
