import type { Expression, ListExpression } from './expression.ts'

/**
 * The same part where it stands within one more list: its own lists, whose elements had the scope `from` and those
 * behind it, give theirs one that is deeper.
 */
export function deepened(part: Expression, from: number): Expression {
  const inside = (each: Expression) => deepened(each, from)
  switch (part.kind) {
    case 'fact':
      return { ...part, scope: shifted(part.scope, from) }
    case 'not':
      return { ...part, operand: inside(part.operand) }
    case 'and':
    case 'or':
    case 'operation':
      return { ...part, operands: part.operands.map(inside) }
    case 'conditional':
      return {
        ...part,
        condition: inside(part.condition),
        whenTrue: inside(part.whenTrue),
        whenFalse: inside(part.whenFalse),
      }
    case 'known': {
      const { operand } = part
      const isList = operand.kind === 'list' || operand.kind === 'filter'
      return { ...part, operand: isList ? deepenedList(operand, from) : inside(operand) }
    }
    case 'oneOf':
      return { ...part, needle: inside(part.needle), elements: part.elements.map(inside) }
    case 'elementOf':
      return { ...part, needle: inside(part.needle), list: deepenedList(part.list, from) }
    case 'aggregate':
      return { ...part, list: deepenedList(part.list, from), body: inside(part.body) }
    case 'size':
      return { ...part, list: deepenedList(part.list, from) }
    default:
      return part
  }
}

function deepenedList(list: ListExpression, from: number): ListExpression {
  if (list.kind === 'list') return { ...list, scope: shifted(list.scope, from) }
  return { ...list, list: deepenedList(list.list, from), body: deepened(list.body, from) }
}

function shifted(scope: number, from: number): number {
  return scope >= from ? scope + 1 : scope
}
