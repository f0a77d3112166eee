// Hamlets are renamed and split with their history kept, organisations and the roles in them are kept, and the audit
// log has every record that was written.
import { describe, expect, test } from 'vitest'
import { CivilDate, type ResidentId } from '../kernel/index.ts'
import { AreaId, affiliations, areas, organisations, residents } from '../people/index.ts'
import {
  endAreaRecord,
  recordAreaChange,
  reopenAreaRecord,
  saveAreaRecord,
  splitAreaRecord,
} from './area-changes.ts'
import { readAreaHistory } from './area-history.ts'
import { auditFaults, historyOf } from './audit.ts'
import { config, openTestVillage, population, sessionOf } from './fixtures.ts'
import { glance } from './glance.ts'
import { saveAffiliationRecord, saveOrganisationRecord } from './organisation-changes.ts'
import { listAffiliations, listOrganisations, readOrganisation } from './organisations.ts'
import { importPopulation } from './register-changes.ts'

const on = CivilDate.parse('2026-11-20')

async function opened() {
  const { village } = openTestVillage()
  const secretary = sessionOf(village, 'secretary')
  await secretary.perform(importPopulation, { population })
  const found = new Map<string, string>()
  await village.storage.read(config.id, async (tx) => {
    for await (const { id, identityNumber } of tx.stream(residents)) found.set(identityNumber ?? '', id)
    for await (const { id, name } of tx.stream(areas)) found.set(name, id)
  })
  const areaOf = (name: string) => AreaId.parse(found.get(name))
  const idOf = (number: string) => found.get(number) as ResidentId
  return { village, secretary, visitor: sessionOf(village, 'visitor'), areaOf, idOf }
}

test('a hamlet gets another name from a day on, and the old one stays in its history', async () => {
  const { village, secretary, visitor, areaOf } = await opened()
  const area = areaOf('West')
  const renamed = await secretary.perform(recordAreaChange, { area, kind: 'named', on, name: 'Sunset' })
  expect(renamed).toMatchObject({ ok: true, record: { name: 'Sunset' } })
  const { areas: shown } = await visitor.perform(readAreaHistory, {})
  const view = shown.find(({ id }) => id === area)
  expect(view?.name).toBe('Sunset')
  expect(view?.events.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['named Sunset', 'named West'])
  const history = await village.storage.read(config.id, (tx) => historyOf(tx, areas, area))
  expect(history.map(({ event }) => event.useCase)).toEqual(['area.record'])
  expect(await village.storage.read(config.id, auditFaults)).toEqual([])
})

test('a split moves the neighbourhoods, ends the hamlet, and counts everybody where they now belong', async () => {
  const { secretary, visitor, areaOf } = await opened()
  const base = { kind: 'neighbourhood', code: null, from: null, to: null } as const
  const inner: AreaId[] = []
  for (const name of ['001', '002']) {
    const saved = await secretary.perform(saveAreaRecord, { ...base, parent: areaOf('East'), name })
    if (!saved.ok) throw new Error(saved.refusal.code)
    inner.push(saved.record.id)
  }
  const [first, second] = inner
  if (first === undefined || second === undefined) throw new Error('There are no neighbourhoods.')
  const area = areaOf('East')
  const parts = [
    { name: 'Sunrise', inner: [first] },
    { name: 'Morning', inner: [second] },
  ]
  const refusals = [
    await secretary.perform(splitAreaRecord, { area, on, parts }),
    await secretary.perform(splitAreaRecord, { area, on, parts: [{ name: 'Sunrise', inner: [first] }] }),
    await secretary.perform(splitAreaRecord, { area, on, parts: [{ name: 'west' }], goesOn: true }),
    await secretary.perform(splitAreaRecord, {
      area: areaOf('West'),
      on,
      parts: [{ name: 'Sunrise', inner: [first] }],
      goesOn: true,
    }),
  ]
  expect(refusals.map((result) => (result.ok ? 'ok' : result.refusal.code))).toEqual([
    'people/has-members',
    'people/incomplete',
    'people/already-there',
    'people/unknown-area',
  ])
  const split = await secretary.perform(splitAreaRecord, {
    area,
    on,
    parts: [{ name: 'Sunrise', inner: [first] }],
    goesOn: true,
  })
  expect(split).toMatchObject({ ok: true, record: [{ name: 'Sunrise', kind: 'hamlet', from: on }] })
  const { areas: shown } = await visitor.perform(readAreaHistory, {})
  expect(shown.map(({ name, depth }) => `${'-'.repeat(depth)}${name}`)).toEqual([
    'East',
    '-002',
    'Sunrise',
    '-001',
    'West',
  ])
  expect(shown.find(({ id }) => id === first)?.events[0]).toMatchObject({ kind: 'moved', on })
  expect(shown.find(({ id }) => id === area)?.events[0]).toMatchObject({ kind: 'split', on })
  const { hamlets } = await visitor.perform(glance, {})
  expect(hamlets.map(({ name, residents: count }) => `${name} ${count}`)).toEqual([
    'East 2',
    'Sunrise 0',
    'West 1',
  ])
})

