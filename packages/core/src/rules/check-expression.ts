import { align } from './align.ts'
import { checkCall } from './check-call.ts'
import { checkIn } from './check-in.ts'
import { checkMember, checkName, valueNode } from './check-names.ts'
import { checkOperation } from './check-operation.ts'
import { checkCondition, checkValue, wholeOf } from './check-values.ts'
import type { Checked, Checking } from './checking.ts'
import type { LogicExpression, NumberRange } from './expression.ts'
import { type FunctionRow, functionTable } from './function-table.ts'
import { unitedRange } from './ranges.ts'
import type { OperatorSyntax, Syntax } from './syntax.ts'
import { typeName } from './types.ts'

/** Checks a part of a rule; nothing comes of it where its fault was told. */
export function checkPart(syntax: Syntax, checking: Checking): Checked {
  switch (syntax.kind) {
    case 'refused':
      for (const part of syntax.parts) checkPart(part, checking)
      return undefined
    case 'bool':
      return { kind: 'literal', ...valueNode(syntax.value, { kind: 'bool' }, syntax.span) }
    case 'text':
      return { kind: 'literal', ...valueNode(syntax.value, { kind: 'text' }, syntax.span) }
    case 'number': {
      const type = { kind: 'number', scale: syntax.scale } as const
      return { kind: 'literal', ...valueNode(Number(syntax.value), type, syntax.span) }
    }
    case 'name':
      return checkName(syntax, checking)
    case 'member':
      return checkMember(syntax, checkPart(syntax.target, checking), checking)
    case 'call':
      return checkCall(syntax, checking)
    case 'operator':
      return checkOperator(syntax, checking)
    case 'list': {
      for (const element of syntax.elements) checkPart(element, checking)
      const message = 'A list stands in the text only behind in.'
      return checking.faults.add('rules/type', syntax.span, message, 'Write x in [a, b].')
    }
  }
}

function checkOperator(syntax: OperatorSyntax, checking: Checking): Checked {
  const row = operatorRow(syntax)
  // The parser knows no operator but those of the table, save what was refused.
  if (row === undefined)
    return checking.faults.add('rules/unsupported', syntax.span, 'This is not part of the language.')
  switch (row.builds.node) {
    case 'not': {
      const [operand] = syntax.operands.map((part) => checkCondition(part, checking))
      if (operand === undefined) return undefined
      return { kind: 'not', span: syntax.span, type: { kind: 'bool' }, known: operand.known, operand }
    }
    case 'and':
    case 'or':
      return checkLogic(row.builds.node, syntax, checking)
    case 'conditional':
      return checkConditional(syntax, checking)
    case 'in':
      return checkIn(syntax, checking)
    default: {
      const operands = wholeOf(syntax.operands.map((part) => checkValue(part, checking)))
      return operands && checkOperation(row, operands, 0, syntax.span, checking)
    }
  }
}

function operatorRow({ operator, operands }: OperatorSyntax): FunctionRow | undefined {
  return functionTable.find(
    ({ form, name, builds, signatures }) =>
      form === 'operator' &&
      name === operator &&
      (builds.node === 'and' || builds.node === 'or' || signatures[0]?.takes.length === operands.length),
  )
}

function checkLogic(kind: LogicExpression['kind'], syntax: OperatorSyntax, checking: Checking): Checked {
  const operands = wholeOf(syntax.operands.map((part) => checkCondition(part, checking)))
  if (operands === undefined) return undefined
  const known = operands.every((operand) => operand.known)
  return { kind, span: syntax.span, type: { kind: 'bool' }, known, operands }
}

function checkConditional({ operands: parts, span }: OperatorSyntax, checking: Checking): Checked {
  const [test, first, second] = parts
  if (test === undefined || first === undefined || second === undefined) return undefined
  const condition = checkCondition(test, checking)
  const branches = wholeOf([checkValue(first, checking), checkValue(second, checking)])
  if (branches === undefined) return undefined
  const aligned = align(branches, checking)
  if (aligned === 'told') return undefined
  if (aligned === undefined) {
    const [a, b] = branches.map(({ type }) => typeName(type))
    return checking.faults.add(
      'rules/type',
      span,
      `Both branches have one type; here they are ${a} and ${b}.`,
    )
  }
  const [whenTrue, whenFalse] = aligned.operands
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined) return undefined
  const known = condition.known && whenTrue.known && whenFalse.known
  const range = rangeOfBranches(whenTrue.range, whenFalse.range)
  return { kind: 'conditional', span, type: aligned.type, ...range, known, condition, whenTrue, whenFalse }
}

function rangeOfBranches(a?: NumberRange, b?: NumberRange): { readonly range?: NumberRange } {
  // A branch without a range is never known, so that it adds nothing.
  const range = a !== undefined && b !== undefined ? unitedRange(a, b) : (a ?? b)
  return range === undefined ? {} : { range }
}
