// An officer who keeps one hamlet can neither change what lies in another, nor bring anything in from there or send
// it there: each way of writing is tried, and leaves nothing behind.
import { describe, expect, test } from 'vitest'
import { links, peopled, population, sessionOf, withRole } from './fixtures.ts'
import { checkImport } from './import-in-chunks.ts'
import { listDuplicates, readsOfResident } from './oversight.ts'
import { readResident } from './register.ts'
import {
  importFacts,
  importPopulation,
  mergeRecords,
  recordDatedFact,
  recordEvent,
  saveResidentRecord,
  unmergeRecords,
} from './register-changes.ts'
import { residentHistory } from './resident-history.ts'
import { Grant } from './roles.ts'

const scopes = [
  'resident.read',
  'resident.write',
  'resident.merge',
  'population.import',
  'audit.read',
  'reads.list',
]
const config = withRole({
  id: 'hamlet-clerk',
  label: { en: 'Hamlet clerk' },
  grants: scopes.map((scope) => Grant.parse({ scope, reach: 'hamlets', shows: 'specific' })),
})

const on = '2026-11-24' as never
const notFound = { code: 'village/not-found' }
const household = { identityNumber: null, temporaryNumber: null, birthPlace: null }
const sari = {
  ...household,
  identityNumber: 'N-1',
  name: 'Sari Puspita',
  sex: 'female',
  birthDate: '1985-03-12',
  status: 'present',
  statusSince: '1985-03-12',
} as const
const newcomer = { ...household, name: 'Wati', sex: 'female', birthDate: '1990-01-01' } as const

/** The clerk of East, and the ids of East's Sari and Budi and of West's Darto. */
async function opened() {
  const { village, ids } = await peopled(config)
  const id = (key: string) => ids[key] as never
  const clerk = sessionOf(village, 'hamlet-clerk', { hamlets: [id('East')] })
  return { village, id, clerk, secretary: sessionOf(village, 'secretary', { reason: 'A test' }) }
}
type Opened = Awaited<ReturnType<typeof opened>>

const refused: Readonly<Record<string, (village: Opened) => Promise<unknown>>> = {
  'saving a person of another hamlet': ({ clerk, id }) =>
    clerk.perform(saveResidentRecord, {
      ...sari,
      id: id('N-3'),
      identityNumber: 'N-3',
      area: id('West'),
    } as never),
  'bringing a person of another hamlet into their own': ({ clerk, id }) =>
    clerk.perform(saveResidentRecord, {
      ...sari,
      id: id('N-3'),
      identityNumber: 'N-3',
      area: id('East'),
    } as never),
  'writing a new person down in another hamlet': ({ clerk, id }) =>
    clerk.perform(saveResidentRecord, {
      ...newcomer,
      status: 'present',
      statusSince: on,
      area: id('West'),
    } as never),
  'writing a new person down in no hamlet': ({ clerk }) =>
    clerk.perform(saveResidentRecord, {
      ...newcomer,
      status: 'present',
      statusSince: on,
      area: null,
    } as never),
  'sending their own person to another hamlet': ({ clerk, id }) =>
    clerk.perform(saveResidentRecord, { ...sari, id: id('N-1'), area: id('West') } as never),
  'a fact of a household of another hamlet': ({ clerk, id }) =>
    clerk.perform(recordDatedFact, {
      unit: 'household',
      subject: id('CARD-2'),
      name: 'welfareDecile',
      value: 3,
      from: null,
      to: null,
      source: 'survey',
      degree: 'declared',
    }),
  'an event of a person of another hamlet': ({ clerk, id }) =>
    clerk.perform(recordEvent, { on, details: { kind: 'death', resident: id('N-3'), newHeads: [] } }),
  'a newcomer to a household of another hamlet': ({ clerk, id }) =>
    clerk.perform(recordEvent, {
      on,
      details: {
        kind: 'move-in',
        household: id('CARD-2'),
        opens: null,
        newcomers: [{ person: { ...newcomer, area: null } as never, relationship: 'other' }],
        returning: [],
        origin: null,
      } as never,
    }),
  'a household opened in another hamlet': ({ clerk, id }) =>
    clerk.perform(recordEvent, {
      on,
      details: {
        kind: 'card-split',
        household: id('CARD-1'),
        opens: { number: 'CARD-3', address: 'Ridge 8', area: id('West') },
        members: [{ resident: id('N-2'), relationship: 'head' }],
        newHeads: [],
      } as never,
    }),
  'their own person marrying into a household of another hamlet': async ({ clerk, secretary, id }) => {
    const joins = { resident: id('N-1'), household: id('CARD-2'), relationship: 'spouse', newHeads: [] }
    const other = { ...newcomer, status: 'present', statusSince: on, area: id('East') } as never
    const saved = await secretary.perform(saveResidentRecord, other)
    const spouse = saved.ok ? saved.record.id : ''
    const heads = [{ household: id('CARD-1'), resident: id('N-2') }]
    return await clerk.perform(recordEvent, {
      on,
      details: {
        kind: 'marriage',
        spouses: [id('N-1'), spouse],
        joins: { ...joins, newHeads: heads },
      } as never,
    })
  },
  'taking back an event of another hamlet': async ({ clerk, secretary, id }) => {
    const details = { kind: 'move-out', residents: [id('N-3')], newHeads: [], destination: null } as const
    const recorded = await secretary.perform(recordEvent, { on, details })
    const reverses = recorded.ok ? recorded.record.id : ('' as never)
    return await clerk.perform(recordEvent, { on, details: { kind: 'reversal', reverses } })
  },
  'saving a person of another hamlet as they stand': ({ clerk, id }) => {
    const darto = { name: 'Darto Wibowo', sex: 'male', birthDate: '1968-07-01', identityNumber: 'N-3' }
    const as = { ...sari, ...darto, statusSince: '1968-07-01', area: id('West') }
    return clerk.perform(saveResidentRecord, { ...as, id: id('N-3') } as never)
  },
  'a fact that the village does not keep, of another hamlet': ({ clerk, id }) =>
    clerk.perform(recordDatedFact, {
      unit: 'resident',
      subject: id('N-3'),
      name: 'height',
      value: 3,
      from: null,
      to: null,
      source: 'survey',
      degree: 'declared',
    }),
  'a divorce of another hamlet, which changes no record': ({ clerk, id }) =>
    clerk.perform(recordEvent, { on, details: { kind: 'divorce', spouses: [id('N-1'), id('N-3')] } }),
  'merging a person of another hamlet with themselves': ({ clerk, id }) =>
    clerk.perform(mergeRecords, { kept: id('N-3'), merged: id('N-3') }),
  'parting records of another hamlet that are parted': async ({ clerk, secretary, id }) => {
    const merged = await secretary.perform(mergeRecords, { kept: id('N-3'), merged: id('N-1') })
    const merge = { id: merged.ok ? merged.record.id : ('' as never) }
    await secretary.perform(unmergeRecords, merge)
    return await clerk.perform(unmergeRecords, merge)
  },
  'merging a person of another hamlet': ({ clerk, id }) =>
    clerk.perform(mergeRecords, { kept: id('N-1'), merged: id('N-3') }),
  'merging into a person of another hamlet': ({ clerk, id }) =>
    clerk.perform(mergeRecords, { kept: id('N-3'), merged: id('N-1') }),
  'parting records of another hamlet': async ({ clerk, secretary, id }) => {
    const merged = await secretary.perform(mergeRecords, { kept: id('N-3'), merged: id('N-1') })
    return await clerk.perform(unmergeRecords, { id: merged.ok ? merged.record.id : ('' as never) })
  },
  'the history of a person of another hamlet': ({ clerk, id }) =>
    clerk.perform(residentHistory, { resident: id('N-3') }),
  'who read the data of a person of another hamlet': ({ clerk, id }) =>
    clerk.perform(readsOfResident, { resident: id('N-3') }),
}

