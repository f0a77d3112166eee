import { describe, expect, test } from 'vitest'
import { parseCivilDate } from '../src/kernel/index.ts'
import {
  checkRule,
  type FactType,
  type FactValue,
  factNumberMax,
  type RecordFact,
  type Rule,
  type ScalarFact,
  traceRule,
} from '../src/rules/index.ts'
import { outcomesInMemory } from './in-memory.ts'

// The meanings are those of the rule language's design; each test quotes the sentence that it checks.

const on = parseCivilDate('2026-11-24')
const number = { minimum: -factNumberMax, maximum: factNumberMax, promised: false, known: false } as const
const int: ScalarFact = { kind: 'int', ...number }
const bool: ScalarFact = { kind: 'bool', known: false }
const text: ScalarFact = { kind: 'text', known: false }
const date: ScalarFact = { kind: 'date', promised: false, known: false }
const member: RecordFact = {
  kind: 'record',
  facts: {
    age: int,
    birth: date,
    isHead: bool,
    amounts: { kind: 'list', item: int, itemsMax: 64, known: false },
  },
}
const facts: Readonly<Record<string, FactType>> = {
  h: {
    kind: 'record',
    facts: {
      a: int,
      b: int,
      c: int,
      d: { kind: 'decimal', scale: 2, ...number },
      m: { kind: 'money', ...number },
      p: bool,
      q: bool,
      s: text,
      t: text,
      birth: date,
      members: { kind: 'list', item: member, itemsMax: 64, known: false },
      amounts: { kind: 'list', item: int, itemsMax: 64, known: false },
    },
  },
}

function ruleOf(written: string): Rule {
  const checked = checkRule(written, { facts })
  if (!checked.ok) throw new Error(`${written}: ${checked.faults[0]?.message}`)
  return checked.rule
}

/** The value in every way to evaluate; all must agree. */
function value(written: string, h: FactValue = {}, day = on) {
  const { trace, ...others } = outcomesInMemory({ rule: ruleOf(written), rows: [{ h }], on: day })
  for (const [way, outcomes] of Object.entries(others)) expect(outcomes, `${way}: ${written}`).toEqual(trace)
  return trace?.[0]
}

function why(written: string, h: FactValue = {}) {
  const rule = ruleOf(written)
  const { missing, reasons } = traceRule(rule, { facts: { h }, on })
  return {
    missing,
    reasons: reasons.map(({ code, start, end }) => `${code}: ${rule.text.slice(start, end)}`),
  }
}

const incomplete = (...items: FactValue[]) => ({ items, complete: false }) as const

describe('three values', () => {
  test('`null` and an absent fact are both unknown', () => {
    expect(value('h.p', { p: null })).toBe(null)
    expect(value('h.p', {})).toBe(null)
    expect(value('h.p', null)).toBe(null)
    expect(value('h.p', { p: false })).toBe(false)
  })

  test('and, or and not are those of Kleene', () => {
    const values = [true, false, null]
    const [and, or] = ['h.p && h.q', 'h.p || h.q'].map((written) =>
      values.flatMap((p) => values.map((q) => value(written, { p, q }))),
    )
    expect(and).toEqual([true, false, null, false, false, false, null, false, null])
    expect(or).toEqual([true, true, true, true, false, null, true, null, null])
    expect(values.map((p) => value('!h.p', { p }))).toEqual([false, true, null])
  })

  test('`known(e)` is always true or false, and its operand never counts as missing', () => {
    expect(value('known(h.a + h.b)', { a: 1 })).toBe(false)
    expect(value('known(h.p || h.q)', { p: true })).toBe(true)
    expect(value('known(h.members)', { members: incomplete() })).toBe(false)
    expect(value('known(h.members)', { members: [{}] })).toBe(true)
    expect(why('known(h.a) && h.p').missing).toEqual([])
    expect(why('(known(h.a) || h.p) && h.q', { q: null }).missing).toEqual(['h.p', 'h.q'])
  })

  test('only own properties are facts', () => {
    const named: FactType = { kind: 'record', facts: { name: text } }
    const inherited = Object.fromEntries<FactType>([
      ['constructor', named],
      ['toString', bool],
      ['h', { kind: 'record', facts: { valueOf: int, isPrototypeOf: text, hasOwnProperty: date } }],
    ])
    const read = [
      'known(constructor.name)',
      'known(toString)',
      'known(h.valueOf < 1)',
      "known(h.isPrototypeOf == 'a')",
      'known(h.hasOwnProperty > on)',
    ]
    for (const written of read) {
      const checked = checkRule(written, { facts: inherited })
      if (!checked.ok) throw new Error(written)
      const { trace, ...others } = outcomesInMemory({ rule: checked.rule, rows: [{ h: {} }], on })
      expect([trace, ...Object.values(others)]).toEqual([[false], [false], [false], [false]])
    }
  })
})

