import { setTimeout as wait } from 'node:timers/promises'
import { isLumbungError } from '@lumbung/core/kernel'
import {
  createStorage,
  type Isolation,
  type Storage,
  type StorageDriver,
  type StorageSchema,
  type Table,
  tablesOf,
} from '@lumbung/core/storage'
import { checkTables } from '../database/existing.ts'
import { migrate } from '../database/migrate.ts'
import { openRowTransaction } from '../database/row-transaction.ts'
import { createStatements } from '../database/statements.ts'
import { integrityFaultsOf } from './catalogue.ts'
import type { PostgresConnection } from './connection.ts'
import { postgresDialect } from './dialect.ts'
import { sqlStateOf } from './errors.ts'
import { openSessions, type Sessions } from './sessions.ts'

/** What {@link openPostgres} takes. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  readonly schema: StorageSchema
  /** Most connections of this process. Default 10. */
  readonly connectionsMax?: number
  /** How long to wait for a connection, or for a lock of another transaction, in milliseconds. Default 10,000. */
  readonly busyTimeoutMs?: number
  /** Is told each statement as it is sent, without its values: for a test or a trace. Default: nobody. */
  readonly onStatement?: (sql: string) => void
  /**
   * Opens what is there to read from it, and neither creates nor migrates: for a program that must look into a
   * database before it knows the whole schema. Default false.
   */
  readonly asItIs?: boolean
}

const connectionsMaxDefault = 10
const busyTimeoutMsDefault = 10_000

const begins = {
  read: 'begin isolation level repeatable read read only',
  serializable: 'begin isolation level serializable',
  'read-committed': 'begin isolation level read committed',
}

/**
 * Opens a database on a PostgreSQL server, for a district or for more than one machine. It creates or migrates
 * the tables first. Each session waits for the disk when it commits; on a server whose `fsync` is off that says
 * nothing, so there `capabilities.durable` is false.
 *
 * @throws LumbungError `storage/destructive-change`, `storage/unavailable`, `storage/conflict`, `storage/busy`; with
 * `asItIs` `storage/missing` where one of the tables is not there.
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
  const { connectionsMax = connectionsMaxDefault, busyTimeoutMs = busyTimeoutMsDefault } = options
  const sessions = openSessions({ url, connectionsMax, busyTimeoutMs, onStatement })
  const tables = tablesOf(schema)
  try {
    const durable = await sessions.during(async (connection) => {
      await (options.asItIs ? checkTables(connection, tables) : migrateAlone(connection, tables))
      const [setting] = await connection.rows('show fsync')
      return setting?.['fsync'] === 'on'
    })
    return createStorage(postgresDriver(sessions, tables, durable, busyTimeoutMs), schema)
  } catch (error) {
    await sessions.close()
    throw error
  }
}

/** Two that create the same table at once: the later one finds it, its row type or its name already there. */
function metAnother(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state === '42P07' || state === '42710') return true
  return isLumbungError(error, 'storage/duplicate') || isLumbungError(error, 'storage/conflict')
}

/**
 * Migrates while no other process does. The lock is a row, because distributed databases have no advisory
 * locks; two processes that create its table at once get in each other's way, and one of them tries again.
 */
async function migrateAlone(connection: PostgresConnection, tables: readonly Table[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.execute('create table if not exists migration_lock (id integer primary key)')
      await connection.execute('insert into migration_lock (id) values (1) on conflict (id) do nothing')
      break
    } catch (error) {
      if (!metAnother(error) || attempt >= 10) throw error
      await wait(attempt * 10)
    }
  }
  await connection.execute(begins['read-committed'])
  try {
    await connection.rows('select id from migration_lock where id = 1 for update')
    await migrate(postgresDialect, connection, tables)
    await connection.commit()
  } catch (error) {
    // What failed is what matters; a connection that broke rolls back by itself.
    await connection.execute('rollback').catch(() => {})
    throw error
  }
}

function postgresDriver(
  sessions: Sessions,
  tables: readonly Table[],
  durable: boolean,
  busyTimeoutMs: number,
): StorageDriver {
  const statements = createStatements(postgresDialect)

  async function begin(sql: string) {
    const session = await sessions.lend()
    let ended = false
    const release = (broken: boolean) => {
      ended = true
      session.release(broken)
    }
    try {
      await session.execute(sql)
    } catch (error) {
      release(true)
      throw error
    }
    return openRowTransaction(postgresDialect, statements, session, {
      async commit() {
        try {
          await session.commit()
        } catch (error) {
          // A server that answers has ended the transaction, whatever became of it.
          const answered = ['storage/conflict', 'storage/transaction-failed'].some((code) =>
            isLumbungError(error, code),
          )
          release(!answered)
          throw error
        }
        release(false)
      },
      async rollback() {
        if (ended) return
        try {
          await session.execute('rollback')
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
    capabilities: { durable, sharedBetweenProcesses: true, concurrentWriters: true },
    waitMsMax: busyTimeoutMs,
    beginRead: () => begin(begins.read),
    beginWrite: (isolation: Isolation) => begin(begins[isolation]),
    // Longer with each attempt, and by chance, so that two that met do not meet again.
    pause: async (attempt) => {
      await wait(Math.random() * Math.min(5 * 2 ** attempt, 500))
    },
    integrityFaults: () => sessions.during((connection) => integrityFaultsOf(connection, tables)),
    close: () => sessions.close(),
  }
}
