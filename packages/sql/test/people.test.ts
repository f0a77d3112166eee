import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addDays,
  CivilDate,
  type HouseholdId,
  type Instant,
  instantOf,
  type ResidentId,
  VillageId,
} from '@lumbung/core/kernel'
import {
  addPopulation,
  DatedFactId,
  datedFacts,
  defineSnapshot,
  type FactDefinition,
  householdVersions,
  type LifeEventDetails,
  lifeEvents,
  MembershipId,
  memberships,
  mergeResidents,
  merges,
  type PeopleContext,
  type Population,
  peopleCollections,
  rebuildSnapshot,
  recordFact,
  recordLifeEvent,
  residents,
  residentVersions,
  retractFact,
  retractMembership,
  type SnapshotRows,
  type SnapshotUnit,
  saveMembership,
  saveResident,
  snapshotOf,
  todaySnapshot,
  turnSnapshot,
  unmergeResidents,
  withTemporarySnapshot,
} from '@lumbung/core/people'
import {
  type AnyCollection,
  openMemory,
  type Storage,
  type StorageSchema,
  type Transaction,
} from '@lumbung/core/storage'
import fc from 'fast-check'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { createDatabase } from './embedded-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-people-'))
afterAll(() => rmSync(folder, { recursive: true }))

const village = VillageId.parse('village')
const fact = (name: string, unit: FactDefinition['unit'], type: FactDefinition['type']): FactDefinition => ({
  name,
  unit,
  type,
  label: { en: name },
  fieldClass: 'specific',
})
const range = { promised: true, known: false }
const facts: readonly FactDefinition[] = [
  fact('welfareDecile', 'household', { kind: 'int', minimum: 1, maximum: 10, ...range }),
  fact('income', 'household', { kind: 'money', minimum: 0, maximum: 10 ** 12, ...range }),
  fact('water', 'household', { kind: 'enum', values: ['well', "neighbour's"], known: false }),
  fact('armSpan', 'resident', { kind: 'decimal', scale: 2, minimum: -100, maximum: 100_000, ...range }),
  fact('pregnant', 'resident', { kind: 'bool', known: false }),
  fact('lastVisit', 'resident', { kind: 'date', promised: true, known: false }),
  fact('note', 'resident', { kind: 'text', known: false }),
]
const snapshot = defineSnapshot(facts)
const schema: StorageSchema = { collections: [...peopleCollections, ...snapshot.collections], streams: [] }

let databases = 0
const stores: Readonly<Record<string, () => Promise<Storage>>> = {
  memory: async () => openMemory(schema),
  sqlite: async () => {
    databases += 1
    return await openSqlite({ file: join(folder, `${databases}.db`), schema })
  },
  postgres: async () => {
    databases += 1
    const name = `lumbung_people_${process.pid}_${databases}`
    const { url, drop } = await createDatabase(inject('postgresUrl'), name)
    const storage = await openPostgres({ url, schema })
    return { ...storage, close: () => storage.close().then(drop) }
  },
}

const firstDay = CivilDate.parse('2026-01-01')

/** A village in which time goes on, with ids that are the same on every store. */
class Play {
  readonly storage: Storage
  day = 0
  ticks = 0
  ids = 0

  constructor(storage: Storage) {
    this.storage = storage
  }

  get on(): CivilDate {
    return addDays(firstDay, this.day)
  }

  get now(): Instant {
    return instantOf(Date.parse(`${this.on}T00:00:00.000Z`) + this.ticks)
  }

  context(): PeopleContext {
    this.ticks += 1
    return { now: this.now, on: this.on, snapshot, nextId: () => this.nextId() }
  }

  nextId(): string {
    this.ids += 1
    return `0190a5b8-7e2c-7c3e-9f5b-${this.ids.toString(16).padStart(12, '0')}`
  }

  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.storage.transact(village, work)
  }
}

async function all<C extends AnyCollection>(storage: Storage, collection: C) {
  return await storage.read(village, async (tx) => {
    const found = []
    for await (const { version: _, ...record } of tx.stream(collection)) found.push(record)
    return found
  })
}