describe('an officer of one hamlet is refused', () => {
  test.each(Object.entries(refused))('%s', async (_, attempt) => {
    const village = await opened()
    const before = await links(village.village)
    await expect(attempt(village)).rejects.toMatchObject(notFound)
    const own = (await links(village.village)).audit - before.audit
    // What the secretary did to prepare is two links at most.
    expect(own).toBeLessThanOrEqual(2)
  })

  test.each([
    ['a file of people', importPopulation, { population }],
    ['checking one', checkImport, { population }],
    ['a file of facts', importFacts, { facts: [] }],
  ])('%s', async (_, useCase, input) => {
    const { clerk } = await opened()
    await expect(clerk.perform(useCase as typeof importFacts, input as never)).rejects.toMatchObject({
      code: 'village/forbidden',
      details: { reason: 'reach' },
    })
  })
})

describe('an officer of one hamlet can', () => {
  test('correct a person, write down facts and events, and merge, all within it', async () => {
    const { clerk, id } = await opened()
    const saved = await clerk.perform(saveResidentRecord, {
      ...sari,
      id: id('N-1'),
      name: 'Sari P',
      area: id('East'),
    } as never)
    expect(saved).toMatchObject({ ok: true, outcome: 'changed' })
    const fresh = { ...newcomer, status: 'present', statusSince: on, area: id('East') } as never
    const added = await clerk.perform(saveResidentRecord, fresh)
    const pair = { kept: id('N-1'), merged: added.ok ? added.record.id : ('' as never) }
    const merged = await clerk.perform(mergeRecords, pair)
    const merge = merged.ok ? merged.record.id : ('' as never)
    expect((await clerk.perform(unmergeRecords, { id: merge })).ok).toBe(true)
    const details = { kind: 'death', resident: id('N-2'), newHeads: [] } as const
    expect((await clerk.perform(recordEvent, { on, details })).ok).toBe(true)
  })

  test('open a person whose household lies elsewhere, without that household', async () => {
    const { clerk, secretary, id } = await opened()
    const moved = { ...sari, id: id('N-3'), identityNumber: 'N-3', sex: 'male', area: id('East') } as never
    await secretary.perform(saveResidentRecord, moved)
    const file = await clerk.perform(readResident, { id: id('N-3') })
    expect(file.resident.shows).toBe('specific')
    expect(file.households).toEqual([])
  })

  test('see no pair of likely duplicates that lies elsewhere', async () => {
    const { clerk, secretary, id } = await opened()
    const darto = { name: 'Darto Wibowo', sex: 'male', birthDate: '1968-07-01' }
    const twin = { ...sari, ...darto, identityNumber: null, area: id('West') } as never
    await secretary.perform(saveResidentRecord, twin)
    expect((await secretary.perform(listDuplicates, {})).count).toBe(1)
    expect(await clerk.perform(listDuplicates, {})).toEqual({ pairs: [], count: 0 })
  })
})
