import type {
  CellCondition,
  Column,
  OnConflict,
  OrderTerm,
  Selection,
  StorageValue,
  Table,
} from '@lumbung/core/storage'
import { endOfPrefix, versionColumn, villageColumn } from '@lumbung/core/storage'
import { type CompiledQuery, type Expression, type SqlBool, sql } from 'kysely'
import type { Dialect, Statement } from './dialect.ts'

/** Stands in a query where an argument will be; the compiler lists them in the order of the text. */
class Slot {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

/** Most compiled statements kept: far more than the shapes a village asks for, few enough for little memory. */
const statementsMax = 500

/**
 * The statements of all tables, each shape compiled once. A shape is the text without its values, so a page
 * that is asked for again costs a look-up and no compilation.
 */
export function createStatements(dialect: Dialect) {
  const cache = new Map<string, Statement>()
  let compiled = 0

  function cached(shape: string, build: () => CompiledQuery): Statement {
    const found = cache.get(shape)
    if (found !== undefined) return found
    const query = build()
    compiled += 1
    const places = query.parameters.map((slot) => (slot as Slot).index)
    const inOrder = places.every((place, index) => place === index)
    const statement = { sql: query.sql, places, inOrder, name: `lumbung_${compiled}` }
    if (cache.size >= statementsMax) cache.delete(cache.keys().next().value ?? '')
    cache.set(shape, statement)
    return statement
  }

  const { builder } = dialect
  const names = (table: Table) => table.columns.map(({ name }) => name)
  const keyCondition = (table: Table, first: number) =>
    table.key.map((name, index) => sql<SqlBool>`${sql.ref(name)} = ${new Slot(first + index)}`)

  return {
    get(table: Table, lock: boolean): Statement {
      return cached(`get ${table.name} ${lock}`, () => {
        const query = builder
          .selectFrom(table.name)
          .select(names(table))
          .where(and(keyCondition(table, 0)))
        return (lock && dialect.locksRows ? query.forUpdate() : query).compile()
      })
    },

    select(table: Table, selection: Selection): Statement {
      return cached(`select ${table.name} ${shapeOf(selection)}`, () => {
        const arguments_ = counter()
        let query = builder.selectFrom(table.name).select(names(table))
        for (const condition of whereOf(selection.villageId, selection.conditions, arguments_)) {
          query = query.where(condition)
        }
        if (selection.after !== undefined) {
          query = query.where(afterOf(selection.order, selection.after, arguments_))
        }
        for (const { column, descending } of selection.order) {
          query = query.orderBy(column.name, (order) => {
            const directed = descending ? order.desc() : order.asc()
            return column.nullable ? directed.nullsLast() : directed
          })
        }
        return query.limit(sql<number>`${arguments_()}`).compile()
      })
    },

    count(table: Table, villageId: string | undefined, conditions: readonly CellCondition[]): Statement {
      return cached(
        `count ${table.name} ${shapeOf({ ...(villageId ? { villageId } : {}), conditions, order: [], limit: 0 })}`,
        () => {
          const arguments_ = counter()
          let query = builder.selectFrom(table.name).select(sql<number>`count(*)`.as('count'))
          for (const condition of whereOf(villageId, conditions, arguments_)) query = query.where(condition)
          return query.compile()
        },
      )
    },

    insert(table: Table, onConflict: OnConflict): Statement {
      return cached(`insert ${table.name} ${onConflict}`, () => {
        const slots = table.columns.map((_, index) => sql`${new Slot(index)}`)
        return resolving(table, onConflict, sql`values (${sql.join(slots)})`).compile(builder)
      })
    },

    /** Takes an array for each column. */
    insertArrays(table: Table, arrayType: (column: Column) => string, onConflict: OnConflict): Statement {
      return cached(`insertArrays ${table.name} ${onConflict}`, () => {
        const arrays = table.columns.map(
          (column, index) => sql`${new Slot(index)}::${sql.raw(arrayType(column))}`,
        )
        const cells = table.columns.map(({ name, type }) =>
          type === 'json' ? sql`${sql.ref(`given.${name}`)}::jsonb` : sql.ref(`given.${name}`),
        )
        const given = sql.join(names(table).map((name) => sql.ref(name)))
        const source = sql`select ${sql.join(cells)} from unnest(${sql.join(arrays)}) as given(${given})`
        return resolving(table, onConflict, source).compile(builder)
      })
    },

    /** Takes the cells of the row, and the version before as the last argument. */
    update(table: Table): Statement {
      return cached(`update ${table.name}`, () => {
        const { columns, key } = table
        const changes = columns.flatMap(({ name }, index) =>
          key.includes(name) ? [] : [sql`${sql.ref(name)} = ${new Slot(index)}`],
        )
        const where = key.map((name) => {
          const index = columns.findIndex((column) => column.name === name)
          return sql<SqlBool>`${sql.ref(name)} = ${new Slot(index)}`
        })
        const version = sql<SqlBool>`${sql.ref(versionColumn.name)} = ${new Slot(columns.length)}`
        return sql`update ${sql.table(table.name)} set ${sql.join(changes)} where ${and([...where, version])}`.compile(
          builder,
        )
      })
    },

    /** Takes the key, and the version as the last argument. */
    remove(table: Table): Statement {
      return cached(`remove ${table.name}`, () => {
        const version = sql<SqlBool>`${sql.ref(versionColumn.name)} = ${new Slot(table.key.length)}`
        return builder
          .deleteFrom(table.name)
          .where(and([...keyCondition(table, 0), version]))
          .compile()
      })
    },

    clear(table: Table): Statement {
      return cached(`clear ${table.name}`, () => builder.deleteFrom(table.name).compile())
    },
  }

  function resolving(table: Table, onConflict: OnConflict, source: Expression<unknown>) {
    const into = sql`insert into ${sql.table(table.name)} (${sql.join(names(table).map((name) => sql.ref(name)))})`
    if (onConflict === 'fail') return sql`${into} ${source}`
    const key = sql.join(table.key.map((name) => sql.ref(name)))
    if (onConflict === 'ignore') return sql`${into} ${source} on conflict (${key}) do nothing`
    const sums = table.counters.map((name) => {
      const own = sql.ref(`${table.name}.${name}`)
      return sql`${sql.ref(name)} = ${own} + ${sql.ref(`excluded.${name}`)}`
    })
    const version = sql`${sql.ref(versionColumn.name)} = ${sql.ref(`${table.name}.${versionColumn.name}`)} + 1`
    return sql`${into} ${source} on conflict (${key}) do update set ${sql.join([...sums, version])}`
  }
}

/** The statements of one database. */
export type Statements = ReturnType<typeof createStatements>

/** The arguments of a selection, in the order in which its statement takes them. */
export function argumentsOf(
  dialect: Dialect,
  selection: Omit<Selection, 'limit'>,
  limit?: number,
): unknown[] {
  const { villageId, conditions, order, after } = selection
  const values: unknown[] = villageId === undefined ? [] : [villageId]
  for (const condition of conditions) {
    const parameter = (value: StorageValue) => dialect.toParameter(condition.column, value)
    if (condition.operator === 'in') values.push(...condition.values.map(parameter))
    else if (condition.operator === 'startsWith') {
      values.push(condition.value)
      const end = endOfPrefix(condition.value)
      if (end !== undefined) values.push(end)
    } else if (condition.value !== null) values.push(parameter(condition.value))
  }
  if (after !== undefined) {
    order.forEach(({ column }, index) => {
      const value = after[index] ?? null
      if (value !== null) values.push(dialect.toParameter(column, value))
    })
  }
  if (limit !== undefined) values.push(limit)
  return values
}

type NextSlot = () => Slot

function counter(): NextSlot {
  let next = 0
  return () => {
    next += 1
    return new Slot(next - 1)
  }
}

/** What distinguishes two selections but for their values. */
function shapeOf({ villageId, conditions, order, after }: Selection): string {
  const where = conditions.map((condition) => {
    const { column, operator } = condition
    if (operator === 'in') return `${column.name} in ${condition.values.length}`
    if (operator === 'startsWith')
      return `${column.name} ${operator} ${endOfPrefix(condition.value) !== undefined}`
    return `${column.name} ${operator} ${condition.value === null}`
  })
  const terms = order.map(({ column, descending }) => `${column.name} ${descending}`)
  const from = after?.map((cell) => (cell === null ? 'null' : 'value'))
  return JSON.stringify([villageId !== undefined, where, terms, from])
}

function whereOf(
  villageId: string | undefined,
  conditions: readonly CellCondition[],
  next: NextSlot,
): Expression<SqlBool>[] {
  const village = villageId === undefined ? [] : [sql<SqlBool>`${sql.ref(villageColumn.name)} = ${next()}`]
  return [...village, ...conditions.map((condition) => conditionOf(condition, next))]
}

function conditionOf(condition: CellCondition, next: NextSlot): Expression<SqlBool> {
  const ref = sql.ref(condition.column.name)
  switch (condition.operator) {
    case 'in':
      if (condition.values.length === 0) return sql<SqlBool>`1 = 0`
      return sql<SqlBool>`${ref} in (${sql.join(condition.values.map(() => sql`${next()}`))})`
    case 'startsWith': {
      const from = sql<SqlBool>`${ref} >= ${next()}`
      if (endOfPrefix(condition.value) === undefined) return from
      return sql<SqlBool>`(${from} and ${ref} < ${next()})`
    }
    case 'is':
      return condition.value === null ? sql<SqlBool>`${ref} is null` : sql<SqlBool>`${ref} = ${next()}`
    case 'not':
      // Everything else, nothing included: NULL must not make the comparison unknown.
      if (condition.value === null) return sql<SqlBool>`${ref} is not null`
      return condition.column.nullable
        ? sql<SqlBool>`(${ref} <> ${next()} or ${ref} is null)`
        : sql<SqlBool>`${ref} <> ${next()}`
    case 'from':
      return sql<SqlBool>`${ref} >= ${next()}`
    case 'to':
      return sql<SqlBool>`${ref} < ${next()}`
  }
}

/** The rows after a position. Where no term can be missing and all go one way, a row value lets an index serve. */
function afterOf(
  order: readonly OrderTerm[],
  after: readonly StorageValue[],
  next: NextSlot,
): Expression<SqlBool> {
  const slots = order.map((_, index) => (after[index] === null ? undefined : next()))
  const [first] = order
  if (order.every(({ column, descending }) => !column.nullable && descending === first?.descending)) {
    const refs = sql.join(order.map(({ column }) => sql.ref(column.name)))
    const values = sql.join(slots.map((slot) => sql`${slot}`))
    return sql<SqlBool>`(${refs}) ${sql.raw(first?.descending ? '<' : '>')} (${values})`
  }
  const ties: Expression<SqlBool>[] = []
  const ways = order.map(({ column, descending }, index) => {
    const slot = slots[index]
    const ref = sql.ref(column.name)
    const beyond: Expression<SqlBool>[] = []
    if (slot !== undefined) {
      beyond.push(sql<SqlBool>`${ref} ${sql.raw(descending ? '<' : '>')} ${slot}`)
      if (column.nullable) beyond.push(sql<SqlBool>`${ref} is null`)
    }
    const way = beyond.length === 0 ? sql<SqlBool>`1 = 0` : and([...ties, or(beyond)])
    ties.push(slot === undefined ? sql<SqlBool>`${ref} is null` : sql<SqlBool>`${ref} = ${slot}`)
    return way
  })
  return or(ways)
}

function and(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`
}

function or(conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}
