import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { AnyCollection, Storage } from '@lumbung/core/storage'
import pg from 'pg'
import { inject } from 'vitest'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { createDatabase } from './embedded-server.ts'

/** An empty database for one test, opened as often as the test likes. */
export interface TestDatabase {
  readonly open: (collections: readonly AnyCollection[]) => Promise<Storage>
  /** Runs a statement past our code, on a connection of its own. */
  readonly run: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The file or the URL, for another process. */
  readonly place: string
  readonly drop: () => Promise<void>
}

let databases = 0

/** The databases that everything here is to behave alike on. */
export const databaseKinds: Readonly<Record<'sqlite' | 'postgres', () => Promise<TestDatabase>>> = {
  async sqlite() {
    const folder = mkdtempSync(join(tmpdir(), 'lumbung-test-'))
    const file = join(folder, 'village.db')
    return {
      open: (collections) => openSqlite({ file, schema: { collections, streams: [] } }),
      async run(sql) {
        const database = new DatabaseSync(file)
        try {
          return database.prepare(sql).all()
        } finally {
          database.close()
        }
      },
      place: file,
      drop: async () => rmSync(folder, { recursive: true }),
    }
  },
  async postgres() {
    databases += 1
    const name = `lumbung_test_${process.pid}_${process.hrtime.bigint()}_${databases}`
    const { url, drop } = await createDatabase(inject('postgresUrl'), name)
    return {
      open: (collections) => openPostgres({ url, schema: { collections, streams: [] } }),
      async run(sql) {
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        try {
          return (await client.query<Record<string, unknown>>(sql)).rows
        } finally {
          await client.end()
        }
      },
      place: url,
      drop,
    }
  },
}

/** What the tables of a database are made of, in its own words, without the order of columns and the migrations. */
export async function catalogueOf(
  kind: 'sqlite' | 'postgres',
  { run }: Pick<TestDatabase, 'run'>,
): Promise<readonly string[]> {
  const texts =
    kind === 'sqlite'
      ? ["select sql as text from sqlite_schema where sql is not null and tbl_name not like 'migration_%'"]
      : [
          `select table_name || ' ' || column_name || ' ' || data_type || ' ' || coalesce(collation_name, '') || ' '
              || is_nullable || ' ' || coalesce(column_default, '') as text
            from information_schema.columns where table_schema = 'public' and table_name not like 'migration_%'`,
          `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as text from pg_constraint
            where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'migration_%'`,
          "select indexdef as text from pg_indexes where schemaname = 'public' and tablename not like 'migration_%'",
        ]
  const rows = (await Promise.all(texts.map((sql) => run(sql)))).flat()
  return rows.map(({ text }) => String(text)).sort()
}

/** Gives a test a database and takes it away, whatever happens. */
export async function withDatabase(
  create: () => Promise<TestDatabase>,
  work: (database: TestDatabase) => Promise<void>,
): Promise<void> {
  const database = await create()
  try {
    await work(database)
  } finally {
    await database.drop()
  }
}