/** What memory computes for a day and a state of knowledge, from the records alone, without any loader of ours. */
async function computed(storage: Storage, on: CivilDate, name: string, recordedBy?: Instant) {
  const read = {
    homes: await all(storage, householdVersions),
    people: await all(storage, residentVersions),
    members: await all(storage, memberships),
    facts: await all(storage, datedFacts),
  } as const
  const ids = {
    homes: new Set(read.homes.map(({ household }) => household as string)),
    people: new Set(read.people.map(({ resident }) => resident as string)),
  }
  const person = (resident: string, household?: string) => ({
    resident: resident as ResidentId,
    versions: read.people.filter((version) => version.resident === resident),
    memberships: read.members.filter(
      (m) => m.resident === resident && (household === undefined || m.household === household),
    ),
    facts: read.facts.filter(({ subject, unit }) => subject === resident && unit === 'resident'),
  })
  const units: SnapshotUnit[] = [
    ...[...ids.homes].map((id) => ({
      id,
      versions: read.homes.filter(({ household }) => household === id),
      people: [...new Set(read.members.filter((m) => m.household === id).map((m) => m.resident))].map((r) =>
        person(r, id),
      ),
      facts: read.facts.filter(({ subject }) => subject === id),
    })),
    ...[...ids.people].map((id) => ({ id, versions: [], people: [person(id)], facts: [] })),
  ]
  const rows = units.flatMap((unit) => snapshotOf(snapshot, unit, { snapshot: name, on, recordedBy }) ?? [])
  return sorted(rows)
}

function sorted(rows: readonly SnapshotRows[]) {
  const homes = rows.map(({ household }) => household).sort((a, b) => (a.id < b.id ? -1 : 1))
  const key = ({ home, resident }: { home: string; resident: string }) => `${home}:${resident}`
  const people = rows.flatMap(({ members }) => members).sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return { homes, people }
}

async function stored(tx: Transaction, name: string) {
  const homes: unknown[] = []
  const people: unknown[] = []
  for await (const { version: _, ...row } of tx.stream(snapshot.households, { where: { snapshot: name } })) {
    homes.push(row)
  }
  for await (const { version: _, ...row } of tx.stream(snapshot.members, { where: { snapshot: name } })) {
    people.push(row)
  }
  return { homes, people }
}

const population: Population = {
  areas: [
    { key: 'north', kind: 'hamlet', name: 'North' },
    { key: 'south', kind: 'hamlet', name: 'South' },
  ],
  households: [
    { key: 'h0', kind: 'family', number: '1', address: 'Mill lane', area: 'north' },
    { key: 'h1', kind: 'family', number: '2', address: 'Ford', area: 'south' },
    { key: 'd0', kind: 'dwelling', number: null, address: 'Mill lane', area: 'north' },
  ],
  residents: Array.from({ length: 8 }, (_, index) => ({
    key: `r${index}`,
    identityNumber: index === 7 ? null : `N${index}`,
    name: `Person ${index}`,
    sex: index % 2 === 0 ? ('female' as const) : ('male' as const),
    birthDate: CivilDate.parse(`${1950 + 8 * index}-0${index + 1}-15`),
    birthPlace: null,
    area: 'north',
    memberships: [
      ...(index < 6 ? [{ household: `h${index % 2}`, relationship: index < 2 ? 'head' : 'child' }] : []),
      ...(index < 3 ? [{ household: 'd0', relationship: index === 0 ? 'head' : 'other' }] : []),
    ],
    facts:
      index === 3 ? [{ name: 'armSpan', value: '1.25', source: 'Survey', degree: 'declared' as const }] : [],
  })),
}