test('a hamlet that ended is no longer among the hamlets, and is still known', async () => {
  const { secretary, visitor } = await opened()
  const empty = { kind: 'hamlet', parent: null, code: null, name: 'North', from: null, to: null } as const
  const saved = await secretary.perform(saveAreaRecord, empty)
  if (!saved.ok) throw new Error(saved.refusal.code)
  const parts = [{ name: 'North Hill' }, { name: 'North Shore' }]
  await secretary.perform(splitAreaRecord, { area: saved.record.id, on, parts })
  const { hamlets } = await visitor.perform(glance, {})
  expect(hamlets.map(({ name }) => name)).toEqual(['East', 'North Hill', 'North Shore', 'West'])
  const { areas: shown } = await visitor.perform(readAreaHistory, {})
  expect(shown.find(({ name }) => name === 'North')).toMatchObject({ isOpen: false, to: on })
  const again = await secretary.perform(splitAreaRecord, { area: saved.record.id, on, parts })
  expect(again).toMatchObject({ ok: false, refusal: { code: 'people/changed-later' } })
})

describe('a hamlet that is no more', () => {
  /** Two hamlets with neighbourhoods beside those of the sample, in whose own people are registered. */
  async function withNeighbourhoods() {
    const door = await opened()
    const { secretary, visitor } = door
    const save = async (name: string, parent: AreaId | null = null) => {
      const kind = parent === null ? 'hamlet' : 'neighbourhood'
      const input = { kind, parent, code: null, name, from: null, to: null } as const
      const saved = await secretary.perform(saveAreaRecord, input)
      if (!saved.ok) throw new Error(saved.refusal.code)
      return saved.record.id
    }
    const [north, south] = [await save('North'), await save('South')]
    const [first, second] = [await save('001', north), await save('002', south)]
    const tree = async () =>
      (await visitor.perform(readAreaHistory, {})).areas.map(
        ({ name, depth, isOpen }) => `${'-'.repeat(depth)}${name}${isOpen ? '' : ' (ended)'}`,
      )
    return { ...door, north, south, first, second, save, tree }
  }

  test('is merged into another with its neighbourhoods, and comes back with them as if it had not been', async () => {
    const { village, secretary, visitor, north, south, first, tree } = await withNeighbourhoods()
    const before = await tree()
    const links = await village.changes()
    const asked = { area: north, on, into: south }
    expect((await secretary.perform(endAreaRecord, { ...asked, isDryRun: true })).ok).toBe(true)
    expect([await tree(), await village.changes()]).toEqual([before, links])

    expect((await secretary.perform(endAreaRecord, asked)).ok).toBe(true)
    expect(await tree()).toEqual(['East', 'North (ended)', 'South', '-001', '-002', 'West'])
    const again = await secretary.perform(endAreaRecord, asked)
    expect(again).toMatchObject({ refusal: { code: 'people/changed-later' } })

    expect((await secretary.perform(reopenAreaRecord, { area: north })).ok).toBe(true)
    expect(await tree()).toEqual(before)
    const { areas: shown } = await visitor.perform(readAreaHistory, {})
    const kindsOf = (id: AreaId) => shown.find((area) => area.id === id)?.events.map(({ kind }) => kind)
    expect(kindsOf(north)?.toSorted()).toEqual(['merged', 'named', 'reopened'])
    expect(kindsOf(first)?.toSorted()).toEqual(['moved', 'moved', 'named'])
    const twice = await secretary.perform(reopenAreaRecord, { area: north })
    expect(twice).toMatchObject({ refusal: { code: 'people/already-undone' } })
  })

  test('is closed once nothing lies in it, and reopened', async () => {
    const { secretary, save, tree } = await withNeighbourhoods()
    const area = await save('Empty')
    const before = await tree()
    expect((await secretary.perform(endAreaRecord, { area, on })).ok).toBe(true)
    expect(await tree()).toContain('Empty (ended)')
    expect((await secretary.perform(reopenAreaRecord, { area })).ok).toBe(true)
    expect(await tree()).toEqual(before)
  })

  test('is refused where it cannot be, and then nothing was written', async () => {
    const { village, secretary, areaOf, north, south, first, second, save } = await withNeighbourhoods()
    await save('002', north)
    const links = await village.changes()
    const codeOf = async (
      end: Parameters<typeof secretary.perform<typeof endAreaRecord.input, unknown>>[1],
    ) => {
      const result = await secretary.perform(endAreaRecord, end)
      return result.ok ? 'ok' : result.refusal.code
    }
    const tomorrow = '2026-11-25' as never
    expect(await codeOf({ area: areaOf('East'), on, into: south })).toBe('people/has-members')
    expect(await codeOf({ area: areaOf('East'), on })).toBe('people/has-members')
    expect(await codeOf({ area: south, on })).toBe('people/incomplete')
    expect(await codeOf({ area: north, on, into: north })).toBe('people/area-circle')
    expect(await codeOf({ area: north, on, into: first })).toBe('people/area-circle')
    expect(await codeOf({ area: north, on, into: second })).toBe('people/wrong-kind')
    expect(await codeOf({ area: north, on, into: south })).toBe('people/already-there')
    expect(await codeOf({ area: south, on: tomorrow })).toBe('people/in-the-future')
    expect(await village.changes()).toBe(links)
  })

  test('does not come back over what changed since, or a name that was taken', async () => {
    const { secretary, north, south, first, save, areaOf } = await withNeighbourhoods()
    await secretary.perform(endAreaRecord, { area: north, on, into: south })
    await secretary.perform(recordAreaChange, { area: first, kind: 'moved', on, parent: areaOf('West') })
    const moved = await secretary.perform(reopenAreaRecord, { area: north })
    expect(moved).toMatchObject({ refusal: { code: 'people/changed-since', records: [first] } })
    await secretary.perform(recordAreaChange, { area: first, kind: 'moved', on, parent: south })
    await save('North')
    const taken = await secretary.perform(reopenAreaRecord, { area: north })
    expect(taken).toMatchObject({ refusal: { code: 'people/already-there' } })
  })
})

