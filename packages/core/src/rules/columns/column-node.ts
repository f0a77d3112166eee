import type { GrowingPlan } from './plan.ts'

/**
 * Where a node is computed: once a row, or once an element of a list, or of a list within that. The index of what is
 * computed runs along the columns of its group.
 */
export interface Block {
  readonly id: number
  /** 0 for rows; a block stands within all blocks of lower level that its nodes read. */
  readonly level: number
  readonly plan: GrowingPlan
  /** The block whose every index runs through the elements; undefined for rows. */
  readonly parent: Block | undefined
  /** The block whose columns hold the list: the parent, or one around it; undefined for rows. */
  readonly source: Block | undefined
  /** The list among those of the source. */
  readonly list: number
}

/** Operations of one or more operands that are all computed, whatever the values. */
export type StrictName =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'remainder'
  | 'divide'
  | 'less'
  | 'lessOrEqual'
  | 'equal'
  | 'notEqual'
  | 'same'
  | 'notSame'
  | 'not'
  | 'and'
  | 'or'
  | 'choose'
  | 'chooseTruth'
  | 'known'
  | 'knownTruth'
  | 'age'
  | 'monthsBetween'
  | 'length'
  | 'dateOf'
  | 'startsWith'
  | 'endsWith'
  | 'contains'

/** What a body is made into over the elements of a block; `whole` asks whether the list is known. */
export type FoldName = 'exists' | 'all' | 'sum' | 'min' | 'max' | 'size' | 'whole'

/** What every node says of itself. A truth is 0 false, 1 unknown, 3 true. */
interface NodeBase {
  /** Operands have lower ones. */
  readonly id: number
  readonly holds: 'truth' | 'number'
  readonly block: Block
  /** How many passes over the lists of its block must lie behind it. */
  readonly phase: number
  /** For its block and those around it, the phase that must lie behind it there. */
  readonly needs: ReadonlyMap<Block, number>
  readonly isKnown: boolean
}

/** A step of a computation in columns. */
export type ColumnNode = NodeBase &
  (
    | { readonly kind: 'constant'; readonly value: number }
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'on' }
    | { readonly kind: 'column'; readonly column: number }
    | {
        readonly kind: 'strict'
        readonly name: StrictName
        readonly operands: readonly ColumnNode[]
        readonly scale: number
        readonly isGuarded: boolean
      }
    | FoldNode
  )

/** A node that runs through the elements of a block. */
export interface FoldNode extends NodeBase {
  readonly kind: 'fold'
  readonly name: FoldName
  readonly over: Block
  /** Whether an element passes the filters; undefined where there are none. */
  readonly admits: ColumnNode | undefined
  /** Undefined for `size` and `whole`. */
  readonly body: ColumnNode | undefined
  readonly isGuarded: boolean
}
