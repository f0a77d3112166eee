import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds, withDatabase } from './databases.ts'
import { collectionsOf, type Found, type Opening, village } from './opener-process.ts'
import { type Answering, startAnswering } from './processes.ts'

/** Goal: a server that is started twice, or updated while another runs, finds its database made exactly once. */

const rounds = process.env['LUMBUNG_TIER'] === 'long' ? 200 : 5
let processes: Answering[] = []

// They have loaded everything before the first round, so that they meet in the database and not before.
beforeAll(async () => {
  processes = await Promise.all([1, 2].map(() => startAnswering('opener-process.ts', [])))
})
afterAll(() => Promise.all(processes.map((one) => one.end())))

describe.each(Object.entries(databaseKinds))('two processes on %s', (kind, create) => {
  test(`${rounds} times they open a new database at once, and then a changed one: each step is made once`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await withDatabase(create, async ({ open, run, place }) => {
        for (const version of [1, 2]) {
          const openings = processes.map(
            (_, index): Opening => ({ kind, place, version, id: `${version} ${index}` }),
          )
          const found = await Promise.all(
            processes.map((one, index) => one.ask<Found>(openings[index] ?? {})),
          )
          expect(found, `round ${round}, version ${version}`).toEqual([{ faults: 0 }, { faults: 0 }])
        }
        const log = await run('select step, change from migration_log order by step')
        expect(log.map(({ step, change }) => [Number(step), change])).toEqual([
          [1, 'create-table stream_heads'],
          [2, 'create-table blobs'],
          [3, 'create-table hamlets'],
          [4, 'create-table homes'],
          [5, 'widen-column homes.rooms'],
          [6, 'add-column homes.roof'],
          [7, 'add-reference homes.hamlet_id to hamlets'],
          [8, 'drop-index homes_rooms_idx'],
          [9, 'create-index homes_hamlet_id_idx'],
        ])
        const { hamlets, homes } = collectionsOf(2)
        const storage = await open([hamlets, homes])
        expect(await storage.read(village, (tx) => tx.count(homes))).toBe(4)
        await storage.close()
      })
    }
  })
})
