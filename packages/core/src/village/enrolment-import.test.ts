import { expect, test } from 'vitest'
import { enrolments } from '../casework/index.ts'
import { defineVillage } from './config.ts'
import { exportParticipants, importParticipants } from './enrolment-import.ts'
import { config, links, peopled, ricePack, sessionOf } from './fixtures.ts'
import type { Village } from './village.ts'

const from = '2026-01-01' as never
type Named = readonly [of: string, number: string, card?: string]
const list = (...numbers: readonly Named[]) => ({
  programme: 'rice',
  from,
  to: null,
  participants: numbers.map(([of, number, card], index) => ({
    key: `Peserta:${index + 2}`,
    of: of as never,
    number,
    participantNumber: card ?? null,
  })),
})

const stored = (village: Village) =>
  village.storage.read(config.id, async (tx) => {
    const found = []
    for await (const { subject, participantNumber, state, source } of tx.stream(enrolments))
      found.push({ subject, participantNumber, state, source })
    return found
  })

test('participants are found by their numbers and taken in, and a second time nothing is added', async () => {
  const { village, ids } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const asked = list(['family', 'CARD-1', 'A-7'], ['family', 'CARD-2'])
  const rehearsed = await secretary.perform(importParticipants, { ...asked, isDryRun: true })
  expect([rehearsed.added, await stored(village)]).toEqual([2, []])
  const { audit } = await links(village)
  expect(await secretary.perform(importParticipants, asked)).toMatchObject({
    added: 2,
    unchanged: 0,
    refused: [],
  })
  expect((await links(village)).audit).toBe(audit + 1)
  expect(await stored(village)).toEqual([
    { subject: ids['CARD-1'], participantNumber: 'A-7', state: 'active', source: 'import' },
    { subject: ids['CARD-2'], participantNumber: null, state: 'active', source: 'import' },
  ])
  expect(await secretary.perform(importParticipants, asked)).toMatchObject({
    added: 0,
    unchanged: 2,
    refused: [],
  })
  expect(await stored(village)).toHaveLength(2)
})

test('a person named for a programme of households stands for their family', async () => {
  const { village, ids } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const twice = await secretary.perform(importParticipants, list(['resident', 'N-1'], ['resident', 'N-2']))
  expect(twice).toMatchObject({
    added: 0,
    refused: [{ key: 'Peserta:3', code: 'casework/listed-twice', other: 'Peserta:2' }],
  })
  expect(await stored(village)).toEqual([])
  expect(await secretary.perform(importParticipants, list(['resident', 'N-2']))).toMatchObject({ added: 1 })
  expect(await stored(village)).toMatchObject([{ subject: ids['CARD-1'] }])
})

test('whoever is not found, or has another card, refuses the whole and says why', async () => {
  const { village } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const codes = async (...numbers: readonly Named[]) =>
    (await secretary.perform(importParticipants, list(...numbers))).refused.map(({ key, code }) => [
      key,
      code,
    ])
  expect(await codes(['family', 'CARD-1'], ['family', 'CARD-9'], ['dwelling', 'CARD-2'])).toEqual([
    ['Peserta:3', 'casework/unknown-participant'],
    ['Peserta:4', 'casework/unknown-participant'],
  ])
  expect(await codes(['family', 'CARD-1', 'A'], ['family', 'CARD-2', 'A'])).toEqual([
    ['Peserta:3', 'casework/participant-number-taken'],
  ])
  expect(await stored(village)).toEqual([])
  expect(await codes(['family', 'CARD-1', 'A'])).toEqual([])
  expect(await codes(['family', 'CARD-1', 'B'])).toEqual([
    ['Peserta:2', 'casework/participant-number-differs'],
  ])
})

test('a programme that the village does not know is refused, naming those that it knows', async () => {
  const { village } = await peopled()
  const asked = { ...list(['family', 'CARD-1']), programme: 'gold' }
  await expect(sessionOf(village, 'secretary').perform(importParticipants, asked)).rejects.toMatchObject({
    code: 'casework/no-such-programme',
    details: { programme: 'gold', programmes: ['rice'] },
  })
})

test('who may not be in two programmes at once is refused by the law that says so, unless the list is taken as it is', async () => {
  const [rice] = ricePack.programmes
  if (rice === undefined) throw new Error('There is no such programme.')
  const citation = { source: 'regulation', confidence: 'low' } as const
  const cash = {
    ...rice,
    id: 'cash',
    versions: rice.versions.map((version) => ({
      ...version,
      combinations: [{ with: 'rice', allowed: false, citation }],
    })),
  }
  const pack = { ...ricePack, programmes: [rice, cash] }
  const { village } = await peopled(defineVillage({ ...config, packs: [pack] }))
  const secretary = sessionOf(village, 'secretary')
  await secretary.perform(importParticipants, list(['family', 'CARD-1']))
  const asked = { ...list(['family', 'CARD-2'], ['family', 'CARD-1']), programme: 'cash' }
  const code = 'casework/double-benefit'
  const told = { key: 'Peserta:3', code, with: 'rice', forbiddenBy: 'cash', citation }
  expect(await secretary.perform(importParticipants, asked)).toMatchObject({ added: 0, refused: [told] })
  expect(await stored(village)).toHaveLength(1)
  const kept = await secretary.perform(importParticipants, { ...asked, keepDoubles: true })
  expect(kept).toMatchObject({ added: 2, refused: [], doubleBenefits: [told] })
})

test('the list of participants goes out with its numbers, and everybody on it is noted as read', async () => {
  const { village } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  await secretary.perform(importParticipants, list(['family', 'CARD-2', 'A-8'], ['family', 'CARD-1']))
  const { reads } = await links(village)
  expect(await secretary.perform(exportParticipants, { programme: 'rice' })).toMatchObject([
    {
      of: 'family',
      number: 'CARD-1',
      participantNumber: null,
      holder: { identityNumber: 'N-1', name: 'Sari Puspita' },
    },
    { of: 'family', number: 'CARD-2', participantNumber: 'A-8', holder: { identityNumber: 'N-3' } },
  ])
  expect((await links(village)).reads).toBe(reads + 1)
})
