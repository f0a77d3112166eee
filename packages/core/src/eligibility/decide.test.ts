import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { decide } from './decide.ts'
import type { Decision, NoVersionInForce } from './decision.ts'
import { allOf, citation, label, packOf, programme, version } from './pack.fixtures.ts'
import type { ProgrammeInput } from './programme.ts'

// The goal: a decision says what the rules say of the facts, and what is not known is never taken for a no.

const on = parseCivilDate('2026-06-15')

function decided(given: Partial<ProgrammeInput>, question: Partial<Parameters<typeof decide>[1]>): Decision {
  return whole(decide(packOf(programme(given)), { programme: 'roof', on, household: {}, ...question }))
}

function whole(decision: Decision | NoVersionInForce): Decision {
  if (decision.kind === 'decision') return decision
  throw new Error('no version is in force')
}

const criteria = (...rules: readonly string[]) => [version({ criteria: allOf(...rules) })]

test('a household is indicated, is not, or cannot be told', () => {
  const versions = criteria('household.leaks', 'household.rooms < 3')
  const outcomeOf = (household: Parameters<typeof decide>[1]['household']) =>
    decided({ versions }, { household }).outcome
  expect(outcomeOf({ leaks: true, rooms: 2 })).toBe('eligible')
  expect(outcomeOf({ leaks: true, rooms: 3 })).toBe('ineligible')
  expect(outcomeOf({ leaks: true })).toBe('undetermined')
  expect(outcomeOf({ leaks: false, rooms: null })).toBe('ineligible')
  expect(outcomeOf(null)).toBe('undetermined')
})

test('semantics 8: what is missing of an open outcome is named, sorted, and of a settled one nothing is', () => {
  const versions = criteria('household.rooms < 3', 'household.members.exists(m, m.distance > 5)')
  const members = [{ distance: 2 }, {}, { distance: null }]
  expect(decided({ versions }, { household: { members } }).missing).toEqual([
    'household.members[1].distance',
    'household.members[2].distance',
    'household.rooms',
  ])
  expect(decided({ versions }, { household: { members, rooms: 3 } }).missing).toEqual([])
})

test('semantics 8: facts of a resident are named from the household', () => {
  const given = {
    unit: 'resident',
    versions: criteria('resident.pupil', 'resident.distance > 5', 'household.decile < 5'),
  } as const
  const household = { members: [{ pupil: true }, { pupil: true, distance: 6 }, { pupil: false }] }
  expect(decided(given, { household, member: 0 }).missing).toEqual([
    'household.decile',
    'household.members[0].distance',
  ])
  expect(decided(given, { household: { ...household, decile: 4 }, member: 1 }).outcome).toBe('eligible')
  expect(decided(given, { household, member: 2 }).outcome).toBe('ineligible')
})

test('a clause tells the facts that it read, from the household too', () => {
  const given = { unit: 'resident', versions: criteria('resident.pupil') } as const
  const { criteria: group } = decided(given, { household: { members: [{}, { pupil: true }] }, member: 1 })
  expect(group.parts[0]?.facts).toEqual([{ path: 'household.members[1].pupil', value: true }])
})

test('where an outcome is open for another cause than a missing fact, the reason is told with its clause', () => {
  const versions = criteria('div(household.rooms, household.decile - household.decile, 0) > 1')
  const { outcome, missing, reasons } = decided({ versions }, { household: { rooms: 2, decile: 3 } })
  expect({ outcome, missing }).toEqual({ outcome: 'undetermined', missing: [] })
  expect(reasons).toMatchObject([{ code: 'division-by-zero', clause: 'clause-1' }])
})