describe('what cannot be computed', () => {
  test('the value is unknown and the trace carries a reason with its span', () => {
    expect(value('div(h.a, h.b, 0) > 1', { a: 1, b: 0 })).toBe(null)
    expect(why('div(h.a, h.b, 0) > 1', { a: 1, b: 0 })).toEqual({
      missing: [],
      reasons: ['division-by-zero: div(h.a, h.b, 0)'],
    })
    expect(why('h.a % h.b == 0', { a: 1, b: 0 }).reasons).toEqual(['division-by-zero: h.a % h.b'])
    expect(why('known(h.s) && date(h.s) < on', { s: '2023-02-29' }).reasons).toEqual([
      'no-such-date: date(h.s)',
    ])
    expect(why('min(h.amounts, x, x) > 1', { amounts: [] }).reasons).toEqual(['empty: min(h.amounts, x, x)'])
  })

  test('every intermediate result is checked: `(a * b) - c` is unknown when `a * b` is out of range', () => {
    const big = { a: 94_906_267, b: 94_906_267, c: factNumberMax }
    expect(value('(h.a * h.b) - h.c', big)).toBe(null)
    expect(why('(h.a * h.b) - h.c > 0', big).reasons).toEqual(['overflow: h.a * h.b'])
    expect(value('h.a + h.b', { a: factNumberMax, b: 1 })).toBe(null)
    expect(value('h.a + h.b', { a: factNumberMax, b: 0 })).toBe(factNumberMax)
  })

  test('nothing absorbs in arithmetic: `0 * unknown` is unknown', () => {
    expect(value('0 * h.a')).toBe(null)
  })

  test('a stored date that does not exist is an unknown fact, and counts as missing', () => {
    expect(value('h.birth < on', { birth: '2023-02-29' })).toBe(null)
    expect(why('h.birth < on', { birth: '2023-02-29' })).toEqual({ missing: ['h.birth'], reasons: [] })
  })
})

