import { type CivilDate, LumbungError } from '../kernel/index.ts'
import type { Rule, ScalarValue } from '../rules/index.ts'
import {
  type SqlDialectName,
  type SqlJoin,
  type SqlRecord,
  type SqlRoot,
  type SqlScreening,
  type SqlText,
  screenSql,
} from '../rules/sql/index.ts'
import type { AnyCollection } from './collection.ts'
import type { FieldColumn } from './column.ts'
import type { Facts } from './facts.ts'
import { type StorageValue, type Table, villageColumn } from './table.ts'

/** What is asked of the records of a collection. */
export interface Screening {
  /** Rules of one set of facts, each under the name of its root. */
  readonly rules: readonly Rule[]
  /** The date that they are asked for. */
  readonly on: CivilDate
  /** Only records whose fields are these texts. Default: all. */
  readonly where?: Readonly<Record<string, string>>
  /** Records that each record names by a field, as further roots: the household of a member. Default: none. */
  readonly roots?: readonly { readonly facts: Facts; readonly by: string }[]
}

/** What rules came to for one record. */
export interface Screened {
  /** The cells of its key, without the village. */
  readonly key: readonly StorageValue[]
  /** The values of the rules in their order; null is unknown. */
  readonly outcomes: readonly (ScalarValue | null)[]
}

/** One page of a screening, as an adapter is asked for it. */
export interface RowScreening {
  readonly table: Table
  /** The statement, but for the database and the page; the same object for each page. */
  readonly query: Omit<SqlScreening, 'dialect' | 'after' | 'limit'>
  /** How the cells of a result are read: those of the key, and a column for each rule. */
  readonly columns: Table['columns']
  /** The key of the last row of the page before. */
  readonly after?: readonly string[]
  readonly limit: number
}

/**
 * The statement by which a database is asked: of one row for each record its key and then the outcomes. For a look
 * at it, or to make a table or figures of the outcomes without their leaving the database.
 *
 * @param villageId Default: all villages; then the village leads the key.
 *
 * @throws LumbungError `storage/invalid-query`, `rules/no-such-column`
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { checkRule } from '@lumbung/core/rules'
 * import { defineCollection, defineFacts, screeningSql } from '@lumbung/core/storage'
 * import * as z from 'zod'
 *
 * const schema = z.object({ id: z.string(), rooms: z.int().min(1).max(20) })
 * const homes = defineCollection({ name: 'homes', schema, key: 'id', fieldClasses: 'internal' })
 * const home = defineFacts(homes, { name: 'home', facts: { rooms: 'rooms' } })
 * const checked = checkRule('home.rooms * 2 > 5', { facts: { home: home.type } })
 * const rules = checked.ok ? [checked.rule] : []
 * const screening = { rules, on: CivilDate.parse('2026-11-24') }
 * const { sql } = screeningSql(home, screening, { dialect: 'sqlite' })
 * sql.startsWith('SELECT "home"."village_id", "home"."id", (("home"."rooms" * 2) > 5) AS') // => true
 * ```
 */
export function screeningSql<C extends AnyCollection>(
  facts: Facts<C>,
  screening: Screening,
  { dialect, villageId }: { readonly dialect: SqlDialectName; readonly villageId?: string },
): SqlText {
  return screenSql({ ...rowScreeningOf(facts, screening, villageId).query, dialect })
}

/** Everything of a screening that does not change from page to page. Without a village it spans all. */
export function rowScreeningOf<C extends AnyCollection>(
  facts: Facts<C>,
  { rules, on, where = {}, roots = [] }: Screening,
  villageId: string | undefined,
): Omit<RowScreening, 'after' | 'limit'> {
  const { table } = facts.collection
  const village = villageId === undefined ? {} : { [villageColumn.name]: villageId }
  const key = villageId === undefined ? table.key : table.key.slice(1)
  const joins = roots.map(({ facts: root, by }): SqlJoin => {
    const target = referenceOf(facts.collection, by, root.collection)
    return {
      table: root.collection.table.name,
      alias: root.name,
      join: { ...sameVillage(villageId), [target]: columnOf(facts.collection, by).name },
      where: village,
    }
  })
  const sources = [facts, ...roots.map((root) => root.facts)].map((root): [string, SqlRoot] => [
    root.name,
    { alias: root.name, ...sqlRecordOf(root, villageId) },
  ])
  const fields = Object.entries(where).map(([field, text]) => [columnOf(facts.collection, field).name, text])
  return {
    table,
    query: {
      rules,
      on,
      source: Object.fromEntries(sources),
      table: table.name,
      alias: facts.name,
      key,
      where: { ...village, ...Object.fromEntries(fields) },
      joins,
    },
    columns: [
      ...table.columns
        .filter(({ name }) => key.includes(name))
        .sort((a, b) => key.indexOf(a.name) - key.indexOf(b.name)),
      ...rules.map((rule, index) => outcomeColumn(rule, index)),
    ],
  }
}

const sameVillage = (villageId: string | undefined) =>
  villageId === undefined ? { [villageColumn.name]: villageColumn.name } : {}

/** Where the facts of a collection stand in SQL, its lists in tables of their own. */
function sqlRecordOf(facts: Facts, villageId: string | undefined): SqlRecord {
  const columns = Object.entries(facts.columns).map(([fact, { name }]) => [
    fact,
    { column: name, asCreated: true },
  ])
  const lists = Object.entries(facts.lists).map(([fact, { of, by }]) => {
    const target = referenceOf(of.collection, by, facts.collection)
    return [
      fact,
      {
        table: of.collection.table.name,
        join: { ...sameVillage(villageId), [columnOf(of.collection, by).name]: target },
        where: villageId === undefined ? {} : { [villageColumn.name]: villageId },
        item: sqlRecordOf(of, villageId),
      },
    ]
  })
  return { columns: Object.fromEntries(columns), lists: Object.fromEntries(lists) }
}

function outcomeColumn({ expression: { type } }: Rule, index: number): Table['columns'][number] {
  const base = { name: `outcome_${index}`, field: `outcome_${index}`, nullable: true }
  if (type.kind === 'bool') return { ...base, type: 'boolean' }
  return { ...base, type: type.kind === 'number' || type.kind === 'money' ? 'integer' : 'text' }
}

/** The column of a field that a screening names. */
export function columnOf(collection: AnyCollection, field: string): FieldColumn {
  const column = collection.columns.find((candidate) => candidate.field === field)
  if (column !== undefined) return column
  throw new LumbungError('storage/invalid-query', `${collection.name} has no field ${field}.`, {
    details: { collection: collection.name, field },
  })
}

/** The key column of the collection that a field names a record of. */
function referenceOf(collection: AnyCollection, field: string, target: AnyCollection): string {
  const { name } = columnOf(collection, field)
  const found = collection.table.references.find(
    ({ column, table }) => column === name && table === target.table.name,
  )
  if (found !== undefined) return found.targetColumn
  throw new LumbungError('storage/invalid-query', `${collection.name}.${field} names no ${target.name}.`, {
    details: { collection: collection.name, field },
  })
}
