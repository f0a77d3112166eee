import type { ColumnNode } from './column-node.ts'

/** A strict node as code; `operands` are the variables that hold them. Truths are 0, 1, 3. */
export function strictCode(
  node: Extract<ColumnNode, { readonly kind: 'strict' }>,
  [a = 'NaN', b = 'NaN', c = 'NaN']: readonly string[],
): string {
  const ranged = (value: string) => (node.isGuarded ? `inRange(${value})` : value)
  switch (node.name) {
    case 'add':
      return ranged(`${a} + ${b}`)
    case 'subtract':
      return ranged(`${a} - ${b}`)
    case 'multiply':
      // The addition turns a negative zero into zero.
      return node.isGuarded ? ranged(`${a} * ${b}`) : `${a} * ${b} + 0`
    case 'remainder':
      return `remainder(${a}, ${b})`
    case 'divide':
      return `divide(${a}, ${b}, ${node.scale})`
    // Without a branch, for none could be foretold: 1, and 2 more where it holds, 1 less where the contrary does.
    case 'less':
      return node.isKnown ? `3 * (${a} < ${b})` : `1 + 2 * (${a} < ${b}) - (${a} >= ${b})`
    case 'lessOrEqual':
      return node.isKnown ? `3 * (${a} <= ${b})` : `1 + 2 * (${a} <= ${b}) - (${a} > ${b})`
    case 'equal':
      return node.isKnown ? `3 * (${a} === ${b})` : `1 + 2 * (${a} === ${b}) - (${a} < ${b}) - (${a} > ${b})`
    case 'notEqual':
      return node.isKnown
        ? `3 * (${a} !== ${b})`
        : `1 + 2 * ((${a} < ${b}) + (${a} > ${b})) - (${a} === ${b})`
    case 'same':
      return `${a} === 1 || ${b} === 1 ? 1 : ${a} === ${b} ? 3 : 0`
    case 'notSame':
      return `${a} === 1 || ${b} === 1 ? 1 : ${a} === ${b} ? 0 : 3`
    case 'not':
      return node.isKnown ? `3 - ${a}` : `${a} === 1 ? 1 : 3 - ${a}`
    case 'and':
      return `${a} & ${b}`
    case 'or':
      return `${a} | ${b}`
    case 'choose':
      return `${a} === 3 ? ${b} : ${a} === 0 ? ${c} : ${b} === ${c} ? ${b} : NaN`
    case 'chooseTruth':
      return `${a} === 3 ? ${b} : ${a} === 0 ? ${c} : ${b} === ${c} ? ${b} : 1`
    case 'known':
      return `${a} === ${a} ? 3 : 0`
    case 'knownTruth':
      return `${a} === 1 ? 0 : 3`
    case 'age':
    case 'monthsBetween':
      return `${node.name}(${a}, ${b})`
    case 'length':
    case 'dateOf':
      return `${node.name}(texts, ${a})`
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return `${node.name}(texts, ${a}, ${b})`
    default:
      return unreachable(node.name)
  }
}

function unreachable(name: never): never {
  return name
}
