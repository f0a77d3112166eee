import { expect, test } from 'vitest'
import { CivilDate, HouseholdId, Instant, ResidentId } from '../kernel/index.ts'
import type { FactDefinition } from './facts.ts'
import { DatedFact, HouseholdVersion, Membership, ResidentVersion } from './records.ts'
import { defineSnapshot, todaySnapshot } from './snapshot.ts'
import { snapshotOf } from './snapshot-of.ts'

const define = (name: string, type: FactDefinition['type'], unit: FactDefinition['unit'] = 'household') =>
  defineSnapshot([{ name, unit, type, label: { en: name }, fieldClass: 'specific' }])
const range = { promised: true, known: false }

test('the columns hold what the definitions promise, and rules read them so', () => {
  const types: Record<string, FactDefinition['type']> = {
    decile: { kind: 'int', minimum: 1, maximum: 10, ...range },
    income: { kind: 'money', minimum: 0, maximum: 10 ** 12, ...range },
    share: { kind: 'decimal', scale: 2, minimum: 0, maximum: 100, ...range },
    water: { kind: 'enum', values: ['well', 'pipe'], known: false },
    since: { kind: 'date', promised: true, known: false },
    owned: { kind: 'bool', known: false },
    note: { kind: 'text', known: false },
  }
  for (const [name, type] of Object.entries(types)) {
    const { households, faces } = define(name, type)
    expect(faces.household.type.facts[name]).toEqual(type)
    expect(households.fieldClasses[name]).toBe('specific')
  }
  const { households } = define('decile', { kind: 'int', minimum: 1, maximum: 10, ...range })
  expect(households.columns.at(-1)).toMatchObject({ name: 'decile', minimum: 1, maximum: 10, nullable: true })
})

test('no fact of an age is kept: a member has a birth date', () => {
  expect(Object.keys(defineSnapshot([]).faces.resident.type.facts)).toEqual([
    'birthDate',
    'sex',
    'status',
    'relationship',
    'kind',
    'area',
  ])
})

test('a fact that cannot be a column is refused when it is defined', () => {
  const invalid = expect.objectContaining({ code: 'people/invalid-fact' })
  const bool = { kind: 'bool', known: false } as const
  for (const name of [
    'kind',
    'area',
    'members',
    'Decile',
    'a-b',
    'a b',
    '',
    'version',
    'villageId',
    'AREA',
  ]) {
    expect(() => define(name, bool), name).toThrow(invalid)
  }
  expect(() => define('birthDate', bool, 'resident')).toThrow(invalid)
  const twice = {
    name: 'owned',
    unit: 'household',
    type: bool,
    label: { en: '' },
    fieldClass: 'personal',
  } as const
  expect(() => defineSnapshot([twice, twice])).toThrow(invalid)
  expect(() => define('a', { kind: 'int', minimum: 2, maximum: 1, ...range })).toThrow(invalid)
  expect(() => define('a', { kind: 'int', minimum: 0.5, maximum: 1, ...range })).toThrow(invalid)
  expect(() => define('a', { kind: 'decimal', scale: 10, minimum: 0, maximum: 1, ...range })).toThrow(invalid)
  expect(() => define('a', { kind: 'enum', values: [], known: false })).toThrow(invalid)
  expect(() => define('a', { kind: 'enum', values: ['x', 'x'], known: false })).toThrow(invalid)
})

const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
const recordedAt = Instant.parse('2026-01-01T00:00:00.000Z')
const span = { from: null, to: null, recordedAt, retractedAt: null }
const home = HouseholdVersion.parse({
  ...{ household: id, seq: 1, recordedAt, validFrom: '2020-01-01', kind: 'family', number: '7' },
  ...{ address: 'Mill lane', area: null, from: null, to: null },
})
const resident = ResidentId.parse(id)
const sari = ResidentVersion.parse({
  ...{ resident, seq: 1, recordedAt, validFrom: '1950-03-01', identityNumber: null, temporaryNumber: null },
  ...{ name: 'Sari', nameKey: 'sari', sex: 'female', birthDate: '1950-03-01', birthPlace: null, area: null },
  ...{ status: 'present', statusSince: '1950-03-01', mergedInto: null },
})
const head = Membership.parse({ ...span, id, household: id, resident, kind: 'family', relationship: 'head' })
const decile = DatedFact.parse({
  ...{
    ...span,
    id,
    unit: 'household',
    subject: id,
    name: 'decile',
    value: '3',
    from: '2026-01-01',
    to: '2026-07-01',
  },
  ...{ source: 'Survey', degree: 'declared' },
})
const unit = {
  id: HouseholdId.parse(id),
  versions: [home],
  people: [{ resident, versions: [sari], memberships: [head], facts: [] }],
  facts: [decile],
}
const on = (day: string, recordedBy?: Instant) => ({
  snapshot: todaySnapshot,
  on: CivilDate.parse(day),
  recordedBy,
})

test('rules read a household with its members, and what is not known is unknown', () => {
  const snapshot = define('decile', { kind: 'int', minimum: 1, maximum: 10, ...range })
  const { household, resident: person } = snapshot.faces
  const values = (day: string) => {
    const rows = snapshotOf(snapshot, unit, on(day))
    return (
      rows && household.valuesOf(rows.household, { members: rows.members.map((row) => person.valuesOf(row)) })
    )
  }
  const member = {
    birthDate: '1950-03-01',
    sex: 'female',
    status: 'present',
    relationship: 'head',
    kind: 'family',
    area: null,
  }
  expect(values('2026-06-30')).toEqual({ kind: 'family', area: null, decile: 3, members: [member] })
  expect(values('2026-07-01')).toEqual({ kind: 'family', area: null, decile: null, members: [member] })
})

test('before it was known nothing stands in a snapshot, and a value that a definition no longer allows is unknown', () => {
  const narrow = define('decile', { kind: 'int', minimum: 5, maximum: 10, ...range })
  expect(snapshotOf(narrow, unit, on('2026-06-30'))?.household['decile']).toBeNull()
  expect(
    snapshotOf(narrow, unit, on('2026-06-30', Instant.parse('2025-12-31T23:59:59.999Z'))),
  ).toBeUndefined()
  expect(snapshotOf(narrow, unit, on('2019-12-31'))).toBeUndefined()
})

test('a person on no family card stands alone, and one on a card does not', () => {
  const plain = defineSnapshot([])
  const [person] = unit.people
  if (person === undefined) throw new Error('nobody')
  const asPerson = (memberships: readonly Membership[]) =>
    snapshotOf(
      plain,
      { id: resident, versions: [], people: [{ ...person, memberships }], facts: [] },
      on('2026-06-30'),
    )
  expect(asPerson([])?.household).toMatchObject({ kind: 'none', household: id })
  expect(asPerson([head])).toBeUndefined()
  expect(asPerson([{ ...head, kind: 'dwelling' }])?.household.kind).toBe('none')
  expect(asPerson([{ ...head, retractedAt: recordedAt }])?.household.kind).toBe('none')
})
