import type { CivilDate } from '../../kernel/index.ts'
import type { Rule } from '../rule.ts'
import { emit } from './emit.ts'
import {
  bound,
  type Fragment,
  identifier,
  joined,
  raw,
  render,
  type SqlDialectName,
  type SqlText,
  sql,
} from './fragment.ts'
import type { SqlSource } from './source.ts'

/** For which database, day and tables a rule is written. */
export interface SqlOptions {
  readonly dialect: SqlDialectName
  /** The date that the rule is asked for. */
  readonly on: CivilDate
  /** Where its facts stand. */
  readonly source: SqlSource
}

/**
 * A rule as an expression in SQL, to be set where the tables of its source have their aliases. Its value is that
 * of the rule: true, false (1, 0 on SQLite), a number or a text; NULL is unknown. No row makes it an error.
 *
 * @throws LumbungError `rules/no-such-column` where the source does not say in which column a fact stands
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { checkRule } from '@lumbung/core/rules'
 * import { sqlOf } from '@lumbung/core/rules/sql'
 *
 * const facts = { home: { kind: 'record', facts: { roof: { kind: 'text', known: false } } } } as const
 * const checked = checkRule("home.roof in ['tiles', 'reed']", { facts })
 * const source = { home: { alias: 'h', columns: { roof: { column: 'roof', asCreated: true } } } }
 * const on = CivilDate.parse('2026-11-24')
 * const text = checked.ok ? sqlOf(checked.rule, { dialect: 'sqlite', on, source }) : undefined
 * text // => { sql: '("h"."roof" IN (?, ?))', parameters: ['tiles', 'reed'] }
 * ```
 */
export function sqlOf(rule: Rule, options: SqlOptions): SqlText {
  return render(expressionOf(rule, options, aliases()), options.dialect)
}

/** Names with a space, which no root of a rule has. */
export function aliases(): () => string {
  let count = 0
  return () => {
    count += 1
    return `rule ${count}`
  }
}

function expressionOf(rule: Rule, { dialect, on, source }: SqlOptions, alias: () => string): Fragment {
  return emit(rule.expression, { dialect, on, source, facts: rule.facts, elements: [], alias })
}

/** Another table of which each row screened has at most one row, and whose columns a root reads. */
export interface SqlJoin {
  readonly table: string
  readonly alias: string
  /** Column of this table to column of the table that is screened. */
  readonly join: Readonly<Record<string, string>>
  /** As in {@link SqlScreening}. */
  readonly where?: Readonly<Record<string, string>>
}

/** What {@link screenSql} writes. */
export interface SqlScreening extends SqlOptions {
  /** The rules, all of the same facts, in the order of the columns of the result. */
  readonly rules: readonly Rule[]
  /** The table of which each row is asked, under the alias of its root. */
  readonly table: string
  readonly alias: string
  /** The columns that tell the rows apart. They come first in the result, and the rows come in their order. */
  readonly key: readonly string[]
  /** Only rows where these columns have these texts. Default: all. */
  readonly where?: Readonly<Record<string, string>>
  /** Default: none. */
  readonly joins?: readonly SqlJoin[]
  /**
   * Only rows behind this key. These are the last of the parameters, in their order, so that the text of one page
   * serves for the next. Default: from the first.
   */
  readonly after?: readonly string[]
  /** How many rows at most, a whole number. Default: all, in whatever order the database reads them. */
  readonly limit?: number
}

/**
 * A query that reads a table once and gives the key of each row with the value of each rule, as `outcome_1` and so
 * on.
 *
 * @throws LumbungError `rules/no-such-column`
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { checkRule } from '@lumbung/core/rules'
 * import { screenSql } from '@lumbung/core/rules/sql'
 *
 * const facts = { home: { kind: 'record', facts: { shared: { kind: 'bool', known: true } } } } as const
 * const checked = checkRule('!home.shared', { facts })
 * const { sql } = screenSql({
 *   dialect: 'postgres',
 *   on: CivilDate.parse('2026-11-24'),
 *   rules: checked.ok ? [checked.rule] : [],
 *   source: { home: { alias: 'h', columns: { shared: { column: 'shared' } } } },
 *   table: 'homes',
 *   alias: 'h',
 *   key: ['id'],
 * })
 * sql // => 'SELECT "h"."id", (NOT "h"."shared") AS "outcome_1" FROM "homes" AS "h"'
 * ```
 */
export function screenSql(screening: SqlScreening): SqlText {
  const { dialect, rules, table, alias, key, joins = [], after, limit } = screening
  const name = aliases()
  const column = (of: string, named: string) => sql`${identifier(of)}.${identifier(named)}`
  const conditions = (of: string, texts: Readonly<Record<string, string>> = {}) =>
    Object.entries(texts).map(([named, text]) => sql`${column(of, named)} = ${bound(text, 'column')}`)
  const keys = joined(
    key.map((named) => column(alias, named)),
    ', ',
  )
  const outcomes = rules.map(
    (rule, index) => sql`${expressionOf(rule, screening, name)} AS ${identifier(`outcome_${index + 1}`)}`,
  )
  const given = joined([keys, ...outcomes], ', ')
  const tables = joins.map((other) => {
    const pairs = Object.entries(other.join).map(
      ([own, to]) => sql`${column(other.alias, own)} = ${column(alias, to)}`,
    )
    const on = joined([...conditions(other.alias, other.where), ...pairs], ' AND ')
    return sql` LEFT JOIN ${identifier(other.table)} AS ${identifier(other.alias)} ON ${on}`
  })
  const chosen = [
    ...conditions(alias, screening.where),
    ...(after === undefined
      ? []
      : [
          sql`(${keys}) > (${joined(
            after.map((text, index) => bound(text, `after ${index}`)),
            ', ',
          )})`,
        ]),
  ]
  const where = chosen.length === 0 ? sql`` : sql` WHERE ${joined(chosen, ' AND ')}`
  const ordered = limit === undefined ? sql`` : sql` ORDER BY ${keys} LIMIT ${raw(String(Math.trunc(limit)))}`
  const from = sql`${identifier(table)} AS ${identifier(alias)}${joined(tables, '')}`
  return render(sql`SELECT ${given} FROM ${from}${where}${ordered}`, dialect)
}