test('who has which role is told to whom the people are shown, and anybody sees the organisation', async () => {
  const { village, secretary, visitor, areaOf, idOf } = await opened()
  const school = { kind: 'school', name: 'Mill School', area: areaOf('East'), from: null, to: null } as const
  const saved = await secretary.perform(saveOrganisationRecord, school)
  if (!saved.ok) throw new Error(saved.refusal.code)
  const organisation = saved.record.id
  expect(await visitor.perform(readOrganisation, { id: organisation })).toMatchObject({ hamlet: 'East' })
  for (const [number, role] of [
    ['N-1', 'head'],
    ['N-3', 'teacher'],
  ] as const) {
    const affiliation = { organisation, resident: idOf(number), role, from: null, to: null }
    expect((await secretary.perform(saveAffiliationRecord, affiliation)).ok).toBe(true)
  }
  const head = sessionOf(village, 'hamlet-head', { hamlets: [areaOf('East')] })
  const seen = await head.perform(listAffiliations, { organisation })
  expect(seen.affiliations).toMatchObject([{ role: 'head', person: { name: 'Sari Puspita' } }])
  await expect(visitor.perform(listAffiliations, { organisation })).rejects.toMatchObject({
    code: 'village/forbidden',
  })
})

test('a role is ended by the day after its last, and the same one can be taken up again', async () => {
  const { village, secretary, idOf } = await opened()
  const group = { kind: 'community-group', name: 'Weavers', area: null, from: null, to: null } as const
  const body = await secretary.perform(saveOrganisationRecord, group)
  if (!body.ok) throw new Error(body.refusal.code)
  const chair = { organisation: body.record.id, resident: idOf('N-1'), role: 'chair', from: null, to: null }
  const first = await secretary.perform(saveAffiliationRecord, chair)
  if (!first.ok) throw new Error(first.refusal.code)
  const again = { ...chair, from: on }
  expect(await secretary.perform(saveAffiliationRecord, again)).toMatchObject({
    refusal: { code: 'people/already-there' },
  })
  await secretary.perform(saveAffiliationRecord, { ...chair, id: first.record.id, to: on })
  expect((await secretary.perform(saveAffiliationRecord, again)).ok).toBe(true)
  const { affiliations: held } = await secretary.perform(listAffiliations, { organisation: body.record.id })
  expect(held.map(({ isHeld, from, to }) => ({ isHeld, from, to }))).toEqual([
    { isHeld: true, from: on, to: null },
    { isHeld: false, from: null, to: on },
  ])
  const history = await village.storage.read(config.id, (tx) => historyOf(tx, affiliations, first.record.id))
  expect(history).toHaveLength(2)
  const ofBody = await village.storage.read(config.id, (tx) => historyOf(tx, organisations, body.record.id))
  expect(ofBody.map(({ event }) => event.useCase)).toEqual(['organisation.save'])
})

test('what somebody else changed meanwhile is not overwritten', async () => {
  const { secretary } = await opened()
  const base = { kind: 'ngo', name: 'Helpers', area: null, from: null, to: null } as const
  const saved = await secretary.perform(saveOrganisationRecord, base)
  if (!saved.ok) throw new Error(saved.refusal.code)
  const { id } = saved.record
  await secretary.perform(saveOrganisationRecord, { ...base, id, name: 'Helping Hands', version: 1 })
  const late = secretary.perform(saveOrganisationRecord, { ...base, id, name: 'Help', version: 1 })
  await expect(late).rejects.toMatchObject({ code: 'storage/version-conflict' })
  const { organisations: shown } = await secretary.perform(listOrganisations, { kind: 'ngo' })
  expect(shown.map(({ name }) => name)).toEqual(['Helping Hands'])
})
