import { rawSqlite } from './storage/raw-sqlite.ts'
import { openSqlite } from '@lumbung/sql/sqlite'
import { fictionalResidents, schema } from './storage/residents.ts'
import { rmSync } from 'node:fs'
const records = fictionalResidents(10_000)
for (let i=0;i<8;i++){ const f=`/tmp/raw${i}.db`
 await (await openSqlite({file:f,schema})).close()
 const c=rawSqlite(f); const t=performance.now(); await c.insertAll(records); console.log('raw', performance.now()-t); await c.close(); rmSync(f) }
