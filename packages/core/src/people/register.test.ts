import { expect, test } from 'vitest'
import { CivilDate, HouseholdId, Instant, type ResidentId, VillageId } from '../kernel/index.ts'
import { type AnyCollection, openMemory, type Transaction } from '../storage/index.ts'
import { addPopulation } from './add-population.ts'
import { areaNameOn } from './areas.ts'
import {
  areaEvents,
  areas,
  datedFacts,
  households,
  lifeEventResidents,
  lifeEvents,
  memberships,
  peopleCollections,
  residents,
  residentVersions,
} from './collections.ts'
import type { FactDefinition } from './facts.ts'
import type { Population } from './population.ts'
import { mergeResidents, recordLifeEvent, unmergeResidents } from './record-events.ts'
import { AreaId } from './records.ts'
import { recordAreaEvent, saveArea } from './save-area.ts'
import { recordFact } from './save-fact.ts'
import { saveHousehold } from './save-household.ts'
import { type ResidentInput, saveResident } from './save-resident.ts'
import { defineSnapshot } from './snapshot.ts'
import { turnSnapshot } from './snapshot-store.ts'

const decile: FactDefinition = {
  name: 'welfareDecile',
  unit: 'household',
  type: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
  label: { en: 'Welfare decile' },
  fieldClass: 'specific',
}
const pregnant: FactDefinition = {
  name: 'pregnant',
  unit: 'resident',
  type: { kind: 'bool', known: false },
  label: { en: 'Pregnant' },
  fieldClass: 'specific',
}
const snapshot = defineSnapshot([decile, pregnant])
const village = VillageId.parse('village')
const on = CivilDate.parse('2026-11-24')
const day = (text: string) => CivilDate.parse(text)

function openRegister() {
  const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
  let ids = 0
  const nextId = () => {
    ids += 1
    return `0190a5b8-7e2c-7c3e-9f5b-${String(ids).padStart(12, '0')}`
  }
  const context = (now = '2026-11-24T03:00:00.000Z') => ({ now: Instant.parse(now), on, snapshot, nextId })
  const run = <T>(work: (tx: Transaction) => Promise<T>) => storage.transact(village, work)
  const all = <C extends AnyCollection>(collection: C) =>
    storage.read(village, async (tx) => {
      const found = []
      for await (const record of tx.stream(collection)) found.push(record)
      return found
    })
  return { run, all, context }
}

const person = (key: string, rest: Partial<Population['residents'][number]> = {}) => ({
  key,
  identityNumber: key,
  name: `Person ${key}`,
  sex: 'female' as const,
  birthDate: day('1980-01-01'),
  birthPlace: 'Town',
  memberships: [{ household: 'h', relationship: key === 'a' ? 'head' : 'other' }],
  ...rest,
})
const population: Population = {
  areas: [{ key: 'north', kind: 'hamlet', name: 'North' }],
  households: [
    {
      key: 'h',
      kind: 'family',
      number: '7',
      address: 'Mill lane',
      area: 'north',
      facts: [{ name: 'welfareDecile', value: 3, source: 'Survey', degree: 'declared' }],
    },
  ],
  residents: [person('a'), person('b'), person('c', { identityNumber: null, memberships: [] })],
}
const none = { areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 }

test('a population is added once, and its households and people stand in the snapshot', async () => {
  const { run, all, context } = openRegister()
  const first = await run((tx) => addPopulation(tx, population, context()))
  const counts = { areas: 1, households: 1, residents: 3, memberships: 2, facts: 1 }
  expect(first).toEqual({ added: counts, changed: none, unchanged: none, refused: [] })
  const second = await run((tx) => addPopulation(tx, population, context()))
  expect(second).toEqual({ added: none, changed: none, unchanged: counts, refused: [] })
  expect((await all(residentVersions)).length).toBe(3)
  const rows = await all(snapshot.households)
  expect(rows.map((row) => [row.kind, (row as Record<string, unknown>)['welfareDecile']])).toEqual([
    ['family', 3],
    ['none', null],
  ])
})

