import { DatabaseSync } from 'node:sqlite'
import type { FactValue } from '@lumbung/core/rules'
import type { SqlDialectName } from '@lumbung/core/rules/sql'
import pg from 'pg'

/** One row of a table: values in the order of its columns. */
export type Cells = readonly (FactValue | readonly FactValue[])[]

/** Rows of each table, by its name. */
export type Rows = Readonly<Record<string, readonly Cells[]>>

/** Tables as rules find them, and what stands in them. */
export interface Filled {
  readonly tables: (dialect: SqlDialectName) => readonly string[]
  readonly rows: Rows
}

/** A database that is asked in SQL. */
export interface RuleDatabase {
  readonly dialect: SqlDialectName
  readonly ask: (sql: string, parameters: readonly string[]) => Promise<readonly (readonly unknown[])[]>
  readonly close: () => Promise<void>
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

export async function openRuleSqlite({ tables, rows }: Filled): Promise<RuleDatabase> {
  const database = new DatabaseSync(':memory:')
  for (const sql of tables('sqlite')) database.exec(sql)
  for (const [table, cells] of Object.entries(rows)) {
    for (const row of cells) {
      const places = row.map(() => '?').join(', ')
      database.prepare(`insert into ${quote(table)} values (${places})`).run(...row.map(sqliteCell))
    }
  }
  return {
    dialect: 'sqlite',
    async ask(sql, parameters) {
      const statement = database.prepare(sql)
      statement.setReturnArrays(true)
      // With setReturnArrays each row is an array, which the types of Node do not know.
      return statement.all(...parameters) as unknown as unknown[][]
    },
    close: async () => database.close(),
  }
}

function sqliteCell(cell: Cells[number]): string | bigint | null {
  if (cell === null || typeof cell === 'string') return cell
  // A number would be bound as floating point.
  return typeof cell === 'object' ? JSON.stringify(cell) : BigInt(cell)
}

export async function openRulePostgres(url: string, { tables, rows }: Filled): Promise<RuleDatabase> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const sql of tables('postgres')) await client.query(sql)
  await client.query('begin')
  for (const [table, cells] of Object.entries(rows)) {
    for (const row of cells) {
      const places = row.map((_, index) => `$${index + 1}`).join(', ')
      await client.query(`insert into ${quote(table)} values (${places})`, [...row])
    }
  }
  await client.query('commit')
  await client.query('analyze')
  return {
    dialect: 'postgres',
    async ask(sql, parameters) {
      const { rows: found } = await client.query<unknown[]>({
        text: sql,
        values: [...parameters],
        rowMode: 'array',
      })
      return found
    },
    close: () => client.end(),
  }
}
