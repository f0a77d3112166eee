import { VillageId } from '@lumbung/core/kernel'
import type { Facts } from '@lumbung/core/storage'
import { openSqlite } from '@lumbung/sql/sqlite'
import { on, rules, snapshot, village } from './sql-village.ts'

/** A process that does nothing but screen the file that it is given; it prints its greatest memory in MiB. */
const [file = ''] = process.argv.slice(2)
const storage = await openSqlite({ file, schema: { collections: snapshot.collections, streams: [] } })
const face = snapshot.faces.household as unknown as Facts
let rows = 0
await storage.read(VillageId.parse(village), async (tx) => {
  for await (const { outcomes } of tx.screen(face, { rules, on, where: { snapshot: 'today' } })) {
    rows += outcomes.length > 0 ? 1 : 0
  }
})
await storage.close()
console.log(JSON.stringify({ rows, peakMiB: process.resourceUsage().maxRSS / 1024 }))
