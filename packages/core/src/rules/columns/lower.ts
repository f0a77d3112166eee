import type {
  AggregateExpression,
  ElementOfExpression,
  Expression,
  ListExpression,
  OperationExpression,
} from '../expression.ts'
import { powersOfTen } from '../numbers.ts'
import { heldAs, itemFactOf } from '../read-facts.ts'
import type { Block, ColumnNode, StrictName } from './column-node.ts'
import { dateNumber } from './date-number.ts'
import type { NodeFactory } from './node-factory.ts'

/** Turns a rule into nodes. `blocks` tells by scope what runs there. */
export function lower(factory: NodeFactory, expression: Expression, blocks: readonly Block[]): ColumnNode {
  const { known: isKnown, type } = expression
  const holds = type.kind === 'bool' ? 'truth' : 'number'
  const unknown = holds === 'truth' ? factory.truth(1) : factory.number(Number.NaN)
  const lowered = (part: Expression) => lower(factory, part, blocks)
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
      return lowerValue(factory, expression.value, type.kind)
    case 'on':
      return factory.on()
    case 'fact': {
      const block = blocks[expression.scope]
      const column = block?.plan.factIndex(expression)
      return block === undefined || column === undefined ? unknown : factory.column(block, column, isKnown)
    }
    case 'not':
      return factory.strict('not', 'truth', [lowered(expression.operand)], { isKnown })
    case 'and':
    case 'or':
      return inPairs(factory, expression.kind, expression.operands.map(lowered))
    case 'conditional': {
      const condition = lowered(expression.condition)
      const branches = [expression.whenTrue, expression.whenFalse].map((branch) =>
        heldAs(branch.type) === undefined ? unknown : lowered(branch),
      )
      const name = holds === 'truth' ? 'chooseTruth' : 'choose'
      return factory.strict(name, holds, [condition, ...branches], { isKnown })
    }
    case 'known': {
      const { operand } = expression
      if (operand.kind === 'list' || operand.kind === 'filter') {
        const { over, admits } = lowerList(factory, operand, blocks, [])
        return factory.fold('whole', over, admits, undefined, { isKnown: true })
      }
      const part = lowered(operand)
      const name = part.holds === 'truth' ? 'knownTruth' : 'known'
      return factory.strict(name, 'truth', [part], { isKnown: true })
    }
    case 'oneOf': {
      const { needle, elements } = expression
      const found = elements.map((element) =>
        compare(factory, 'equal', lowered(needle), lowered(element), expression),
      )
      return inPairs(factory, 'or', found)
    }
    case 'elementOf':
      return lowerElementOf(factory, expression, blocks)
    case 'operation':
      return lowerOperation(factory, expression, expression.operands.map(lowered)) ?? unknown
    case 'aggregate':
      return lowerAggregate(factory, expression, blocks)
    case 'size': {
      const { over, admits } = lowerList(factory, expression.list, blocks, [])
      return factory.fold('size', over, admits, undefined, { isKnown })
    }
    default:
      return unreachable(expression)
  }
}

function unreachable(expression: never): never {
  return expression
}

function lowerValue(factory: NodeFactory, value: boolean | number | string, kind: string): ColumnNode {
  if (typeof value === 'boolean') return factory.truth(value ? 3 : 0)
  if (typeof value === 'number') return factory.number(value)
  return kind === 'date' ? factory.number(dateNumber(value)) : factory.text(value)
}

function inPairs(factory: NodeFactory, name: 'and' | 'or', operands: readonly ColumnNode[]): ColumnNode {
  const neutral = factory.truth(name === 'and' ? 3 : 0)
  const [first = neutral, ...others] = operands
  return others.reduce((a, b) => factory.strict(name, 'truth', [a, b]), first)
}

/** A comparison of two sides that are held alike; the type of an undetermined one is not known. */
function compare(
  factory: NodeFactory,
  name: 'equal' | 'notEqual' | 'less' | 'lessOrEqual',
  left: ColumnNode,
  right: ColumnNode,
  { known: isKnown }: { readonly known: boolean },
): ColumnNode {
  if (left.holds !== right.holds) return factory.truth(1)
  if (left.holds === 'number') return factory.strict(name, 'truth', [left, right], { isKnown })
  return factory.strict(name === 'equal' ? 'same' : 'notSame', 'truth', [left, right], { isKnown })
}

