import { isDate } from '../dates.ts'
import { factNumberMax } from '../fact-types.ts'
import type { FactValue } from '../fact-values.ts'
import { factAt, itemsOf, listStateOf } from '../read-facts.ts'
import type { GivenFacts } from '../rule.ts'
import { dateNumber } from './date-number.ts'
import { type Column, type ColumnGroup, type Columns, listStates } from './layout.ts'
import type { ColumnPlan, PlannedFact } from './plan.ts'
import { TextCodes } from './text-codes.ts'

/**
 * Reads the facts of rows into columns, one row after the other, as a plan asks for them. A builder may be used again
 * after each {@link ColumnsBuilder.take}, so that a stream of rows goes through in chunks of a thousand or so.
 *
 * @example
 * ```ts
 * import { ColumnsBuilder } from '@lumbung/core/rules'
 *
 * const builder = new ColumnsBuilder({ facts: [{ path: ['income'], kind: 'number' }], lists: [] })
 * builder.add({ income: 250 })
 * builder.add({ income: null })
 * const { rows, facts } = builder.take()
 * rows // => 2
 * Array.from(facts[0]?.values ?? []) // => [250, NaN]
 * ```
 */
export class ColumnsBuilder {
  readonly #texts = new TextCodes()
  readonly #group: GroupBuilder

  constructor(plan: ColumnPlan) {
    this.#group = new GroupBuilder(plan, this.#texts)
  }

  /** The rows so far. */
  get rows(): number {
    return this.#group.rows
  }

  add(facts: GivenFacts): void {
    this.#group.add(facts)
  }

  /** The rows since the last call. Their arrays are views, which hold until the next row is added. */
  take(): Columns {
    const group = this.#group.take()
    return { ...group, texts: this.#texts }
  }
}

class GroupBuilder {
  rows = 0
  readonly #facts: readonly FactBuilder[]
  readonly #lists: readonly ListBuilder[]

  constructor(plan: ColumnPlan, texts: TextCodes) {
    this.#facts = plan.facts.map((fact) => new FactBuilder(fact, texts))
    this.#lists = plan.lists.map(
      ({ path, elements }) => new ListBuilder(path, new GroupBuilder(elements, texts)),
    )
  }

  add(value: FactValue | undefined): void {
    for (const fact of this.#facts) fact.add(this.rows, value)
    for (const list of this.#lists) list.add(this.rows, value)
    this.rows += 1
  }

  take(): ColumnGroup {
    const { rows } = this
    this.rows = 0
    return {
      rows,
      facts: this.#facts.map((fact) => fact.take(rows)),
      lists: this.#lists.map((list) => list.take(rows)),
    }
  }
}

class FactBuilder {
  readonly #fact: PlannedFact
  readonly #texts: TextCodes
  #truths = new Uint8Array(64)
  #numbers = new Float64Array(64)

  constructor(fact: PlannedFact, texts: TextCodes) {
    this.#fact = fact
    this.#texts = texts
  }

  add(row: number, from: FactValue | undefined): void {
    const value = factAt(from, this.#fact.path)
    if (this.#fact.kind === 'truth') {
      if (row === this.#truths.length) this.#truths = grown(this.#truths, new Uint8Array(2 * row))
      this.#truths[row] = value === true ? 3 : value === false ? 0 : 1
      return
    }
    if (row === this.#numbers.length) this.#numbers = grown(this.#numbers, new Float64Array(2 * row))
    this.#numbers[row] = this.#numberOf(value)
  }

  #numberOf(value: FactValue): number {
    const { kind, range } = this.#fact
    if (kind === 'number') return typeof value === 'number' ? numberWithin(value, range) : Number.NaN
    if (typeof value !== 'string') return Number.NaN
    if (kind === 'text') return this.#texts.codeOf(value)
    return isDate(value) ? dateNumber(value) : Number.NaN
  }

  take(rows: number): Column {
    return this.#fact.kind === 'truth'
      ? { kind: 'truth', values: this.#truths.subarray(0, rows) }
      : { kind: 'number', values: this.#numbers.subarray(0, rows) }
  }
}

function numberWithin(value: number, range: PlannedFact['range']): number {
  const isFact =
    Number.isInteger(value) &&
    value >= (range?.minimum ?? -factNumberMax) &&
    value <= (range?.maximum ?? factNumberMax)
  return isFact ? value + 0 : Number.NaN
}

class ListBuilder {
  readonly #path: readonly string[]
  readonly #elements: GroupBuilder
  #offsets = new Int32Array(65)
  #states = new Uint8Array(64)

  constructor(path: readonly string[], elements: GroupBuilder) {
    this.#path = path
    this.#elements = elements
  }

  add(row: number, from: FactValue | undefined): void {
    if (row === this.#states.length) {
      this.#states = grown(this.#states, new Uint8Array(2 * row))
      this.#offsets = grown(this.#offsets, new Int32Array(2 * row + 1))
    }
    const list = factAt(from, this.#path)
    for (const item of itemsOf(list)) this.#elements.add(item)
    this.#states[row] = listStates[listStateOf(list)]
    this.#offsets[row + 1] = this.#elements.rows
  }

  take(rows: number) {
    return {
      offsets: this.#offsets.subarray(0, rows + 1),
      states: this.#states.subarray(0, rows),
      elements: this.#elements.take(),
    }
  }
}

function grown<Values extends Uint8Array | Float64Array | Int32Array>(from: Values, to: Values): Values {
  to.set(from)
  return to
}
