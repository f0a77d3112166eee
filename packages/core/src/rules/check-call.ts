import { takenNames, valueNode } from './check-names.ts'
import { checkOperation, operationNode } from './check-operation.ts'
import { asValue, checkCondition, checkValue, wholeOf } from './check-values.ts'
import type { Checked, Checking } from './checking.ts'
import { isDate } from './dates.ts'
import type { AggregateExpression, Expression, ListExpression } from './expression.ts'
import { decimalScaleMax } from './fact-types.ts'
import { type FunctionRow, functionTable } from './function-table.ts'
import { fullRange, rangeOfTotal } from './ranges.ts'
import { suggest } from './suggest.ts'
import type { CallSyntax, Syntax } from './syntax.ts'
import { isOfKind, typeName } from './types.ts'

/** A function, method or macro, by its row of the table. */
export function checkCall(syntax: CallSyntax, checking: Checking): Checked {
  const { name, nameSpan, span, target } = syntax
  const form = target === undefined ? 'function' : 'method'
  const row = functionTable.find((candidate) => candidate.form === form && candidate.name === name)
  if (row === undefined) {
    // Its operands may name what only it could have explained.
    if (target !== undefined) checking.check(target, checking)
    return tellUnknown(syntax, form, checking)
  }
  const parts = target === undefined ? syntax.operands : [target, ...syntax.operands]
  const count = row.signatures[0]?.takes.length ?? 0
  if (parts.length !== count) {
    if (target !== undefined) checking.check(target, checking)
    const wanted = target === undefined ? count : count - 1
    const message = `${name}() takes ${wanted === 0 ? 'nothing' : wanted} within its parentheses.`
    return checking.faults.add('rules/arguments', nameSpan, message, `Write ${row.written}.`)
  }
  switch (row.builds.node) {
    case 'aggregate':
    case 'filter':
      return checkMacro(row, parts, syntax, checking)
    case 'known':
      return checkKnown(parts, syntax, checking)
    case 'date':
      return checkDate(row, parts, syntax, checking)
    case 'size':
      return checkSize(row, parts, syntax, checking)
    default: {
      const takesScale = row.signatures[0]?.takes.at(-1) === 'scale'
      const operands = wholeOf(
        (takesScale ? parts.slice(0, -1) : parts).map((part) => checkValue(part, checking)),
      )
      const scale = takesScale ? scaleOf(parts.at(-1), row, checking) : 0
      if (scale === undefined || operands === undefined) return undefined
      return checkOperation(row, operands, scale, span, checking)
    }
  }
}

function tellUnknown(
  { name, nameSpan }: CallSyntax,
  form: 'function' | 'method',
  checking: Checking,
): undefined {
  const other = functionTable.find((row) => row.name === name && row.form !== 'operator')
  const names = functionTable.filter((row) => row.form === form).map((row) => row.name)
  const hint = other === undefined ? suggest(name, names) : `Write ${other.written}.`
  return checking.faults.add('rules/unknown-function', nameSpan, `There is no ${form} ${name}.`, hint)
}

function scaleOf(part: Syntax | undefined, row: FunctionRow, { faults }: Checking): number | undefined {
  if (part === undefined) return undefined
  if (part.kind === 'number' && part.scale === 0 && part.value >= 0n && part.value <= decimalScaleMax) {
    return Number(part.value)
  }
  if (part.kind === 'refused') return undefined
  const message = `The scale of ${row.written} is a whole number from 0 to ${decimalScaleMax} in the text.`
  return faults.add('rules/arguments', part.span, message)
}

function checkKnown([part]: readonly Syntax[], { span }: CallSyntax, checking: Checking): Checked {
  if (part === undefined) return undefined
  const checked = checking.check(part, checking)
  const operand =
    checked?.kind === 'list' || checked?.kind === 'filter' ? checked : asValue(checked, checking)
  if (operand === undefined) return undefined
  return { kind: 'known', span, type: { kind: 'bool' }, known: true, operand }
}

function checkDate(
  row: FunctionRow,
  [part]: readonly Syntax[],
  { span }: CallSyntax,
  checking: Checking,
): Checked {
  const operand = part === undefined ? undefined : checkValue(part, checking)
  if (operand === undefined) return undefined
  if (operand.type.kind === 'date') return operand
  const { value } = { value: undefined, ...operand }
  if (operand.kind === 'literal' && typeof value === 'string') {
    if (isDate(value)) return { kind: 'literal', ...valueNode(value, { kind: 'date' }, span) }
    const message = `'${value}' is not a date that exists.`
    return checking.faults.add('rules/no-such-date', operand.span, message, 'Write it as YYYY-MM-DD.')
  }
  if (isOfKind(operand.type, 'text')) return operationNode('dateOf', [operand], { kind: 'date' }, 0, span)
  const message = `${row.written} takes text; here is ${typeName(operand.type)}.`
  return checking.faults.add('rules/type', span, message)
}

