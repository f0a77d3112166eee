import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Row, Table } from '@lumbung/core/storage'
import { createBoundedMap } from '../database/bounded-map.ts'
import type { Connection, Statement } from '../database/dialect.ts'
import { statementsMax } from '../database/statements.ts'
import { readsBigInts, realFunction, sqliteDialect } from './dialect.ts'
import { sqliteError } from './errors.ts'

/** A value that node:sqlite takes. */
type Input = null | number | bigint | string | Uint8Array

/** Reads one row, and so takes the snapshot that a transaction which reads has from then on. */
export const takeSnapshot = 'select 1 from migration_state limit 1'
/** What every transaction executes, so that none compiles it again. */
const repeated: ReadonlySet<string> = new Set([
  'begin',
  'begin immediate',
  takeSnapshot,
  'savepoint unit',
  'release savepoint unit',
  'commit',
  'rollback',
])

/** How much of the file a reader maps into its memory; what lies beyond is read as without. */
const mappedBytesMax = 2 ** 30

/** One connection to a database file. */
export interface SqliteConnection extends Connection {
  execute(sql: string): void
  close(): void
}

/**
 * Opens a connection: WAL, so that readers and the writer do not wait for each other; `synchronous=FULL`, so that
 * a commit is on the disk before it is acknowledged; foreign keys on. SQLite itself does not wait where another
 * process is in the way, since that would stop the whole process; the caller does, and lets the thread go meanwhile.
 *
 * @throws LumbungError `storage/busy` also here: a new file is made WAL by one process at a time, and the last one
 * that closes it has it for itself.
 */
export function openConnection(file: string, options: { readonly readOnly: boolean }): SqliteConnection {
  const database = guarded('', () => new DatabaseSync(file, { readOnly: options.readOnly, timeout: 0 }))
  database.function(realFunction, { deterministic: true }, Number)
  const prepared = createBoundedMap<StatementSync>(statementsMax)

  function prepare(sql: string, bigInts: boolean): StatementSync {
    const found = prepared.get(sql)
    if (found !== undefined) return found
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    statement.setReadBigInts(bigInts)
    prepared.set(sql, statement)
    return statement
  }

  // The dialect makes every cell one of these. An insert takes a row's cells in their own order, as they are.
  const bind = ({ places, inOrder }: Statement, parameters: readonly unknown[]): Input[] =>
    (inOrder ? parameters : places.map((place) => parameters[place])) as Input[]

  const connection: SqliteConnection = {
    all(statement: Statement, parameters: readonly unknown[], table: Table): Row[] {
      return guarded(statement.sql, () => {
        const raw = prepare(statement.sql, readsBigInts(table)).all(...bind(statement, parameters))
        // With setReturnArrays each row is an array, which the types of Node do not know.
        return sqliteDialect.toRows(table, raw as unknown as unknown[][]) as Row[]
      })
    },
    run(statement, parameters) {
      return guarded(statement.sql, () =>
        Number(prepare(statement.sql, false).run(...bind(statement, parameters)).changes),
      )
    },
    execute(sql) {
      guarded(sql, () => (repeated.has(sql) ? prepare(sql, false).run() : database.exec(sql)))
    },
    async rows(sql, parameters = []) {
      return guarded(sql, () => database.prepare(sql).all(...(parameters as Input[])))
    },
    close: () => database.close(),
  }
  try {
    connection.execute('pragma foreign_keys = on')
    if (options.readOnly) {
      // Whatever a reader keeps in its own memory is void after each commit of somebody else, and each search and each
      // page commits its link of the read log. What the system maps into memory stays.
      connection.execute(`pragma mmap_size = ${mappedBytesMax}`)
    } else {
      connection.execute('pragma journal_mode = wal')
      connection.execute('pragma synchronous = full')
    }
  } catch (error) {
    database.close()
    throw error
  }
  return connection
}

function guarded<T>(sql: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw sqliteError(error, sql)
  }
}
