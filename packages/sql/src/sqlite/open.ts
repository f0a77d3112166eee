import { existsSync } from 'node:fs'
import { setImmediate as turnOfTheLoop, setTimeout as wait } from 'node:timers/promises'
import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import {
  createStorage,
  type RowTransaction,
  type Storage,
  type StorageDriver,
  type StorageSchema,
  type Table,
  tablesOf,
} from '@lumbung/core/storage'
import { checkTables, missingTables } from '../database/existing.ts'
import { migrate } from '../database/migrate.ts'
import { openRowTransaction } from '../database/row-transaction.ts'
import { createStatements } from '../database/statements.ts'
import { integrityFaultsOf } from './catalogue.ts'
import { openConnection, type SqliteConnection, takeSnapshot } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { openWriter, preparePrivateFile } from './file.ts'
import { createWriterTurns } from './writer-turns.ts'

/** What {@link openSqlite} takes. */
export interface SqliteOptions {
  /**
   * Path of the database file. It is created, readable for its owner only, where there is none; one that others may
   * read is closed to them. Neither `:memory:` nor a `file:` URL is a path.
   */
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
/** How many times as long as for another process a writer waits for an earlier one of its own process. */
const turnTimeouts = 6
/** For how long a writer looks now and then whether another process has ended, and lets the thread go meanwhile. */
const patientMs = 250
/** For how long at a time it keeps the thread after that. */
const stayMs = 50
/** A batch of so many rows is part of a long read, and keeps the thread for some milliseconds. */
const longBatchRows = 1_000
/**
 * Open readers kept for the next read; more are opened as needed. A new one must read the structure of the database
 * and prepare its statements anew, so as many are kept as visitors wait at a time on a busy day.
 */
const idleReadersMax = 32

/**
 * Opens a database in one file, the default store of a village: no server, nothing to install. It creates or
 * migrates the tables first.
 *
 * @throws LumbungError `storage/destructive-change` where the definitions would lose what is stored;
 * `storage/damaged`, `storage/unavailable`, `storage/read-only`, `storage/full`, `storage/busy`; with `asItIs`
 * `storage/missing` where the file or one of the tables is not there.
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
  const { file, schema, asItIs = false, busyTimeoutMs = busyTimeoutMsDefault } = options
  const tables = tablesOf(schema)
  if (!asItIs) preparePrivateFile(file)
  else if (!existsSync(file)) throw missingTables(tables)
  const writer = await whenFree(busyTimeoutMs, () =>
    asItIs ? openConnection(file, { readOnly: true }) : openWriter(file),
  )
  const driver = sqliteDriver(file, writer, tables, busyTimeoutMs)
  try {
    if (asItIs) await checkTables(writer, tables)
    else await driver.exclusively(() => migrate(sqliteDialect, writer, tables))
  } catch (error) {
    await driver.close()
    throw error
  }
  return createStorage(driver, schema)
}

/** Does what another process may be in the way of, and waits without blocking until it is not. */
async function whenFree<T>(busyTimeoutMs: number, work: (waitedMs: number) => T): Promise<T> {
  const start = performance.now()
  for (;;) {
    const waitedMs = performance.now() - start
    try {
      return work(waitedMs)
    } catch (error) {
      if (!isLumbungError(error, 'storage/busy') || waitedMs > busyTimeoutMs) throw error
      await wait(5 + Math.random() * 20)
    }
  }
}

interface SqliteDriver extends StorageDriver {
  /** Runs work while no other process writes; the work begins and ends its own transaction. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}

function sqliteDriver(
  file: string,
  writer: SqliteConnection,
  tables: readonly Table[],
  busyTimeoutMs: number,
): SqliteDriver {
  const statements = createStatements(sqliteDialect)
  const idle: SqliteConnection[] = []
  const readers = new Set<SqliteConnection>()
  let closed = false
  // Unlike the wait for another process this is bounded only against work that waits for itself.
  const takeTurn = createWriterTurns(busyTimeoutMs * turnTimeouts)

  /** Whoever looks only now and then can miss each moment at which nobody writes, so after a while it stays and waits. */
  function beginWriting(waitedMs: number): void {
    if (waitedMs < patientMs) return writer.execute('begin immediate')
    writer.execute(`pragma busy_timeout = ${stayMs}`)
    try {
      writer.execute('begin immediate')
    } finally {
      writer.execute('pragma busy_timeout = 0')
    }
  }

  function beginReading(): SqliteConnection {
    if (closed) throw new LumbungError('storage/closed', 'This storage was closed.')
    const connection = idle.pop() ?? openConnection(file, { readOnly: true })
    readers.add(connection)
    try {
      // A deferred transaction takes its snapshot with its first read.
      connection.execute('begin')
      connection.execute(takeSnapshot)
      return connection
    } catch (error) {
      readers.delete(connection)
      connection.close()
      throw error
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
        throw error
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
    const rows = openRowTransaction(sqliteDialect, statements, connection, {
      commit: finish('commit'),
      rollback,
    })
    return {
      ...rows,
      async select(table, selection) {
        // A long read lets others have the thread between its batches, however many there are.
        if (selection.after !== undefined && selection.limit >= longBatchRows) await turnOfTheLoop()
        return await rows.select(table, selection)
      },
    }
  }

  return {
    name: 'sqlite',
    capabilities: { durable: true, sharedBetweenProcesses: true, concurrentWriters: false },
    waitMsMax: busyTimeoutMs,

    async beginRead() {
      const connection = await whenFree(busyTimeoutMs, beginReading)
      return transactionOn(connection, () => {
        if (closed) return
        if (idle.length < idleReadersMax) idle.push(connection)
        else {
          readers.delete(connection)
          connection.close()
        }
      })
    },

    async beginWrite() {
      const endTurn = await takeTurn()
      try {
        await whenFree(busyTimeoutMs, beginWriting)
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
        await whenFree(busyTimeoutMs, () => writer.execute('begin immediate'))
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

    // SQLite keeps the thread until a commit is on the disk, so whoever asks meanwhile is heard only after it.
    gather: () => turnOfTheLoop(),

    // Writers queue, so a conflict can come only from another process; it has waited already.
    pause: async () => {},

    integrityFaults: () => integrityFaultsOf(writer, tables),

    async close() {
      closed = true
      // What is open is rolled back. The writer goes last: only one that may write can move what was committed from
      // the file beside the database into it.
      for (const reader of readers) reader.close()
      writer.close()
    },
  }
}