test('groups are Kleene: any is settled by one that holds, none by one that does', () => {
  const parts = allOf('household.leaks', 'household.rooms < 3').all
  const whenJoined = (kind: 'any' | 'none', household: Parameters<typeof decide>[1]['household']) =>
    decided(
      { versions: [version({ criteria: { id: 'g', label: label('g'), [kind]: parts } })] },
      { household },
    ).outcome
  expect(whenJoined('any', { leaks: true })).toBe('eligible')
  expect(whenJoined('any', { leaks: false })).toBe('undetermined')
  expect(whenJoined('any', { leaks: false, rooms: 3 })).toBe('ineligible')
  expect(whenJoined('none', { leaks: true })).toBe('ineligible')
  expect(whenJoined('none', { leaks: false })).toBe('undetermined')
  expect(whenJoined('none', { leaks: false, rooms: 3 })).toBe('eligible')
})

const cap = (
  values: readonly (readonly [from: string | undefined, to: string | undefined, value: number])[],
) => ({
  type: { kind: 'int' } as const,
  label: label('Cap'),
  values: values.map(([from, to, value]) => ({
    ...(from !== undefined && { from: parseCivilDate(from) }),
    ...(to !== undefined && { to: parseCivilDate(to) }),
    value,
    citation,
  })),
})

test('semantics 11 and 12: the day chooses version and parameter; the first day counts, the last does not', () => {
  const given: Partial<ProgrammeInput> = {
    parameters: {
      cap: cap([
        [undefined, '2025-07-01', 3],
        ['2025-07-01', undefined, 5],
      ]),
    },
    versions: [
      version({
        from: day('2024-01-01'),
        to: day('2026-01-01'),
        criteria: allOf('household.rooms <= parameters.cap'),
      }),
      version({ from: day('2026-01-01'), criteria: allOf('household.rooms < parameters.cap') }),
    ],
  }
  const at = (text: string, rooms: number) => decided(given, { on: day(text), household: { rooms } })
  expect(at('2024-01-01', 3).outcome).toBe('eligible')
  expect(at('2025-06-30', 4).outcome).toBe('ineligible')
  expect(at('2025-07-01', 5).outcome).toBe('eligible')
  expect(at('2025-12-31', 5).version).toEqual({ from: '2024-01-01', to: '2026-01-01' })
  expect(at('2026-01-01', 5).outcome).toBe('ineligible')
  expect(at('2025-06-30', 4).parameters).toMatchObject([{ name: 'cap', value: 3, citation }])
})

test('semantics 11: where no version is in force there is no decision, and its neighbours are named', () => {
  const pack = packOf(
    programme({
      versions: [
        version({ from: day('2022-01-01'), to: day('2024-01-01') }),
        version({ from: day('2025-01-01'), to: day('2026-01-01') }),
      ],
      gaps: [{ from: day('2024-01-01'), to: day('2025-01-01'), why: label('Nothing was found') }],
    }),
  )
  const at = (text: string) => decide(pack, { programme: 'roof', on: day(text), household: { leaks: true } })
  expect(at('2024-12-31')).toEqual({
    kind: 'no-version-in-force',
    pack: pack.identity,
    programme: 'roof',
    on: '2024-12-31',
    before: '2024-01-01',
    after: '2025-01-01',
    gap: { from: '2024-01-01', to: '2025-01-01', why: label('Nothing was found') },
  })
  expect(at('2021-12-31')).toMatchObject({ before: null, after: '2022-01-01', gap: null })
  expect(at('2026-01-01')).toMatchObject({ before: '2026-01-01', after: null, gap: null })
  expect(at('2025-01-01').kind).toBe('decision')
})

test('the same question has the same decision, to the byte', () => {
  const question = { household: { leaks: true, members: [{ pupil: true }] } }
  expect(JSON.stringify(decided({}, question))).toBe(JSON.stringify(decided({}, question)))
})

test('a programme that is not there, and a unit of the other kind, are misuse', () => {
  const pack = packOf(programme())
  const code = (asked: Partial<Parameters<typeof decide>[1]>) => () =>
    decide(pack, { programme: 'roof', on, household: {}, ...asked })
  expect(code({ programme: 'rof' })).toThrowError(
    expect.objectContaining({ code: 'eligibility/no-such-programme', details: { programme: 'rof' } }),
  )
  expect(code({ member: 0 })).toThrowError(expect.objectContaining({ code: 'eligibility/unit-mismatch' }))
})

