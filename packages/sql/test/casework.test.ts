// What follows a decision, on real databases: a decision that was written down replays to the same bytes on each.

import {
  decideCase,
  decidePaymentList,
  eraseDecisionValues,
  findCorrections,
  importEnrolments,
  preparePayments,
  recheckEnrolments,
  recordPayments,
  replayDecision,
} from '@lumbung/core/casework'
import { CivilDate } from '@lumbung/core/kernel'
import { openMemory, type Storage } from '@lumbung/core/storage'
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

/** A month is paid, asked for again, corrected and re-checked: all that came of it, without ids. */
async function moneyOn(storage: Storage) {
  const policy = { payments: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'rejection' } }
  const house = await openCasework([2, 3, null], { storage, policy })
  const day = (text: string) => CivilDate.parse(text)
  const participants = [0, 1, 2].map((index) => ({
    key: String(index),
    of: 'family' as const,
    number: `CARD-${index}`,
    participantNumber: null,
  }))
  const list = {
    programme: 'rice',
    unit: 'household',
    from: day('2026-01-01'),
    to: null,
    participants,
  } as const
  await house.work((tx, context) => importEnrolments(tx, list, context))
  const november = { programme: 'rice', from: day('2026-11-01'), to: day('2026-12-01'), payOn: today }
  const prepared = await house.work((tx, context) => preparePayments(tx, november, context))
  if (!prepared.ok || prepared.list === null) throw new Error('Nothing was prepared.')
  const { id, approval } = prepared.list
  const word = { list: id, outcome: 'approve', digest: approval.digest, roles: ['chair'] } as const
  const decided = await house.work((tx, context) => decidePaymentList(tx, word, context), {
    by: { actor: 'head' },
  })
  const ids = prepared.payments.map((payment) => payment.id)
  const paid = await house.work((tx, context) =>
    recordPayments(tx, { payments: ids, action: 'pay' }, context),
  )
  const again = await house.work((tx, context) => preparePayments(tx, november, context))
  await house.tell('CARD-1', 9)
  const corrected = await house.work((tx, context) => findCorrections(tx, { programme: 'rice' }, context))
  const rechecked = await house.work((tx, context) => recheckEnrolments(tx, context))
  return {
    decided: decided.ok,
    paid: paid.ok,
    payable: ids.length,
    again: again.ok && again.notPayable.map(({ reason }) => reason).toSorted(),
    raised: corrected.ok && corrected.raised.map(({ paidMinor, dueMinor }) => [paidMinor, dueMinor]),
    rechecked,
  }
}

test.each(['sqlite', 'postgres'] as const)('payments come to the same on %s as in memory', async (kind) => {
  const inMemory = await moneyOn(openMemory(testSchema))
  expect(inMemory).toEqual({
    decided: true,
    paid: true,
    payable: 2,
    again: ['already-paid', 'already-paid', 'undetermined'],
    raised: [[1_000, 0]],
    rechecked: { looked: 3, raised: 2, cleared: 0, notInForce: 0 },
  })
  const database = await databaseKinds[kind]()
  const storage = await database.open(testSchema.collections)
  try {
    expect(await moneyOn(storage)).toEqual(inMemory)
  } finally {
    await storage.close()
    await database.drop()
  }
})
