import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isLumbungError, VillageId } from '@lumbung/core/kernel'
import { defineCollection, type Storage } from '@lumbung/core/storage'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { databaseKinds, type TestDatabase, withDatabase } from './databases.ts'

/** Goal: a database whose tables no longer hold what the definitions promise is told by its verification. */

const village = VillageId.parse('village')
const plain = { key: 'id', fieldClasses: 'internal' } as const
const hamlets = defineCollection({ ...plain, name: 'hamlets', schema: z.object({ id: z.string() }) })
const homes = defineCollection({
  ...plain,
  name: 'homes',
  schema: z.object({
    id: z.string(),
    rooms: z.int().min(1).max(9),
    name: z.string(),
    share: z.number(),
    hamletId: z.string().nullable(),
  }),
  indexes: [['rooms'], { unique: ['name'] }],
  references: { hamletId: hamlets },
})
const collections = [hamlets, homes]

/** What was wrong with a database, whether its verification could end or a damage ended it. */
async function faultsOf(storage: Storage): Promise<readonly string[]> {
  const { faults } = await storage.verify()
  return faults.map(({ code, message, table }) => `${code} ${table ?? ''}: ${message}`)
}

/** Changes the text from which SQLite reads a table, as it allows past all its own checks. */
function rewriting(find: string, replacement: string) {
  return ({ place }: TestDatabase) => {
    // The types of Node do not know yet that it may be asked not to protect its own tables.
    const options = { open: true, defensive: false }
    const database = new DatabaseSync(place, options)
    const { sql } = database.prepare("select sql from sqlite_schema where name = 'homes'").get() ?? {}
    expect(sql).toContain(find)
    database.exec('pragma writable_schema = on')
    database
      .prepare("update sqlite_schema set sql = ? where name = 'homes'")
      .run(String(sql).replace(find, replacement))
    database.close()
  }
}

const running =
  (...statements: readonly string[]) =>
  async ({ run }: TestDatabase) => {
    for (const sql of statements) await run(sql)
  }

const roomsCheck = 'constraint "homes_rooms_check" check ("rooms" >= 1 and "rooms" <= 9)'

type Damage = readonly [name: string, damage: (database: TestDatabase) => unknown, fault: string]
const damages: Readonly<Record<'sqlite' | 'postgres', readonly Damage[]>> = {
  sqlite: [
    [
      'an index that is gone',
      running('drop index homes_rooms_idx'),
      'structure-index homes: The index homes_rooms_idx is missing.',
    ],
    [
      'an index that is no longer unique',
      running('drop index homes_name_key', 'create index homes_name_key on homes (village_id, name)'),
      'structure-index homes: The index homes_name_key differs from its definition.',
    ],
    [
      'a check that is gone',
      rewriting(roomsCheck, ''),
      'structure-check homes: The check homes_rooms_check is missing.',
    ],
    [
      'a check that asks for less',
      rewriting('"rooms" <= 9)', '"rooms" <= 99)'),
      'structure-check homes: The check homes_rooms_check differs from its definition.',
    ],
    [
      'a table that takes any type',
      rewriting(') strict', ')'),
      'structure-table homes: The table homes differs from its definition.',
    ],
    [
      'a column that may be missing',
      rewriting('"name" text not null', '"name" text'),
      'structure-column homes: The column name differs from its definition.',
    ],
    [
      'a reference that is gone',
      rewriting(
        'constraint "homes_hamlet_id_fkey" foreign key ("village_id", "hamlet_id") references "hamlets" ("village_id", "id")',
        'check (1)',
      ),
      'structure-reference homes: The reference village_id, hamlet_id to hamlets is missing.',
    ],
  ],
  postgres: [
    [
      'an index that is gone',
      running('drop index homes_rooms_idx'),
      'structure-index homes: The index homes_rooms_idx is missing.',
    ],
    [
      'an index that is no longer unique',
      running('drop index homes_name_key', 'create index homes_name_key on homes (village_id, name)'),
      'structure-index homes: The index homes_name_key differs from its definition.',
    ],
    [
      'an index over part of the rows',
      running(
        'drop index homes_rooms_idx',
        'create index homes_rooms_idx on homes (village_id, rooms) where rooms > 1',
      ),
      'structure-index homes: The index homes_rooms_idx differs from its definition.',
    ],
    [
      'a check that is gone',
      running('alter table homes drop constraint homes_rooms_check'),
      'structure-check homes: The check homes_rooms_check is missing.',
    ],
    [
      'a column that may be missing',
      running('alter table homes alter column name drop not null'),
      'structure-column homes: The column name differs from its definition.',
    ],
    [
      'a column of another order',
      running('alter table homes alter column name type text collate "default"'),
      'structure-column homes: The column name differs from its definition.',
    ],
    [
      'a reference that is gone',
      running('alter table homes drop constraint homes_hamlet_id_fkey'),
      'structure-reference homes: The reference village_id, hamlet_id to hamlets is missing.',
    ],
    [
      'a reference that is not held for what was there',
      running(
        'alter table homes drop constraint homes_hamlet_id_fkey',
        'alter table homes add constraint homes_hamlet_id_fkey foreign key (village_id, hamlet_id) references hamlets (village_id, id) not valid',
      ),
      'structure-reference homes: The reference village_id, hamlet_id to hamlets differs from its definition.',
    ],
    [
      'a key that is gone',
      running('alter table homes drop constraint homes_pkey'),
      'structure-key homes: The key primary key is missing.',
    ],
  ],
}

