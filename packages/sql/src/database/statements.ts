import { createHash } from 'node:crypto'
import {
  type Column,
  type OnConflict,
  type OrderTerm,
  type Table,
  versionColumn,
} from '@lumbung/core/storage'
import { type CompiledQuery, type Expression, type SqlBool, sql } from 'kysely'
import { createBoundedMap } from './bounded-map.ts'
import type { Dialect, Statement } from './dialect.ts'
import { and, type SelectionParts, Slot } from './selection-parts.ts'

/** Most compiled statements kept: far more than the shapes a village asks for, few enough for little memory. */
export const statementsMax = 500

/** By the text, so that a shape which comes again finds what the server still has of it. */
export function statementName(text: string): string {
  return `lumbung_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}

/**
 * The statements of all tables, each shape compiled once. A shape is the text without its values, so a page
 * that is asked for again costs a look-up and no compilation.
 */
export function createStatements(dialect: Dialect) {
  const cache = createBoundedMap<Statement>(statementsMax)

  function cached(shape: string, build: () => CompiledQuery): Statement {
    const found = cache.get(shape)
    if (found !== undefined) return found
    const query = build()
    const places = query.parameters.map((slot) => (slot as Slot).index)
    const inOrder = places.every((place, index) => place === index)
    const statement = { sql: query.sql, places, inOrder, name: statementName(query.sql) }
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

    /** Takes the arguments of the selection, and the limit as the last. */
    select(
      table: Table,
      order: readonly OrderTerm[],
      { shape, values, where, termOf }: SelectionParts,
    ): Statement {
      return cached(`select ${table.name} ${shape}`, () => {
        let query = builder.selectFrom(table.name).select(names(table))
        for (const condition of where()) query = query.where(condition)
        for (const { column, descending } of order) {
          query = query.orderBy(termOf(column), (term) => {
            const directed = descending ? term.desc() : term.asc()
            return column.nullable ? directed.nullsLast() : directed
          })
        }
        return query.limit(sql<number>`${new Slot(values.length)}`).compile()
      })
    },

    count(table: Table, { shape, where }: SelectionParts): Statement {
      return cached(`count ${table.name} ${shape}`, () => {
        let query = builder.selectFrom(table.name).select(sql<number>`count(*)`.as('count'))
        for (const condition of where()) query = query.where(condition)
        return query.compile()
      })
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
