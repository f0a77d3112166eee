import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { environment } from './check.fixtures.ts'
import { checkRule } from './check.ts'
import { checkOverFacts } from './check-over-facts.ts'
import { functionTable } from './function-table.ts'
import { ruleLimits } from './rule.ts'

/** Checks a text with and without a schema. Each fault lies within the text, and says what and where. */
function check(text: string): 'ok' | string {
  const result = checkRule(text, environment)
  const checked = checkOverFacts(text, { household: { decile: 3, members: [{ age: 3 }] } })
  for (const { ok, faults } of [
    { faults: [], ...result },
    { faults: [], ...checked },
  ]) {
    expect(ok).toBe(faults.length === 0)
    let before = 0
    for (const { code, start, end, line, column, message } of faults) {
      expect(code).toMatch(/^rules\//)
      expect(message).not.toBe('')
      expect(start).toBeGreaterThanOrEqual(before)
      expect(end).toBeGreaterThanOrEqual(start)
      expect(end).toBeLessThanOrEqual(text.length)
      expect(text.split('\n')[line - 1]?.length).toBeGreaterThanOrEqual(column - 1)
      before = start
    }
  }
  return result.ok ? 'ok' : (result.faults[0]?.code ?? '')
}

/** Any UTF-16 units, halves of surrogate pairs among them. */
function anyText(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff }))
  return fc.array(unit, { maxLength }).map((units) => String.fromCharCode(...units))
}

/** Rules that hold, for what mutations make of them. */
const rules = [
  'household.decile <= parameters.decileMax && !(household.hasLand || isOpen)',
  'household.members.filter(m, m.age >= 6 && m.age < 21 && m.isPupil).size() > 0 ? 1.5 : div(household.area, 3, 2)',
  "sum(household.members, m, m.wage) * 12 >= parameters.minimum && household.status in ['poor', 'near poor']",
  "age(household.registered, on) > 17 && date('2025-12-31') >= household.registered || monthsBetween(on, on) == 0",
  'household.complete.exists(m, m.children.all(c, c.grade % 2 == 1)) == known(household.members)',
  'household.name.startsWith("\\u00e9\\n") || """a"b""".contains(\'\') || r\'\\d\'.size() == -0x1F // and so on',
]

const words = [
  ...functionTable.map(({ name }) => name),
  ...'( ) [ ] { } . , ? : ! - + * / % == != < <= > >= && || in = & | ` # $ @ ~ \\ " \' """ // \n'.split(' '),
  ...'household members decile name m x on parameters isOpen true false null 1 0 -1 2.5 1e9 0x 0xFF 1u r" b" \'a\''.split(
    ' ',
  ),
  ...'9007199254740992 99999999999999999999 has matches map timestamp now __proto__ constructor prototype if as'.split(
    ' ',
  ),
  "date('2025-02-30')",
  '\u0301',
  '\ud800',
  '\0',
  ' ',
  '\u00a0',
]

describe('a hostile rule ends in faults and never in a throw (semantics 10)', () => {
  test('any text', () => {
    fc.assert(fc.property(anyText(200), (text) => void check(text)))
  })

  test('any soup of tokens', () => {
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 })
    fc.assert(
      fc.property(soup, fc.constantFrom('', ' '), (parts, between) => void check(parts.join(between))),
      { numRuns: 500 },
    )
  })

  test('a rule of which something was cut out, put in or doubled', () => {
    for (const rule of rules) expect(check(rule)).toBe('ok')
    const mutation = fc.record({
      rule: fc.constantFrom(...rules),
      from: fc.nat(120),
      length: fc.nat(12),
      put: fc.oneof(fc.constantFrom(...words), fc.constantFrom(...rules), anyText(3)),
    })
    fc.assert(
      fc.property(mutation, ({ rule, from, length, put }) => {
        check(rule.slice(0, from) + put + rule.slice(from + length))
      }),
      { numRuns: 500 },
    )
  })

  test('deep nesting and long chains', () => {
    const deep = [
      ...[
        '(',
        '[',
        '{',
        '!',
        '-',
        'a.b(',
        'a?',
        'a?b:',
        'a[',
        'x.y.',
        '[[',
        "{'a':",
        'f(',
        '1+',
        '1 in [',
        '!(',
      ],
      ...['a.exists(x,', 'sum(a,x,', 'a&&(', 'a||!(', 'date(', 'known(', '"""', "'", '\\', '//', '/', '\n'],
    ]
    for (const part of deep) {
      for (const times of [63, 64, 65, 300, Math.floor(ruleLimits.lengthMax / part.length)]) {
        const opened = part.repeat(times)
        check(opened)
        check(`${opened}1`)
        const closing = part.endsWith('(') ? ')' : part.endsWith('[') ? ']' : ''
        check(`${opened}1${closing.repeat(times)}`.slice(0, ruleLimits.lengthMax))
      }
    }
    const chains = [
      '&&true',
      '||true',
      '+1',
      '==1',
      '.a',
      '.size()',
      '[0]',
      '?1:1',
      ',1',
      ' in [1]',
      '.filter(x,true)',
    ]
    for (const part of chains) {
      for (const start of ['a', '1', '[1', 'true', 'household.members']) check(start + part.repeat(400))
    }
  })

  test('huge literals and names', () => {
    for (const size of [100, 4_000, 100_000]) {
      for (const text of [
        '9'.repeat(size),
        `0.${'3'.repeat(size)}`,
        `0x${'f'.repeat(size)}`,
        'a'.repeat(size),
      ]) {
        expect(check(text)).toMatch(/^rules\//)
        expect(check(`household.${text}`)).toMatch(/^rules\//)
      }
      check(`'${'\u0301'.repeat(size)}' == household.name`)
    }
    expect(check(`1 in [${'1,'.repeat(2_000)}1]`)).toBe('rules/too-large')
    expect(check(`known(${'1,'.repeat(100)}1)`)).toMatch(/^rules\//)
  })

  test('the work is bounded: a text of any kind takes time in proportion to its length', () => {
    const kinds = [
      '(',
      'a.',
      '"""',
      "'''",
      '!',
      '[1,',
      'xx==',
      'household.members.exists(x,',
      '&&',
      '// ',
      'r"',
      '\\',
    ]
    const parts = fc.array(fc.constantFrom(...kinds, ...words), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(parts, (some) => {
        const part = some.join('')
        const text = part.repeat(Math.floor(ruleLimits.lengthMax / part.length))
        const started = performance.now()
        check(text)
        // A text of this length takes a few milliseconds; what grows with its square or worse takes seconds.
        expect(performance.now() - started).toBeLessThan(5_000)
      }),
    )
  })
})