describe.each(['sqlite', 'postgres'] as const)('the structure of a database on %s', (kind) => {
  const filled = async (open: TestDatabase['open']): Promise<Storage> => {
    const storage = await open(collections)
    await storage.transact(village, async (tx) => {
      await tx.insert(hamlets, { id: 'h' })
      await tx.insert(homes, { id: 'a', rooms: 3, name: 'North', share: 1, hamletId: 'h' })
    })
    return storage
  }

  test('as it was made it has no fault, whatever else lies beside it', () =>
    withDatabase(databaseKinds[kind], async ({ open, run }) => {
      const storage = await filled(open)
      try {
        await run('create table of_others (id text)')
        await run('create index of_the_administrator on homes (share)')
        expect(await faultsOf(storage)).toEqual([])
      } finally {
        await storage.close()
      }
    }))

  test.each(damages[kind])('%s is a fault', (_, damage, fault) =>
    withDatabase(databaseKinds[kind], async (database) => {
      await (await filled(database.open)).close()
      await damage(database)
      const storage = await database.open(collections)
      try {
        expect(await faultsOf(storage)).toContain(fault)
      } finally {
        await storage.close()
      }
    }),
  )

  test('a table that is gone is a fault, or ends the verification as a damage', () =>
    withDatabase(databaseKinds[kind], async ({ open, run }) => {
      const storage = await filled(open)
      try {
        await run('drop table homes')
        const told = await faultsOf(storage).catch((error: unknown) => {
          if (isLumbungError(error, 'storage/damaged'))
            return ['structure-table homes: The table is missing.']
          throw error
        })
        expect(told).toContain('structure-table homes: The table is missing.')
      } finally {
        await storage.close()
      }
    }))
})

test('a page of SQLite that was overwritten is told, and never raises what the database says itself', () =>
  withDatabase(databaseKinds.sqlite, async ({ open, place }) => {
    const storage = await open(collections)
    await storage.transact(village, (tx) =>
      tx.insertMany(
        homes,
        Array.from({ length: 2000 }, (_, index) => ({
          id: `${index}`.padStart(40, '0'),
          rooms: 1,
          name: `${index}`,
          share: 0,
          hamletId: null,
        })),
      ),
    )
    await storage.close()
    const pageBytes = readFileSync(place).readUInt16BE(16)
    const pages = statSync(place).size / pageBytes
    const handle = openSync(place, 'r+')
    for (let page = Math.floor(pages / 2); page < pages; page += 7) {
      writeSync(handle, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, page * pageBytes)
    }
    closeSync(handle)
    const outcome = await open(collections)
      .then(
        async (opened) => {
          try {
            return await faultsOf(opened)
          } finally {
            await opened.close()
          }
        },
        (error: unknown) => [error],
      )
      .catch((error: unknown) => [error])
    const damaged = outcome.filter((found) =>
      typeof found === 'string' ? found.startsWith('damaged') : isLumbungError(found, 'storage/damaged'),
    )
    expect(damaged.length).toBeGreaterThan(0)
  }))
