import type { FactExpression, ListFactExpression, NumberRange } from '../expression.ts'

/** Which facts a set of rules reads, and so which columns it takes. */
export interface ColumnPlan {
  readonly facts: readonly PlannedFact[]
  readonly lists: readonly PlannedList[]
}

/** A fact to be read into a column. */
export interface PlannedFact {
  /** From what was given, or from the element; empty where the element is itself a single value. */
  readonly path: readonly string[]
  readonly kind: 'truth' | 'number' | 'date' | 'text'
  /** What lies outside is unknown. */
  readonly range?: NumberRange
}

/** A list to be read into offsets, states and columns of its elements. */
export interface PlannedList {
  readonly path: readonly string[]
  readonly elements: ColumnPlan
}

/** A plan while it grows: asking for a column twice gives the same index. */
export class GrowingPlan implements ColumnPlan {
  readonly facts: PlannedFact[] = []
  readonly lists: (PlannedList & { readonly elements: GrowingPlan })[] = []

  /** The index of the column of a fact; undefined where nothing can be known of it. */
  factIndex({ path, type, range }: FactExpression): number | undefined {
    if (type.kind === 'undetermined') return undefined
    const kind = kindOf(type.kind)
    const found = this.facts.findIndex((fact) => fact.kind === kind && isSamePath(fact.path, path))
    if (found >= 0) return found
    this.facts.push(range === undefined ? { path, kind } : { path, kind, range })
    return this.facts.length - 1
  }

  listIndex({ path }: ListFactExpression): number {
    const found = this.lists.findIndex((list) => isSamePath(list.path, path))
    if (found >= 0) return found
    this.lists.push({ path, elements: new GrowingPlan() })
    return this.lists.length - 1
  }
}

function kindOf(
  type: 'bool' | 'number' | 'money' | 'date' | 'text' | 'enum',
): 'truth' | 'number' | 'date' | 'text' {
  if (type === 'bool') return 'truth'
  if (type === 'number' || type === 'money') return 'number'
  return type === 'date' ? 'date' : 'text'
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}
