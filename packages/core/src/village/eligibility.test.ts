// Programmes in a village: who may ask, on which day, and what a decision may show of the facts it rests on.
import { expect, test } from 'vitest'
import { packOf } from '../casework/index.ts'
import { isLumbungError } from '../kernel/index.ts'
import { defineVillage } from './config.ts'
import { decideHousehold, nextQuestionFor } from './eligibility-decisions.ts'
import { listProgrammes, readProgramme } from './eligibility-programmes.ts'
import { listScreened, screenVillage } from './eligibility-screening.ts'
import { simulateProgramme } from './eligibility-simulation.ts'
import { config, links, peopled, ricePack, sessionOf } from './fixtures.ts'
import { recordDatedFact } from './register-changes.ts'
import type { Village } from './village.ts'

async function tellDecile(village: Village, subject: string | undefined, value: number, from: string) {
  const fact = { unit: 'household', subject, name: 'welfareDecile', value, from, to: null }
  const told = { ...fact, source: 'survey', degree: 'declared' }
  const saved = await sessionOf(village, 'secretary').perform(recordDatedFact, told as never)
  expect(saved.ok).toBe(true)
}

const outcomeOf = async (
  village: Village,
  household: string | undefined,
  more: object = {},
  role = 'secretary',
) => {
  const asked = { household: household as never, ...more }
  const { decisions } = await sessionOf(village, role).perform(decideHousehold, asked)
  const [first] = decisions
  return first?.decision.kind === 'decision' ? first.decision.outcome : first?.decision.kind
}

test('anybody may read the programmes, with their law and the version of a day', async () => {
  const { village } = await peopled()
  const visitor = sessionOf(village, 'visitor')
  expect(await visitor.perform(listProgrammes, {})).toMatchObject([{ id: 'rice', isInForce: true }])
  expect(await visitor.perform(listProgrammes, { on: '2025-12-31' as never })).toMatchObject([
    { isInForce: false },
  ])
  const read = await visitor.perform(readProgramme, { id: 'rice' })
  expect(read).toMatchObject({ version: 0, replaces: null, pack: { id: 'hills' } })
  expect('tests' in read.programme).toBe(false)
  await expect(visitor.perform(readProgramme, { id: 'gold' })).rejects.toMatchObject({
    code: 'village/not-found',
  })
})

test('a household is decided by the facts of the day, and a missing one is asked for', async () => {
  const { village, ids } = await peopled()
  const card = ids['CARD-1']
  expect(await outcomeOf(village, card)).toBe('undetermined')
  const secretary = sessionOf(village, 'secretary')
  const question = { household: card as never }
  expect(await secretary.perform(nextQuestionFor, question)).toMatchObject({
    fact: 'welfareDecile',
    unit: 'household',
    subject: card,
    isKept: true,
  })
  await tellDecile(village, card, 3, '2026-06-01')
  expect(await outcomeOf(village, card)).toBe('eligible')
  expect(await outcomeOf(village, card, { on: '2026-05-31' })).toBe('undetermined')
  expect(await outcomeOf(village, card, { on: '2025-12-31' })).toBe('no-version-in-force')
  expect(await secretary.perform(nextQuestionFor, question)).toBeNull()
})

test('a refusal tells what would change it, to whoever may see the fact', async () => {
  const { village, ids } = await peopled()
  await tellDecile(village, ids['CARD-1'], 6, '2026-06-01')
  const asked = { household: ids['CARD-1'] as never }
  const { decisions } = await sessionOf(village, 'secretary').perform(decideHousehold, asked)
  expect(decisions[0]?.changes).toEqual([[{ path: 'household.welfareDecile', from: 6, to: 4 }]])
  expect(decisions[0]?.isMasked).toBe(false)
  const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
  const seen = await head.perform(decideHousehold, asked)
  // The decile is specific and the hamlet head sees personal data only.
  expect(seen.decisions[0]).toMatchObject({
    decision: { outcome: 'ineligible' },
    isMasked: true,
    changes: [],
  })
  expect(JSON.stringify(seen)).not.toContain('welfareDecile')
})

test('a household out of reach looks as if it were not there, and every member’s file notes a decision', async () => {
  const { village, ids } = await peopled()
  const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['West'] ?? ''] })
  const asked = { household: ids['CARD-1'] as never }
  for (const useCase of [decideHousehold, nextQuestionFor])
    await expect(head.perform(useCase as typeof decideHousehold, asked)).rejects.toMatchObject({
      code: 'village/not-found',
    })
  const { reads } = await links(village)
  await sessionOf(village, 'resident', { resident: ids['N-1'] ?? '' }).perform(decideHousehold, asked)
  expect((await links(village)).reads).toBe(reads + 1)
})

test('without a purpose of the role nothing is decided', async () => {
  const { village, ids } = await peopled()
  const session = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''], purpose: 'health' })
  await expect(session.perform(decideHousehold, { household: ids['CARD-1'] as never })).rejects.toMatchObject(
    {
      code: 'village/forbidden',
    },
  )
})

