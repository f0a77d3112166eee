import { describe, expect, test } from 'vitest'
import { links, peopled, sessionOf } from './fixtures.ts'
import { listResidents } from './list-residents.ts'
import { showResidentNumbers } from './numbers.ts'
import { readsOfResident } from './oversight.ts'

describe('what the register shows on purpose, or as a whole', () => {
  test('showing the numbers of a resident is a read of its own', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const numbers = await secretary.perform(showResidentNumbers, { id: ids['N-2'] as never })
    expect(numbers.identityNumber).toBe('N-2')
    const { reads } = await secretary.perform(readsOfResident, { resident: ids['N-2'] as never })
    expect(reads.map(({ useCase }) => useCase)).toEqual(['resident.show-numbers'])
  })

  test('nobody is shown a number whose bearer is masked to them', async () => {
    const { village, ids } = await peopled()
    const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
    const child = { id: ids['N-2'] as never }
    expect(await head.perform(showResidentNumbers, child)).toEqual({
      identityNumber: null,
      temporaryNumber: null,
      facts: [],
    })
    await expect(head.perform(showResidentNumbers, { id: ids['N-3'] as never })).rejects.toMatchObject({
      code: 'village/not-found',
    })
  })

  test('the register as one list is one read of all in it (semantics 30)', async () => {
    const { village } = await peopled()
    const before = await links(village)
    const list = await sessionOf(village, 'secretary').perform(listResidents, {})
    expect(list.residents.length).toBe(3)
    expect(list.next).toBeUndefined()
    expect((await links(village)).reads).toBe(before.reads + 1)
  })
})
