import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { type ExplanationWords, explanationText } from './explanation-text.ts'
import { allOf, citation, label, packOf, programme, version } from './pack.fixtures.ts'
import type { ProgrammeInput } from './programme.ts'

// The goal: who is decided about can read why, in their own words, with the facts and the law, and nothing beside it.

const on = parseCivilDate('2026-06-15')

function explained(given: Partial<ProgrammeInput>, household: Parameters<typeof decide>[1]['household']) {
  const pack = packOf(programme(given))
  return explain(pack, decide(pack, { programme: 'roof', on, household }))
}

function clausesOf(given: Partial<ProgrammeInput>, household: Parameters<typeof decide>[1]['household']) {
  return explained(given, household).flatMap((message) =>
    'clause' in message ? [`${message.key} ${message.clause['en']}`] : [],
  )
}

const both = { versions: [version({ criteria: allOf('household.leaks', 'household.rooms < 3') })] }

test('an eligible outcome rests on every clause that had to hold', () => {
  expect(clausesOf(both, { leaks: true, rooms: 2 })).toEqual([
    'met household.leaks',
    'met household.rooms < 3',
  ])
})

test('a refusal rests on the clauses that do not hold, and tells how to object', () => {
  expect(clausesOf(both, { leaks: true, rooms: 3 })).toEqual(['not-met household.rooms < 3'])
  expect(clausesOf(both, { leaks: false, rooms: null })).toEqual(['not-met household.leaks'])
  const keys = explained(both, { leaks: false }).map(({ key }) => key)
  expect(keys).toEqual(['ineligible', 'not-met', 'law', 'appeal'])
})

test('an open outcome rests on what is not known, and names it', () => {
  expect(clausesOf(both, { leaks: true })).toEqual(['unknown household.rooms < 3'])
  expect(explained(both, { leaks: true })).toContainEqual({ key: 'missing', paths: ['household.rooms'] })
  expect(explained(both, { leaks: true }).map(({ key }) => key)).not.toContain('appeal')
})

test('of alternatives those that hold are told, or else all of them', () => {
  const { all, ...named } = allOf('household.leaks', 'household.rooms < 3')
  const either = { versions: [version({ criteria: { ...named, any: all } })] }
  expect(clausesOf(either, { leaks: true, rooms: 3 })).toEqual(['met household.leaks'])
  expect(clausesOf(either, { leaks: false, rooms: 3 })).toEqual([
    'not-met household.leaks',
    'not-met household.rooms < 3',
  ])
})

test('a group of none is told as a whole with the facts of its parts, which say the opposite of it', () => {
  const { all, ...named } = allOf('household.leaks', 'household.rooms < 3')
  const neither = { versions: [version({ criteria: { ...named, none: all } })] }
  const [, clause] = explained(neither, { leaks: false, rooms: 3 })
  expect(clause).toMatchObject({
    key: 'met',
    clause: label('Everything'),
    facts: [
      { path: 'household.leaks', value: false },
      { path: 'household.rooms', value: 3 },
    ],
  })
  expect(clausesOf(neither, { leaks: true, rooms: 3 })).toEqual(['not-met Everything'])
})

test('a clause comes with the parameters that it read, and their law', () => {
  const parameter = (value: number) => ({
    type: { kind: 'int' } as const,
    label: label('Limit'),
    values: [{ value, citation: { source: 'ministry', confidence: 'low' } as const }],
  })
  const given = {
    parameters: { roomsMax: parameter(3), unread: parameter(4) },
    versions: [version({ criteria: allOf('household.rooms <= parameters.roomsMax') })],
  }
  expect(explained(given, { rooms: 2 })[1]).toMatchObject({
    parameters: [{ name: 'roomsMax', value: 3, citation: { source: 'ministry' } }],
  })
})

test('a benefit is told, or that it cannot be reckoned, and what is given in kind', () => {
  const benefit = {
    per: 'once',
    components: [{ id: 'cash', label: label('Cash'), amount: 'household.income', count: 'household.rooms' }],
    inKind: [{ id: 'tiles', label: label('Tiles') }],
  } as const
  const given = { versions: [version({ benefit })] }
  const keys = (household: Parameters<typeof decide>[1]['household']) =>
    explained(given, household).map(({ key }) => key)
  expect(keys({ leaks: true, income: 5, rooms: 2 })).toEqual(['eligible', 'met', 'benefit', 'in-kind', 'law'])
  expect(keys({ leaks: true, income: 5 })).toEqual(['eligible', 'met', 'benefit-unknown', 'in-kind', 'law'])
})

test('without a version in force that is what is explained', () => {
  const given = { versions: [version({ from: parseCivilDate('2027-01-01') })] }
  expect(explained(given, {})).toEqual([
    {
      key: 'not-in-force',
      programme: label('A sound roof'),
      on,
      before: null,
      after: '2027-01-01',
      why: null,
    },
  ])
})

const words: ExplanationWords = {
  language: 'en',
  sentences: {
    eligible: '{programme}: indicated on {on}.',
    ineligible: '{programme}: not indicated on {on}.',
    undetermined: '{programme}: open on {on}.',
    'not-in-force': '{programme}: nothing in force on {on}, {after}. {why}',
    met: 'Met: {clause}{facts}.',
    'not-met': 'Not met: {clause}{facts}. {law}',
    unknown: 'Unknown: {clause}{facts}.',
    missing: 'Missing: {facts}.',
    benefit: '{total} {per}.',
    'benefit-unknown': 'Amount {total}.',
    'in-kind': 'Also {label}.',
    law: 'By {law}.',
    appeal: 'You may object.',
  },
  fact: '{fact}={value}',
  unknown: '?',
  yes: 'yes',
  no: 'no',
  per: { month: 'a month', quarter: 'a quarter', year: 'a year', once: 'once' },
  factLabel: (name) => name.toUpperCase(),
  valueLabel: (_, value) => `<${value}>`,
  member: (position) => `member ${position}`,
  money: (minor) => `${minor} coins`,
  date: (date) => `day ${date}`,
}

test('a text fills the sentences of its language, a line each, and calls facts and law by their names', () => {
  const versions = [
    version({
      criteria: allOf("household.members.exists(m, m.pupil) && household.movedIn > date('2020-01-01')"),
    }),
  ]
  const pack = packOf(programme({ versions }))
  const household = { movedIn: '2019-05-05', members: [{ pupil: false }, {}] }
  const decision = decide(pack, { programme: 'roof', on, household })
  expect(explanationText(explain(pack, decision), words, pack.sources).split('\n')).toEqual([
    'A sound roof: not indicated on day 2026-06-15.',
    "Not met: household.members.exists(m, m.pupil) && household.movedIn > date('2020-01-01') (PUPIL, member 1=no; PUPIL, member 2=?; MOVEDIN=day 2019-05-05).",
    'By Bylaw 3.',
    'You may object.',
  ])
})

test('a text never fills a place from within a value', () => {
  const messages = [{ key: 'in-kind', label: { en: '{programme} {toString}' } }] as const
  expect(explanationText(messages, words, {})).toBe('Also {programme} {toString}.')
  const law = [{ key: 'law', citations: [{ ...citation, source: 'constructor' }] }] as const
  expect(explanationText(law, words, {})).toBe('By constructor.')
})