/** One step of a random play. Numbers choose among what is there, so that a step fits any state. */
const steps = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn'), days: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fact'),
      fact: fc.nat(facts.length - 1),
      who: fc.nat(20),
      value: fc.nat(9),
      from: fc.option(fc.integer({ min: -40, max: 40 })),
      days: fc.option(fc.integer({ min: 1, max: 40 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retractFact'), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retractMembership'), which: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('member'),
      who: fc.nat(20),
      home: fc.nat(20),
      from: fc.option(fc.integer({ min: -40, max: 40 })),
      days: fc.option(fc.integer({ min: 1, max: 60 })),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('event'),
      kind: fc.constantFrom(
        'birth',
        'death',
        'move-in',
        'return',
        'move-out',
        'marriage',
        'divorce',
        'head-change',
        'card-split',
        'reversal',
      ),
      who: fc.nat(20),
      other: fc.nat(20),
      home: fc.nat(20),
      back: fc.nat(30),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge'), who: fc.nat(20), other: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unmerge'), which: fc.nat(5) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('correct'),
      who: fc.nat(20),
      day: fc.integer({ min: 1, max: 28 }),
    }),
  },
)
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never

function at<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(items.length, 1)]
}

const outcomes = new Map<string, number>()

/** Undoes a step that was taken. */
type Undo = () => Promise<{ readonly ok: boolean }>

/** Takes one step, which may be refused; what is refused leaves nothing behind. Tells how to undo it, if that can be. */
async function take(play: Play, step: Step): Promise<Undo | undefined> {
  const people = (await all(play.storage, residents)).map(({ id }) => id)
  const homes = [...new Set((await all(play.storage, householdVersions)).map(({ household }) => household))]
  const span = (from: number | null, days: number | null) => ({
    from: from === null ? null : addDays(play.on, from),
    to: days === null ? null : addDays(play.on, (from ?? 0) + days),
  })
  const count = (name: string, result: { ok: boolean; refusal?: { code: string } }) => {
    const key = `${name} ${result.ok ? 'ok' : result.refusal?.code}`
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
  }
  switch (step.do) {
    case 'turn': {
      const from = play.on
      play.day += step.days
      await play.run((tx) => turnSnapshot(tx, snapshot, from, play.on))
      return undefined
    }
    case 'fact': {
      const definition = facts[step.fact]
      const subject = at<string>(definition?.unit === 'resident' ? people : homes, step.who)
      if (definition === undefined || subject === undefined) return undefined
      const value = sampleOf(definition, step.value)
      const input = {
        name: definition.name,
        subject,
        value,
        ...span(step.from, step.days),
        source: 'S',
        degree: 'verified' as const,
      }
      count('fact', await play.run((tx) => recordFact(tx, definition.unit, input, play.context())))
      return undefined
    }
    case 'retractFact': {
      const chosen = at(await all(play.storage, datedFacts), step.which)
      if (chosen)
        count(
          'retractFact',
          await play.run((tx) => retractFact(tx, DatedFactId.parse(chosen.id), play.context())),
        )
      return undefined
    }
    case 'retractMembership': {
      const chosen = at(await all(play.storage, memberships), step.which)
      if (chosen) {
        count(
          'retractMembership',
          await play.run((tx) => retractMembership(tx, MembershipId.parse(chosen.id), play.context())),
        )
      }
      return undefined
    }
    case 'member': {
      const [resident, household] = [at(people, step.who), at(homes, step.home)]
      if (resident === undefined || household === undefined) return undefined
      const input = { resident, household, relationship: 'other', ...span(step.from, step.days) }
      count('member', await play.run((tx) => saveMembership(tx, input, play.context())))
      return undefined
    }
    case 'event': {
      const details = await detailsOf(play, step, people, homes)
      if (details === undefined) return undefined
      const report = { on: addDays(play.on, -step.back), details }
      const result = await play.run((tx) => recordLifeEvent(tx, report, play.context()))
      count(step.kind, result)
      if (!result.ok || result.record.kind === 'reversal') return undefined
      const reversal = { on: play.on, details: { kind: 'reversal', reverses: result.record.id } } as const
      return () => play.run((tx) => recordLifeEvent(tx, reversal, play.context()))
    }
    case 'merge': {
      const [kept, merged] = [at(people, step.who), at(people, step.other)]
      if (kept === undefined || merged === undefined) return undefined
      const result = await play.run((tx) =>
        mergeResidents(tx, { kept, merged, reason: 'play' }, play.context()),
      )
      count('merge', result)
      if (!result.ok) return undefined
      return () => play.run((tx) => unmergeResidents(tx, result.record.id, play.context()))
    }
    case 'unmerge': {
      const merge = at(await all(play.storage, merges), step.which)
      if (merge) count('unmerge', await play.run((tx) => unmergeResidents(tx, merge.id, play.context())))
      return undefined
    }
    case 'correct': {
      const person = (await all(play.storage, residents)).find(({ id }) => id === at(people, step.who))
      if (person === undefined) return undefined
      const birthDate = CivilDate.parse(`1940-12-${String(step.day).padStart(2, '0')}`)
      const { nameKey: _, revision: __, mergedInto: ___, ...input } = { ...person, birthDate }
      count('correct', await play.run((tx) => saveResident(tx, input, play.context())))
      return undefined
    }
  }
}

