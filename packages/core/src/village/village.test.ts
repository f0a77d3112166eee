import { describe, expect, test } from 'vitest'
import { ResidentId } from '../kernel/index.ts'
import { auditFaults } from './audit.ts'
import { config, links, openTestVillage, peopled, population, sessionOf } from './fixtures.ts'
import { glance } from './glance.ts'
import { ownReads, readsOfResident } from './oversight.ts'
import { readHousehold, readResident, searchResidents } from './register.ts'
import { importPopulation, mergeRecords, saveResidentRecord } from './register-changes.ts'
import { residentHistory } from './resident-history.ts'

describe('what may be done', () => {
  test('a role without the scope is refused, and nothing is left behind', async () => {
    const { village } = await peopled()
    const before = await links(village)
    const visitor = sessionOf(village, 'visitor')
    await expect(visitor.perform(searchResidents, { text: 'sari' })).rejects.toMatchObject({
      code: 'village/forbidden',
      details: { reason: 'scope' },
    })
    expect(await links(village)).toEqual(before)
  })

  test('personal fields need a purpose that the role has', async () => {
    const { village } = await peopled()
    const other = sessionOf(village, 'health-worker', { purpose: 'administration' })
    await expect(other.perform(searchResidents, {})).rejects.toMatchObject({ details: { reason: 'purpose' } })
    const right = sessionOf(village, 'health-worker', { purpose: 'health' })
    expect((await right.perform(searchResidents, {})).count).toBe(3)
  })

  test('a hamlet head sees the people of their hamlet, children masked, and nobody else', async () => {
    const { village, ids } = await peopled()
    const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
    const { residents: found } = await head.perform(searchResidents, {})
    expect(found.map(({ name }) => name)).toEqual(['•••', 'Sari Puspita'])
    await expect(head.perform(readResident, { id: ids['N-3'] as never })).rejects.toMatchObject({
      code: 'village/not-found',
    })
  })

  test('a resident sees their own household, children included, and no other', async () => {
    const { village, ids } = await peopled()
    const sari = sessionOf(village, 'resident', { resident: ids['N-1'] as string })
    const file = await sari.perform(readResident, { id: ids['N-2'] as never })
    expect(file.resident.name).toBe('Budi Puspita')
    expect(file.households[0]?.members.length).toBe(2)
    await expect(sari.perform(readResident, { id: ids['N-3'] as never })).rejects.toMatchObject({
      code: 'village/not-found',
    })
  })

  test('input that does not hold is refused with its faults', async () => {
    const { village } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    await expect(secretary.perform(readHousehold, { id: 'x' as never })).rejects.toMatchObject({
      code: 'village/invalid-input',
    })
  })
})