test('screening counts by programme and hamlet, and only within reach', async () => {
  const { village, ids } = await peopled()
  await tellDecile(village, ids['CARD-1'], 3, '2026-06-01')
  await tellDecile(village, ids['CARD-2'], 4, '2026-06-01')
  const { programmes } = await sessionOf(village, 'secretary').perform(screenVillage, {})
  expect(programmes[0]).toMatchObject({
    id: 'rice',
    total: { eligible: 2, ineligible: 0, undetermined: 0 },
    hamlets: [
      { name: 'East', eligible: 1 },
      { name: 'West', eligible: 1 },
    ],
  })
  const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
  expect((await head.perform(screenVillage, {})).programmes[0]?.total.eligible).toBe(1)
})

test('the list of those who are indicated is paged, and each page is one read', async () => {
  const { village, ids } = await peopled()
  await tellDecile(village, ids['CARD-1'], 3, '2026-06-01')
  await tellDecile(village, ids['CARD-2'], 4, '2026-06-01')
  const secretary = sessionOf(village, 'secretary')
  const { reads } = await links(village)
  const first = await secretary.perform(listScreened, { programme: 'rice', limit: 1 })
  expect((await links(village)).reads).toBe(reads + 1)
  expect(first).toMatchObject({ count: 2 })
  const after = first.next ?? ''
  const second = await secretary.perform(listScreened, { programme: 'rice', limit: 1, after })
  expect(second.next).toBeUndefined()
  const names = [...first.units, ...second.units].map(({ resident }) => resident.name).toSorted()
  expect(names).toEqual(['Darto Wibowo', 'Sari Puspita'])
})

test('a simulation tells who would leave and what it saves', async () => {
  const { village, ids } = await peopled()
  await tellDecile(village, ids['CARD-1'], 3, '2026-06-01')
  await tellDecile(village, ids['CARD-2'], 4, '2026-06-01')
  const asked = { programme: 'rice', parameters: { decileMax: 3 } }
  const result = await sessionOf(village, 'secretary').perform(simulateProgramme, asked)
  expect(result).toMatchObject({
    before: { eligible: 2, costMinor: 2_000 },
    after: { eligible: 1, costMinor: 1_000 },
    entering: { count: 0 },
    leaving: { count: 1, units: [{ resident: { name: 'Darto Wibowo' } }] },
  })
  const [west] = result.hamlets.filter(({ name }) => name === 'West')
  expect([west?.before.eligible, west?.after.eligible]).toEqual([1, 0])
})

test('a config tells the faults of its packs where they stand, and knows the facts of the village', () => {
  const wrong = JSON.parse(
    JSON.stringify(ricePack).replace('household.welfareDecile <=', 'household.welfareDezile <='),
  )
  try {
    defineVillage({ ...config, packs: [wrong] })
    expect.unreachable()
  } catch (error) {
    if (!isLumbungError(error)) throw error
    expect(error.code).toBe('village/invalid-config')
    expect(error.message).toContain('packs.0.programmes.0.versions.0.criteria')
  }
})

test('a later pack replaces a programme of one that it extends, and no other', () => {
  const [rice] = ricePack.programmes
  if (rice === undefined) throw new Error('There is no such programme.')
  const own = { ...ricePack, id: 'own', programmes: [{ ...rice, title: { en: 'Our rice' } }] }
  const extended = defineVillage({ ...config, packs: [ricePack, { ...own, extends: ['hills'] }] })
  expect(packOf(extended)).toBe(packOf(extended))
  expect(packOf(extended).programmes.get('rice')).toMatchObject({
    pack: { id: 'own' },
    replaces: { id: 'hills' },
  })
  expect(() => defineVillage({ ...config, packs: [ricePack, own] })).toThrow('stands in an earlier pack')
})

test('a later pack chooses which source counts in a programme of one that it extends', () => {
  const [rice] = ricePack.programmes
  const decileMax = rice?.parameters?.['decileMax']
  if (rice === undefined || decileMax === undefined) throw new Error('There is no such programme.')
  const other = { value: 2, citation: { source: 'ministry', confidence: 'low' as const } }
  const values = decileMax.values.map((dated) => ({ ...dated, alternatives: [other] }))
  const disputed = {
    ...ricePack,
    sources: { ...ricePack.sources, ministry: { title: 'A page of the ministry' } },
    programmes: [{ ...rice, parameters: { ...rice.parameters, decileMax: { ...decileMax, values } } }],
  }
  const own = {
    id: 'own',
    version: '1',
    title: { en: 'Ours' },
    extends: ['hills'],
    sources: {},
    programmes: [],
  }
  const packs = [disputed, { ...own, readings: { 'rice.decileMax': 'ministry' } }]
  const chosen = packOf(defineVillage({ ...config, packs })).programmes.get('rice')
  expect(chosen).toMatchObject({ pack: { id: 'own' }, replaces: { id: 'hills' } })
  expect(chosen?.config.parameters['decileMax']?.values[0]).toMatchObject({ value: 2 })
  expect(() =>
    defineVillage({ ...config, packs: [disputed, { ...own, readings: { 'rice.sack': 'x' } }] }),
  ).toThrow('no reading by x')
})