// Benefits: amounts of 100 a pupil, 250 for a leak, and 100 for a large household, which ties with the first.
const component = (id: string, amount: string, count: string) => ({ id, label: label(id), amount, count })
const benefit = {
  per: 'month',
  components: [
    component('pupils', 'parameters.small', 'household.members.filter(m, m.pupil).size()'),
    component('leak', 'parameters.large', 'household.leaks ? 1 : 0'),
    component('size', 'parameters.small', 'household.members.size() >= 2 ? 1 : 0'),
  ],
} as const

const money = (value: number) => ({
  type: { kind: 'money' } as const,
  label: label('Amount'),
  values: [{ value, citation }],
})

function benefitOf(
  household: Parameters<typeof decide>[1]['household'],
  caps: { readonly countMax?: string; readonly totalMax?: string } = {},
) {
  const versions = [version({ criteria: allOf('household.rooms < 3'), benefit: { ...benefit, ...caps } })]
  const parameters = { small: money(100), large: money(250) }
  return decided({ parameters, versions }, { household: { rooms: 1, ...household } }).benefit
}

const two = { members: [{ pupil: true }, { pupil: true }], leaks: true }

test('a benefit is the sum of its components', () => {
  expect(benefitOf(two)).toMatchObject({ per: 'month', payments: 1, totalMinor: 550, missing: [] })
  expect(benefitOf({ ...two, rooms: 3 })).toBe(null)
})

test('where the number of components is capped, the largest count first, and of equal ones those before', () => {
  const counts = (countMax: string) => benefitOf(two, { countMax })?.components.map(({ count }) => count)
  expect(counts('1')).toEqual([0, 1, 0])
  expect(counts('2')).toEqual([1, 1, 0])
  expect(counts('3')).toEqual([2, 1, 0])
  expect(counts('9')).toEqual([2, 1, 1])
  expect(counts('0 - 1')).toEqual([0, 0, 0])
  expect(benefitOf(two, { countMax: '2' })?.totalMinor).toBe(350)
})

test('the total has a ceiling', () => {
  expect(benefitOf(two, { totalMax: 'parameters.large' })?.totalMinor).toBe(250)
})

test('an unknown count makes the total unknown and says what is missing; the known parts stay', () => {
  const household = { ...two, leaks: null }
  expect(benefitOf(household)).toMatchObject({
    totalMinor: null,
    missing: ['household.leaks'],
    components: [{ count: 2 }, { count: null }, { count: 1 }],
  })
  // The unknown one may be the largest, so under a cap nothing can be said of the others.
  expect(benefitOf(household, { countMax: '2' })?.components.map(({ count }) => count)).toEqual([
    null,
    null,
    null,
  ])
})

test('an unknown cap makes the total unknown', () => {
  const byCount = benefitOf(two, { countMax: 'household.decile' })
  expect(byCount).toMatchObject({ totalMinor: null, missing: ['household.decile'] })
  expect(byCount?.components.map(({ count }) => count)).toEqual([null, null, null])
  expect(benefitOf(two, { totalMax: 'household.income' })?.totalMinor).toBe(null)
})

test('a count below zero takes nothing away', () => {
  const versions = [
    version({
      benefit: {
        per: 'once',
        components: [
          component('a', 'parameters.small', 'household.rooms - 5'),
          component('b', 'parameters.large', '1'),
        ],
      },
    }),
  ]
  const parameters = { small: money(100), large: money(250) }
  const { benefit: given } = decided({ parameters, versions }, { household: { leaks: true, rooms: 2 } })
  expect(given?.totalMinor).toBe(250)
})

function day(text: string) {
  return parseCivilDate(text)
}