function sampleOf({ type }: FactDefinition, number: number): unknown {
  switch (type.kind) {
    case 'bool':
      return number % 2 === 0
    case 'enum':
      return type.values[number % type.values.length]
    case 'date':
      return `2025-01-0${number + 1}`
    case 'decimal':
      return `${number - 1}.25`
    case 'text':
      return `note ${number}`
    default:
      return number + 1
  }
}

async function detailsOf(
  play: Play,
  step: Extract<Step, { do: 'event' }> | { kind: string; who: number; other: number; home: number },
  people: readonly ResidentId[],
  homes: readonly HouseholdId[],
): Promise<LifeEventDetails | undefined> {
  const [who, other, home] = [at(people, step.who), at(people, step.other), at(homes, step.home)]
  if (who === undefined || other === undefined || home === undefined) return undefined
  // A new head is named wherever a head may go: the first of those who stay.
  const standing = (await all(play.storage, memberships)).filter(
    (m) => m.retractedAt === null && (m.to === null || m.to > play.on),
  )
  const newHeads = homes.flatMap((household) => {
    const next = standing.find((m) => m.household === household && m.resident !== who)
    return next === undefined ? [] : [{ household, resident: next.resident }]
  })
  const child = {
    identityNumber: null,
    temporaryNumber: null,
    name: 'Child',
    sex: 'female' as const,
    birthPlace: null,
  }
  switch (step.kind) {
    case 'birth':
      return { kind: 'birth', child, mother: who, father: null, relationship: 'child' }
    case 'death':
      return { kind: 'death', resident: who, newHeads }
    case 'move-in': {
      const person = { ...child, birthDate: CivilDate.parse('1990-01-01'), area: null }
      const newcomers = [{ person, relationship: 'other' }]
      return { kind: 'move-in', household: home, opens: null, newcomers, returning: [], origin: null }
    }
    case 'return': {
      const returning = [{ resident: who, relationship: 'other' }]
      return { kind: 'move-in', household: home, opens: null, newcomers: [], returning, origin: null }
    }
    case 'move-out':
      return { kind: 'move-out', residents: [who], newHeads, destination: null }
    case 'marriage':
      return {
        kind: 'marriage',
        spouses: [who, other],
        joins: { resident: who, household: home, relationship: 'spouse', newHeads },
      }
    case 'divorce':
      return { kind: 'divorce', spouses: [who, other] }
    case 'head-change': {
      const head = standing.find((m) => m.household === home && m.relationship === 'head')
      const relationships = head === undefined ? [] : [{ resident: head.resident, relationship: 'parent' }]
      return { kind: 'head-change', household: home, head: who, relationships }
    }
    case 'card-split': {
      const card = standing.find((m) => m.resident === who && m.kind === 'family')?.household ?? home
      const opens = { number: `S${play.ids}`, address: 'New', area: null }
      return {
        kind: 'card-split',
        household: card,
        opens,
        members: [{ resident: who, relationship: 'head' }],
        newHeads,
      }
    }
    default: {
      const event = at(await all(play.storage, lifeEvents), step.other)
      return event === undefined ? undefined : { kind: 'reversal', reverses: event.id }
    }
  }
}

