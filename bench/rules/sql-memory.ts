import { readFileSync } from 'node:fs'
import { VillageId } from '@lumbung/core/kernel'
import { openSqlite } from '@lumbung/sql/sqlite'
import { face, on, rules, snapshot, village } from './sql-village.ts'

/** A process that does nothing but screen the file that it is given; it prints its greatest memory in MiB. */
const [file = ''] = process.argv.slice(2)
const storage = await openSqlite({ file, schema: { collections: snapshot.collections, streams: [] } })
let rows = 0
// What the system itself calls the greatest begins with the memory of the process that started this one.
let peakMiB = 0
await storage.read(VillageId.parse(village), async (tx) => {
  for await (const { outcomes } of tx.screen(face, { rules, on, where: { snapshot: 'today' } })) {
    rows += outcomes.length > 0 ? 1 : 0
    if (rows % 1000 === 0) peakMiB = Math.max(peakMiB, ownMemoryMiB())
  }
})
await storage.close()
console.log(JSON.stringify({ rows, peakMiB }))

/**
 * What the process holds itself. The database file is mapped, and what of it the system keeps in its cache would be
 * counted as memory of the process as well, though it can be taken away at any time.
 */
function ownMemoryMiB(): number {
  if (process.platform !== 'linux') return process.memoryUsage.rss() / 2 ** 20
  const anonymousKiB = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Number(anonymousKiB) / 1024
}
