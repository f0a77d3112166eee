// A decision that was written down can be made again to the same bytes, whatever became of facts and rules since, and
// its values can be erased without a trace of them.

import { expect, test } from 'vitest'
import { openCasework, packsWith, today, village } from './casework.fixtures.ts'
import { decisions, decisionValues, rulebooks } from './collections.ts'
import type { CaseworkContext } from './context.ts'
import { decideCase, type MadeDecision } from './decide-case.ts'
import type { DecisionId } from './records.ts'
import { eraseDecisionValues, replayDecision } from './replay.ts'
import { rulebookOf } from './rulebook.ts'

type House = Awaited<ReturnType<typeof openCasework>>

async function decided(
  house: House,
  name = 'CARD-0',
  options?: Partial<CaseworkContext>,
): Promise<MadeDecision> {
  const asked = { programme: 'rice', unit: 'household', subject: house.id(name), on: today } as const
  const made = await house.work((tx, context) => decideCase(tx, asked, context), options)
  if (!made.ok) throw new Error(made.refusal.code)
  return made
}

const replayed = ({ storage }: House, id: DecisionId) => storage.read(village, (tx) => replayDecision(tx, id))

test('a decision is written down with its rules, its facts and where they came from', async () => {
  const house = await openCasework([3])
  const { record, document } = await decided(house)
  expect(record).toMatchObject({ outcome: 'eligible', madeOn: today, madeBy: { actor: 'officer' } })
  const values = await house.storage.read(village, (tx) => tx.get(decisionValues, { decision: record.id }))
  expect(JSON.parse(values?.document ?? '')).toEqual(document)
  expect(JSON.parse(values?.facts ?? '')).toMatchObject({
    home: house.id('CARD-0'),
    household: { welfareDecile: 3 },
    memberIds: [house.id('head-0'), house.id('child-0')].toSorted(),
  })
  expect(JSON.parse(values?.sources ?? '')).toMatchObject([
    { path: 'household.welfareDecile', source: 'Survey', degree: 'declared', from: null },
  ])
})

test('the rulebook is kept once, however many decisions are made by it', async () => {
  const house = await openCasework([3, 4])
  await decided(house)
  await decided(house, 'CARD-1')
  expect(await house.storage.read(village, (tx) => tx.count(rulebooks))).toBe(1)
  const rulebook = rulebookOf(packsWith(5))
  await decided(house, 'CARD-1', { rulebook })
  expect(await house.storage.read(village, (tx) => tx.count(rulebooks))).toBe(2)
})

test('semantics 12: a decision replays to the same bytes after facts and packs have changed', async () => {
  const house = await openCasework([4])
  const first = await decided(house)
  await house.tell('CARD-0', 9)
  const second = await decided(house, 'CARD-0', { rulebook: rulebookOf(packsWith(2)) })
  expect([first.record.outcome, second.record.outcome]).toEqual(['eligible', 'ineligible'])
  for (const { record } of [first, second])
    expect(await replayed(house, record.id)).toMatchObject({ outcome: 'same' })
})

test('a decision on a resident replays too', async () => {
  const house = await openCasework([4])
  const asked = { programme: 'books', unit: 'resident', subject: house.id('child-0'), on: today } as const
  const made = await house.work((tx, context) => decideCase(tx, asked, context))
  if (!made.ok) throw new Error(made.refusal.code)
  expect(made.document.missing).toEqual([expect.stringMatching(/^household\.members\[\d\]\.inSchool$/)])
  expect(await replayed(house, made.record.id)).toMatchObject({ outcome: 'same' })
})

test('what was altered past the village differs, and says in what', async () => {
  const house = await openCasework([4])
  const { record } = await decided(house)
  await house.work(async (tx) => {
    const values = await tx.get(decisionValues, { decision: record.id })
    if (values?.document) {
      const document = values.document.replace('"outcome":"eligible"', '"outcome":"ineligible"')
      await tx.update(decisionValues, { ...values, document })
    }
  })
  expect(await replayed(house, record.id)).toEqual({ outcome: 'differs', parts: ['values'] })
  const other = await openCasework([4])
  const made = await decided(other)
  await other.work(async (tx) => {
    const rulebook = await tx.get(rulebooks, { digest: made.record.rulebook })
    if (rulebook)
      await tx.update(rulebooks, { ...rulebook, text: rulebook.text.replace('"value":4', '"value":5') })
  })
})

test('semantics 29: after an erasure a replay says so, and no value is left', async () => {
  const house = await openCasework([4])
  const { record } = await decided(house)
  const heard: unknown[] = []
  const wrote = (...changes: readonly unknown[]) => void heard.push(...changes)
  const erase = () => house.work((tx, context) => eraseDecisionValues(tx, record.id, { ...context, wrote }))
  const { ok } = await erase()
  expect(ok).toBe(true)
  expect(heard).toMatchObject([{ after: { decision: record.id, facts: null, document: null, salt: null } }])
  expect(heard[0]).not.toHaveProperty('before')
  expect(await replayed(house, record.id)).toMatchObject({ outcome: 'erased' })
  expect(await house.storage.read(village, (tx) => tx.get(decisions, { id: record.id }))).toMatchObject(
    record,
  )
  expect(await erase()).toMatchObject({ ok: false, refusal: { code: 'casework/unknown-record' } })
})

test('what cannot be decided is refused, and nothing is written', async () => {
  const house = await openCasework([4])
  const ask = (programme: string, unit: 'resident' | 'household', subject: string, on = today) =>
    house.work((tx, context) => decideCase(tx, { programme, unit, subject, on }, context))
  const early = '2025-06-01' as typeof today
  const home = house.id('CARD-0')
  const nobody = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
  const refusals = [
    await ask('bread', 'household', home),
    await ask('rice', 'resident', house.id('head-0')),
    await ask('rice', 'household', nobody),
    await ask('rice', 'household', home, early),
  ].map((result) => (result.ok ? 'made' : result.refusal.code))
  expect(refusals).toEqual([
    'casework/unknown-programme',
    'casework/wrong-unit',
    'casework/nobody-there',
    'casework/no-version-in-force',
  ])
  const counts = await house.storage.read(village, async (tx) => [
    await tx.count(decisions),
    await tx.count(rulebooks),
  ])
  expect(counts).toEqual([0, 0])
})
