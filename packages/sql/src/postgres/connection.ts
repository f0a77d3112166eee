import { LumbungError } from '@lumbung/core/kernel'
import type { Row, Table } from '@lumbung/core/storage'
import pg from 'pg'
import type { Connection, Statement } from '../database/dialect.ts'
import { statementsMax } from '../database/statements.ts'
import { postgresDialect } from './dialect.ts'
import { postgresError } from './errors.ts'

/** Is told each statement as it is sent. */
export type OnStatement = (sql: string) => void

/** One connection to a server. */
export interface PostgresConnection extends Connection {
  execute(sql: string): Promise<void>
  /**
   * Commits what its transaction wrote.
   *
   * @throws LumbungError `storage/transaction-failed` where the server had given the transaction up already, to which
   * it answers a commit without an error; `storage/outcome-unknown` where the connection broke meanwhile.
   */
  commit(): Promise<void>
}

/** Names of the statements that a client has prepared: the server keeps them until the connection ends. */
const preparedBy = new WeakMap<pg.ClientBase, Set<string>>()
const brokenClients = new WeakSet<pg.ClientBase>()

/** int8 and jsonb come as text: the first can be wider than a number, the second is decoded by its schema. */
const asText = new Set([20, 3802])

/** How cells of a result are read. */
export const types: pg.CustomTypesConfig = {
  // pg's own types know the parser of each oid only by overloads; text is what arrives either way.
  getTypeParser: ((oid: number, format?: 'text') =>
    asText.has(oid)
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** Takes note of a connection that breaks, which would otherwise end the process; gives back the way to stop. */
export function watchClient(client: pg.ClientBase): () => void {
  const note = () => {
    brokenClients.add(client)
  }
  client.on('error', note)
  client.on('end', note)
  return () => {
    client.off('error', note)
    client.off('end', note)
  }
}

/** Statements over a client that its pool has lent. */
export function connectionOn(client: pg.ClientBase, onStatement: OnStatement): PostgresConnection {
  async function send(
    text: string,
    values: unknown[],
    name?: string,
  ): Promise<pg.QueryArrayResult<unknown[]>> {
    onStatement(text)
    try {
      return await client.query({ text, values, rowMode: 'array', ...(name ? { name } : {}) })
    } catch (error) {
      throw postgresError(error, text)
    }
  }
  const prepared = ({ sql, places, name }: Statement, parameters: readonly unknown[]) =>
    send(
      sql,
      places.map((place) => parameters[place]),
      mayPrepare(client, name) ? name : undefined,
    )
  return {
    async all(statement, parameters, table: Table): Promise<Row[]> {
      const { rows } = await prepared(statement, parameters)
      return postgresDialect.toRows(table, rows) as Row[]
    },
    async run(statement, parameters) {
      return (await prepared(statement, parameters)).rowCount ?? 0
    },
    async execute(sql) {
      await send(sql, [])
    },
    async rows(sql, parameters = []) {
      const { rows, fields } = await send(sql, [...parameters])
      return rows.map((row) => Object.fromEntries(fields.map(({ name }, index) => [name, row[index]])))
    },
    async commit() {
      // What was not sent was not committed.
      const couldSend = !brokenClients.has(client)
      const answer = await send('commit', []).catch((error: unknown) => {
        throw couldSend ? outcomeUnknown(error) : error
      })
      if (answer.command !== 'COMMIT') {
        throw new LumbungError('storage/transaction-failed', 'The server had given this transaction up.')
      }
    },
  }
}

/** Whether a statement is, or may become, one of those that the server keeps for this client. */
function mayPrepare(client: pg.ClientBase, name: string): boolean {
  const names = preparedBy.get(client) ?? new Set()
  preparedBy.set(client, names)
  if (names.size < statementsMax) names.add(name)
  return names.has(name)
}

function outcomeUnknown(error: unknown): unknown {
  if (!(error instanceof LumbungError) || error.code !== 'storage/unavailable') return error
  return new LumbungError(
    'storage/outcome-unknown',
    'The connection broke while committing: what was written may or may not be there.',
    { cause: error },
  )
}
