import type { CellCondition, Column, OrderTerm, Selection, StorageValue, Table } from '@lumbung/core/storage'
import { endOfPrefix, villageColumn } from '@lumbung/core/storage'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Dialect } from './dialect.ts'
import { isFoundByIndex } from './found-by-index.ts'

/** Stands in a query where an argument will be; the compiler lists them in the order of the text. */
export class Slot {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

/** One condition of a query: what tells its text from others, the arguments it takes, and the text over them. */
interface Part {
  readonly shape: string
  readonly values: readonly unknown[]
  readonly expression: (slots: readonly Slot[]) => Expression<SqlBool>
}

/** A selection as a statement needs it. */
export interface SelectionParts {
  /** The same for two selections that differ only in their arguments, however many values an `in` has. */
  readonly shape: string
  /** The arguments, in the order of their slots. */
  readonly values: readonly unknown[]
  /** The conditions, all of which must hold; built only where the text is not known yet. */
  readonly where: () => readonly Expression<SqlBool>[]
  /** A column as it stands in the order. */
  readonly termOf: (column: Column) => Expression<unknown>
}

/** What a selection asks of its rows. */
export type SelectionConditions = Pick<Selection, 'villageId' | 'conditions'> &
  Partial<Pick<Selection, 'order' | 'after'>>

/** Text, arguments and shape of a selection, from one walk over it. */
export function partsOf(
  dialect: Dialect,
  table: Table,
  { villageId, conditions, order = [], after }: SelectionConditions,
): SelectionParts {
  const { termsToSort = (ref) => ref } = dialect
  const isSorted = isFoundByIndex(table, { villageId, conditions, order })
  const termOf = ({ name }: Column) => (isSorted ? termsToSort(sql.ref(name)) : sql.ref(name))
  const parts = [
    ...(villageId === undefined ? [] : [villagePart(villageId)]),
    ...conditions.map((condition) => conditionPart(dialect, condition)),
    ...(after === undefined ? [] : [afterPart(dialect, order, after, termOf)]),
  ]
  const terms = order.map(({ column, descending }) => `${column.name} ${descending}`)
  return {
    shape: JSON.stringify([parts.map(({ shape }) => shape), terms]),
    values: parts.flatMap(({ values }) => values),
    termOf,
    where() {
      let next = 0
      return parts.map(({ values, expression }) => {
        const first = next
        next += values.length
        return expression(values.map((_, index) => new Slot(first + index)))
      })
    },
  }
}

function villagePart(villageId: string): Part {
  return {
    shape: 'village',
    values: [villageId],
    expression: ([village]) => sql`${sql.ref(villageColumn.name)} = ${village}`,
  }
}

function conditionPart(dialect: Dialect, condition: CellCondition): Part {
  const { column, operator } = condition
  const part = (
    form: string,
    values: readonly unknown[],
    expression: (ref: Expression<unknown>, slots: readonly Slot[]) => Expression<SqlBool>,
  ): Part => ({
    shape: `${column.name} ${form}`,
    values,
    expression: (slots) => expression(sql.ref(column.name), slots),
  })
  switch (operator) {
    case 'in':
      // All of them are one argument, so a list has no length in the text.
      return part('in', [dialect.toList(column, condition.values)], (ref, [list]) =>
        dialect.isOneOf(column, ref, sql`${list}`),
      )
    case 'startsWith': {
      const end = endOfPrefix(condition.value)
      if (end === undefined) return part('from', [condition.value], (ref, [from]) => sql`${ref} >= ${from}`)
      return part(
        operator,
        [condition.value, end],
        (ref, [from, to]) => sql`(${ref} >= ${from} and ${ref} < ${to})`,
      )
    }
  }
  const { value } = condition
  const values = value === null ? [] : [dialect.toParameter(column, value)]
  switch (operator) {
    case 'is':
      if (value === null) return part('is null', values, (ref) => sql`${ref} is null`)
      return part(operator, values, (ref, [slot]) => sql`${ref} = ${slot}`)
    case 'not':
      // Everything else, nothing included: NULL must not make the comparison unknown.
      if (value === null) return part('is not null', values, (ref) => sql`${ref} is not null`)
      return part(operator, values, (ref, [slot]) =>
        column.nullable ? sql`(${ref} <> ${slot} or ${ref} is null)` : sql`${ref} <> ${slot}`,
      )
    case 'from':
      return part(operator, values, (ref, [slot]) => sql`${ref} >= ${slot}`)
    case 'to':
      return part(operator, values, (ref, [slot]) => sql`${ref} < ${slot}`)
  }
}

/** The rows after a position. Where no term can be missing and all go one way, a row value lets an index serve. */
function afterPart(
  dialect: Dialect,
  order: readonly OrderTerm[],
  after: readonly StorageValue[],
  termOf: SelectionParts['termOf'],
): Part {
  const cells = order.map((term, index) => ({ ...term, cell: after[index] ?? null }))
  const present = cells.filter(({ cell }) => cell !== null)
  return {
    shape: `after ${cells.map(({ cell }) => (cell === null ? 'null' : 'value')).join(' ')}`,
    values: present.map(({ column, cell }) => dialect.toParameter(column, cell)),
    expression(slots) {
      const [first] = order
      const oneWay = order.every(
        ({ column, descending }) => !column.nullable && descending === first?.descending,
      )
      if (oneWay && first !== undefined) {
        const columns = sql.join(order.map(({ column }) => termOf(column)))
        return sql`(${columns}) ${directed(first)} (${sql.join(slots.map((slot) => sql`${slot}`))})`
      }
      let next = 0
      const slotOf = (cell: StorageValue) => {
        if (cell === null) return undefined
        next += 1
        return slots[next - 1]
      }
      return afterOneByOne(cells.map(({ cell, ...term }) => ({ ...term, slot: slotOf(cell) })))
    },
  }
}

function afterOneByOne(
  terms: readonly (OrderTerm & { readonly slot: Slot | undefined })[],
): Expression<SqlBool> {
  const ties: Expression<SqlBool>[] = []
  const ways = terms.map(({ column, descending, slot }) => {
    const ref = sql.ref(column.name)
    const beyond: Expression<SqlBool>[] = []
    if (slot !== undefined) {
      beyond.push(sql`${ref} ${directed({ descending })} ${slot}`)
      if (column.nullable) beyond.push(sql`${ref} is null`)
    }
    const way = beyond.length === 0 ? sql<SqlBool>`1 = 0` : and([...ties, or(beyond)])
    ties.push(slot === undefined ? sql`${ref} is null` : sql`${ref} = ${slot}`)
    return way
  })
  return or(ways)
}

function directed({ descending }: Pick<OrderTerm, 'descending'>) {
  return sql.raw(descending ? '<' : '>')
}

/** All of the conditions. */
export function and(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`
}

function or(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}
