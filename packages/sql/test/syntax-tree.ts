/** A node of PostgreSQL's own syntax tree; what it holds depends on its tag. */
export type Node = Readonly<Record<string, unknown>>

/** The name without its schema or table. */
export function lastName(names: unknown): string {
  const last = Array.isArray(names) ? names.at(-1) : undefined
  return String(nodeAt(last, 'String')['sval'] ?? '')
}

export function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** What lies at a path, and nothing where there is none. */
export function nodeAt(value: unknown, ...path: string[]): Node {
  const node = isNode(value) ? value : {}
  const [first, ...rest] = path
  return first === undefined ? node : nodeAt(node[first], ...rest)
}

/** The nodes of a list, and none where there is no list. */
export function listAt(node: Node, name: string): readonly Node[] {
  const list = node[name]
  return Array.isArray(list) ? list.filter(isNode) : []
}
