import type { Block, ColumnNode, FoldNode } from './column-node.ts'

/** The nodes of one block that some targets rest on, also from within the blocks inside, in the order of their ids. */
export function neededIn(block: Block, targets: Iterable<ColumnNode | undefined>): ColumnNode[] {
  const found = new Set<ColumnNode>()
  const seen = new Set<ColumnNode>()
  const visit = (node: ColumnNode | undefined): void => {
    if (node === undefined || seen.has(node)) return
    seen.add(node)
    if (node.block === block) found.add(node)
    if (node.kind === 'strict') node.operands.forEach(visit)
    if (node.kind === 'fold') {
      visit(node.admits)
      visit(node.body)
    }
  }
  for (const target of targets) visit(target)
  return [...found].sort((a, b) => a.id - b.id)
}

/** Steps of a block one behind the other: what runs through elements in one pass, then what rests on it. */
export interface Phase {
  /** By the block that they run through. */
  readonly folds: ReadonlyMap<Block, readonly FoldNode[]>
  readonly others: readonly Exclude<ColumnNode, FoldNode>[]
}

/** Orders the needed nodes of one block, so that each stands behind all it rests on. */
export function phasesOf(nodes: readonly ColumnNode[]): Phase[] {
  const last = nodes.reduce((phase, node) => Math.max(phase, node.phase), 0)
  return Array.from({ length: last + 1 }, (_, phase) => {
    const folds = new Map<Block, FoldNode[]>()
    const others: Exclude<ColumnNode, FoldNode>[] = []
    for (const node of nodes) {
      if (node.phase !== phase) continue
      if (node.kind !== 'fold') {
        others.push(node)
        continue
      }
      const together = folds.get(node.over)
      if (together === undefined) folds.set(node.over, [node])
      else together.push(node)
    }
    return { folds, others }
  })
}

/** What folds over one block ask of each of its elements. */
export function bodiesOf(folds: readonly FoldNode[]): (ColumnNode | undefined)[] {
  return folds.flatMap(({ admits, body }) => [admits, body])
}