test('a second import changes what differs, adds what is new and refuses what an event must tell', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const later: Population = {
    ...population,
    households: [
      ...population.households.map((home) => ({ ...home, address: 'Ford' })),
      { key: 'k', kind: 'family', number: '8', address: 'Hill' },
    ],
    residents: [
      person('a', { name: 'Renamed', birthPlace: null }),
      person('b', { memberships: [{ household: 'h', relationship: 'child' }] }),
      person('c', { identityNumber: null, memberships: [{ household: 'k', relationship: 'head' }] }),
      person('d', { status: 'dead', statusSince: day('2020-01-01') }),
    ],
  }
  const report = await run((tx) => addPopulation(tx, later, context('2026-11-24T04:00:00.000Z')))
  expect(report.added).toMatchObject({ households: 1, residents: 1, memberships: 2 })
  expect(report.changed).toMatchObject({ households: 1, residents: 1 })
  expect(report.refused.map(({ key, refusal }) => [key, refusal.code])).toEqual([
    ['b', 'people/needs-life-event'],
  ])
  const renamed = (await all(residents)).find(({ name }) => name === 'Renamed')
  expect(renamed).toMatchObject({ nameKey: 'renamed', birthPlace: 'Town', revision: 2 })
  expect((await all(snapshot.members)).map(({ kind }) => kind).sort()).toEqual(['family', 'family', 'family'])
})

test('what cannot be is refused by itself, and the rest is added', async () => {
  const { run, context } = openRegister()
  const bad: Population = {
    ...population,
    households: [
      ...population.households,
      { key: 'x', kind: 'family', number: '9', address: '', area: 'nowhere' },
    ],
    residents: [
      person('a'),
      person('twice', { identityNumber: 'a' }),
      person('unborn', { birthDate: day('2027-01-01') }),
      person('lost', { memberships: [{ household: 'x', relationship: 'head' }] }),
      person('two', {
        memberships: [
          { household: 'h', relationship: 'a' },
          { household: 'h', relationship: 'b' },
        ],
      }),
      person('fact', { facts: [{ name: 'pregnant', value: 'maybe', source: 'S', degree: 'declared' }] }),
      person('other', { facts: [{ name: 'welfareDecile', value: 1, source: 'S', degree: 'declared' }] }),
      person('where', { area: 'nowhere' }),
    ],
  }
  const report = await run((tx) => addPopulation(tx, bad, context()))
  expect(Object.fromEntries(report.refused.map(({ key, refusal }) => [key, refusal.code]))).toEqual({
    x: 'people/unknown-area',
    twice: 'people/number-taken',
    unborn: 'people/in-the-future',
    lost: 'people/unknown-household',
    two: 'people/second-household',
    fact: 'people/fact-wrong-type',
    other: 'people/unknown-fact',
    where: 'people/unknown-area',
  })
  expect(report.added).toMatchObject({ households: 1, residents: 1 })
})

const bare = (record: object) => {
  const { version: _, revision: __, ...rest } = record as Record<string, unknown>
  return rest
}
const standing = (records: readonly { id: string; retractedAt: string | null }[]) =>
  records
    .filter(({ retractedAt }) => retractedAt === null)
    .map((record) => {
      const { id: _, recordedAt: __, version: ___, ...rest } = record as Record<string, unknown>
      return JSON.stringify(rest)
    })
    .sort()

test('a merge that is undone leaves the register as it was, and both stay on record', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const [a, b, c] = (await all(residents)).map(({ id }) => id) as [ResidentId, ResidentId, ResidentId]
  const told = {
    name: 'pregnant',
    subject: a,
    value: true,
    from: null,
    to: null,
    source: 'S',
    degree: 'declared',
  } as const
  await run((tx) => recordFact(tx, 'resident', told, context()))
  const state = async () => ({
    residents: (await all(residents)).map(bare),
    memberships: standing(await all(memberships)),
    facts: standing(await all(datedFacts)),
    members: (await all(snapshot.members)).map(bare),
  })
  const before = await state()
  // The kept record has neither number nor household, so it takes those of the other, who is head.
  const merge = await run((tx) =>
    mergeResidents(tx, { kept: c, merged: a }, context('2026-11-24T05:00:00.000Z')),
  )
  expect(merge.ok).toBe(true)
  const [kept] = (await all(residents)).filter(({ id }) => id === c)
  expect(kept).toMatchObject({ identityNumber: 'a', status: 'present' })
  expect((await all(snapshot.members)).map(({ resident, relationship }) => [resident, relationship])).toEqual(
    [
      [b, 'other'],
      [c, 'head'],
    ],
  )
  if (!merge.ok) return
  const undone = await run((tx) => unmergeResidents(tx, merge.record.id, context('2026-11-24T06:00:00.000Z')))
  expect(undone.ok && undone.record.undoneAt).toBe('2026-11-24T06:00:00.000Z')
  expect(await state()).toEqual(before)
  const again = await run((tx) => unmergeResidents(tx, merge.record.id, context()))
  expect(again.ok || again.refusal.code).toBe('people/already-undone')
})

