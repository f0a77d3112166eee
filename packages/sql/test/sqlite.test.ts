import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conformanceSchema, testConformance } from '@lumbung/core/storage/conformance'
import { afterAll, test } from 'vitest'
import { openSqlite } from '../src/sqlite/index.ts'
import { startAnswering } from './processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

let opened = 0
const files = new Map<object, string>()

testConformance({
  store: 'sqlite',
  test,
  open: async () => {
    opened += 1
    const file = join(folder, `${opened}.db`)
    const storage = await openSqlite({ file, schema: conformanceSchema })
    files.set(storage, file)
    return storage
  },
  openImpatient: async () => {
    opened += 1
    return await openSqlite({
      file: join(folder, `${opened}.db`),
      schema: conformanceSchema,
      busyTimeoutMs: 100,
    })
  },
  openSecondProcess: (first) => startAnswering('second-process.ts', ['sqlite', files.get(first) ?? '']),
})
