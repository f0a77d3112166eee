import { type Column, type Row, type RowTransaction, type Table, versionColumn } from '@lumbung/core/storage'
import type { Connection, Dialect } from './dialect.ts'
import { insertBatches } from './insert-batches.ts'
import { screenPage } from './screening.ts'
import { partsOf } from './selection-parts.ts'
import type { Statements } from './statements.ts'

/** What ends a transaction and gives its connection back. */
export interface TransactionEnd {
  readonly commit: () => void | Promise<void>
  readonly rollback: () => void | Promise<void>
}

/** The rows of one transaction on a connection. */
export function openRowTransaction(
  dialect: Dialect,
  statements: Statements,
  connection: Connection,
  end: TransactionEnd,
): RowTransaction {
  const keyParameters = (table: Table, key: Row): unknown[] =>
    table.key.map((name, index) => {
      const column = table.columns.find((candidate) => candidate.name === name)
      return column === undefined ? null : dialect.toParameter(column, key[index] ?? null)
    })
  const rowParameters = ({ columns }: Table, row: Row): unknown[] => {
    const parameters: unknown[] = new Array(columns.length)
    for (let index = 0; index < columns.length; index += 1) {
      parameters[index] = dialect.toParameter(columns[index] as Column, row[index] ?? null)
    }
    return parameters
  }
  const versionOf = (table: Table, row: Row): number =>
    Number(row[table.columns.findIndex((column) => column.name === versionColumn.name)])

  return {
    async get(table, key, lock = false) {
      const [row] = await connection.all(statements.get(table, lock), keyParameters(table, key), table)
      return row
    },

    select(table, selection) {
      const parts = partsOf(dialect, table, selection)
      const statement = statements.select(table, selection.order, parts)
      return connection.all(statement, [...parts.values, selection.limit], table)
    },

    screen: (screening) => screenPage(dialect, connection, screening),

    async count(table, villageId, conditions) {
      const parts = partsOf(dialect, table, { ...(villageId === undefined ? {} : { villageId }), conditions })
      const counted = { ...table, columns: [{ ...versionColumn, name: 'count' }] }
      const [row] = await connection.all(statements.count(table, parts), parts.values, counted)
      return Number(row?.[0] ?? 0)
    },

    async insert(table, rows, onConflict = 'fail') {
      const { arrayType } = dialect
      const statement = statements.insert(table, onConflict)
      for (const batch of arrayType === undefined ? [rows] : insertBatches(table, rows)) {
        if (arrayType !== undefined && batch.length > 1) {
          const arrays = table.columns.map((column, index) =>
            batch.map((row) => dialect.toParameter(column, row[index] ?? null)),
          )
          await connection.run(statements.insertArrays(table, arrayType, onConflict), arrays)
          continue
        }
        for (const row of batch) {
          const done = connection.run(statement, rowParameters(table, row))
          if (typeof done !== 'number') await done
        }
      }
    },

    async update(table, row) {
      const values = [...rowParameters(table, row), versionOf(table, row) - 1]
      return (await connection.run(statements.update(table), values)) > 0
    },

    async remove(table, key, version) {
      return (await connection.run(statements.remove(table), [...keyParameters(table, key), version])) > 0
    },

    async clear(table) {
      await connection.run(statements.clear(table), [])
    },

    savepoint: () => connection.execute('savepoint unit'),
    releaseSavepoint: () => connection.execute('release savepoint unit'),
    async rollbackToSavepoint() {
      await connection.execute('rollback to savepoint unit')
      await connection.execute('release savepoint unit')
    },
    commit: end.commit,
    rollback: end.rollback,
  }
}
