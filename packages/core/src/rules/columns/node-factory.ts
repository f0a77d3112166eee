import type { Block, ColumnNode, FoldName, StrictName } from './column-node.ts'
import { GrowingPlan } from './plan.ts'

/** Makes nodes, each one once: what several rules compute alike is computed once. */
export class NodeFactory {
  readonly rows: Block = {
    id: 0,
    level: 0,
    plan: new GrowingPlan(),
    parent: undefined,
    source: undefined,
    list: -1,
  }
  readonly #blocks: Block[] = [this.rows]
  readonly #nodes = new Map<string, ColumnNode>()

  get count(): number {
    return this.#nodes.size
  }

  /** The elements of a list, one level within the parent. */
  block(parent: Block, source: Block, list: number): Block {
    const found = this.#blocks.find(
      (block) => block.parent === parent && block.source === source && block.list === list,
    )
    if (found !== undefined) return found
    const elements = source.plan.lists[list]?.elements ?? new GrowingPlan()
    const block = { id: this.#blocks.length, level: parent.level + 1, plan: elements, parent, source, list }
    this.#blocks.push(block)
    return block
  }

  truth(value: 0 | 1 | 3): ColumnNode {
    return this.#leaf(`truth ${value}`, this.rows, { kind: 'constant', value }, 'truth', value !== 1)
  }

  number(value: number): ColumnNode {
    const isKnown = !Number.isNaN(value)
    return this.#leaf(`number ${value}`, this.rows, { kind: 'constant', value }, 'number', isKnown)
  }

  text(text: string): ColumnNode {
    return this.#leaf(`text ${text}`, this.rows, { kind: 'text', text }, 'number', true)
  }

  on(): ColumnNode {
    return this.#leaf('on', this.rows, { kind: 'on' }, 'number', true)
  }

  column(block: Block, column: number, isKnown: boolean): ColumnNode {
    const holds = block.plan.facts[column]?.kind === 'truth' ? 'truth' : 'number'
    const key = `column ${block.id} ${column} ${isKnown}`
    return this.#leaf(key, block, { kind: 'column', column }, holds, isKnown)
  }

  strict(
    name: StrictName,
    holds: ColumnNode['holds'],
    operands: readonly ColumnNode[],
    { scale = 0, isGuarded = false, isKnown = false } = {},
  ): ColumnNode {
    const ids = operands.map(({ id }) => id).join()
    return this.#made(`${name} ${ids} ${scale} ${isGuarded} ${isKnown}`, (id) => {
      const block = deepest(this.rows, operands)
      const needs = mergedNeeds(operands)
      const phase = needs.get(block) ?? 0
      needs.set(block, phase)
      return { id, kind: 'strict', name, holds, operands, scale, isGuarded, isKnown, block, phase, needs }
    })
  }

  fold(
    name: FoldName,
    over: Block,
    admits: ColumnNode | undefined,
    body: ColumnNode | undefined,
    { isGuarded = false, isKnown = false } = {},
  ): ColumnNode {
    const key = `${name} ${over.id} ${admits?.id} ${body?.id} ${isGuarded} ${isKnown}`
    return this.#made(key, (id) => {
      const block = over.parent ?? this.rows
      const needs = mergedNeeds([admits, body].filter((part) => part !== undefined))
      needs.delete(over)
      const phase = 1 + (needs.get(block) ?? 0)
      needs.set(block, phase)
      const holds = name === 'exists' || name === 'all' || name === 'whole' ? 'truth' : 'number'
      return { id, kind: 'fold', name, holds, over, admits, body, isGuarded, isKnown, block, phase, needs }
    })
  }

  #leaf(
    key: string,
    block: Block,
    part:
      | { readonly kind: 'constant'; readonly value: number }
      | { readonly kind: 'text'; readonly text: string }
      | { readonly kind: 'on' }
      | { readonly kind: 'column'; readonly column: number },
    holds: ColumnNode['holds'],
    isKnown: boolean,
  ): ColumnNode {
    const needs = new Map([[block, 0]])
    return this.#made(key, (id) => ({ ...part, id, holds, block, phase: 0, needs, isKnown }))
  }

  #made(key: string, make: (id: number) => ColumnNode): ColumnNode {
    const found = this.#nodes.get(key)
    if (found !== undefined) return found
    const node = make(this.#nodes.size)
    this.#nodes.set(key, node)
    return node
  }
}

function deepest(rows: Block, operands: readonly ColumnNode[]): Block {
  let block = rows
  for (const operand of operands) if (operand.block.level > block.level) block = operand.block
  return block
}

function mergedNeeds(parts: readonly ColumnNode[]): Map<Block, number> {
  const merged = new Map<Block, number>()
  for (const { needs } of parts)
    for (const [block, phase] of needs) merged.set(block, Math.max(phase, merged.get(block) ?? 0))
  return merged
}