function lowerOperation(
  factory: NodeFactory,
  expression: OperationExpression,
  operands: readonly ColumnNode[],
): ColumnNode | undefined {
  const { operation, scale, guarded: isGuarded, known: isKnown } = expression
  const [left, right] = operands
  if (left === undefined) return undefined
  const options = { isGuarded, isKnown }
  if (operation === 'negate') return factory.strict('subtract', 'number', [factory.number(0), left], options)
  if (operation === 'rescale') {
    const factor = factory.number(powersOfTen[scale] ?? Number.NaN)
    return factory.strict('multiply', 'number', [left, factor], options)
  }
  if (operation === 'length' || operation === 'dateOf')
    return factory.strict(operation, 'number', [left], options)
  if (right === undefined) return undefined
  switch (operation) {
    case 'equal':
    case 'notEqual':
    case 'less':
    case 'lessOrEqual':
      return compare(factory, operation, left, right, expression)
    case 'greater':
      return compare(factory, 'less', right, left, expression)
    case 'greaterOrEqual':
      return compare(factory, 'lessOrEqual', right, left, expression)
    default: {
      const name: StrictName = operation
      const holds = name === 'startsWith' || name === 'endsWith' || name === 'contains' ? 'truth' : 'number'
      return factory.strict(name, holds, [left, right], { ...options, scale })
    }
  }
}

function lowerAggregate(
  factory: NodeFactory,
  { aggregate, list, body, guarded, known }: AggregateExpression,
  blocks: readonly Block[],
): ColumnNode {
  const { over, admits } = lowerList(factory, list, blocks, [body])
  const lowered = lower(factory, body, [...blocks, over])
  return factory.fold(aggregate, over, admits, lowered, { isGuarded: guarded, isKnown: known })
}

/** The OR of the comparisons with each element (semantics 3). */
function lowerElementOf(
  factory: NodeFactory,
  expression: ElementOfExpression,
  blocks: readonly Block[],
): ColumnNode {
  const item = itemFactOf(expression.list, blocks.length)
  const { over, admits } = lowerList(factory, expression.list, blocks, [expression.needle])
  const needle = lower(factory, expression.needle, blocks)
  const element = lower(factory, item, [...blocks, over])
  const body = compare(factory, 'equal', needle, element, { known: needle.isKnown && element.isKnown })
  return factory.fold('exists', over, admits, body, { isKnown: expression.known })
}

/**
 * The block of a list's elements and what its filters admit. It stands as far out as it can: within the innermost
 * block that the list, its filters or the bodies read, so that what does not depend on a row's element is computed
 * once for the row.
 */
function lowerList(
  factory: NodeFactory,
  list: ListExpression,
  blocks: readonly Block[],
  bodies: readonly Expression[],
): { readonly over: Block; readonly admits: ColumnNode | undefined } {
  const predicates: Expression[] = []
  let source = list
  while (source.kind === 'filter') {
    predicates.unshift(source.body)
    source = source.list
  }
  const holder = blocks[source.scope] ?? factory.rows
  const index = holder.plan.listIndex(source)
  const used = new Set([source.scope])
  for (const part of [...predicates, ...bodies]) addScopes(part, used)
  let parent = holder
  for (const [scope, block] of blocks.entries())
    if (used.has(scope) && block.level > parent.level) parent = block
  const over = factory.block(parent, holder, index)
  const admitted = predicates.map((predicate) => lower(factory, predicate, [...blocks, over]))
  return { over, admits: admitted.length === 0 ? undefined : inTurn(factory, admitted) }
}

/** A filter of a filter asks the second predicate only of what passed the first. */
function inTurn(factory: NodeFactory, predicates: readonly ColumnNode[]): ColumnNode {
  const [first = factory.truth(3), ...others] = predicates
  return others.reduce((passed, next) => {
    // Where the first is unknown the whole list is, whatever the second says; a choice would look at both.
    const isUnknown = factory.strict('not', 'truth', [factory.strict('knownTruth', 'truth', [passed])])
    const both = factory.strict('and', 'truth', [passed, next])
    return factory.strict('chooseTruth', 'truth', [isUnknown, factory.truth(1), both])
  }, first)
}

/** Notes the scopes of all facts and lists that a part reads. */
function addScopes(part: Expression | ListExpression, scopes: Set<number>): void {
  switch (part.kind) {
    case 'fact':
    case 'list':
      scopes.add(part.scope)
      return
    case 'not':
    case 'known':
      addScopes(part.operand, scopes)
      return
    case 'and':
    case 'or':
    case 'operation':
      for (const operand of part.operands) addScopes(operand, scopes)
      return
    case 'conditional':
      for (const each of [part.condition, part.whenTrue, part.whenFalse]) addScopes(each, scopes)
      return
    case 'oneOf':
      for (const each of [part.needle, ...part.elements]) addScopes(each, scopes)
      return
    case 'elementOf':
      addScopes(part.needle, scopes)
      addScopes(part.list, scopes)
      return
    case 'aggregate':
    case 'filter':
      addScopes(part.list, scopes)
      addScopes(part.body, scopes)
      return
    case 'size':
      addScopes(part.list, scopes)
      return
    default:
  }
}
