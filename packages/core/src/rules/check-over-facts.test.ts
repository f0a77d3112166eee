import { describe, expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { checkOverFacts } from './check-over-facts.ts'
import { traceRule } from './trace-rule.ts'

const on = parseCivilDate('2026-11-24')

/** Value, missing facts and reasons of a rule over facts as they come from JSON. */
function evaluate(text: string, given: Readonly<Record<string, unknown>>) {
  const checked = checkOverFacts(text, given)
  if (!checked.ok) return { faults: [...checked.faults, ...checked.refusals].map(({ code }) => code) }
  const { value, missing, reasons } = traceRule(checked.rule, { facts: checked.facts, on })
  return { value, missing, reasons: reasons.map(({ code }) => code) }
}

function outcomeOf(text: string, given: Readonly<Record<string, unknown>> = {}) {
  const outcome = evaluate(text, given)
  if (outcome.faults !== undefined) return outcome.faults
  return outcome.value ?? [...outcome.missing, ...outcome.reasons]
}

/** What is refused of facts that no rule asks for. */
function refused(given: Readonly<Record<string, unknown>>): readonly string[] {
  const checked = checkOverFacts('true', given)
  return checked.ok ? [] : checked.refusals.map(({ code, path }) => `${code} ${path}`)
}

describe('a fact without a schema has the type of its value', () => {
  test('a whole number is an int, and 2.5 a decimal of scale 1', () => {
    const checked = checkOverFacts('a.x + a.y', { a: { x: 3, y: 2.5 } })
    expect(checked).toMatchObject({
      facts: { a: { x: 3, y: 25 } },
      rule: { expression: { type: { kind: 'number', scale: 1 } } },
    })
    expect(outcomeOf('x == 0.000000001', { x: 1e-9 })).toBe(true)
    expect(outcomeOf('x == 1234567.25', { x: 1234567.25 })).toBe(true)
    expect(Object.is(outcomeOf('x', { x: -0 }), 0)).toBe(true)
    expect(outcomeOf('x == 9007199254740991', { x: 9007199254740991n })).toBe(true)
  })

  test('the elements of a list have one type, and decimals their largest scale', () => {
    const checked = checkOverFacts('m.exists(x, x.a > 1)', {
      m: [{ a: 1 }, { a: 2.25, b: 'z' }, { a: null }, {}],
    })
    expect(checked).toMatchObject({ facts: { m: [{ a: 100 }, { a: 225, b: 'z' }, { a: null }, {}] } })
    expect(refused({ m: [{ a: 1 }, { a: 'x' }] })).toEqual(['facts/type m[1].a'])
  })

  test('a list that is present is complete, and { items, complete: false } is an incomplete one', () => {
    const toddler = 'm.exists(x, x.age < 6)'
    expect(outcomeOf(toddler, { m: [{ age: 30 }] })).toBe(false)
    expect(outcomeOf(toddler, { m: { items: [{ age: 30 }], complete: false } })).toEqual(['m'])
    expect(outcomeOf(toddler, { m: { items: [{ age: 3 }], complete: false } })).toBe(true)
    expect(outcomeOf(toddler, { m: { items: [{ age: 30 }], complete: true } })).toBe(false)
    expect(outcomeOf('m.items.size()', { m: { items: [1, 2] } })).toBe(2)
  })

  test('text is put into normal form NFC (semantics 5)', () => {
    expect(outcomeOf("x == '\u00e9' && x.size() == 1", { x: 'e\u0301' })).toBe(true)
    expect(refused({ x: ['\ud800'] })).toEqual(['facts/invalid-text x[0]'])
  })
})

describe('or the type of its use', () => {
  test('text is a date where a date is expected', () => {
    const given = { h: { birth: '2008-11-25', other: '2000-01-01' } }
    expect(outcomeOf('age(h.birth, on)', given)).toBe(17)
    expect(outcomeOf('h.birth < on', given)).toBe(true)
    expect(outcomeOf("date('2000-01-01') == h.other", given)).toBe(true)
    expect(outcomeOf('h.birth < h.other', given)).toBe(false)
    expect(outcomeOf('h.birth in [on, h.other]', given)).toBe(false)
    expect(outcomeOf('(known(h.x) ? h.birth : h.other) <= on', given)).toBe(true)
    expect(outcomeOf('d.exists(x, x == on)', { d: ['2026-11-24'] })).toBe(true)
    expect(outcomeOf('on in d', { d: ['2026-11-24'] })).toBe(true)
    expect(
      outcomeOf('m.all(x, x.a == x.b && age(x.b, on) > 1)', { m: [{ a: '2000-01-01', b: '2000-01-01' }] }),
    ).toBe(true)
    expect(outcomeOf('date(h.birth) < on', given)).toBe(true)
  })

  test('and text where none is', () => {
    expect(outcomeOf("h.code == '2008-11-25'", { h: { code: '2008-11-25' } })).toBe(true)
    expect(outcomeOf('h.code.size()', { h: { code: '2008-11-25' } })).toBe(10)
    expect(outcomeOf('h.a < h.b', { h: { a: 'x', b: 'y' } })).toEqual(['rules/type'])
    expect(outcomeOf("h.a < '2020-01-01'", { h: { a: '2019-01-01' } })).toEqual(['rules/type'])
  })

  test('a date that does not exist is an unknown fact, and missing (semantics 2)', () => {
    expect(evaluate('age(h.birth, on) > 17', { h: { birth: '2025-02-30' } })).toEqual({
      value: null,
      missing: ['h.birth'],
      reasons: [],
    })
  })

  test('what is null or left out is unknown, whatever it is used for (semantics 1)', () => {
    expect(outcomeOf('a.b.c > 2.5')).toEqual(['a.b.c'])
    expect(outcomeOf('a.b == 1 && a.c', { a: { b: null } })).toEqual(['a.b', 'a.c'])
    expect(outcomeOf('m.exists(x, x.y.z == 1)')).toEqual(['m'])
    expect(outcomeOf('m.filter(x, x.y).size() > sum(m, x, x.z)')).toEqual(['m'])
    expect(outcomeOf("x in y || x.startsWith('a')", { y: ['b'] })).toEqual(['x'])
    expect(outcomeOf('x in []')).toBe(false)
    expect(outcomeOf('known(a.b.c) || known(m)')).toBe(false)
    expect(outcomeOf('x ? y : z')).toEqual(['x', 'y', 'z'])
    expect(outcomeOf('min(xs, x, x)', { xs: [] })).toEqual(['empty'])
    expect(outcomeOf('sum(xs, x, x)', { xs: [] })).toBe(0)
    expect(outcomeOf('date(x) < age(y, z)')).toEqual(['rules/type'])
  })
})

describe('what no rule can read is refused at the door', () => {
  test('numbers out of range (semantics 6)', () => {
    for (const x of [2 ** 53, -(2 ** 53), 1e300, 2n ** 53n, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refused({ x })).toEqual(['facts/out-of-range x'])
    }
    expect(refused({ x: 1e-10 })).toEqual(['facts/out-of-range x'])
    expect(refused({ x: [0.000_000_001, 9_007_199_254_740_991] })).toEqual(['facts/out-of-range x[1]'])
  })

  test('lists that are longer than 64 (semantics 10)', () => {
    expect(refused({ x: Array.from({ length: 64 }, () => 1) })).toEqual([])
    expect(refused({ x: Array.from({ length: 65 }, () => 1) })).toEqual(['facts/list-too-long x'])
  })

  test('lists of lists, and what is nested without end', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 10_000; depth += 1) deep = { deep }
    expect(refused({ deep })).toHaveLength(1)
    expect(refused({ x: [[1]] })).toEqual(['facts/type x[0]'])
    expect(refused({ x: () => 1, y: Symbol('y') })).toEqual(['facts/type x', 'facts/type y'])
  })

  test('names of prototypes are names like any other', () => {
    const given: Readonly<Record<string, unknown>> = JSON.parse(
      '{"constructor": 1, "x": {"__proto__": {"y": true}}}',
    )
    expect(outcomeOf('constructor == 1 && x.__proto__.y', given)).toBe(true)
    expect(outcomeOf('toString == 1 || x.constructor == 1', given)).toEqual(['toString', 'x.constructor'])
  })
})
