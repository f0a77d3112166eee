import { align } from './align.ts'
import type { Checking } from './checking.ts'
import type { Expression, ScalarType, Span } from './expression.ts'
import { decimalScaleMax } from './fact-types.ts'
import type { FunctionRow, OperandPattern, Signature } from './function-table.ts'
import type { OperationName } from './operations.ts'
import { rangeOfOperation } from './ranges.ts'
import { isOfKind, typeName } from './types.ts'

/** A strict operation that a row of the table tells, by the first signature that its operands fit. */
export function checkOperation(
  row: FunctionRow,
  given: readonly Expression[],
  scale: number,
  span: Span,
  checking: Checking,
): Expression | undefined {
  if (row.builds.node !== 'operation') return undefined
  const { operation, aligned: isAligned = false } = row.builds
  const together = isAligned ? align(given, checking) : { operands: given }
  if (together === 'told') return undefined
  const signature =
    together === undefined ? undefined : row.signatures.find(({ takes }) => fits(together.operands, takes))
  if (together === undefined || signature === undefined) return tellMismatch(row, given, span, checking)
  const { operands } = together
  const type = resultType(operation, signature, operands, scale)
  if (type.kind === 'number' && type.scale > decimalScaleMax) {
    const message = `The result has ${type.scale} digits after the point, and at most ${decimalScaleMax} are reckoned with.`
    return checking.faults.add('rules/scale', span, message, 'Round an operand with div(a, b, scale).')
  }
  if (type.kind === 'money' && scale > 0) {
    const message = 'Money is divided by an int to whole minor units.'
    return checking.faults.add('rules/type', span, message, 'Write 0 as the scale.')
  }
  return operationNode(operation, operands, type, scale, span)
}

/** The node of an operation, whose range and guard follow from those of its operands. */
export function operationNode(
  operation: OperationName,
  operands: readonly Expression[],
  type: ScalarType,
  scale: number,
  span: Span,
): Expression {
  const ranges = operands.flatMap(({ range }) => (range === undefined ? [] : [range]))
  // An operand without a range is never known: nothing is proved of the result, and nothing needs be.
  const { range, guarded } = rangeOfOperation(
    operation,
    ranges.length === operands.length ? ranges : [],
    scale,
  )
  const known = !guarded && operands.every((operand) => operand.known)
  return {
    kind: 'operation',
    operation,
    operands,
    scale,
    span,
    type,
    ...(range && { range }),
    guarded,
    known,
  }
}

function fits(operands: readonly Expression[], takes: readonly OperandPattern[]): boolean {
  return operands.every(({ type }, index) => fitsPattern(type, takes[index]))
}

function fitsPattern(type: ScalarType, pattern: OperandPattern | undefined): boolean {
  switch (pattern) {
    case 'bool':
    case 'number':
    case 'money':
    case 'text':
    case 'date':
      return isOfKind(type, pattern)
    case 'int':
      return isOfKind(type, 'number') && (type.kind !== 'number' || type.scale === 0)
    default:
      return pattern === 'value' || pattern === 'same'
  }
}

function resultType(
  operation: OperationName,
  { gives }: Signature,
  operands: readonly Expression[],
  digits: number,
): ScalarType {
  if (gives === 'number') {
    const scales = operands.map(({ type }) => (type.kind === 'number' ? type.scale : 0))
    if (operation === 'divide') return { kind: 'number', scale: digits }
    if (operation === 'multiply') return { kind: 'number', scale: scales.reduce((a, b) => a + b, 0) }
    return { kind: 'number', scale: Math.max(...scales) }
  }
  if (gives === 'int') return { kind: 'number', scale: 0 }
  return { kind: gives === 'money' || gives === 'date' || gives === 'text' ? gives : 'bool' }
}

/** That the operands fit no signature, with what to write where we can tell. */
function tellMismatch(
  row: FunctionRow,
  operands: readonly Expression[],
  span: Span,
  { text, faults }: Checking,
): undefined {
  const taken = row.signatures.map(
    ({ takes }) => `(${takes.join(', ').replace('same, same', 'two of one type')})`,
  )
  const given = operands.map(({ type }) => typeName(type)).join(', ')
  const last = taken.at(-1)
  const forms = taken.length < 2 ? last : `${taken.slice(0, -1).join(', ')} or ${last}`
  faults.add(
    'rules/type',
    span,
    `${row.written} takes ${forms}; here is (${given}).`,
    mismatchHint(operands, text),
  )
  return undefined
}

function mismatchHint(operands: readonly Expression[], text: string): string | undefined {
  const has = (kind: ScalarType['kind']) => operands.some(({ type }) => type.kind === kind)
  const literal = operands.find(({ kind, type }) => kind === 'literal' && type.kind === 'text')
  if (has('date') && literal !== undefined) {
    return `Write date(${text.slice(literal.span.start, literal.span.end)}).`
  }
  if (has('date') && has('text')) return 'Write date(…) around the text.'
  if (has('money'))
    return 'Money is reckoned with money or whole numbers; div(money, money, scale) is a decimal.'
  if (has('enum')) return 'An enum is compared with its labels, by ==, != and in.'
  if (operands.every(({ type }) => type.kind === 'text')) return 'Texts have no order and are not joined.'
  return undefined
}
