import pg from 'pg'
import { connectionOn, type OnStatement, type PostgresConnection, types, watchClient } from './connection.ts'
import { postgresError } from './errors.ts'

/** What {@link openSessions} takes. */
export interface SessionOptions {
  readonly url: string
  readonly connectionsMax: number
  readonly busyTimeoutMs: number
  readonly onStatement: OnStatement
}

/** A connection that is lent until it is given back. */
export interface Session extends PostgresConnection {
  /** Gives it back; a broken one is not lent again. */
  release(broken: boolean): void
}

/** The connections of this process to one database. */
export interface Sessions {
  lend(): Promise<Session>
  /** Lends a connection for a piece of work. */
  during<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opens connections as they are needed, each with the settings on which a village relies. */
export function openSessions({ url, connectionsMax, busyTimeoutMs, onStatement }: SessionOptions): Sessions {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: busyTimeoutMs,
    types,
    onConnect: (client) => settle(connectionOn(client, onStatement), busyTimeoutMs),
  })
  // A server that goes away ends idle connections; the next use of the pool reports it.
  pool.on('error', () => {})

  async function lend(): Promise<Session> {
    const client = await pool.connect().catch((error: unknown) => {
      throw postgresError(error)
    })
    const unwatch = watchClient(client)
    return {
      ...connectionOn(client, onStatement),
      release(broken) {
        unwatch()
        client.release(broken)
      },
    }
  }

  return {
    lend,
    async during(work) {
      const session = await lend()
      try {
        const result = await work(session)
        session.release(false)
        return result
      } catch (error) {
        session.release(true)
        throw error
      }
    },
    close: () => pool.end(),
  }
}

/** A commit is on the disk before it is acknowledged, and nobody waits without end for a lock of another. */
async function settle(connection: PostgresConnection, busyTimeoutMs: number): Promise<void> {
  await connection.execute(`set lock_timeout = ${Math.ceil(busyTimeoutMs)}`)
  const [setting] = await connection.rows('show synchronous_commit')
  // The other settings wait for a disk at least; some of them for more than one.
  if (setting?.['synchronous_commit'] === 'off') await connection.execute('set synchronous_commit = on')
}
