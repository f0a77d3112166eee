import { CivilDate, LumbungError } from '../kernel/index.ts'
import {
  decimalScaleMax,
  type FactBase,
  type FactRange,
  type FactValue,
  type FactValues,
  factNumberMax,
  type ListFact,
  listItemsMaxDefault,
  type RecordFact,
  type ScalarFact,
} from '../rules/index.ts'
import type { AnyCollection, RecordOf } from './collection.ts'
import type { FieldColumn } from './column.ts'

/** The names of the fields that can become facts. */
export type FactField<C extends AnyCollection> = keyof RecordOf<C> & string

/**
 * Which field a fact is, and as what a whole number is read: `money` in minor units, or a decimal of so many
 * digits after the point. The name alone: as the column says.
 */
export type FactSource<C extends AnyCollection> =
  | FactField<C>
  | { readonly field: FactField<C>; readonly as: 'money' | { readonly decimalScale: number } }

/** What {@link defineFacts} takes. */
export interface FactsDefinition<C extends AnyCollection> {
  /** What a rule calls a record: `household`. */
  readonly name: string
  /** The facts by the names that rules use. */
  readonly facts: Readonly<Record<string, FactSource<C>>>
  /** Lists of records of other collections that name this one. Default: none. */
  readonly lists?: Readonly<Record<string, ListSource>>
}

/** A list fact: the records of another collection whose field `by` names this record. */
export interface ListSource {
  readonly of: Facts
  readonly by: string
  /** Greatest length, a whole number. Default 64. */
  readonly itemsMax?: number
}

/** How the records of a collection become facts: in memory by {@link Facts.valuesOf}, in SQL by the columns. */
export interface Facts<C extends AnyCollection = AnyCollection> {
  readonly name: string
  readonly collection: C
  readonly type: RecordFact
  /** The column in which each single fact is stored. */
  readonly columns: Readonly<Record<string, FieldColumn>>
  readonly lists: Readonly<Record<string, ListSource>>
  /**
   * The facts of a record. A list that is not given is unknown, so the type says of none that it is known.
   *
   * @throws LumbungError `facts/out-of-range`, `facts/list-too-long`.
   */
  valuesOf(record: RecordOf<C>, lists?: Readonly<Record<string, readonly FactValues[]>>): FactValues
}

/**
 * Declares which facts rules may read of a collection. Names, types and ranges come from its schema; what the
 * storage holds by a `CHECK` is marked as promised, so that a compiled rule need not check it again.
 *
 * @throws LumbungError `facts/invalid-definition` for a field that no rule can read: a double, an instant, a
 * nested part; for a name that is not a letter followed by letters, digits and `_`.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { defineCollection, defineFacts } from '@lumbung/core/storage'
 *
 * const homes = defineCollection({
 *   name: 'homes',
 *   schema: z.object({ id: z.string(), rooms: z.int().min(1).max(20), rentMinor: z.bigint().nullable() }),
 *   key: 'id',
 *   fieldClasses: 'personal',
 * })
 * const homeFacts = defineFacts(homes, {
 *   name: 'home',
 *   facts: { rooms: 'rooms', rent: { field: 'rentMinor', as: 'money' } },
 * })
 * homeFacts.type.facts['rooms'] // => { kind: 'int', minimum: 1, maximum: 20, promised: true, known: true }
 * homeFacts.valuesOf({ id: 'a', rooms: 3, rentMinor: 150000n }) // => { rooms: 3, rent: 150000 }
 * ```
 */
