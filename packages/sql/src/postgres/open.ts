import { setTimeout as wait } from 'node:timers/promises'
import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import {
  createStorage,
  type Isolation,
  type Row,
  type Storage,
  type StorageDriver,
  type StorageSchema,
  type Table,
  tablesOf,
} from '@lumbung/core/storage'
import pg from 'pg'
import type { Connection, Statement } from '../database/dialect.ts'
import { checkTables } from '../database/existing.ts'
import { migrate } from '../database/migrate.ts'
import { openRowTransaction } from '../database/row-transaction.ts'
import { createStatements } from '../database/statements.ts'
import { postgresDialect } from './dialect.ts'
import { postgresError } from './errors.ts'

/** What {@link openPostgres} takes. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  readonly schema: StorageSchema
  /** Most connections of this process. Default 10. */
  readonly connectionsMax?: number
  /** Is told each statement as it is sent, without its values: for a test or a trace. Default: nobody. */
  readonly onStatement?: (sql: string) => void
  /**
   * Opens what is there to read from it, and neither creates nor migrates: for a program that must look into a
   * database before it knows the whole schema. Default false.
   */
  readonly asItIs?: boolean
}

/** int8 and jsonb come as text: the first can be wider than a number, the second is decoded by its schema. */
const asText = new Set([20, 3802])
const types: pg.CustomTypesConfig = {
  // pg's own types know the parser of each oid only by overloads; text is what arrives either way.
  getTypeParser: ((oid: number, format?: 'text') =>
    asText.has(oid)
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

const begins = {
  read: 'begin isolation level repeatable read read only',
  serializable: 'begin isolation level serializable',
  'read-committed': 'begin isolation level read committed',
}

/**
 * Opens a database on a PostgreSQL server, for a district or for more than one machine. It creates or migrates
 * the tables first.
 *
 * @throws LumbungError `storage/destructive-change`, `storage/unavailable`, `storage/conflict`; with `asItIs`
 * `storage/missing` where one of the tables is not there.
 *
 * @example
 * ```ts
 * import { openPostgres } from '@lumbung/sql/postgres'
 *
 * // No server listens on this port, which is what the error says.
 * const url = 'postgres://lumbung@127.0.0.1:9/village'
 * openPostgres({ url, schema: { collections: [], streams: [] } }) // throws 'storage/unavailable'
 * ```
 */
export async function openPostgres(options: PostgresOptions): Promise<Storage> {
  const { url, schema, onStatement = () => {} } = options
  const pool = new pg.Pool({ connectionString: url, max: options.connectionsMax ?? 10, types })
  // A server that goes away ends idle connections; the next use of the pool reports it.
  pool.on('error', () => {})
  try {
    await withConnection(pool, onStatement, (connection) =>
      options.asItIs ? checkTables(connection, tablesOf(schema)) : migrateAlone(connection, schema),
    )
  } catch (error) {
    await pool.end()
    throw postgresError(error)
  }
  return createStorage(postgresDriver(pool, onStatement), schema)
}

type OnStatement = (sql: string) => void

function connectionOn(client: pg.PoolClient, onStatement: OnStatement): Connection {
  async function send(
    sql: string,
    values: unknown[],
    name?: string,
  ): Promise<pg.QueryArrayResult<unknown[]>> {
    onStatement(sql)
    try {
      return await client.query({ text: sql, values, rowMode: 'array', ...(name ? { name } : {}) })
    } catch (error) {
      throw postgresError(error, sql)
    }
  }
  const bind = ({ places }: Statement, parameters: readonly unknown[]) =>
    places.map((place) => parameters[place])
  return {
    async all(statement, parameters, table: Table): Promise<Row[]> {
      const { rows } = await send(statement.sql, bind(statement, parameters), statement.name)
      return postgresDialect.toRows(table, rows) as Row[]
    },
    async run(statement, parameters) {
      return (await send(statement.sql, bind(statement, parameters), statement.name)).rowCount ?? 0
    },
    async execute(sql) {
      await send(sql, [])
    },
    async rows(sql, parameters = []) {
      const { rows, fields } = await send(sql, [...parameters])
      return rows.map((row) => Object.fromEntries(fields.map(({ name }, index) => [name, row[index]])))
    },
  }
}

async function withConnection<T>(
  pool: pg.Pool,
  onStatement: OnStatement,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(connectionOn(client, onStatement))
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}

/**
 * Migrates while no other process does. The lock is a row, because distributed databases have no advisory
 * locks; two processes that create its table at once get in each other's way, and one of them tries again.
 */
async function migrateAlone(connection: Connection, schema: StorageSchema): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.execute('create table if not exists migration_lock (id integer primary key)')
      await connection.execute('insert into migration_lock (id) values (1) on conflict (id) do nothing')
      break
    } catch (error) {
      const raced = isLumbungError(error, 'storage/duplicate') || isLumbungError(error, 'storage/conflict')
      if (!raced || attempt >= 10) throw error
      await wait(attempt * 10)
    }
  }
  await connection.execute(begins['read-committed'])
  try {
    await connection.rows('select id from migration_lock where id = 1 for update')
    await migrate(postgresDialect, connection, tablesOf(schema))
    await connection.execute('commit')
  } catch (error) {
    await connection.execute('rollback')
    throw error
  }
}

function postgresDriver(pool: pg.Pool, onStatement: OnStatement): StorageDriver {
  const statements = createStatements(postgresDialect)

  async function begin(sql: string) {
    const client = await pool.connect().catch((error: unknown) => {
      throw postgresError(error)
    })
    const connection = connectionOn(client, onStatement)
    // A connection that breaks while it is lent would otherwise end the process.
    const ignore = () => {}
    client.on('error', ignore)
    let ended = false
    const release = (broken: boolean) => {
      ended = true
      client.off('error', ignore)
      client.release(broken)
    }
    try {
      await connection.execute(sql)
    } catch (error) {
      release(true)
      throw error
    }
    return openRowTransaction(postgresDialect, statements, connection, {
      async commit() {
        try {
          await connection.execute('commit')
        } catch (error) {
          release(true)
          if (!isLumbungError(error, 'storage/unavailable')) throw error
          throw new LumbungError(
            'storage/outcome-unknown',
            'The connection broke while committing: what was written may or may not be there.',
            { cause: error },
          )
        }
        release(false)
      },
      async rollback() {
        if (ended) return
        try {
          await connection.execute('rollback')
          release(false)
        } catch {
          // The server rolls back what a broken connection left open.
          release(true)
        }
      },
    })
  }

  return {
    name: 'postgres',
    capabilities: { durable: true, sharedBetweenProcesses: true, concurrentWriters: true },
    beginRead: () => begin(begins.read),
    beginWrite: (isolation: Isolation) => begin(begins[isolation]),
    // Longer with each attempt, and by chance, so that two that met do not meet again.
    pause: async (attempt) => {
      await wait(Math.random() * Math.min(5 * 2 ** attempt, 500))
    },
    integrityFaults: async () => [],
    close: () => pool.end(),
  }
}