describe('what is noted', () => {
  test('a read of many is one link, found again for each resident it touched (semantics 30)', async () => {
    const { village, ids } = await peopled()
    const before = await links(village)
    await sessionOf(village, 'secretary').perform(searchResidents, {})
    expect((await links(village)).reads).toBe(before.reads + 1)
    const sari = sessionOf(village, 'resident', { resident: ids['N-1'] as string })
    const { reads } = await sari.perform(ownReads, {})
    expect(reads).toEqual([
      {
        at: '2026-11-24T03:00:00.000Z',
        useCase: 'resident.search',
        actor: { kind: 'person', id: 'secretary' },
        purpose: 'administration',
      },
    ])
    const asked = await sessionOf(village, 'secretary').perform(readsOfResident, {
      resident: ids['N-3'] as never,
    })
    expect(asked.reads.length).toBe(1)
  })

  test('whoever read a record that was made one with another has read of that person, the latest first', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary', { reason: 'Two cards of one person' })
    const [kept, merged] = [ResidentId.parse(ids['N-1']), ResidentId.parse(ids['N-3'])]
    await secretary.perform(readResident, { id: merged })
    await secretary.perform(searchResidents, {})
    expect((await secretary.perform(mergeRecords, { kept, merged })).ok).toBe(true)
    await secretary.perform(readResident, { id: kept })
    const { reads } = await secretary.perform(readsOfResident, { resident: kept })
    expect(reads.map(({ useCase }) => useCase)).toEqual(['resident.read', 'resident.search', 'resident.read'])
  })

  test('the reads of many at a time share their commits', async () => {
    const { village } = await peopled()
    const { storage } = village
    const modes: unknown[] = []
    const watched: typeof storage = {
      ...storage,
      transact: (id, work, options) => {
        modes.push(options?.shared)
        return storage.transact(id, work, options)
      },
    }
    const { village: again } = openTestVillage(watched)
    await sessionOf(again, 'secretary').perform(searchResidents, {})
    expect(modes).toEqual([true])
  })

  test('what is shown masked is no read of personal data', async () => {
    const { village, ids } = await peopled()
    const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
    expect((await head.perform(searchResidents, {})).count).toBe(2)
    const reads = await sessionOf(village, 'secretary').perform(readsOfResident, {
      resident: ids['N-2'] as never,
    })
    expect(reads.reads).toEqual([])
  })

  test('each write leaves who, what before and what after, in a chain that holds', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const { resident } = await secretary.perform(readResident, { id: ids['N-1'] as never })
    const saved = await secretary.perform(saveResidentRecord, {
      id: ids['N-1'] as never,
      identityNumber: 'N-1',
      temporaryNumber: null,
      name: 'Sari Puspitasari',
      sex: 'female',
      birthDate: resident.birthDate as never,
      birthPlace: null,
      status: 'present',
      statusSince: resident.statusSince as never,
      area: resident.area as never,
      version: resident.version,
    })
    expect(saved.ok).toBe(true)
    const [link] = await secretary.perform(residentHistory, { resident: ids['N-1'] as never })
    expect(link?.actor.id).toBe('secretary')
    expect(link?.fields).toEqual([
      { field: 'name', before: 'Sari Puspita', after: 'Sari Puspitasari', isHidden: false },
    ])
    expect((await village.storage.verify()).faults).toEqual([])
    expect(await village.storage.read(config.id, auditFaults)).toEqual([])
  })

  test('a change of a record that somebody else changed meanwhile is refused', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const { resident } = await secretary.perform(readResident, { id: ids['N-1'] as never })
    const input = { ...resident, id: ids['N-1'] as never, name: 'Sari' } as const
    const { identityNumber, temporaryNumber, name, sex, birthDate, birthPlace, status, statusSince, area } =
      input
    const fields = {
      identityNumber,
      temporaryNumber,
      name,
      sex,
      birthDate,
      birthPlace,
      status,
      statusSince,
      area,
    }
    const change = { ...fields, id: ids['N-1'], version: resident.version } as never
    await secretary.perform(saveResidentRecord, change)
    await expect(secretary.perform(saveResidentRecord, change)).rejects.toMatchObject({
      code: 'storage/version-conflict',
    })
  })

  test('a correction lets nobody die or move: an event tells that', async () => {
    const { village, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const fields = {
      id: ids['N-1'],
      identityNumber: 'N-1',
      temporaryNumber: null,
      name: 'Sari Puspita',
      sex: 'female',
      birthDate: '1985-03-12',
      birthPlace: null,
      statusSince: '1990-01-01',
      area: ids['East'],
    }
    for (const status of ['dead', 'moved']) {
      const saved = await secretary.perform(saveResidentRecord, { ...fields, status } as never)
      expect(saved).toEqual({
        ok: false,
        refusal: { code: 'people/needs-life-event', resident: ids['N-1'] },
      })
    }
    // No event tells who is away.
    const away = await secretary.perform(saveResidentRecord, { ...fields, status: 'away' } as never)
    expect(away.ok).toBe(true)
  })

  test('a place that a normal form would reach into is noted as it is', async () => {
    const { village } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const birthPlace = 'Mill\n\u0301 \ua9b1'
    const saved = await secretary.perform(saveResidentRecord, {
      identityNumber: null,
      temporaryNumber: null,
      name: 'Sari',
      sex: 'female',
      birthDate: '1985-03-12' as never,
      birthPlace,
      status: 'present',
      statusSince: '1985-03-12' as never,
      area: null,
    })
    const id = saved.ok ? saved.record.id : ''
    const [link] = await secretary.perform(residentHistory, { resident: id as never })
    expect(link?.fields.find(({ field }) => field === 'birthPlace')?.after).toBe(birthPlace)
    expect(await village.storage.read(config.id, auditFaults)).toEqual([])
  })

  test('a rehearsed import tells what would come of it and writes nothing', async () => {
    const { village } = openTestVillage()
    const secretary = sessionOf(village, 'secretary')
    const report = await secretary.perform(importPopulation, { population, isDryRun: true })
    expect(report.added.residents).toBe(3)
    expect((await secretary.perform(glance, {})).residents).toBe(0)
    expect(await links(village)).toEqual({ audit: 0, reads: 0 })
  })
})

describe('finding people', () => {
  test.each([
    ['puspita sar', ['Sari Puspita']],
    ['WIBOWO', ['Darto Wibowo']],
    ['N-3', ['Darto Wibowo']],
    ['card-1', []],
    ['CARD-1', ['Budi Puspita', 'Sari Puspita']],
    ['nobody', []],
  ])('by %s', async (text, names) => {
    const { village } = await peopled()
    const { residents: found } = await sessionOf(village, 'secretary').perform(searchResidents, { text })
    expect(found.map(({ name }) => name)).toEqual(names)
  })
})

test('the village at a glance counts people by age, sex and hamlet', async () => {
  const { village } = await peopled()
  const figures = await sessionOf(village, 'visitor').perform(glance, {})
  expect(figures).toMatchObject({ on: '2026-11-24', residents: 3, female: 1, male: 2, households: 2 })
  expect(figures.hamlets.map(({ name, residents: count }) => [name, count])).toEqual([
    ['East', 2],
    ['West', 1],
  ])
  expect(figures.pyramid.find(({ from }) => from === 40)?.female).toBe(1)
})
