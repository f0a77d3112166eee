import { Instant, VillageId } from '@lumbung/core/kernel'
import { defineCollection, defineStream } from '@lumbung/core/storage'
import { expect, inject, test } from 'vitest'
import * as z from 'zod'
import { openPostgres } from '../src/postgres/index.ts'
import { createDatabase } from './embedded-server.ts'

const hamlets = defineCollection({
  name: 'hamlets',
  schema: z.object({ id: z.string(), name: z.string() }),
  key: 'id',
  indexes: [{ unique: ['name'] }],
  fieldClasses: 'public',
})
const wells = defineCollection({
  name: 'wells',
  schema: z.object({ id: z.string(), hamletId: z.string(), depth: z.int().nullable() }),
  key: 'id',
  indexes: [['hamletId', 'depth']],
  references: { hamletId: hamlets },
  fieldClasses: 'public',
})
const tallies = defineCollection({
  name: 'tallies',
  schema: z.object({ id: z.string(), visits: z.int() }),
  key: 'id',
  counters: ['visits'],
  fieldClasses: 'public',
})
const readings = defineStream({ name: 'readings', event: z.object({ depth: z.int() }) })
const schema = { collections: [hamlets, wells, tallies], streams: [readings] }
const village = VillageId.parse('village')
const noon = Instant.parse('2026-11-24T05:00:00.000Z')

/** What distributed databases with the protocol of PostgreSQL lack, or do slowly. */
const outside =
  /\b(nextval|(small|big)?serial|identity|sequence|trigger|function|pg_(try_)?advisory\w*|listen|notify|deferrable|generated|lock table|cursor|temp(orary)?)\b/i

/** Why a statement is outside the subset; undefined where it is within. */
function faultOf(sql: string, everyday: boolean): string | undefined {
  const [found] = outside.exec(sql) ?? []
  if (found !== undefined) return found
  if (/migration_/.test(sql)) return undefined
  if (/^create table/.test(sql)) {
    const led = [...sql.matchAll(/(?:primary key|foreign key|references "\w+") \("(\w+)"/g)].map(
      ([, first]) => first,
    )
    return led.length > 0 && led.every((first) => first === 'village_id')
      ? undefined
      : 'a key that the village does not lead'
  }
  if (/^create (unique )?index/.test(sql)) {
    return /on "\w+" \("village_id"/.test(sql) ? undefined : 'an index that the village does not lead'
  }
  if (everyday && /^(select|update|delete)/.test(sql)) {
    return /where.*"village_id" = \$\d/.test(sql) ? undefined : 'no village in the condition'
  }
  return undefined
}

test('what is really sent to PostgreSQL stays inside the distributed subset', async () => {
  const { url, drop } = await createDatabase(inject('postgresUrl'), `lumbung_subset_${process.pid}`)
  const sent: { sql: string; everyday: boolean }[] = []
  let everyday = true
  const storage = await openPostgres({ url, schema, onStatement: (sql) => sent.push({ sql, everyday }) })
  try {
    await storage.transact(village, async (tx) => {
      const hamlet = await tx.insert(hamlets, { id: 'h', name: 'North' })
      await tx.insertMany(
        wells,
        ['a', 'b', 'c'].map((id) => ({ id, hamletId: 'h', depth: id === 'a' ? null : 3 })),
      )
      await tx.update(hamlets, { ...hamlet, name: 'Hill' })
      await tx.add(tallies, { id: 't', visits: 1 })
      await tx.append(readings, 'main', [{ depth: 1 }, { depth: 2 }], noon)
      await tx.putBlob(new Uint8Array([1]))
    })
    await storage.transact(village, (tx) => tx.add(tallies, { id: 't', visits: 1 }), { shared: true })
    await storage.read(village, async (tx) => {
      const where = { hamletId: { in: ['h'] }, depth: { not: 7 }, id: { startsWith: 'a' } } as const
      await tx.query(wells, { where, orderBy: ['-depth'], limit: 1 })
      await tx.count(wells, { depth: { from: 1, to: 5 } })
      for await (const _ of tx.stream(wells, { orderBy: ['depth'] }));
      for await (const _ of tx.events(readings, 'main'));
    })
    await storage.transact(village, async (tx) => {
      const well = await tx.get(wells, { id: 'a' })
      if (well) await tx.remove(wells, well)
    })
    everyday = false
    const lines = []
    for await (const line of storage.dump()) lines.push(line)
    await storage.restore(lines)
    await storage.verify()
    await storage.readAcrossVillages((tx) => tx.count(wells))
  } finally {
    await storage.close()
    await drop()
  }
  expect(sent.length).toBeGreaterThan(40)
  expect(
    sent.flatMap(({ sql, everyday: daily }) =>
      faultOf(sql, daily) ? [`${faultOf(sql, daily)}: ${sql}`] : [],
    ),
  ).toEqual([])
})

test('the guard catches each kind of statement outside the subset', () => {
  const planted = [
    'create table "a" ("id" bigserial, primary key ("village_id"))',
    'create table "a" ("id" text, primary key ("id"))',
    'create table "a" (primary key ("village_id", "id"), foreign key ("b") references "b" ("id"))',
    'create unique index "a" on "a" ("id")',
    'select pg_advisory_lock(1)',
    'listen changes',
    'alter table "a" add constraint "b" unique ("village_id") deferrable',
    'create trigger "a" before insert on "a"',
    'select "id" from "wells"',
    'update "wells" set "id" = $1 where "id" = $2',
  ]
  expect(planted.filter((sql) => faultOf(sql, true) === undefined)).toEqual([])
})
