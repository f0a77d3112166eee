import { align } from './align.ts'
import { factOf } from './check-names.ts'
import { operationNode } from './check-operation.ts'
import { asValue, checkValue, wholeOf } from './check-values.ts'
import type { Checked, Checking } from './checking.ts'
import { deepened } from './deepened.ts'
import type { Expression, ListExpression, Span } from './expression.ts'
import type { OperatorSyntax } from './syntax.ts'
import { typeName } from './types.ts'

/** `x in [a, b]`, `x in parameters.list` and `x in list`. */
export function checkIn({ operands, span }: OperatorSyntax, checking: Checking): Checked {
  const [left, right] = operands
  if (left === undefined || right === undefined) return undefined
  const needle = checkValue(left, checking)
  if (right.kind === 'list') {
    const elements = wholeOf(right.elements.map((element) => checkValue(element, checking)))
    return needle && elements && oneOf(needle, elements, span, checking)
  }
  const list = checking.check(right, checking)
  if (list?.kind === 'parameterList') {
    return needle === undefined ? undefined : oneOf(needle, list.elements, span, checking)
  }
  if (list?.kind === 'list' || list?.kind === 'filter') {
    return needle === undefined ? undefined : elementOf(needle, list, span, checking)
  }
  const other = asValue(list, checking)
  if (other === undefined) return undefined
  const message = `Behind in stands a list; this is ${typeName(other.type)}.`
  const hint =
    other.type.kind === 'text' ? 'Whether a text holds another says a.contains(b).' : 'Write x in [a, b].'
  return checking.faults.add('rules/type', other.span, message, hint)
}

function oneOf(needle: Expression, elements: readonly Expression[], span: Span, checking: Checking): Checked {
  const aligned = align([needle, ...elements], checking)
  if (aligned === 'told') return undefined
  if (aligned === undefined) return tellMixed(needle, elements, span, checking)
  const [first = needle, ...rest] = aligned.operands
  const known = rest.length === 0 || aligned.operands.every((operand) => operand.known)
  return { kind: 'oneOf', span, type: { kind: 'bool' }, known, needle: first, elements: rest }
}

function elementOf(needle: Expression, list: ListExpression, span: Span, checking: Checking): Checked {
  const { item } = list.type
  const { text, faults } = checking
  if (item.kind === 'record') {
    const written = text.slice(list.span.start, list.span.end)
    const message = `The elements of ${written} are records.`
    return faults.add('rules/type', list.span, message, `Write ${written}.exists(x, …).`)
  }
  const scope = checking.variables.length + 1
  const element: Expression =
    item.kind === 'undetermined'
      ? { kind: 'fact', span: list.span, scope, path: [], type: item, guarded: false, known: false }
      : factOf(item, scope, [], list.span)
  const aligned = align([needle, element], checking)
  if (aligned === 'told') return undefined
  if (aligned === undefined) return tellMixed(needle, [element], span, checking)
  const [left = needle, right = element] = aligned.operands
  const known = left.known && right.known && list.known
  if (right === element) return { kind: 'elementOf', span, type: { kind: 'bool' }, known, needle: left, list }
  // Each element takes the scale of what is sought, which only an expression over the elements can say.
  const body = operationNode('equal', [deepened(left, scope), right], { kind: 'bool' }, 0, span)
  return {
    kind: 'aggregate',
    aggregate: 'exists',
    span,
    type: { kind: 'bool' },
    known: body.known && list.known,
    guarded: false,
    list,
    body,
  }
}

function tellMixed(
  needle: Expression,
  elements: readonly Expression[],
  span: Span,
  { faults }: Checking,
): undefined {
  const names = [...new Set(elements.map(({ type }) => typeName(type)))].join(' and ')
  const hasDate = [needle, ...elements].some(({ type }) => type.kind === 'date')
  const hint = hasDate ? "Write date('…') around a text." : undefined
  const message = `What stands on both sides of in has one type; here ${typeName(needle.type)} is sought in ${names}.`
  return faults.add('rules/type', span, message, hint)
}
