import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import {
  createStorage,
  type RowTransaction,
  type Storage,
  type StorageDriver,
  type StorageSchema,
  tablesOf,
} from '@lumbung/core/storage'
import { checkTables, missingTables } from '../database/existing.ts'
import { migrate } from '../database/migrate.ts'
import { openRowTransaction } from '../database/row-transaction.ts'
import { createStatements } from '../database/statements.ts'
import { openConnection, type SqliteConnection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { sqliteError } from './errors.ts'

/** What {@link openSqlite} takes. */
export interface SqliteOptions {
  /** Path of the database file; it is created, readable for its owner only, where there is none. */
  readonly file: string
  readonly schema: StorageSchema
  /** How long to wait for another process that writes, in milliseconds. Default 10,000. */
  readonly busyTimeoutMs?: number
  /**
   * Opens what is there to read from it, and neither creates nor migrates: for a program that must look into a
   * database before it knows the whole schema. Default false.
   */
  readonly asItIs?: boolean
}

const busyTimeoutMsDefault = 10_000
/** Open readers kept for the next read; more are opened as needed. */
const idleReadersMax = 4

/**
 * Opens a database in one file, the default store of a village: no server, nothing to install. It creates or
 * migrates the tables first.
 *
 * @throws LumbungError `storage/destructive-change` where the definitions would lose what is stored;
 * `storage/damaged`, `storage/unavailable`, `storage/read-only`, `storage/full`, `storage/busy`; with `asItIs`
 * `storage/missing` where there is no such database or one of the tables is not in it.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { openSqlite } from '@lumbung/sql/sqlite'
 *
 * const file = join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.db')
 * const storage = await openSqlite({ file, schema: { collections: [], streams: [] } })
 * await storage.verify() // => { records: 0, events: 0, faults: [], faultCount: 0 }
 * await storage.close()
 * ```
 */
export async function openSqlite(options: SqliteOptions): Promise<Storage> {
  const { file, schema, asItIs = false } = options
  if (!asItIs) createPrivateFile(file)
  else if (!existsSync(file)) throw missingTables(tablesOf(schema))
  const writer = openConnection(file, { readOnly: asItIs })
  const driver = sqliteDriver(file, writer, options.busyTimeoutMs ?? busyTimeoutMsDefault)
  try {
    if (asItIs) await checkTables(writer, tablesOf(schema))
    else await driver.exclusively(() => migrate(sqliteDialect, writer, tablesOf(schema)))
  } catch (error) {
    await driver.close()
    throw error
  }
  return createStorage(driver, schema)
}

function createPrivateFile(file: string): void {
  try {
    if (existsSync(file)) return
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    throw fileError(error)
  }
}

function fileError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const codes: Readonly<Record<string, string>> = {
    ENOSPC: 'storage/full',
    EROFS: 'storage/read-only',
    EACCES: 'storage/read-only',
  }
  const code = codes[String(error.code)] ?? 'storage/unavailable'
  return new LumbungError(code, 'The database file cannot be created.', { cause: error })
}

interface SqliteDriver extends StorageDriver {
  /** Runs work while no other process writes; the work begins and ends its own transaction. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}

function sqliteDriver(file: string, writer: SqliteConnection, busyTimeoutMs: number): SqliteDriver {
  const statements = createStatements(sqliteDialect)
  const idle: SqliteConnection[] = []
  const open = new Set<SqliteConnection>([writer])
  let lastWriter: Promise<void> = Promise.resolve()

  /** Waits for the writers of this process, in order, and gives back the way to end the turn. */
  async function takeTurn(): Promise<() => void> {
    const before = lastWriter
    const turn = Promise.withResolvers<void>()
    lastWriter = turn.promise
    const timer = new AbortController()
    // Unlike the wait for another process this is bounded only against work that waits for itself.
    const late = wait(busyTimeoutMs * 6, undefined, { ref: false, signal: timer.signal }).then(() => {
      throw new LumbungError('storage/busy', 'An earlier transaction of this process has not ended.')
    })
    try {
      await Promise.race([before, late])
      return turn.resolve
    } catch (error) {
      void before.then(turn.resolve)
      throw error
    } finally {
      timer.abort()
    }
  }

  /** Waits without blocking until no other process writes. */
  async function whenFree(begin: () => void): Promise<void> {
    const deadline = performance.now() + busyTimeoutMs
    for (;;) {
      try {
        return begin()
      } catch (error) {
        if (!isLumbungError(error, 'storage/busy') || performance.now() > deadline) throw error
        await wait(5 + Math.random() * 20)
      }
    }
  }

  function transactionOn(connection: SqliteConnection, end: () => void): RowTransaction {
    let ended = false
    const finish = (sql: string) => () => {
      if (ended) return
      try {
        connection.execute(sql)
      } catch (error) {
        // A commit that failed leaves the transaction open, and it must not reach into the next one.
        try {
          connection.execute('rollback')
        } catch {
          // SQLite has rolled back by itself, as it does when the disk is full.
        }
        throw sqliteError(error)
      } finally {
        ended = true
        end()
      }
    }
    const rollback = () => {
      if (ended) return
      ended = true
      try {
        connection.execute('rollback')
      } catch {
        // Nothing was left to roll back.
      } finally {
        end()
      }
    }
    return openRowTransaction(sqliteDialect, statements, connection, { commit: finish('commit'), rollback })
  }

  return {
    name: 'sqlite',
    capabilities: { durable: true, sharedBetweenProcesses: true, concurrentWriters: false },

    async beginRead() {
      const connection = idle.pop() ?? openConnection(file, { readOnly: true })
      open.add(connection)
      try {
        // A deferred transaction takes its snapshot with its first read.
        connection.execute('begin; select 1 from migration_state limit 1')
      } catch (error) {
        open.delete(connection)
        connection.close()
        throw error
      }
      return transactionOn(connection, () => {
        if (idle.length < idleReadersMax) idle.push(connection)
        else {
          open.delete(connection)
          connection.close()
        }
      })
    },

    async beginWrite() {
      const endTurn = await takeTurn()
      try {
        await whenFree(() => writer.execute('begin immediate'))
      } catch (error) {
        endTurn()
        throw error
      }
      return transactionOn(writer, endTurn)
    },

    async exclusively(work) {
      const endTurn = await takeTurn()
      try {
        // Foreign keys must be off while a table is rebuilt, and can be switched only outside a transaction.
        writer.execute('pragma foreign_keys = off')
        await whenFree(() => writer.execute('begin immediate'))
        try {
          const result = await work()
          writer.execute('commit')
          return result
        } catch (error) {
          try {
            writer.execute('rollback')
          } catch {
            // It was rolled back already.
          }
          throw error
        }
      } finally {
        writer.execute('pragma foreign_keys = on')
        endTurn()
      }
    },

    // Writers queue, so a conflict can come only from another process; it has waited already.
    pause: async () => {},

    async integrityFaults() {
      const checked = await writer.rows('pragma integrity_check(100)')
      const broken = await writer.rows('pragma foreign_key_check')
      return [
        ...checked.flatMap((row) =>
          row['integrity_check'] === 'ok'
            ? []
            : [{ code: 'damaged', message: String(row['integrity_check']) }],
        ),
        ...broken.map((row) => ({
          code: 'reference-missing',
          message: `${row['table']} names a missing ${row['parent']}.`,
        })),
      ]
    },

    async close() {
      // The last one to close moves the log into the file, which one that only reads could not do.
      open.delete(writer)
      for (const connection of [...open, writer]) connection.close()
      open.clear()
    },
  }
}
