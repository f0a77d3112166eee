import type { Expression, ListExpression } from './expression.ts'

/** How large a checked rule is. */
export interface Measure {
  readonly nodes: number
  /** Steps of one decision at most: a node is one, and what stands over a list counts once for each element. */
  readonly cost: number
}

/** Counts nodes, and steps from the greatest lengths of the lists (semantics 10). */
export function measure(expression: Expression | ListExpression): Measure {
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
    case 'on':
    case 'fact':
    case 'list':
      return { nodes: 1, cost: 1 }
    case 'not':
    case 'known':
      return measureAll([expression.operand])
    case 'and':
    case 'or':
    case 'operation':
      return measureAll(expression.operands)
    case 'conditional':
      return measureAll([expression.condition, expression.whenTrue, expression.whenFalse])
    case 'oneOf':
      return measureAll([expression.needle, ...expression.elements])
    case 'size':
      return measureAll([expression.list])
    case 'elementOf': {
      const { nodes, cost } = measureAll([expression.needle, expression.list])
      return { nodes, cost: cost + expression.list.type.itemsMax }
    }
    case 'aggregate':
    case 'filter': {
      const list = measure(expression.list)
      const body = measure(expression.body)
      return {
        nodes: 1 + list.nodes + body.nodes,
        cost: 1 + list.cost + expression.list.type.itemsMax * (1 + body.cost),
      }
    }
  }
}

function measureAll(parts: readonly (Expression | ListExpression)[]): Measure {
  let nodes = 1
  let cost = 1
  for (const part of parts) {
    const each = measure(part)
    nodes += each.nodes
    cost += each.cost
  }
  return { nodes, cost }
}
