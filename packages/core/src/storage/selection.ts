import { compareText, LumbungError } from '../kernel/index.ts'
import type { AnyCollection, RecordOf, Stored } from './collection.ts'
import type { FieldColumn } from './column.ts'
import { operandOf, textOf } from './operands.ts'
import {
  type Column,
  type ColumnType,
  columnIndex,
  columnNamed,
  type Row,
  type StorageValue,
  type Table,
  villageColumn,
} from './table.ts'

/**
 * Fields that can be compared: those with a column of their own. A nested part, or a field that may hold values of
 * several kinds, is stored as JSON and cannot.
 */
export type ScalarField<R> = {
  // In brackets, so that a union of kinds is looked at as a whole.
  [F in keyof R & string]: [NonNullable<R[F]>] extends [never]
    ? never
    : [NonNullable<R[F]>] extends [string]
      ? F
      : [NonNullable<R[F]>] extends [number]
        ? F
        : [NonNullable<R[F]>] extends [bigint]
          ? F
          : [NonNullable<R[F]>] extends [boolean]
            ? F
            : never
}[keyof R & string]

/**
 * What a field must be: a value, `null` for nothing, or one of the forms below.
 *
 * - `{ in: [a, b] }` one of these;
 * - `{ not: a }` anything else, nothing included (the exact opposite of `a`);
 * - `{ from: a, to: b }` half-open, `a` included and `b` not; either may be left out;
 * - `{ startsWith: 'ab' }` text that begins so, by code point, without folding of case.
 */
export type Condition<Value> =
  | NonNullable<Value>
  | null
  | { readonly in: readonly NonNullable<Value>[] }
  | { readonly not: NonNullable<Value> | null }
  | { readonly from?: NonNullable<Value>; readonly to?: NonNullable<Value> }
  | (NonNullable<Value> extends string ? { readonly startsWith: string } : never)

/** Conditions on fields, all of which must hold. */
export type Where<C extends AnyCollection> = {
  readonly [F in ScalarField<RecordOf<C>>]?: Condition<RecordOf<C>[F]>
}

/** A field to order by, `-` for descending. What is missing comes last either way. */
export type OrderBy<C extends AnyCollection> = `${'' | '-'}${ScalarField<RecordOf<C>>}`

/** Which records, in which order. Without an order they come by key; the key always breaks ties. */
export interface Query<C extends AnyCollection> {
  readonly where?: Where<C>
  readonly orderBy?: readonly OrderBy<C>[]
}

/** A query for one page. */
export interface PageQuery<C extends AnyCollection> extends Query<C> {
  /** Most records on the page: 1 to 1,000; default 25. */
  readonly limit?: number
  /**
   * The `next` of the page before, which holds the values ordered by, so it is as private as the records; or the last
   * record of that page, read again.
   */
  readonly after?: string | Stored<C>
}

/** One condition as an adapter reads it. */
export type CellCondition =
  | { readonly column: Column; readonly operator: 'is' | 'not' | 'from' | 'to'; readonly value: StorageValue }
  | { readonly column: Column; readonly operator: 'in'; readonly values: readonly StorageValue[] }
  | { readonly column: Column; readonly operator: 'startsWith'; readonly value: string }

/** One term of an order as an adapter reads it; missing values last in both directions. */
export interface OrderTerm {
  readonly column: Column
  readonly descending: boolean
}

/** What an adapter selects: the rows of one village that satisfy all conditions, from a point on. */
export interface Selection {
  /** Left out, the rows of all villages; then the village leads the order. */
  readonly villageId?: string
  readonly conditions: readonly CellCondition[]
  /** A total order: it ends with the key. */
  readonly order: readonly OrderTerm[]
  /** Only rows after this point of the order, one cell for each term. */
  readonly after?: Row
  readonly limit: number
}

/**
 * The conditions of a query as an adapter reads them.
 *
 * @throws LumbungError `storage/invalid-query`.
 */
export function conditionsOf(collection: AnyCollection, where: object = {}): readonly CellCondition[] {
  if (!isPlain(where)) return refuse(collection, 'its conditions are no plain object.')
  return Object.entries(where).flatMap(([field, condition]): readonly CellCondition[] => {
    const column = scalarColumn(collection, field)
    if (condition === null || typeof condition !== 'object') {
      return [{ column, operator: 'is', value: cell(collection, column, condition) }]
    }
    const operators = isPlain(condition) ? Object.entries(condition) : []
    // A condition without any part would let everything through, which nobody means.
    if (operators.length === 0) return refuse(collection, `${field} has a condition of no known form.`)
    return operators.map(([operator, operand]) => conditionOf(collection, column, operator, operand))
  })
}

function conditionOf(
  collection: AnyCollection,
  column: FieldColumn,
  operator: string,
  operand: unknown,
): CellCondition {
  const present = (value: unknown): StorageValue =>
    value === null
      ? refuse(collection, `${operator} of ${column.field} holds null.`)
      : cell(collection, column, value)
  switch (operator) {
    case 'in':
      if (!Array.isArray(operand)) break
      return { column, operator, values: Array.from(operand, present) }
    case 'not':
      return { column, operator, value: cell(collection, column, operand) }
    case 'from':
    case 'to':
      return { column, operator, value: present(operand) }
    case 'startsWith': {
      if (!textTypes.includes(column.type)) break
      return { column, operator, value: String(checked(collection, column, () => textOf(operand))) }
    }
  }
  return refuse(collection, `${column.field} has no condition ${operator} of this kind.`)
}

