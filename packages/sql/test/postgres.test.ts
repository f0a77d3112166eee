import { conformanceSchema, testConformance } from '@lumbung/core/storage/conformance'
import { inject, test } from 'vitest'
import { openPostgres } from '../src/postgres/index.ts'
import { createDatabase } from './embedded-server.ts'

const server = inject('postgresUrl')
let opened = 0
const urls = new Map<object, string>()

testConformance({
  store: 'postgres',
  test,
  open: async () => {
    opened += 1
    const database = await createDatabase(server, `lumbung_conformance_${process.pid}_${opened}`)
    const storage = await openPostgres({ url: database.url, schema: conformanceSchema })
    const ended = { ...storage, close: () => storage.close().then(database.drop) }
    urls.set(ended, database.url)
    return ended
  },
  openAgain: (first) => openPostgres({ url: urls.get(first) ?? '', schema: conformanceSchema }),
})