test('a merge is not undone over a later change', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const [a, b] = (await all(residents)).map(({ id }) => id) as [ResidentId, ResidentId]
  const merge = await run((tx) =>
    mergeResidents(tx, { kept: a, merged: b, reason: 'one card was lost' }, context()),
  )
  const death = { on, details: { kind: 'death', resident: a, newHeads: [] } } as const
  const died = await run((tx) => recordLifeEvent(tx, death, context()))
  expect(died.ok).toBe(true)
  if (!merge.ok) throw new Error(merge.refusal.code)
  const undone = await run((tx) => unmergeResidents(tx, merge.record.id, context()))
  expect(undone.ok || undone.refusal).toMatchObject({ code: 'people/changed-since', records: [a] })
})

test.each([
  ['identityNumber', { identityNumber: 'b' }, {}],
  ['sex', { identityNumber: null }, { sex: 'male' }],
] as const)(
  'records that contradict each other in %s are merged for a reason only',
  async (field, one, other) => {
    const { run, all, context } = openRegister()
    const [first] = population.residents
    if (first === undefined) throw new Error('there was to be a person')
    const second = { ...first, ...one, ...other, key: 'second', name: 'Sari', memberships: [] }
    const rows = [{ ...first, memberships: [] }, second]
    const pair = {
      areas: [],
      households: [],
      residents: rows.map(({ area: _, ...row }) => ({ ...row, facts: [] })),
    }
    expect((await run((tx) => addPopulation(tx, pair, context()))).refused).toEqual([])
    const [kept, merged] = (await all(residents)).map(({ id }) => id) as [ResidentId, ResidentId]
    for (const reason of [undefined, ' \n']) {
      const refused = await run((tx) => mergeResidents(tx, { kept, merged, reason }, context()))
      expect(refused.ok || refused.refusal).toMatchObject({ code: 'people/reason-needed', fields: [field] })
    }
    const told = await run((tx) =>
      mergeResidents(tx, { kept, merged, reason: 'A slip of the pen' }, context()),
    )
    expect(told.ok).toBe(true)
  },
)

test('numbers that differ in spaces and signs alone do not contradict each other', async () => {
  const { run, all, context } = openRegister()
  const [first] = population.residents
  if (first === undefined) throw new Error('there was to be a person')
  const { area: _, ...row } = { ...first, memberships: [], facts: [] }
  const rows = [
    { ...row, identityNumber: 'A-1' },
    { ...row, key: 'second', identityNumber: 'a 1' },
  ]
  await run((tx) => addPopulation(tx, { areas: [], households: [], residents: rows }, context()))
  const [kept, merged] = (await all(residents)).map(({ id }) => id) as [ResidentId, ResidentId]
  expect((await run((tx) => mergeResidents(tx, { kept, merged }, context()))).ok).toBe(true)
})

test('an event that is reversed leaves the register as it was, and can then be recorded rightly', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const [, b] = (await all(residents)).map(({ id }) => id) as [ResidentId, ResidentId]
  const before = {
    residents: (await all(residents)).map(bare),
    members: (await all(snapshot.members)).map(bare),
  }
  const death = (date: string) =>
    ({ on: day(date), details: { kind: 'death', resident: b, newHeads: [] } }) as const
  const wrong = await run((tx) => recordLifeEvent(tx, death('2026-05-01'), context()))
  if (!wrong.ok) throw new Error(wrong.refusal.code)
  expect((await all(snapshot.members)).length).toBe(2)
  const reversal = { on, details: { kind: 'reversal', reverses: wrong.record.id } } as const
  expect((await run((tx) => recordLifeEvent(tx, reversal, context('2026-11-24T04:00:00.000Z')))).ok).toBe(
    true,
  )
  expect({
    residents: (await all(residents)).map(bare),
    members: (await all(snapshot.members)).map(bare),
  }).toEqual(before)
  const twice = await run((tx) => recordLifeEvent(tx, reversal, context()))
  expect(twice.ok || twice.refusal.code).toBe('people/already-reversed')
  // The right day lies before the wrong one.
  const right = await run((tx) =>
    recordLifeEvent(tx, death('2026-04-20'), context('2026-11-24T05:00:00.000Z')),
  )
  expect(right.ok).toBe(true)
  expect((await all(lifeEventResidents)).filter(({ resident }) => resident === b).length).toBe(3)
})

