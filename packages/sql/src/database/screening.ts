import { screenSql } from '@lumbung/core/rules/sql'
import type { Row, RowScreening } from '@lumbung/core/storage'
import type { Connection, Dialect, Statement } from './dialect.ts'
import { statementName } from './statements.ts'

/** A page's statement, which serves for every page but the first, and its values. */
interface PageStatement {
  readonly statement: Statement
  readonly parameters: readonly string[]
}

/** Writing the rules costs more than a page of rows, so it is done once for the first page and once for the others. */
const written = new WeakMap<RowScreening['query'], Map<string, PageStatement>>()

/** Asks rules inside of the database. */
export function screenPage(
  dialect: Dialect,
  connection: Connection,
  { table, query, columns, after = [], limit }: RowScreening,
): Row[] | Promise<Row[]> {
  const pages = written.get(query) ?? new Map<string, PageStatement>()
  written.set(query, pages)
  const page = `${dialect.name} ${limit} ${after.length}`
  const { statement, parameters } = pages.get(page) ?? pageStatement()
  const values = [...parameters.slice(0, parameters.length - after.length), ...after]
  return connection.all(statement, values, { ...table, columns })

  function pageStatement(): PageStatement {
    const behind = after.length === 0 ? {} : { after }
    const text = screenSql({ ...query, ...behind, dialect: dialect.name, limit })
    const places = text.parameters.map((_, index) => index)
    const statement = { sql: text.sql, places, inOrder: true, name: statementName(text.sql) }
    const made = { statement, parameters: text.parameters }
    pages.set(page, made)
    return made
  }
}
