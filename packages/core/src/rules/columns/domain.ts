import type { Block } from './column-node.ts'
import type { ColumnGroup, Columns, ListColumn } from './layout.ts'

/** What one block runs through, for the columns at hand. */
export interface Domain {
  readonly block: Block
  readonly length: number
  readonly parent: Domain | undefined
  /** The group that its columns stand in, and the position in it of each index; undefined where both are the same. */
  readonly group: ColumnGroup
  readonly positions: Int32Array | undefined
  /** For each index of the parent, where its elements begin, and how much of the list is known. */
  readonly offsets: Int32Array
  readonly states: Uint8Array
}

const noOffsets = new Int32Array(1)
const noStates = new Uint8Array(0)

/** The domain of the rows. */
export function rowDomain(block: Block, columns: Columns): Domain {
  return {
    block,
    length: columns.rows,
    parent: undefined,
    group: columns,
    positions: undefined,
    offsets: noOffsets,
    states: noStates,
  }
}

/** The domain of the elements of a list, one level within the parent. */
export function elementDomain(block: Block, parent: Domain): Domain {
  const holder = domainAround(parent, block.source)
  const list = holder.group.lists[block.list]
  if (list === undefined) throw new RangeError('The columns lack a list that the plan names')
  if (holder === parent && parent.positions === undefined) {
    const { offsets, states, elements } = list
    return { block, length: elements.rows, parent, group: elements, positions: undefined, offsets, states }
  }
  return { block, parent, group: list.elements, ...gathered(list, positionsIn(holder, parent)) }
}

/** The elements of a list that is looked at from an element of another one, or from another element of the same. */
function gathered(list: ListColumn, positions: Int32Array) {
  const offsets = new Int32Array(positions.length + 1)
  const states = new Uint8Array(positions.length)
  for (const [index, position] of positions.entries()) {
    offsets[index + 1] =
      (offsets[index] ?? 0) + (list.offsets[position + 1] ?? 0) - (list.offsets[position] ?? 0)
    states[index] = list.states[position] ?? 0
  }
  const length = offsets[positions.length] ?? 0
  const elements = new Int32Array(length)
  let next = 0
  for (const position of positions) {
    const end = list.offsets[position + 1] ?? 0
    for (let element = list.offsets[position] ?? 0; element < end; element += 1) {
      elements[next] = element
      next += 1
    }
  }
  return { length, positions: elements, offsets, states }
}

function domainAround(domain: Domain, block: Block | undefined): Domain {
  let around = domain
  while (around.block !== block && around.parent !== undefined) around = around.parent
  return around
}

/** For each index of a domain, the position in the columns of one around it. */
function positionsIn(holder: Domain, domain: Domain): Int32Array {
  const indexes = indexesIn(holder, domain)
  const { positions } = holder
  return positions === undefined ? indexes : indexes.map((index) => positions[index] ?? 0)
}

/** For each index of a domain, the index of one around it. */
export function indexesIn(around: Domain, domain: Domain): Int32Array {
  if (domain === around || domain.parent === undefined)
    return Int32Array.from({ length: domain.length }, (_, index) => index)
  const { parent, offsets, length } = domain
  const outer = indexesIn(around, parent)
  const indexes = new Int32Array(length)
  for (let index = 0; index < parent.length; index += 1)
    indexes.fill(outer[index] ?? 0, offsets[index], offsets[index + 1])
  return indexes
}
