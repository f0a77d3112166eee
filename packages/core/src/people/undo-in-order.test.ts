import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CivilDate, HouseholdId, Instant, type ResidentId, VillageId } from '../kernel/index.ts'
import { type AnyCollection, openMemory, type Transaction } from '../storage/index.ts'
import { datedFacts, households, memberships, peopleCollections, residents } from './collections.ts'
import type { LifeEventDetails } from './event-records.ts'
import { mergeResidents, recordLifeEvent, unmergeResidents } from './record-events.ts'
import type { LifeEventId, MergeId } from './records.ts'
import { recordFact } from './save-fact.ts'
import { saveResident } from './save-resident.ts'
import { defineSnapshot } from './snapshot.ts'

const snapshot = defineSnapshot([
  {
    name: 'pregnant',
    unit: 'resident',
    type: { kind: 'bool', known: false },
    label: { en: 'Pregnant' },
    fieldClass: 'specific',
  },
])
const on = CivilDate.parse('2026-11-24')
const born = CivilDate.parse('1980-01-01')

type Step =
  | { readonly is: 'event'; readonly id: LifeEventId }
  | { readonly is: 'merge'; readonly id: MergeId }

/** A card with its head and four others, two of whom have a fact. */
async function openVillage() {
  const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
  let count = 0
  const nextId = () => {
    count += 1
    return `0190a5b8-7e2c-7c3e-9f5b-${String(count).padStart(12, '0')}`
  }
  const context = () => {
    count += 1
    const now = Instant.parse(new Date(Date.UTC(2026, 10, 24, 3, 0, count)).toISOString())
    return { now, on, snapshot, nextId }
  }
  const run = <T>(work: (tx: Transaction) => Promise<T>) => storage.transact(VillageId.parse('v'), work)
  const all = <C extends AnyCollection>(collection: C) =>
    storage.read(VillageId.parse('v'), async (tx) => {
      const found = []
      for await (const record of tx.stream(collection)) found.push(record)
      return found
    })
  const record = (details: LifeEventDetails) => run((tx) => recordLifeEvent(tx, { on, details }, context()))
  const household = HouseholdId.parse(nextId())
  const newcomers = ['A', 'B', 'C', 'D', 'E'].map((name, index) => ({
    person: {
      identityNumber: null,
      temporaryNumber: null,
      name,
      sex: 'female' as const,
      birthDate: born,
      birthPlace: index % 2 === 0 ? 'Town' : null,
      area: null,
    },
    relationship: index === 0 ? 'head' : 'other',
  }))
  const opens = { kind: 'family' as const, number: '1', address: '', area: null }
  const opened = await record({ kind: 'move-in', household, opens, newcomers, returning: [], origin: null })
  if (!opened.ok) throw new Error(opened.refusal.code)
  const people = (await all(residents)).map(({ id }) => id)
  for (const subject of people.slice(0, 2)) {
    const fact = { name: 'pregnant', subject, value: true, from: on, to: null, source: 'S' }
    await run((tx) => recordFact(tx, 'resident', { ...fact, degree: 'declared' }, context()))
  }
  const merge = (kept: ResidentId, merged: ResidentId) =>
    run((tx) => mergeResidents(tx, { kept, merged }, context()))
  const back = (step: Step) =>
    step.is === 'event'
      ? record({ kind: 'reversal', reverses: step.id })
      : run((tx) => unmergeResidents(tx, step.id, context()))
  /** What stands, without the ids and moments of what was taken back and restored. */
  const state = async () => {
    const told = async (collection: typeof memberships | typeof datedFacts) =>
      (await all(collection))
        .filter(({ retractedAt }) => retractedAt === null)
        .map(({ id: _, recordedAt: __, version: ___, ...rest }) => JSON.stringify(rest))
        .toSorted()
    return {
      residents: (await all(residents))
        .filter(({ status }) => status !== 'invalid')
        .map(({ revision: _, version: __, ...rest }) => rest),
      households: (await all(households)).map(({ revision: _, version: __, ...rest }) => rest),
      memberships: await told(memberships),
      facts: await told(datedFacts),
      members: (await all(snapshot.members)).map(({ version: _, ...rest }) => rest),
    }
  }
  const at = (index: number): ResidentId => {
    const id = people[index]
    if (id === undefined) throw new Error('Nobody is there.')
    return id
  }
  return { run, all, context, record, merge, back, state, at, household, people }
}

const child = {
  identityNumber: null,
  temporaryNumber: null,
  name: 'N',
  sex: 'male',
  birthPlace: null,
} as const

