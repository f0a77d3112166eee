import type { TestProject } from 'vitest/node'
import { startEmbeddedServer } from './embedded-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which tests may create databases. */
    readonly postgresUrl: string
  }
}

/**
 * Starts one real PostgreSQL for all test files, on loopback and a free port, unless
 * `LUMBUNG_TEST_DATABASE_URL` names one. Flushing is off: what it would cost says nothing about behaviour.
 */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['LUMBUNG_TEST_DATABASE_URL']
  if (given) {
    project.provide('postgresUrl', given)
    return async () => {}
  }
  const { url, stop } = await startEmbeddedServer({ fsync: 'off' })
  project.provide('postgresUrl', url)
  return stop
}