export function defineFacts<C extends AnyCollection>(
  collection: C,
  definition: FactsDefinition<C>,
): Facts<C> {
  const { name, lists = {} } = definition
  for (const own of [name, ...Object.keys(definition.facts), ...Object.keys(lists)]) {
    if (!factName.test(own)) refuse(name, own, 'a name is a letter, and then letters, digits and _.')
  }
  const entries = Object.entries(definition.facts).map(([fact, source]) => {
    const field = typeof source === 'string' ? source : source.field
    const column = collection.columns.find((candidate) => candidate.field === field)
    if (column === undefined) return refuse(name, fact, `${collection.name} has no field ${field}.`)
    const type = factOf(name, fact, column, typeof source === 'string' ? undefined : source.as)
    return { fact, column, type }
  })
  const listTypes = Object.entries(lists).map(([fact, list]): [string, ListFact] => {
    if (Object.hasOwn(definition.facts, fact)) refuse(name, fact, 'a list has the name of another fact.')
    const names = list.of.collection.table.references.find(
      (reference) => reference.table === collection.table.name && reference.column === columnNameOf(list),
    )
    if (names === undefined) refuse(name, fact, `${list.of.collection.name}.${list.by} does not refer to it.`)
    const itemsMax = list.itemsMax ?? listItemsMaxDefault
    if (!Number.isSafeInteger(itemsMax) || itemsMax < 0) refuse(name, fact, 'itemsMax is no whole number.')
    // Who reads a record need not read its lists, and then they are unknown.
    return [fact, { kind: 'list', item: list.of.type, itemsMax, known: false }]
  })
  return {
    name,
    collection,
    type: {
      kind: 'record',
      facts: Object.fromEntries([...entries.map(({ fact, type }) => [fact, type] as const), ...listTypes]),
    },
    columns: Object.fromEntries(entries.map(({ fact, column }) => [fact, column])),
    lists,
    valuesOf(record, given = {}) {
      const fields: Readonly<Record<string, unknown>> = record
      const values: Record<string, FactValue> = {}
      for (const { fact, column, type } of entries) {
        values[fact] = factValueOf(`${name}.${fact}`, type, fields[column.field])
      }
      for (const [fact, { itemsMax }] of listTypes) {
        const items = given[fact]
        if (items !== undefined && items.length > itemsMax) {
          throw new LumbungError('facts/list-too-long', `${name}.${fact} has more than ${itemsMax} items.`, {
            details: { fact: `${name}.${fact}`, items: items.length, itemsMax },
          })
        }
        values[fact] = items ?? null
      }
      return values
    },
  }
}

function columnNameOf(list: ListSource): string | undefined {
  return list.of.collection.columns.find(({ field }) => field === list.by)?.name
}

function factOf(
  name: string,
  fact: string,
  column: FieldColumn,
  as: 'money' | { readonly decimalScale: number } | undefined,
): ScalarFact {
  const base: FactBase = { known: !column.nullable }
  if (as !== undefined && column.type !== 'integer' && column.type !== 'bigint') {
    return refuse(name, fact, `only a whole number can be read as ${as === 'money' ? as : 'a decimal'}.`)
  }
  switch (column.type) {
    case 'boolean':
      return { kind: 'bool', ...base }
    case 'text':
      return { kind: 'text', ...base }
    case 'date':
      // The column holds a `CHECK` that refuses a date that does not exist.
      return { kind: 'date', promised: true, ...base }
    case 'enum':
      return { kind: 'enum', values: column.values ?? [], ...base }
    case 'integer':
    case 'bigint': {
      const range = rangeOf(column)
      if (as === undefined) return { kind: 'int', ...range, ...base }
      if (as === 'money') return { kind: 'money', ...range, ...base }
      const { decimalScale: scale } = as
      if (!Number.isInteger(scale) || scale < 0 || scale > decimalScaleMax) {
        return refuse(name, fact, `a decimal has 0 to ${decimalScaleMax} digits after the point.`)
      }
      return { kind: 'decimal', scale, ...range, ...base }
    }
    default:
      return refuse(name, fact, `rules cannot read a column of type ${column.type}.`)
  }
}

/** The range of a column, as far as rules reckon: beyond it a value is refused when it is read. */
function rangeOf({ minimum = -Infinity, maximum = Infinity }: FieldColumn): FactRange {
  return {
    minimum: Math.max(Number(minimum), -factNumberMax),
    maximum: Math.min(Number(maximum), factNumberMax),
    promised: minimum >= -factNumberMax && maximum <= factNumberMax,
  }
}

/** What a rule calls a record or a fact. */
const factName = /^[A-Za-z][A-Za-z0-9_]*$/

function factValueOf(fact: string, type: ScalarFact, value: unknown): FactValue {
  if (value === undefined || value === null) return null
  // Beyond 2^53 the number is not exact, but it is beyond every range as well.
  const given = typeof value === 'bigint' ? Number(value) : value
  // The definition lets through only columns whose values are one of these.
  if (isInType(type, given)) return given as boolean | number | string
  throw new LumbungError('facts/out-of-range', `${fact} is not what its type says.`, {
    details: { fact, type: type.kind },
  })
}

/** What a type promises of a value, which a rule relies on. */
function isInType(type: ScalarFact, value: unknown): boolean {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean'
    case 'text':
      return typeof value === 'string'
    case 'date':
      return CivilDate.safeParse(value).success
    case 'enum':
      return type.values.some((candidate) => candidate === value)
    default:
      return (
        typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= type.minimum &&
        value <= type.maximum
      )
  }
}

function refuse(name: string, fact: string, reason: string): never {
  throw new LumbungError('facts/invalid-definition', `Fact ${name}.${fact}: ${reason}`, {
    details: { fact: `${name}.${fact}` },
  })
}