test('the same report twice is one event', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const [, b, c] = (await all(residents)).map(({ id }) => id) as [ResidentId, ResidentId, ResidentId]
  const details = { kind: 'death', resident: b, newHeads: [] } as const
  const first = await run((tx) => recordLifeEvent(tx, { on, details }, context()))
  if (!first.ok) throw new Error(first.refusal.code)
  const reordered = { newHeads: [], resident: b, kind: 'death' } as const
  const again = await run((tx) =>
    recordLifeEvent(tx, { id: first.record.id, on, details: reordered }, context()),
  )
  expect(again.ok && again.outcome).toBe('unchanged')
  const other = { id: first.record.id, on, details: { ...details, resident: c } }
  const refused = await run((tx) => recordLifeEvent(tx, other, context()))
  expect(refused.ok || refused.refusal.code).toBe('people/already-there')
  expect((await all(lifeEvents)).length).toBe(1)
})

const sari: ResidentInput = {
  identityNumber: '77',
  temporaryNumber: null,
  name: 'Sari',
  sex: 'female',
  birthDate: day('1950-03-01'),
  birthPlace: null,
  status: 'present',
  statusSince: day('1950-03-01'),
  area: null,
}

test('a number belongs to one person', async () => {
  const { run, context } = openRegister()
  const first = await run((tx) => saveResident(tx, sari, context()))
  if (!first.ok) throw new Error(first.refusal.code)
  const second = await run((tx) => saveResident(tx, { ...sari, name: 'Other' }, context()))
  expect(second.ok || second.refusal).toMatchObject({
    code: 'people/number-taken',
    records: [first.record.id],
  })
  const same = await run((tx) => saveResident(tx, { ...sari, id: first.record.id }, context()))
  expect(same.ok && same.outcome).toBe('unchanged')
})

test('a record cannot be about the future, nor change before its last change', async () => {
  const { run, context } = openRegister()
  const first = await run((tx) => saveResident(tx, sari, context()))
  if (!first.ok) throw new Error(first.refusal.code)
  const { id } = first.record
  const code = async (input: Partial<ResidentInput>) => {
    const result = await run((tx) => saveResident(tx, { ...sari, id, ...input }, context()))
    return result.ok ? 'ok' : result.refusal.code
  }
  expect(await code({ statusSince: day('2026-11-25') })).toBe('people/in-the-future')
  expect(await code({ statusSince: day('1949-01-01') })).toBe('people/before-birth')
  expect(await code({ status: 'merged' })).toBe('people/needs-life-event')
  expect(await code({ status: 'away', statusSince: on, validFrom: on })).toBe('ok')
  expect(await code({ validFrom: day('2026-01-01') })).toBe('people/changed-later')
})

test('where nobody knows the area, nothing is written', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const area = AreaId.parse('0190a5b8-7e2c-7c3e-9f5b-999999999999')
  const saved = await run((tx) => saveResident(tx, { ...sari, area }, context()))
  expect(saved.ok || saved.refusal.code).toBe('people/unknown-area')
  const [home] = await all(households)
  const { status: _, statusSince: __, ...stranger } = { ...sari, area }
  const details = {
    kind: 'move-in',
    household: home?.id ?? HouseholdId.parse(''),
    opens: null,
    newcomers: [{ person: stranger, relationship: 'other' }],
    returning: [],
    origin: null,
  } as const
  const moved = await run((tx) => recordLifeEvent(tx, { on, details }, context()))
  expect(moved.ok || moved.refusal.code).toBe('people/unknown-area')
  expect((await all(residents)).length).toBe(3)
})

