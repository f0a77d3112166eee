// What follows a decision, on real databases: a decision that was written down replays to the same bytes on each.

import { decideCase, eraseDecisionValues, replayDecision } from '@lumbung/core/casework'
import { openMemory } from '@lumbung/core/storage'
import { expect, test } from 'vitest'
import { openCasework, testSchema, today, village } from '../../core/src/casework/casework.fixtures.ts'
import { playCasework } from '../../core/src/casework/play.fixtures.ts'
import { databaseKinds } from './databases.ts'

async function digestOn(house: Awaited<ReturnType<typeof openCasework>>): Promise<string> {
  const asked = { programme: 'rice', unit: 'household', subject: house.id('CARD-0'), on: today } as const
  const made = await house.work((tx, context) => decideCase(tx, asked, context))
  if (!made.ok) throw new Error(made.refusal.code)
  await house.tell('CARD-0', 9)
  const { id } = made.record
  const replay = await house.storage.read(village, (tx) => replayDecision(tx, id))
  await house.work((tx, context) => eraseDecisionValues(tx, id, context))
  expect(await house.storage.read(village, (tx) => replayDecision(tx, id))).toMatchObject({
    outcome: 'erased',
  })
  return replay.outcome === 'same' ? replay.digest : replay.outcome
}

test.each(['sqlite', 'postgres'] as const)(
  'a decision replays on %s to the bytes of memory',
  async (kind) => {
    const inMemory = await digestOn(await openCasework([3], { storage: openMemory(testSchema) }))
    const database = await databaseKinds[kind]()
    const storage = await database.open(testSchema.collections)
    try {
      expect(await digestOn(await openCasework([3], { storage }))).toBe(inMemory)
      expect(inMemory).toMatch(/^[0-9a-f]{64}$/)
    } finally {
      await storage.close()
      await database.drop()
    }
  },
)

test.each(['sqlite', 'postgres'] as const)(
  'random steps come to on %s what they do in memory',
  async (kind) => {
    await playCasework(kind === 'sqlite' ? 20 : 5, async () => {
      const database = await databaseKinds[kind]()
      const storage = await database.open(testSchema.collections)
      return {
        storage,
        close: async () => {
          await storage.close()
          await database.drop()
        },
      }
    })
  },
)
