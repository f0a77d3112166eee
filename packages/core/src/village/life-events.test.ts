import { describe, expect, test } from 'vitest'
import { links, peopled, sessionOf } from './fixtures.ts'
import { listLifeEvents, listMerges } from './life-events.ts'
import { listAreas } from './list-areas.ts'
import { mergeRecords, recordEvent, unmergeRecords } from './register-changes.ts'
import { residentHistory } from './resident-history.ts'

describe('what happened to people', () => {
  const on = '2026-11-01' as never
  const moveOut = (resident: string | undefined) => ({
    kind: 'move-out' as const,
    residents: [resident as never],
    newHeads: [],
    destination: null,
  })

  test('an event is rehearsed, recorded, listed, and taken back', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const resident = ids['N-2'] as never
    const details = moveOut(ids['N-2'])
    const before = await links(village)
    const rehearsed = await secretary.perform(recordEvent, { on, details, isDryRun: true })
    expect(rehearsed).toMatchObject({ ok: true, record: { kind: 'move-out' } })
    expect(await links(village)).toEqual(before)
    expect(await secretary.perform(listLifeEvents, { resident })).toEqual([])
    const recorded = await secretary.perform(recordEvent, { on, details, note: 'To the town' })
    const id = recorded.ok ? recorded.record.id : ('' as never)
    const [event] = await secretary.perform(listLifeEvents, { resident })
    expect(event).toMatchObject({ id, note: 'To the town', reversedBy: null })
    expect(event?.people.map(({ name }) => name)).toEqual(['Budi Puspita'])
    const reversal = { kind: 'reversal' as const, reverses: id }
    const undone = await secretary.perform(recordEvent, { on: '2026-11-24' as never, details: reversal })
    expect(undone.ok).toBe(true)
    const [last, first] = await secretary.perform(listLifeEvents, { resident })
    expect(last?.reverses).toBe(id)
    expect(first?.reversedBy).toBe(last?.id)
  })

  test('merged records are listed until they are parted again', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary', { reason: 'Two cards of one person' })
    const pair = { kept: ids['N-1'] as never, merged: ids['N-3'] as never }
    const merged = await secretary.perform(mergeRecords, pair)
    const id = merged.ok ? merged.record.id : ('' as never)
    expect((await secretary.perform(listMerges, {})).map((merge) => merge.id)).toEqual([id])
    const [found] = await secretary.perform(listMerges, { resident: pair.merged })
    expect(found?.kept.name).toBe('Sari Puspita')
    expect((await secretary.perform(unmergeRecords, { id })).ok).toBe(true)
    expect(await secretary.perform(listMerges, {})).toEqual([])
  })

  test('records with two numbers are merged only with a reason, which the audit log keeps', async () => {
    const { village, ids } = await peopled()
    const pair = { kept: ids['N-1'] as never, merged: ids['N-3'] as never }
    const before = await village.changes()
    const refused = await sessionOf(village, 'secretary').perform(mergeRecords, pair)
    expect(refused).toMatchObject({
      refusal: { code: 'people/reason-needed', fields: ['identityNumber', 'sex'] },
    })
    expect(await village.changes()).toBe(before)
    const reason = 'Two cards of one person'
    const merged = await sessionOf(village, 'secretary', { reason }).perform(mergeRecords, pair)
    expect(merged.ok).toBe(true)
    const secretary = sessionOf(village, 'secretary')
    const [link] = await secretary.perform(residentHistory, { resident: pair.kept })
    expect(link?.reason).toBe(reason)
  })

  test('areas are listed with those that they lie in', async () => {
    const { village } = await peopled()
    const areas = await sessionOf(village, 'visitor').perform(listAreas, {})
    expect(areas.map(({ path }) => path)).toEqual([['East'], ['West']])
  })
})
