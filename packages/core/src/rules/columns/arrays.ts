import type { Block } from './column-node.ts'
import type { ColumnGroup, Columns } from './layout.ts'
import type { ColumnPlan } from './plan.ts'

/** Where the arrays of one group stand among all arrays of the columns. */
export interface GroupPlaces {
  readonly facts: readonly number[]
  readonly lists: readonly ListPlaces[]
}

/** Where those of one list stand. */
export interface ListPlaces {
  readonly offsets: number
  readonly states: number
  readonly elements: GroupPlaces
}

/** Any array of the columns. */
export type ColumnArray = Uint8Array | Float64Array | Int32Array

/** Numbers the arrays of a plan, in the order in which {@link arraysOf} lists them. */
export function placesOf(plan: ColumnPlan): GroupPlaces {
  let next = 0
  return placesFrom(plan, () => {
    next += 1
    return next - 1
  })
}

function placesFrom(plan: ColumnPlan, next: () => number): GroupPlaces {
  return {
    facts: plan.facts.map(next),
    lists: plan.lists.map(({ elements }) => ({
      offsets: next(),
      states: next(),
      elements: placesFrom(elements, next),
    })),
  }
}

/** All arrays of the columns, one behind the other. */
export function arraysOf(columns: Columns): ColumnArray[] {
  const arrays: ColumnArray[] = []
  addArrays(columns, arrays)
  return arrays
}

function addArrays({ facts, lists }: ColumnGroup, arrays: ColumnArray[]): void {
  for (const { values } of facts) arrays.push(values)
  for (const { offsets, states, elements } of lists) {
    arrays.push(offsets, states)
    addArrays(elements, arrays)
  }
}

/** Where the arrays that a block's columns come from stand. */
export function placesAt(block: Block, places: GroupPlaces): GroupPlaces {
  if (block.source === undefined) return places
  return listPlacesAt(block.source, block.list, places).elements
}

/** Where the arrays of a list of a block stand. */
export function listPlacesAt(source: Block, list: number, places: GroupPlaces): ListPlaces {
  const found = placesAt(source, places).lists[list]
  if (found === undefined) throw new RangeError('A block names a list that its plan does not have')
  return found
}
