import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths, CivilDate, Instant } from '../kernel/index.ts'
import { checkFactValue, type FactDefinition, factAge, factOn, factValueOf } from './facts.ts'
import { DatedFact } from './records.ts'

const define = (type: FactDefinition['type']): FactDefinition => ({
  name: 'height',
  unit: 'resident',
  type,
  label: { en: 'Height' },
  fieldClass: 'personal',
})
const range = { promised: true, known: false }

test('a decimal has one text for each value, whatever its zeros', () => {
  const height = define({ kind: 'decimal', scale: 2, minimum: -1000, maximum: 1000, ...range })
  for (const text of ['1.5', '1.50', '01.5', 1.5, '1.500']) {
    expect(checkFactValue(height, text)).toEqual({ ok: true, text: '1.5', value: 150 })
  }
  expect(checkFactValue(height, '-0.00')).toEqual({ ok: true, text: '0', value: 0 })
  const codes = (value: unknown) => {
    const checked = checkFactValue(height, value)
    return checked.ok ? 'ok' : checked.refusal.code
  }
  expect(codes('1.505')).toBe('people/fact-too-fine')
  expect(codes('10.01')).toBe('people/fact-out-of-range')
  expect(['1e2', '', ' 1', '1.', Number.NaN, null, undefined, {}].map(codes)).toEqual(
    Array(8).fill('people/fact-wrong-type'),
  )
})

test('what was checked reads back as the same value', () => {
  const amount = fc.integer({ min: -1000, max: 1000 })
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 9 }), (scaled, scale) => {
      const height = define({ kind: 'decimal', scale, minimum: -1000, maximum: 1000, ...range })
      const digits = String(Math.abs(scaled)).padStart(scale + 1, '0')
      const cut = digits.length - scale
      const text = `${scaled < 0 ? '-' : ''}${digits.slice(0, cut)}${scale > 0 ? `.${digits.slice(cut)}` : ''}`
      const checked = checkFactValue(height, text)
      expect(checked.ok && checked.value).toBe(scaled)
      expect(factValueOf(height, checked.ok ? checked.text : '')).toBe(scaled)
    }),
  )
})

test('each kind takes its own values and no other', () => {
  const ok = (type: FactDefinition['type'], value: unknown) => checkFactValue(define(type), value).ok
  expect([true, 'true', 'false', 'yes', 1].map((value) => ok({ kind: 'bool', known: false }, value))).toEqual(
    [true, true, true, false, false],
  )
  expect(
    ['2026-02-28', '2026-02-29'].map((value) => ok({ kind: 'date', promised: true, known: false }, value)),
  ).toEqual([true, false])
  const water = { kind: 'enum', values: ['well', 'pipe'], known: false } as const
  expect(['well', 'rain', 'toString'].map((value) => ok(water, value))).toEqual([true, false, false])
  expect(
    ['a', '', 'a\u0000', '\ud800', 'x'.repeat(1001), 1].map((value) =>
      ok({ kind: 'text', known: false }, value),
    ),
  ).toEqual([true, true, false, false, false, false])
})

const id = (last: number) => `0190a5b8-7e2c-7c3e-9f5b-00000000000${last}`
const fact = (last: number, rest: Partial<DatedFact>): DatedFact =>
  DatedFact.parse({
    id: id(last),
    unit: 'resident',
    subject: id(9),
    name: 'height',
    value: '1',
    from: null,
    to: null,
    source: 'Survey',
    degree: 'declared',
    recordedAt: '2026-01-01T00:00:00.000Z',
    retractedAt: null,
    ...rest,
  })
const at = (month: number) => Instant.parse(`2026-0${month}-01T00:00:00.000Z`)
const may = CivilDate.parse('2026-05-01')

test('semantics 12: of the facts valid on a day, the one recorded last before the decision counts', () => {
  const first = fact(1, { recordedAt: at(1) })
  const second = fact(2, { recordedAt: at(2), from: CivilDate.parse('2026-05-02') })
  const third = fact(3, { recordedAt: at(3), retractedAt: at(4) })
  const facts = [third, second, first]
  expect(factOn(facts, may)).toBe(first)
  expect(factOn(facts, may, at(3))).toBe(third)
  expect(factOn(facts, CivilDate.parse('2026-05-02'), at(2))).toBe(second)
  expect(factOn([second], may)).toBeUndefined()
})

test('of two facts of one instant the later id counts, in any order of the list', () => {
  const both = [fact(1, {}), fact(2, {})]
  expect(factOn(both, may)?.id).toBe(id(2))
  expect(factOn(both.toReversed(), may)?.id).toBe(id(2))
})

test('a fact grows stale after the months that its definition gives', () => {
  const survey = fact(1, { from: may })
  expect(factAge(survey, addMonths(may, 5), { freshForMonths: 6 })).toEqual({ months: 5, stale: false })
  expect(factAge(survey, addMonths(may, 6), { freshForMonths: 6 })).toEqual({ months: 6, stale: true })
  expect(factAge(survey, addMonths(may, 600))).toEqual({ months: 600, stale: false })
  expect(factAge(survey, addMonths(may, -3))).toEqual({ months: 0, stale: false })
  expect(factAge(fact(1, {}), may).months).toBe(4)
})
