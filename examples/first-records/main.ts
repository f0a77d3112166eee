import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
import { defineCollection, defineStream } from '@lumbung/core/storage'
import { openSqlite } from '@lumbung/sql/sqlite'
import * as z from 'zod'

const households = defineCollection({
  name: 'households',
  schema: z.object({ id: z.string().min(1), hamlet: z.enum(['Hilltop', 'Riverside']) }),
  key: 'id',
  fieldClasses: 'internal',
})

const residents = defineCollection({
  name: 'residents',
  schema: z.object({
    id: z.string(),
    householdId: z.string(),
    name: z.string(),
    birthDate: CivilDate.optional(),
  }),
  key: 'id',
  indexes: [['name'], ['householdId']],
  references: { householdId: households },
  fieldClasses: 'personal',
})

const Visit = z.object({ householdId: z.string(), purpose: z.string() })
const visits = defineStream({ name: 'visits', event: Visit })

const file = process.argv[2] ?? join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.db')
const schema = { collections: [households, residents], streams: [visits] }
const storage = await openSqlite({ file, schema })
const village = VillageId.parse('example-village')
const now = Instant.parse(new Date().toISOString())

if ((await storage.read(village, (tx) => tx.count(households))) === 0) {
  const birthDate = CivilDate.parse('1990-05-17')
  await storage.transact(village, async (tx) => {
    await tx.insert(households, { id: 'h1', hamlet: 'Riverside' })
    await tx.insert(households, { id: 'h2', hamlet: 'Hilltop' })
    await tx.insert(residents, { id: 'r1', householdId: 'h1', name: 'Sari', birthDate })
    await tx.insert(residents, { id: 'r2', householdId: 'h1', name: 'Budi' })
    await tx.insert(residents, { id: 'r3', householdId: 'h2', name: 'Ani' })
  })
}
const visit = { householdId: 'h1', purpose: 'census' }
await storage.transact(village, (tx) => tx.append(visits, 'all', [visit], now))

await storage.read(village, async (tx) => {
  const page = await tx.query(residents, { orderBy: ['name'], limit: 2 })
  for (const { name, birthDate } of page.records) console.log(name, birthDate ?? 'birth date unknown')
  console.log(page.next === undefined ? 'That is all.' : 'There is a next page.')
  console.log('Visits so far:', (await tx.head(visits, 'all'))?.seq)
})
console.log('Stored in', file)
await storage.close()