function checkSize(
  row: FunctionRow,
  [part]: readonly Syntax[],
  { span }: CallSyntax,
  checking: Checking,
): Checked {
  const checked = part === undefined ? undefined : checking.check(part, checking)
  if (checked?.kind === 'list' || checked?.kind === 'filter') {
    return {
      kind: 'size',
      span,
      type: { kind: 'number', scale: 0 },
      range: { minimum: 0, maximum: checked.type.itemsMax },
      known: checked.known,
      list: checked,
    }
  }
  const operand = asValue(checked, checking)
  if (operand === undefined) return undefined
  if (isOfKind(operand.type, 'text')) {
    return operationNode('length', [operand], { kind: 'number', scale: 0 }, 0, span)
  }
  const message = `${row.written} takes a list or text; here is ${typeName(operand.type)}.`
  return checking.faults.add('rules/type', span, message)
}

/** A list, a new name for its elements, and what is asked of each. */
function checkMacro(
  row: FunctionRow,
  [listPart, namePart, bodyPart]: readonly Syntax[],
  { span }: CallSyntax,
  checking: Checking,
): Checked {
  if (listPart === undefined || namePart === undefined || bodyPart === undefined) return undefined
  const list = listOf(checking.check(listPart, checking), checking)
  const name = variableName(namePart, row, checking)
  // Of the elements nothing is known where the list is not, and so the body cannot be checked.
  if (list === undefined || name === undefined) return undefined
  const inner: Checking = {
    ...checking,
    variables: [...checking.variables, { name, item: list.type.item }],
  }
  if (row.builds.node !== 'aggregate') {
    const body = checkCondition(bodyPart, inner)
    if (body === undefined) return undefined
    const known = list.known && body.known
    return { kind: 'filter', span, known, list, body, type: { ...list.type, known } }
  }
  const { aggregate } = row.builds
  if (aggregate === 'exists' || aggregate === 'all') {
    const body = checkCondition(bodyPart, inner)
    if (body === undefined) return undefined
    const known = list.known && body.known
    return { kind: 'aggregate', aggregate, span, type: { kind: 'bool' }, known, guarded: false, list, body }
  }
  const body = checkValue(bodyPart, inner)
  return body === undefined ? undefined : total(aggregate, list, body, row, span, checking)
}

function total(
  aggregate: 'sum' | 'min' | 'max',
  list: ListExpression,
  body: Expression,
  row: FunctionRow,
  span: AggregateExpression['span'],
  { faults }: Checking,
): Checked {
  const { type, range: term = fullRange } = body
  const isTerm = row.signatures.some(({ takes }) => {
    const pattern = takes.at(-1)
    return (pattern === 'number' || pattern === 'money') && isOfKind(type, pattern)
  })
  if (!isTerm) {
    const message = `${row.written} takes numbers or money; here is ${typeName(type)}.`
    return faults.add('rules/type', body.span, message)
  }
  // Of nothing there is no least and no greatest, and that no type excludes.
  const { range, guarded } =
    aggregate === 'sum' ? rangeOfTotal(term, list.type.itemsMax) : { range: term, guarded: true }
  const known = list.known && body.known && !guarded
  // A sum over nothing is 0, so that it has a type even where its terms have none.
  const totalType = type.kind === 'undetermined' ? ({ kind: 'number', scale: 0 } as const) : type
  return { kind: 'aggregate', aggregate, span, type: totalType, range, guarded, known, list, body }
}

function listOf(checked: Checked, checking: Checking): ListExpression | undefined {
  if (checked?.kind === 'list' || checked?.kind === 'filter') return checked
  if (checked?.kind === 'parameterList') {
    const message = 'A list of parameters stands only behind in.'
    return checking.faults.add('rules/type', checked.span, message)
  }
  const other = asValue(checked, checking)
  if (other === undefined) return undefined
  const message = `This is ${typeName(other.type)}, and a list is needed.`
  return checking.faults.add('rules/type', other.span, message)
}

function variableName(
  part: Syntax,
  row: FunctionRow,
  { variables, facts, faults }: Checking,
): string | undefined {
  if (part.kind !== 'name') {
    if (part.kind === 'refused') return undefined
    return faults.add(
      'rules/arguments',
      part.span,
      'Here stands a name for the elements.',
      `Write ${row.written}.`,
    )
  }
  const { name, span } = part
  const isTaken =
    takenNames.includes(name) ||
    Object.hasOwn(facts, name) ||
    variables.some((variable) => variable.name === name)
  if (!isTaken) return name
  return faults.add('rules/shadowed', span, `${name} has a meaning here already.`, 'Take another name.')
}
