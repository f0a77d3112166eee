import type { ColumnNode } from './column-node.ts'

/** Where the value of a node counts: `false & x` is false and `true | x` true, whatever x is. */
export interface Guard {
  /** A node of the same block that is computed before, and the truth of it that settles the matter. */
  readonly by: ColumnNode
  readonly settling: 0 | 3
}

/**
 * For what may be left out where something else settles it, the ways by which its value may come to count: one of them
 * must be open, and one is where none of its guards settles. A node without an entry always counts.
 */
export type Guards = ReadonlyMap<ColumnNode, readonly (readonly Guard[])[]>

/** Above so many ways it costs more to ask than to compute. */
const waysMax = 8

/** Finds what guards the passes over lists, which cost most by far. */
export function guardsOf(roots: readonly ColumnNode[]): Guards {
  const users = usersOf(roots)
  const known = new Map<ColumnNode, readonly (readonly Guard[])[]>()
  const isRoot = new Set(roots)
  const waysTo = (node: ColumnNode): readonly (readonly Guard[])[] => {
    const found = known.get(node)
    if (found !== undefined) return found
    const ways = isRoot.has(node) ? [[]] : (users.get(node) ?? []).flatMap((user) => waysBy(user, node))
    const few = ways.length > waysMax || ways.some((way) => way.length === 0) ? [[]] : ways
    known.set(node, few)
    return few
  }
  const waysBy = (user: ColumnNode, node: ColumnNode): readonly (readonly Guard[])[] => {
    if (user.kind !== 'strict' || user.block !== node.block) return [[]]
    if (user.name !== 'and' && user.name !== 'or') return waysTo(user)
    const settling = user.name === 'and' ? 0 : 3
    const others = user.operands.filter((other) => other !== node && other.block === node.block)
    const guards = others.map((by): Guard => ({ by, settling }))
    return waysTo(user).map((way) => [...guards, ...way])
  }
  const guarded = new Map<ColumnNode, readonly (readonly Guard[])[]>()
  for (const node of users.keys()) {
    if (node.kind !== 'fold') continue
    // Only what is computed before can guard.
    const ways = waysTo(node).map((way) => way.filter(({ by }) => by.phase < node.phase))
    if (ways.length > 0 && ways.every((way) => way.length > 0)) guarded.set(node, ways)
  }
  return guarded
}

function usersOf(roots: readonly ColumnNode[]): Map<ColumnNode, ColumnNode[]> {
  const users = new Map<ColumnNode, ColumnNode[]>()
  const visit = (node: ColumnNode | undefined, user: ColumnNode | undefined): void => {
    if (node === undefined) return
    const seen = users.get(node)
    if (seen !== undefined) {
      if (user !== undefined) seen.push(user)
      return
    }
    users.set(node, user === undefined ? [] : [user])
    if (node.kind === 'strict') for (const operand of node.operands) visit(operand, node)
    if (node.kind === 'fold') {
      visit(node.admits, node)
      visit(node.body, node)
    }
  }
  for (const root of roots) visit(root, undefined)
  return users
}