describe('lists', () => {
  test('one known toddler settles `exists` though the roster is incomplete', () => {
    const toddler = 'h.members.exists(m, m.age < 6)'
    expect(value(toddler, { members: incomplete({ age: null }, { age: 3 }) })).toBe(true)
    expect(value(toddler, { members: incomplete({ age: 30 }) })).toBe(null)
    expect(value('h.members.all(m, m.age < 6)', { members: incomplete({ age: 30 }) })).toBe(false)
  })

  test('empty: false, true; "no members" and "members unknown" differ', () => {
    expect(value('h.members.exists(m, m.isHead)', { members: [] })).toBe(false)
    expect(value('h.members.all(m, m.isHead)', { members: [] })).toBe(true)
    expect(value('h.members.exists(m, m.isHead)')).toBe(null)
  })

  test('if the predicate of any element is unknown, `filter` is unknown, and so is whatever is built on it', () => {
    const members = [{ age: 3, isHead: true }, { isHead: true }]
    expect(value('h.members.filter(m, m.age < 6).exists(m, m.isHead)', { members })).toBe(null)
    expect(value('h.members.filter(m, m.age < 6).size()', { members })).toBe(null)
    expect(value('h.members.filter(m, m.isHead).filter(m, m.age < 6).size()', { members })).toBe(null)
    expect(value('h.members.filter(m, !m.isHead).filter(m, m.age < 6).size()', { members })).toBe(0)
    expect(value('h.members.filter(m, m.isHead).size()', { members })).toBe(2)
  })

  test('`sum` over nothing is 0; any unknown term makes `sum`, `min` and `max` unknown; of nothing they are unknown', () => {
    expect(value('sum(h.amounts, x, x)', { amounts: [] })).toBe(0)
    expect(value('max(h.amounts, x, x)', { amounts: [] })).toBe(null)
    for (const total of ['sum', 'min', 'max'])
      expect(value(`${total}(h.amounts, x, x)`, { amounts: [1, null] })).toBe(null)
    expect(value('sum(h.amounts, x, x)', { amounts: incomplete(1) })).toBe(null)
    expect(value('max(h.amounts, x, x)', { amounts: [-2, -1] })).toBe(-1)
  })

  test('`sum` is the exact total, checked once at its end, so order does not matter', () => {
    const amounts = [factNumberMax, factNumberMax, 1, -factNumberMax, 1, -2]
    expect(value('sum(h.amounts, x, x)', { amounts })).toBe(factNumberMax)
    expect(value('sum(h.amounts, x, x)', { amounts: amounts.toReversed() })).toBe(factNumberMax)
    expect(value('sum(h.amounts, x, x)', { amounts: [factNumberMax, 1] })).toBe(null)
  })

  test('`x in []` is false even for unknown x; an unknown element matters only if no known one matches', () => {
    expect(value('h.a in []')).toBe(false)
    expect(value('h.a in h.amounts', { amounts: [] })).toBe(false)
    expect(value('h.a in [1, 2]')).toBe(null)
    expect(value('1 in h.amounts', { amounts: [null, 1] })).toBe(true)
    expect(value('1 in h.amounts', { amounts: [null, 2] })).toBe(null)
    expect(value('1 in h.amounts', { amounts: incomplete(1) })).toBe(true)
    expect(value('1 in h.amounts', { amounts: incomplete(2) })).toBe(null)
  })

  test('a sum that is sought in another list keeps its own elements apart from those of that list', () => {
    const rows = { amounts: [2, 5] }
    expect(value('sum(h.amounts, x, x) in h.amounts', rows)).toBe(false)
    expect(value('div(sum(h.amounts, x, x - 1), 1, 1) in h.amounts', rows)).toBe(true)
    expect(value('div(sum(h.amounts, x, x - 2), 1, 1) in h.amounts', rows)).toBe(false)
  })
})

describe('conditionals and comparisons', () => {
  test('with an unknown condition it is unknown, unless both branches are known and equal', () => {
    expect(value('h.p ? 1 : 2')).toBe(null)
    expect(value('h.p ? h.a : 2', { a: 2 })).toBe(2)
    expect(value('h.p ? h.a : 2', { a: 2, p: false })).toBe(2)
    expect(value('h.p ? h.a : h.b', { p: true, a: 7 })).toBe(7)
    expect(value('(h.p ? h.a : 2.5) == 2.5', { p: false })).toBe(true)
  })

  test('comparison with an unknown side is unknown, also `x == x`', () => {
    expect(value('h.a == h.a')).toBe(null)
    expect(value('h.s != h.s')).toBe(null)
    expect(value('h.p == h.p')).toBe(null)
  })

  test('text is compared by code point, without folding; the empty needle is found; a length counts code points', () => {
    expect(value("h.s == 'Ä'", { s: 'ä' })).toBe(false)
    expect(value("h.s.contains('') && h.s.startsWith('') && h.s.endsWith('')", { s: '' })).toBe(true)
    expect(value("h.s.startsWith('A')", { s: 'ab' })).toBe(false)
    expect(value('h.s.size()', { s: '😀é' })).toBe(2)
  })
})