test('a birth and the death of the newborn are undone one after the other', async () => {
  const { all, record, back, state, at } = await openVillage()
  const before = await state()
  const birth = await record({ kind: 'birth', child, mother: at(0), father: null, relationship: 'child' })
  const newborn = (await all(residents)).find(({ name }) => name === 'N')
  if (newborn === undefined || !birth.ok) throw new Error('No birth.')
  const death = await record({ kind: 'death', resident: newborn.id, newHeads: [] })
  if (!death.ok) throw new Error(death.refusal.code)
  // The death is in the way of undoing the birth, until it is undone itself.
  const early = await back({ is: 'event', id: birth.record.id })
  expect(early.ok || early.refusal.code).toBe('people/changed-since')
  for (const id of [death.record.id, birth.record.id])
    expect(await back({ is: 'event', id })).toMatchObject({ ok: true })
  expect(await state()).toEqual(before)
})

test('a merge is undone after a correction of what it left alone, which stays', async () => {
  const { run, all, context, merge, back, at } = await openVillage()
  const done = await merge(at(1), at(0))
  const kept = (await all(residents)).find(({ id }) => id === at(1))
  if (!done.ok || kept === undefined) throw new Error('No merge.')
  const { version: _, nameKey: __, revision: ___, mergedInto: ____, ...fields } = kept
  const corrected = await run((tx) => saveResident(tx, { ...fields, name: 'Better' }, context()))
  expect(corrected.ok).toBe(true)
  expect(await back({ is: 'merge', id: done.record.id })).toMatchObject({ ok: true })
  const after = (await all(residents)).find(({ id }) => id === at(1))
  // The birthplace came from the merged record and goes back to it.
  expect(after).toMatchObject({ name: 'Better', birthPlace: null })
})

test('a merge is not undone over a correction of what it set', async () => {
  const { run, all, context, merge, back, at } = await openVillage()
  const done = await merge(at(1), at(0))
  const kept = (await all(residents)).find(({ id }) => id === at(1))
  if (!done.ok || kept === undefined) throw new Error('No merge.')
  const { version: _, nameKey: __, revision: ___, mergedInto: ____, ...fields } = kept
  await run((tx) => saveResident(tx, { ...fields, birthPlace: 'Port' }, context()))
  const undone = await back({ is: 'merge', id: done.record.id })
  expect(undone.ok || undone.refusal).toMatchObject({ code: 'people/changed-since', records: [at(1)] })
})

test('a fact goes to the kept record, not to the one that was merged into it', async () => {
  const { run, context, merge, at } = await openVillage()
  await merge(at(1), at(0))
  const fact = { name: 'pregnant', subject: at(0), value: false, from: on, to: null, source: 'T' }
  const told = await run((tx) => recordFact(tx, 'resident', { ...fact, degree: 'declared' }, context()))
  expect(told.ok || told.refusal).toEqual({
    code: 'people/already-merged',
    resident: at(0),
    records: [at(1)],
  })
})

test('a birth is recorded once, and again only after it was taken back', async () => {
  const { record, back, at } = await openVillage()
  const birth = { kind: 'birth', child, mother: at(0), father: null, relationship: 'child' } as const
  const first = await record(birth)
  if (!first.ok) throw new Error(first.refusal.code)
  const second = await record(birth)
  expect(second.ok || second.refusal.code).toBe('people/already-there')
  const twin = await record({ ...birth, child: { ...child, name: 'M' } })
  expect(twin.ok).toBe(true)
  await back({ is: 'event', id: first.record.id })
  expect((await record(birth)).ok).toBe(true)
})

const move = fc.record({
  kind: fc.constantFrom('out', 'in', 'death', 'birth', 'head', 'merge'),
  who: fc.nat({ max: 4 }),
  other: fc.nat({ max: 4 }),
})

test('whatever happened, undone from the last step back, leaves the register as it was', async () => {
  let undone = 0
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 2, maxLength: 8 }), async (moves) => {
      const { record, merge, back, state, at, household } = await openVillage()
      const before = await state()
      const steps: Step[] = []
      for (const { kind, who, other } of moves) {
        const resident = at(who)
        const heir = at(other)
        const newHeads = [{ household, resident: heir }]
        if (kind === 'merge') {
          const done = await merge(resident, heir)
          if (done.ok) steps.push({ is: 'merge', id: done.record.id })
          continue
        }
        const details: Record<typeof kind, LifeEventDetails> = {
          out: { kind: 'move-out', residents: [resident], newHeads, destination: null },
          in: {
            kind: 'move-in',
            household,
            opens: null,
            newcomers: [],
            returning: [{ resident, relationship: 'other' }],
            origin: null,
          },
          death: { kind: 'death', resident, newHeads },
          birth: { kind: 'birth', child, mother: resident, father: null, relationship: 'child' },
          head: {
            kind: 'head-change',
            household,
            head: resident,
            relationships: resident === heir ? [] : [{ resident: heir, relationship: 'other' }],
          },
        }
        const done = await record(details[kind])
        if (done.ok) steps.push({ is: 'event', id: done.record.id })
      }
      for (const step of steps.toReversed()) {
        const result = await back(step)
        expect(result.ok || result.refusal).toBe(true)
      }
      expect(await state()).toEqual(before)
      if (steps.length > 1) undone += 1
    }),
    { numRuns: 60 },
  )
  expect(undone).toBeGreaterThan(20)
})
