import type { Storage } from '@lumbung/core/storage'
import { conformanceSchema, testConformance } from '@lumbung/core/storage/conformance'
import { inject, test } from 'vitest'
import { openPostgres, type PostgresOptions } from '../src/postgres/index.ts'
import { createDatabase } from './embedded-server.ts'
import { startAnswering } from './processes.ts'

const server = inject('postgresUrl')
let opened = 0
const urls = new Map<object, string>()

async function openEmpty(options: Partial<PostgresOptions> = {}): Promise<Storage> {
  opened += 1
  const database = await createDatabase(server, `lumbung_conformance_${process.pid}_${opened}`)
  const storage = await openPostgres({ url: database.url, schema: conformanceSchema, ...options })
  const ended = { ...storage, close: () => storage.close().then(database.drop) }
  urls.set(ended, database.url)
  return ended
}

testConformance({
  store: 'postgres',
  test,
  open: () => openEmpty(),
  openImpatient: () => openEmpty({ busyTimeoutMs: 500 }),
  openSecondProcess: (first) => startAnswering('second-process.ts', ['postgres', urls.get(first) ?? '']),
})