describe('numbers', () => {
  test('`div(a, b, scale)` rounds to nearest, halves away from zero (-2.5 gives -3)', () => {
    expect(value('div(h.a, h.b, 0)', { a: -5, b: 2 })).toBe(-3)
    expect(value('div(h.a, h.b, 0)', { a: 5, b: -2 })).toBe(-3)
    expect(value('div(h.a, h.b, 0)', { a: 5, b: 2 })).toBe(3)
    expect(value('div(h.a, h.b, 2)', { a: 1, b: 3 })).toBe(33)
    expect(value('div(h.a, h.b, 2)', { a: 2, b: 3 })).toBe(67)
  })

  test('a dividend that is scaled beyond 2^53 is divided exactly', () => {
    expect(value('div(h.a, h.b, 9)', { a: factNumberMax, b: factNumberMax })).toBe(1_000_000_000)
    // The dividend times 10^9 needs more digits than a double has; as one it would give 8810129133817774.
    expect(value('div(h.a, h.b, 9)', { a: 8197293194610208, b: 930439619 })).toBe(8810129133817772)
    expect(value('div(h.a, h.b, 1)', { a: factNumberMax, b: 1 })).toBe(null)
  })

  test('zero has no sign; `%` follows the sign of the dividend', () => {
    for (const written of ['-h.a', 'h.a * -5', 'h.a % -3', 'div(h.a, -3, 0)', '-4 % 2', 'div(-1, 3, 0)'])
      expect(Object.is(value(written, { a: 0 }), 0), written).toBe(true)
    expect(value('-7 % 3')).toBe(-1)
    expect(value('7 % -3')).toBe(1)
  })

  test('an int is a decimal of scale 0, and both mix; out of range is unknown, also in a comparison', () => {
    expect(value('h.d + h.a', { d: 150, a: 1 })).toBe(250)
    expect(value('h.d * h.d', { d: 150 })).toBe(22_500)
    expect(value('h.d == 1.5', { d: 150 })).toBe(true)
    expect(value('h.a > h.d', { a: factNumberMax, d: 0 })).toBe(null)
    expect(why('h.a > h.d', { a: factNumberMax, d: 0 }).reasons).toEqual(['overflow: h.a'])
  })
})

describe('dates', () => {
  test('a birthday of 29 February is reached on 1 March in common years', () => {
    const birth = '2000-02-29'
    expect(value('age(h.birth, on)', { birth }, parseCivilDate('2023-02-28'))).toBe(22)
    expect(value('age(h.birth, on)', { birth }, parseCivilDate('2023-03-01'))).toBe(23)
    expect(value('age(h.birth, on)', { birth }, parseCivilDate('2024-02-29'))).toBe(24)
  })

  test('a birth after `on` makes it unknown (`date-order`)', () => {
    expect(value('age(h.birth, on)', { birth: '2026-11-25' })).toBe(null)
    expect(why('age(h.birth, on) > 1', { birth: '2026-11-25' }).reasons).toEqual([
      'date-order: age(h.birth, on)',
    ])
  })

  test('`monthsBetween`: 12·Δyear + Δmonth, less 1 if the day of b is before the day of a; negative when b is before a', () => {
    const between = (a: string, b: string) => value(`monthsBetween(date('${a}'), date('${b}'))`)
    expect(between('2024-01-31', '2024-02-29')).toBe(0)
    expect(between('2024-01-31', '2024-03-31')).toBe(2)
    expect(between('2024-03-31', '2024-01-31')).toBe(-2)
    expect(between('2024-03-31', '2024-01-30')).toBe(-3)
    expect(between('0001-01-01', '9999-12-31')).toBe(119_987)
  })
})

