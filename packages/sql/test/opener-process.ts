import { VillageId } from '@lumbung/core/kernel'
import { defineCollection } from '@lumbung/core/storage'
import * as z from 'zod'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { answerMessages } from './processes.ts'

/** What a process is asked to do: open a database as this version of a program, and write one record. */
export interface Opening {
  readonly kind: string
  readonly place: string
  readonly version: number
  readonly id: string
}

/** What it found. */
export interface Found {
  readonly faults: number
}

export const village = VillageId.parse('village')

/** Version 2 changes a check, a column, an index and a reference, so that SQLite rebuilds a table. */
export function collectionsOf(version: number) {
  const plain = { key: 'id', fieldClasses: 'internal' } as const
  const hamlets = defineCollection({ ...plain, name: 'hamlets', schema: z.object({ id: z.string() }) })
  const shape = { id: z.string(), rooms: z.int().max(version), hamletId: z.string().nullable() }
  const homes =
    version === 1
      ? defineCollection({ ...plain, name: 'homes', schema: z.object(shape), indexes: [['rooms']] })
      : defineCollection({
          ...plain,
          name: 'homes',
          schema: z.object({ ...shape, roof: z.string().default('reed') }),
          indexes: [['hamletId']],
          references: { hamletId: hamlets },
        })
  return { hamlets, homes }
}

async function open({ kind, place, version, id }: Opening): Promise<Found> {
  const { hamlets, homes } = collectionsOf(version)
  const schema = { collections: [hamlets, homes], streams: [] }
  const storage =
    kind === 'sqlite' ? await openSqlite({ file: place, schema }) : await openPostgres({ url: place, schema })
  try {
    await storage.transact(village, (tx) => tx.insert(homes, { id, rooms: version, hamletId: null }), {
      attempts: 1000,
    })
    return { faults: (await storage.verify()).faultCount }
  } finally {
    await storage.close()
  }
}

if (process.argv[1] === import.meta.filename) answerMessages(open, async () => {})
