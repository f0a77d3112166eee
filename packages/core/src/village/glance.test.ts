// The figures that anybody may see are those of the stored snapshot: the same people, the same cards.
import { expect, test } from 'vitest'
import { areas, households } from '../people/index.ts'
import { config, peopled, sessionOf } from './fixtures.ts'
import { glance } from './glance.ts'
import { searchResidents } from './register.ts'
import { recordEvent } from './register-changes.ts'
import { snapshotOfConfig } from './schema.ts'
import type { Village } from './village.ts'

const on = '2026-11-24' as never
const snapshot = snapshotOfConfig(config)

/** People and family cards as the stored snapshot has them. */
const inSnapshot = (village: Village) =>
  village.storage.read(config.id, async (tx) => ({
    residents: await tx.count(snapshot.members, { kind: { in: ['family', 'none'] } }),
    households: await tx.count(snapshot.households, { kind: 'family' }),
  }))

async function figures(village: Village) {
  const { residents, households, hamlets } = await sessionOf(village, 'visitor').perform(glance, {})
  return {
    residents,
    households,
    hamlets: hamlets.map((hamlet) => [hamlet.name, hamlet.residents, hamlet.households]),
  }
}

test('a card that its only member has left counts no longer', async () => {
  const { village, ids } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const details = { kind: 'move-out', residents: [ids['N-3']], newHeads: [], destination: null } as never
  expect((await secretary.perform(recordEvent, { on, details })).ok).toBe(true)
  expect(await figures(village)).toEqual({
    residents: 2,
    households: 1,
    hamlets: [
      ['East', 2, 1],
      ['West', 0, 0],
    ],
  })
  expect(await inSnapshot(village)).toEqual({ residents: 2, households: 1 })
})

test.each([
  ['begins today', { from: '2026-11-24', to: null }, [2, 2]],
  ['begins in two days', { from: '2026-11-26', to: null }, [1, 2]],
  ['ends in two days', { from: null, to: '2026-11-26' }, [2, 1]],
  ['ended yesterday', { from: null, to: '2026-11-23' }, [1, 1]],
])('a card that %s counts on its days', async (_, span, [today, later]) => {
  const { village, ids, clock } = await peopled()
  await village.storage.transact(config.id, async (tx) => {
    const card = await tx.get(households, { id: ids['CARD-2'] as never })
    if (card !== undefined) await tx.update(households, { ...card, ...(span as object) })
  })
  expect((await figures(village)).households).toBe(today)
  clock.now += 2 * 86_400_000
  expect((await figures(village)).households).toBe(later)
})

test.each([
  ['ends tomorrow', { from: null, to: '2026-11-25' }, ['East', 'West']],
  ['ended today', { from: null, to: '2026-11-24' }, ['East']],
  ['begins tomorrow', { from: '2026-11-25', to: null }, ['East']],
])('a hamlet that %s is listed on its days', async (_, span, names) => {
  const { village, ids } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const details = { kind: 'move-out', residents: [ids['N-3']], newHeads: [], destination: null } as never
  await secretary.perform(recordEvent, { on, details })
  await village.storage.transact(config.id, async (tx) => {
    const area = await tx.get(areas, { id: ids['West'] as never })
    if (area !== undefined) await tx.update(areas, { ...area, ...(span as object) })
  })
  const { hamlets } = await secretary.perform(searchResidents, {})
  expect(hamlets.map(({ name }) => name)).toEqual(names)
  expect((await figures(village)).hamlets.map(([name]) => name)).toEqual(names)
})