const textTypes: readonly ColumnType[] = ['text', 'enum', 'date', 'instant']

/** An object written out as such: of a Date, say, nothing would be compared. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The order of a query, made total by the key. */
export function orderOf(collection: AnyCollection, orderBy: readonly string[] = []): readonly OrderTerm[] {
  const isList = Array.isArray(orderBy) && orderBy.every((term) => typeof term === 'string')
  if (!isList) return refuse(collection, 'its order is no list of fields.')
  const terms = orderBy.map((term): OrderTerm => {
    const descending = term.startsWith('-')
    return { column: scalarColumn(collection, descending ? term.slice(1) : term), descending }
  })
  const named = new Set(terms.map((term) => term.column.name))
  const descending = terms.at(-1)?.descending ?? false
  return [...terms, ...keyOrder(collection.table, descending).filter((term) => !named.has(term.column.name))]
}

/** The order by key, without the village. The direction of the last named term lets one index serve both. */
export function keyOrder(table: Table, descending = false): readonly OrderTerm[] {
  return table.key.slice(1).map((name) => ({ column: columnNamed(table, name), descending }))
}

/** The order of a read across villages: by village, then by key. */
export function villageOrder(table: Table): readonly OrderTerm[] {
  return [{ column: villageColumn, descending: false }, ...keyOrder(table)]
}

/** Where a row stands in an order. */
export function positionOf(table: Table, order: readonly OrderTerm[], row: Row): Row {
  return order.map((term) => row[columnIndex(table, term.column.name)] as StorageValue)
}

/** Whether a row satisfies all conditions: the meaning that every database must agree with. */
export function matches(table: Table, conditions: readonly CellCondition[], row: Row): boolean {
  return conditions.every((condition) => {
    const value = row[columnIndex(table, condition.column.name)] as StorageValue
    switch (condition.operator) {
      case 'is':
        return compareCells(value, condition.value) === 0
      case 'not':
        return compareCells(value, condition.value) !== 0
      case 'in':
        return value !== null && condition.values.some((candidate) => compareCells(value, candidate) === 0)
      case 'from':
        return value !== null && compareCells(value, condition.value) >= 0
      case 'to':
        return value !== null && compareCells(value, condition.value) < 0
      case 'startsWith':
        return typeof value === 'string' && value.startsWith(condition.value)
    }
    return false
  })
}

/** How two positions of an order stand to each other: negative where the first comes first. */
export function comparePositions(order: readonly OrderTerm[], first: Row, second: Row): number {
  for (let index = 0; index < order.length; index += 1) {
    const a = first[index] as StorageValue
    const b = second[index] as StorageValue
    const compared = compareCells(a, b)
    // What is missing stays last in both directions.
    if (compared !== 0) return order[index]?.descending && a !== null && b !== null ? -compared : compared
  }
  return 0
}

/** Two cells of one column: text by code point, numbers by value, false before true, missing last. */
function compareCells(a: StorageValue, b: StorageValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The least text that is greater than every text with this prefix, by code point; undefined where there is
 * none. It lets an index answer a search for a prefix.
 *
 * @example
 * ```ts
 * import { endOfPrefix } from '@lumbung/core/storage'
 *
 * endOfPrefix('ab') // => 'ac'
 * endOfPrefix('') // => undefined
 * ```
 */
export function endOfPrefix(prefix: string): string | undefined {
  const points = [...prefix]
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0) as number
    // Surrogates are no characters, so the one after U+D7FF is U+E000.
    const next = point === 0xd7ff ? 0xe000 : point + 1
    if (next <= 0x10ffff) return points.join('') + String.fromCodePoint(next)
  }
  return undefined
}

function scalarColumn(collection: AnyCollection, field: string): FieldColumn {
  const column = collection.columns.find((candidate) => candidate.field === field)
  if (column === undefined) return refuse(collection, `it has no field ${field}.`)
  if (column.type === 'json' || column.type === 'bytes')
    return refuse(collection, `${field} cannot be compared.`)
  return column
}

function cell(collection: AnyCollection, column: FieldColumn, value: unknown): StorageValue {
  return checked(collection, column, () => operandOf(column, value))
}

function checked<T>(collection: AnyCollection, column: FieldColumn, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new LumbungError(
      'storage/invalid-query',
      `${collection.name}.${column.field} is compared with what it could not hold.`,
      { details: { collection: collection.name, field: column.field }, cause },
    )
  }
}

function refuse(collection: AnyCollection, reason: string): never {
  throw new LumbungError('storage/invalid-query', `Query of ${collection.name}: ${reason}`, {
    details: { collection: collection.name },
  })
}

/** The condition that a column of an adapter's own query is a value. */
export function isValue(table: Table, name: string, value: StorageValue): CellCondition {
  return { column: columnNamed(table, name), operator: 'is', value }
}