/** The people at each instant, as the play went on: what a later look back must find. */
interface Past {
  readonly on: CivilDate
  readonly now: Instant
  readonly rows: Awaited<ReturnType<typeof computed>>
}

describe.each(Object.keys(stores))('%s', (name) => {
  test('the stored snapshot, one built anew and what is computed in plain memory are equal, whatever happens', async () => {
    const runs = name === 'memory' ? Number(process.env['LUMBUNG_RUNS'] ?? 60) : name === 'sqlite' ? 20 : 8
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 30, size: 'max' }), async (path) => {
        const storage = await (stores[name] ?? stores['memory'])?.()
        if (storage === undefined) throw new Error('no store')
        try {
          const play = new Play(storage)
          const { refused } = await play.run((tx) => addPopulation(tx, population, play.context()))
          expect(refused).toEqual([])
          const pasts: Past[] = []
          for (const step of path) {
            await take(play, step)
            const expected = await computed(storage, play.on, todaySnapshot)
            expect(await play.run((tx) => stored(tx, todaySnapshot)), JSON.stringify(step)).toEqual(expected)
            pasts.push({ on: play.on, now: play.now, rows: expected })
          }
          const changes = await play.run((tx) => rebuildSnapshot(tx, snapshot, play.on))
          expect(changes).toEqual({ added: 0, changed: 0, removed: 0 })
          const past = pasts[Math.floor(pasts.length / 2)]
          if (past !== undefined) {
            const asOf = { on: past.on, recordedBy: past.now, snapshot: 'past' }
            const looked = await play.run((tx) =>
              withTemporarySnapshot(tx, snapshot, asOf, () => stored(tx, 'past')),
            )
            expect(looked).toEqual(await computed(storage, past.on, 'past', past.now))
            expect(renamed(looked)).toEqual(past.rows)
            expect(await play.run((tx) => stored(tx, 'past'))).toEqual({ homes: [], people: [] })
          }
        } finally {
          await storage.close()
        }
      }),
      { numRuns: runs },
    )
    if (process.env['LUMBUNG_SHOW'] === '1') console.log([...outcomes].sort().join('\n'))
  }, 240_000)
})

/** The rows of a temporary snapshot as those of today. */
function renamed({ homes, people }: { homes: unknown[]; people: unknown[] }) {
  const text = JSON.stringify({ homes, people }).replaceAll('"past', `"${todaySnapshot}`)
  return JSON.parse(text)
}

/** What stands in the register, without what only counts or tells when it was written. */
async function standing(storage: Storage) {
  const people = (await all(storage, residents)).filter(({ status }) => status !== 'invalid')
  const text = (records: readonly object[], left: readonly string[]) =>
    records
      .map((record) => JSON.stringify(Object.entries(record).filter(([field]) => !left.includes(field))))
      .sort()
  const own = ['id', 'recordedAt']
  const kept = ({ retractedAt }: { retractedAt: string | null }) => retractedAt === null
  return {
    people: text(people, ['revision']),
    members: text((await all(storage, memberships)).filter(kept), own),
    facts: text((await all(storage, datedFacts)).filter(kept), own),
    snapshot: [await all(storage, snapshot.households), await all(storage, snapshot.members)],
  }
}

test('an event or a merge that is undone at once leaves the register as it was, whatever went before', async () => {
  let undone = 0
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25, size: 'max' }), async (path) => {
      const play = new Play(openMemory(schema))
      await play.run((tx) => addPopulation(tx, population, play.context()))
      for (const [index, step] of path.entries()) {
        const before = await standing(play.storage)
        const undo = await take(play, step)
        // Every other change stays, so that later ones build on it.
        if (undo === undefined || index % 2 === 0) continue
        undone += 1
        expect(await undo(), JSON.stringify(step)).toMatchObject({ ok: true })
        expect(await standing(play.storage), JSON.stringify(step)).toEqual(before)
      }
    }),
    { numRuns: Number(process.env['LUMBUNG_RUNS'] ?? 60) },
  )
  expect(undone).toBeGreaterThan(20)
}, 240_000)