test('a household keeps its kind, and ends only after its members left', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const [home] = await all(households)
  if (home === undefined) throw new Error('no household')
  const { version: _, revision: __, ...input } = home
  const code = async (change: Partial<typeof input>) => {
    const result = await run((tx) => saveHousehold(tx, { ...input, ...change }, context()))
    return result.ok ? result.outcome : result.refusal.code
  }
  expect(await code({})).toBe('unchanged')
  expect(await code({ kind: 'dwelling' })).toBe('people/wrong-kind')
  expect(await code({ to: on })).toBe('people/has-members')
  expect(await code({ address: 'Ford' })).toBe('changed')
})

test('a fact that is true from tomorrow is in the snapshot of tomorrow', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  const [home] = await all(households)
  const subject = home?.id ?? ''
  const tomorrow = day('2026-11-25')
  const told = {
    name: 'welfareDecile',
    subject,
    value: 9,
    from: tomorrow,
    to: null,
    source: 'S',
    degree: 'verified',
  } as const
  await run((tx) => recordFact(tx, 'household', told, context('2026-11-24T04:00:00.000Z')))
  const value = async () => ((await all(snapshot.households))[0] as Record<string, unknown>)['welfareDecile']
  expect(await value()).toBe(3)
  expect(await run((tx) => turnSnapshot(tx, snapshot, on, tomorrow))).toEqual({
    added: 0,
    changed: 1,
    removed: 0,
  })
  expect(await value()).toBe(9)
  const same = await run((tx) => recordFact(tx, 'household', told, context()))
  expect(same.ok && same.outcome).toBe('unchanged')
  await expect(run((tx) => turnSnapshot(tx, snapshot, tomorrow, on))).rejects.toThrow(
    expect.objectContaining({ code: 'people/turn-backwards' }),
  )
})

test('turning the day touches nothing in which no interval opens or closes', async () => {
  const { run, all, context } = openRegister()
  await run((tx) => addPopulation(tx, population, context()))
  // What stands there by mistake tells whether a row was made again.
  const [row] = await all(snapshot.members)
  if (row === undefined) throw new Error('nobody')
  await run(async (tx) => void (await tx.remove(snapshot.members, row)))
  const before = await all(snapshot.members)
  const nothing = { added: 0, changed: 0, removed: 0 }
  expect(await run((tx) => turnSnapshot(tx, snapshot, on, day('2026-11-25')))).toEqual(nothing)
  expect(await all(snapshot.members)).toEqual(before)
})

test('an area keeps its old names, and goes on as what it became', async () => {
  const { run, all, context } = openRegister()
  const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Old Ford', from: null, to: null } as const
  const saved = await run((tx) => saveArea(tx, hamlet, context()))
  const other = await run((tx) => saveArea(tx, { ...hamlet, name: 'East' }, context()))
  if (!saved.ok || !other.ok) throw new Error('not saved')
  const { id } = saved.record
  const report = { area: id, kind: 'named', on: day('2020-01-01'), name: 'Riverside' } as const
  await run((tx) => recordAreaEvent(tx, report, context()))
  // A name that is recorded late and was replaced since does not become the name of today.
  await run((tx) => recordAreaEvent(tx, { ...report, on: day('2010-01-01'), name: 'Ford' }, context()))
  const split = { area: id, kind: 'split', on: day('2026-01-01'), into: [id, other.record.id] } as const
  await run((tx) => recordAreaEvent(tx, split, context()))
  const [area] = (await all(areas)).filter((record) => record.id === id)
  const events = await all(areaEvents)
  if (area === undefined) throw new Error('no area')
  expect(area).toMatchObject({ name: 'Riverside', to: null })
  const names = ['1999-01-01', '2010-01-01', '2019-12-31', '2020-01-01'].map((date) =>
    areaNameOn(events, area, day(date)),
  )
  expect(names).toEqual(['Old Ford', 'Ford', 'Ford', 'Riverside'])
  const closed = await run((tx) => recordAreaEvent(tx, { ...split, into: [other.record.id] }, context()))
  expect(closed.ok && closed.record.to).toBe('2026-01-01')
  const circle = await run((tx) => saveArea(tx, { ...hamlet, id, parent: id }, context()))
  expect(circle.ok || circle.refusal.code).toBe('people/area-circle')
})