describe('missing', () => {
  const members = [{ age: 40 }, { age: null, birth: '2020-01-01' }, {}]

  test("of an aggregate, the list's own path where it is unknown or incomplete, and the union over the unknown elements", () => {
    const toddler = 'h.members.exists(m, m.age < 6)'
    expect(why(toddler).missing).toEqual(['h.members'])
    expect(why(toddler, { members: incomplete(...members) }).missing).toEqual([
      'h.members',
      'h.members[1].age',
      'h.members[2].age',
    ])
    expect(why(toddler, { members: [...members, { age: 1 }] }).missing).toEqual([])
  })

  test('indexes are positions in the unfiltered stored order, and sort as numbers', () => {
    const many = Array.from({ length: 11 }, (_, index) =>
      index % 5 === 0 ? { isHead: true } : { isHead: false, age: 1 },
    )
    expect(why('h.members.filter(m, m.isHead).all(m, m.age < 6)', { members: many }).missing).toEqual([
      'h.members[0].age',
      'h.members[5].age',
      'h.members[10].age',
    ])
  })

  test('of a list in a list, a path through both', () => {
    const within = [{ amounts: [1] }, { amounts: [2, null] }, {}]
    expect(why('h.members.exists(m, m.amounts.exists(x, x > 2))', { members: within }).missing).toEqual([
      'h.members[1].amounts[1]',
      'h.members[2].amounts',
    ])
  })

  test('of a conditional with known condition, that of the branch taken; with an unknown one, of all three', () => {
    const written = 'h.p ? h.a == 1 : h.b == 1'
    expect(why(written, { p: true }).missing).toEqual(['h.a'])
    expect(why(written, { p: false }).missing).toEqual(['h.b'])
    expect(why(written).missing).toEqual(['h.a', 'h.b', 'h.p'])
    expect(why(written, { a: 1, b: 1 }).missing).toEqual([])
  })

  test('of anything else, the union over its unknown operands, however another one stands', () => {
    expect(why('(h.p || h.a > 1) && h.q && h.b > 1', { a: 5, b: 1, q: null }).missing).toEqual([])
    expect(why('(h.p || h.a > 1) && h.q', { a: 1, q: true }).missing).toEqual(['h.p'])
    expect(why('h.a in h.amounts', { amounts: [null, 1] }).missing).toEqual(['h.a', 'h.amounts[0]'])
  })

  test('it may be empty for an unknown outcome: then the reasons say why', () => {
    expect(why('h.a > 0 && div(1, h.b, 0) == 1', { a: 1, b: 0 })).toEqual({
      missing: [],
      reasons: ['division-by-zero: div(1, h.b, 0)'],
    })
  })

  test('reasons are sorted and unique, and those below what is known do not count', () => {
    const zero = { a: 1, b: 0 }
    expect(why('div(1, h.b, 0) == 1 && h.a % h.b == 1', zero).reasons).toEqual([
      'division-by-zero: div(1, h.b, 0)',
      'division-by-zero: h.a % h.b',
    ])
    expect(why('h.amounts.exists(x, div(1, x, 0) == 1)', { amounts: [0, 0] }).reasons).toEqual([
      'division-by-zero: div(1, x, 0)',
    ])
    expect(why('div(1, h.b, 0) == 1 || h.a == 1', zero).reasons).toEqual([])
  })
})

describe('a trace', () => {
  test('keeps the value and the span of every part, also behind what settles it', () => {
    const rule = ruleOf('h.p && h.members.exists(m, m.age < 6)')
    const { trace } = traceRule(rule, { facts: { h: { p: false, members: [{ age: 7 }, { age: 3 }] } }, on })
    expect(trace.value).toBe(false)
    const [, exists] = trace.operands
    if (exists === undefined || !('value' in exists)) throw new Error('no aggregate')
    expect(exists.value).toBe(true)
    expect(exists.elements.map(({ index, trace: element }) => [index, element.value])).toEqual([
      [0, false],
      [1, true],
    ])
    const { start, end } = exists.elements[1]?.trace.operands[0]?.expression.span ?? { start: 0, end: 0 }
    expect(rule.text.slice(start, end)).toBe('m.age')
    expect(exists.elements[1]?.trace.operands[0]?.path).toEqual(['h', 'members', 1, 'age'])
  })
})
