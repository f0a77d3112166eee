import { VillageId } from '@lumbung/core/kernel'
import { defineCollection } from '@lumbung/core/storage'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { postgresError } from '../src/postgres/errors.ts'
import { databaseKinds, withDatabase } from './databases.ts'
import { allOf } from './outcomes.ts'

/** Goal: what goes wrong with a record tells nothing of what stands in it, since errors end in logs. */

const village = VillageId.parse('village')
const secret = 'Sari3201'
const plain = { key: 'id', fieldClasses: 'personal' } as const
const homes = defineCollection({ ...plain, name: 'homes', schema: z.object({ id: z.string() }) })
const people = defineCollection({
  ...plain,
  name: 'people',
  schema: z.object({ id: z.string(), number: z.string(), homeId: z.string().nullable() }),
  indexes: [{ unique: ['number'] }],
  references: { homeId: homes },
})
const person = { id: secret, number: `${secret} number`, homeId: null }

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe.each(Object.entries(databaseKinds))('errors on %s', (_, create) => {
  test.each(['duplicate', 'reference-missing', 'referenced'] as const)('storage/%s', (code) =>
    withDatabase(create, async ({ open }) => {
      const storage = await open([homes, people])
      const home = await storage.transact(village, (tx) => tx.insert(homes, { id: `${secret} home` }))
      await storage.transact(village, async (tx) => {
        await tx.insert(people, person)
        await tx.insert(people, { ...person, id: 'b', number: 'b', homeId: home.id })
      })
      const failing = {
        duplicate: () =>
          storage.transact(village, (tx) => tx.insert(people, { ...person, id: `${secret} 2` })),
        'reference-missing': () =>
          storage.transact(village, (tx) => tx.insert(people, { id: 'c', number: secret, homeId: secret })),
        referenced: () => storage.transact(village, (tx) => tx.remove(homes, home)),
      }
      try {
        const error = await errorOf(failing[code]())
        expect(error).toMatchObject({ code: `storage/${code}` })
        expect(allOf(error)).not.toContain(secret)
      } finally {
        await storage.close()
      }
    }),
  )
})

const long = '9'.repeat(30)

test.each([
  [`insert into t (id, n) values ('${secret}', -1)`, 'storage/out-of-range', secret],
  [`insert into t (id, n) values ('${secret}', null)`, 'storage/out-of-range', secret],
  [`insert into t (id, n) values ('${secret}', 1), ('${secret}', 1)`, 'storage/duplicate', secret],
  [`select '${secret}'::bigint`, 'storage/out-of-range', secret],
  [`select '{"name": ${secret}}'::jsonb`, 'storage/out-of-range', secret],
  [`select '${long}'::bigint`, 'storage/out-of-range', long],
  [
    `do $$ begin raise exception '${secret}' using detail = '${secret}', hint = '${secret}'; end $$`,
    'storage/unavailable',
    secret,
  ],
  [`select from missing where id = '${secret}'`, 'storage/damaged', 'missing'],
  [`select missing from t where id = '${secret}'`, 'storage/damaged', 'missing'],
])('what PostgreSQL tells of a value goes no further: %s', async (sql, code, told) => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query('create temp table t (id text primary key, n bigint not null check (n > 0))')
    const raw = await errorOf(client.query(sql))
    expect(allOf(raw)).toContain(told)
    const error = postgresError(raw)
    expect(error).toMatchObject({ code })
    for (const value of [secret, long]) expect(allOf(error)).not.toContain(value)
  } finally {
    await client.end()
  }
})
