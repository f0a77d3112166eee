import { describe, expect, test } from 'vitest'
import { environment } from './check.fixtures.ts'
import { checkRule } from './check.ts'
import type { Expression } from './expression.ts'
import { ruleLimits } from './rule.ts'

/** The checked tree of a rule that must have no fault. */
function checked(text: string): Expression {
  const result = checkRule(text, environment)
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join(' '))
  return result.rule.expression
}

/** Code and place of each fault: the part of the text that it underlines. */
function faults(text: string): readonly (readonly [code: string, part: string])[] {
  const result = checkRule(text, environment)
  return result.ok ? [] : result.faults.map(({ code, start, end }) => [code, text.slice(start, end)] as const)
}

function hints(text: string): readonly (string | undefined)[] {
  const result = checkRule(text, environment)
  return result.ok ? [] : result.faults.map(({ hint }) => hint)
}

/** What a node proves: whether it is known, whether it must be checked, its bounds. */
function proof(text: string) {
  const node = checked(text)
  const guarded = 'guarded' in node ? node.guarded : false
  return { known: node.known, guarded, range: node.range && [node.range.minimum, node.range.maximum] }
}

describe('names', () => {
  test('a fact is read by its path, a variable by its scope', () => {
    expect(checked('household.members.exists(m, m.isPupil)')).toMatchObject({
      kind: 'aggregate',
      list: { kind: 'list', scope: 0, path: ['household', 'members'] },
      body: { kind: 'fact', scope: 1, path: ['isPupil'] },
    })
    expect(checked('household.members.all(m, m.children.exists(c, c.grade > m.age))')).toMatchObject({
      body: {
        list: { scope: 1, path: ['children'] },
        body: {
          operands: [
            { scope: 2, path: ['grade'] },
            { scope: 1, path: ['age'] },
          ],
        },
      },
    })
    expect(checked("household.tags.exists(t, t.startsWith('x'))")).toMatchObject({
      body: { operands: [{ kind: 'fact', scope: 1, path: [] }, { kind: 'literal' }] },
    })
  })

  test('a misspelt name is a fault that names the likely one', () => {
    expect(faults('household.decil <= 4')).toEqual([['rules/unknown-fact', 'decil']])
    expect(hints('household.decil <= 4')).toEqual(['Did you mean household.decile?'])
    expect(hints('houshold.decile <= 4')).toEqual(['Did you mean household?'])
    expect(hints('parameters.decilMax == 4')).toEqual(['Did you mean parameters.decileMax?'])
    expect(hints('household.members.exist(m, m.isPupil)')).toEqual(['Did you mean exists?'])
    expect(hints('now > household.registered')).toEqual(['The date of the decision is the variable on.'])
  })

  test('names of prototypes are names like any other (own properties only)', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf']) {
      expect(faults(`household.${name} == 1`)).toEqual([['rules/unknown-fact', name]])
      expect(faults(`parameters.${name} == 1`)).toEqual([['rules/unknown-parameter', name]])
      expect(faults(`household.members.${name}(m, true)`)).toEqual([['rules/unknown-function', name]])
      const root = name === '__proto__' ? 'rules/syntax' : 'rules/unknown-fact'
      expect(faults(`${name}.x == 1`)).toEqual([[root, name]])
    }
  })

  test('a variable hides nothing', () => {
    expect(faults('household.members.exists(on, on.isPupil)')).toEqual([['rules/shadowed', 'on']])
    expect(faults('household.members.exists(isOpen, isOpen.isPupil)')).toEqual([['rules/shadowed', 'isOpen']])
    const twice = 'household.members.exists(m, m.children.exists(m, m.grade > 1))'
    expect(faults(twice)).toEqual([['rules/shadowed', 'm']])
    // Side by side it is a new name each time.
    expect(faults('household.members.all(m, m.isPupil) || household.members.exists(m, m.isPupil)')).toEqual(
      [],
    )
  })
})

describe('faults', () => {
  test('all are told at once, in the order of the text, with line and column', () => {
    const text =
      "household.decil <= 4 &&\n  household.status == 'por' ||\n  size(household.tags) / 2 > parameters.x"
    const result = checkRule(text, environment)
    const told = result.ok ? [] : result.faults.map(({ code, line, column }) => `${line}:${column} ${code}`)
    expect(told).toEqual([
      '1:11 rules/unknown-fact',
      '2:23 rules/unknown-label',
      '3:3 rules/unknown-function',
      '3:3 rules/unsupported',
      '3:41 rules/unknown-parameter',
    ])
  })

  test.each([
    [
      'household.area / 2.0 > 1.0',
      'Write div(household.area, 2.0, 0), the last being the digits after the point.',
    ],
    ['household.decile == null', 'Write !known(household.decile).'],
    ['null != household.decile', 'Write known(household.decile).'],
    ['has(household.decile)', 'Write known(household.decile).'],
    ["household.name.matches('^A')", 'Use startsWith, endsWith or contains.'],
    ["household.registered < timestamp('2025-01-01')", "Write date('2025-01-01')."],
    ["household.registered < '2025-01-01'", "Write date('2025-01-01')."],
    ['household.members[0].isPupil', 'Ask list.exists(x, …), list.all(x, …) or list.filter(x, …).'],
    [
      'household.members.isPupil',
      'Write household.members.exists(x, x.isPupil …), or all, filter, sum, min, max.',
    ],
    ['household.tags.size == 1', 'Write household.tags.exists(x, x.size …), or all, filter, sum, min, max.'],
    ['size(household.tags) == 1', 'Write a.size().'],
    ["'oo' in household.name", 'Whether a text holds another says a.contains(b).'],
    ["household.name < 'b'", 'Texts have no order and are not joined.'],
    ['household.rooms = 3', 'Write == for equality.'],
    ['isOpen and isOpen', 'Write && for and, || for or, ! for not.'],
    ['household.rooms > 3u', 'Leave out the u.'],
    ['household.rooms > 3e2', 'Write all its digits.'],
  ])('%s: %s', (text, hint) => {
    expect(hints(text)).toContain(hint)
  })

  test('what CEL has and this language has not is refused', () => {
    for (const text of [
      "{'a': 1}",
      "b'x' == b'x'",
      "string(1) == '1'",
      'household.scores.map(x, x)',
      'household.scores.exists_one(x, x > 1)',
      "duration('1s')",
    ]) {
      expect(faults(text)[0]?.[0]).toBe('rules/unsupported')
    }
    for (const text of ['household.?x', 'Message{a: 1}', '`a`', "'\\q'", 'x.in', '1 +', '']) {
      expect(faults(text)[0]?.[0]).toBe('rules/syntax')
    }
  })

  test('what cannot be read is told in plain words', () => {
    const told = (text: string) => {
      const result = checkRule(text, environment)
      return result.ok ? undefined : result.faults[0]?.message
    }
    expect(told('isOpen &&')).toBe('Unexpected token: the end.')
    expect(told('(isOpen')).toBe('Expected ), got the end.')
    expect(told('[1, 2')).toBe('Expected ], got the end.')
    expect(told('isOpen ? 1')).toBe('Expected :, got the end.')
  })

  test('a rule has one value', () => {
    for (const text of ['household', 'household.members', 'parameters', 'parameters.statuses', '[1, 2]']) {
      expect(faults(text)).toEqual([['rules/type', text]])
    }
  })

  test('operands are counted, and a scale stands in the text', () => {
    expect(faults('div(1, 2)')).toEqual([['rules/arguments', 'div']])
    expect(faults('household.tags.size(1)')).toEqual([['rules/arguments', 'size']])
    expect(faults('div(1, 2, household.rooms)')).toEqual([['rules/arguments', 'household.rooms']])
    expect(faults('div(1, 2, 10)')).toEqual([['rules/arguments', '10']])
    expect(faults('div(1, 2, -1)')).toEqual([['rules/arguments', '-1']])
    expect(faults("sum(household.members, 'm', 1)")).toEqual([['rules/arguments', "'m'"]])
  })
})

describe('types', () => {
  test('semantics 6: decimals are aligned to the larger scale by + - and comparison', () => {
    expect(checked('household.area == 2.5')).toMatchObject({
      operands: [{ kind: 'fact' }, { kind: 'literal', value: 250, type: { kind: 'number', scale: 2 } }],
    })
    expect(checked('household.rooms + household.area')).toMatchObject({
      type: { kind: 'number', scale: 2 },
      operands: [
        { operation: 'rescale', scale: 2, operands: [{ path: ['household', 'rooms'] }] },
        { kind: 'fact' },
      ],
    })
    expect(checked('isOpen ? 1 : 0.25')).toMatchObject({
      type: { kind: 'number', scale: 2 },
      whenTrue: { value: 100 },
      whenFalse: { value: 25 },
    })
    expect(checked('household.area in [1, 2.125]')).toMatchObject({
      needle: { operation: 'rescale', scale: 1 },
      elements: [{ value: 1000 }, { value: 2125 }],
    })
  })

  test('semantics 6: in over a list fact aligns too, the elements where they have the smaller scale', () => {
    expect(checked('3 in household.scores')).toMatchObject({ kind: 'elementOf', needle: { value: 3 } })
    expect(checked('2.5 in household.scores')).toMatchObject({
      kind: 'aggregate',
      aggregate: 'exists',
      body: {
        operation: 'equal',
        operands: [{ value: 25 }, { operation: 'rescale', operands: [{ kind: 'fact', scope: 1, path: [] }] }],
      },
    })
  })

  test('semantics 6: * adds the scales, and above 9 it is a fault', () => {
    expect(checked('household.area * household.share').type).toEqual({ kind: 'number', scale: 8 })
    expect(faults('household.share * household.share')).toEqual([
      ['rules/scale', 'household.share * household.share'],
    ])
    expect(faults('household.area == 1.0123456789')).toEqual([['rules/scale', '1.0123456789']])
  })

  test('semantics 6: money with int gives money or compares', () => {
    for (const text of ['household.income + 1', '1 - household.income', 'household.income * 2']) {
      expect(checked(text).type).toEqual({ kind: 'money' })
    }
    expect(checked('household.income + parameters.minimum').type).toEqual({ kind: 'money' })
    expect(checked('isOpen ? household.income : 0').type).toEqual({ kind: 'money' })
    expect(checked('household.income >= 600000').type).toEqual({ kind: 'bool' })
    expect(checked('sum(household.members, m, m.wage)').type).toEqual({ kind: 'money' })
  })

  test('semantics 6: money with decimal and money * money are faults', () => {
    for (const text of [
      'household.income * 0.5',
      'household.income + household.area',
      'household.income > household.area',
      'household.income * household.income',
      'household.income in [0.5]',
      'isOpen ? household.income : 0.5',
      'household.rooms % household.income',
    ]) {
      expect(faults(text)).toEqual([['rules/type', text]])
    }
  })

  test('semantics 6: div of money by money is decimal, by an int money of scale 0', () => {
    expect(checked('div(household.income, parameters.minimum, 3)').type).toEqual({ kind: 'number', scale: 3 })
    expect(checked('div(household.income, 3, 0)').type).toEqual({ kind: 'money' })
    expect(faults('div(household.income, 3, 2)')).toEqual([['rules/type', 'div(household.income, 3, 2)']])
    expect(faults('div(3, household.income, 0)')).toEqual([['rules/type', 'div(3, household.income, 0)']])
  })

  test('semantics 4: both branches have one type', () => {
    expect(faults("isOpen ? 1 : 'a'")).toEqual([['rules/type', "isOpen ? 1 : 'a'"]])
    expect(faults('household.rooms ? 1 : 2')).toEqual([['rules/type', 'household.rooms']])
  })

  test('semantics 5: text has equality and membership only', () => {
    expect(faults("household.name == 'a' || household.name in ['a', 'b']")).toEqual([])
    expect(faults('household.name > household.name')).toHaveLength(1)
    expect(faults("household.name + 'a' == 'b'")).toHaveLength(1)
  })

  test('an enum is compared with its labels', () => {
    expect(checked("household.status == 'near poor'")).toMatchObject({
      operands: [{ kind: 'fact' }, { kind: 'literal', type: { kind: 'enum' } }],
    })
    expect(faults("household.status in ['poor', 'ritch']")).toEqual([['rules/unknown-label', "'ritch'"]])
    expect(hints("household.status in ['poor', 'ritch']")).toEqual(['Did you mean rich?'])
    expect(hints("household.roof == 'thatched'")).toEqual(['Labels are tin, tile.'])
    expect(faults("household.status == (isOpen ? 'poor' : 'rich')")).toEqual([])
    expect(faults('household.status == household.formerStatus')).toEqual([])
    expect(faults('household.status == household.roof')).toHaveLength(1)
    expect(faults('household.status == household.name')).toHaveLength(1)
    expect(faults("household.status.startsWith('p')")).toHaveLength(1)
  })

  test('semantics 5: in takes a list fact or a literal of any expressions of one type', () => {
    expect(checked('household.rooms in [1, household.decile + 1]')).toMatchObject({ kind: 'oneOf' })
    expect(checked('household.rooms in []')).toMatchObject({ kind: 'oneOf', elements: [], known: true })
    expect(faults("household.rooms in [1, 'a']")).toHaveLength(1)
    expect(faults('household.rooms in household.tags')).toHaveLength(1)
    expect(faults('household.rooms in household.members')).toEqual([['rules/type', 'household.members']])
    expect(checked("'x' in household.tags.filter(t, t != 'y')")).toMatchObject({ list: { kind: 'filter' } })
  })

  test('a parameter is a known value, and a list of them stands behind in', () => {
    expect(checked('household.decile <= parameters.decileMax')).toMatchObject({
      operands: [{ kind: 'fact' }, { kind: 'parameter', name: 'decileMax', value: 4, known: true }],
    })
    expect(checked('household.status in parameters.statuses')).toMatchObject({
      kind: 'oneOf',
      elements: [
        { kind: 'parameter', name: 'statuses', value: 'poor', type: { kind: 'enum' } },
        { kind: 'parameter', name: 'statuses', value: 'near poor' },
      ],
    })
    expect(faults('household.status in parameters.wrongStatuses')).toEqual([
      ['rules/unknown-label', 'parameters.wrongStatuses'],
    ])
    expect(checked('household.rooms in parameters.nothing')).toMatchObject({ elements: [], known: true })
  })

  test('semantics 1: known takes any expression, and a list', () => {
    for (const text of [
      'known(household.decile)',
      'known(household.members)',
      'known(div(1, household.rooms, 0))',
    ]) {
      expect(checked(text)).toMatchObject({ kind: 'known', known: true })
    }
    expect(checked('known(household.members.filter(m, m.isPupil))')).toMatchObject({
      operand: { kind: 'filter' },
    })
  })
})

describe('literals', () => {
  test('semantics 6: a decimal is what stands in the text, to the digit', () => {
    expect(checked('2.50')).toMatchObject({ value: 250, type: { kind: 'number', scale: 2 } })
    expect(checked('9007199254740.991')).toMatchObject({ value: 9007199254740991 })
    expect(checked('-0.0')).toMatchObject({ value: 0 })
    expect(Object.is((checked('-0') as { readonly value?: unknown }).value, 0)).toBe(true)
    expect(checked('0x1F')).toMatchObject({ value: 31 })
  })

  test('semantics 2: a literal that is out of range or not a date is a fault', () => {
    expect(checked('-9007199254740991')).toMatchObject({ kind: 'literal', value: -9007199254740991 })
    expect(faults('9007199254740992 > 1')).toEqual([['rules/out-of-range', '9007199254740992']])
    expect(faults('1 < 99999999999999999999999999')).toEqual([
      ['rules/out-of-range', '99999999999999999999999999'],
    ])
    for (const text of ["'2025-02-30'", "'0000-01-01'", "'2025-1-1'", "'today'", "''"]) {
      expect(faults(`date(${text}) < on`)).toEqual([['rules/no-such-date', text]])
    }
    expect(checked("date('2024-02-29')")).toMatchObject({
      kind: 'literal',
      type: { kind: 'date' },
      known: true,
    })
  })

  test('semantics 5: text is in normal form NFC, while spans stay those of the text', () => {
    const text = "household.name == 'Ame\u0301lie' && isOpen"
    expect(checked(text)).toMatchObject({
      operands: [
        { operands: [{}, { value: 'Am\u00e9lie', span: { start: 18, end: 27 } }] },
        { span: { end: 37 } },
      ],
    })
    expect(checked("'\\u0065\\u0301'")).toMatchObject({ value: '\u00e9' })
    const parameter = { type: { kind: 'text', known: true }, value: 'Ame\u0301lie' } as const
    const named = checkRule('parameters.name', { facts: {}, parameters: { name: parameter } })
    expect(named).toMatchObject({ rule: { expression: { value: 'Am\u00e9lie' } } })
  })

  test('semantics 5: U+0000 and lone surrogates are refused', () => {
    for (const text of ["'\\u0000'", "'\\x00'", "'a\0'", '"\ud800"', 'true // \udc00']) {
      expect(faults(text)[0]?.[0]).toBe('rules/invalid-text')
    }
    expect(faults("'\\ud800'")[0]?.[0]).toBe('rules/syntax')
  })
})

describe('intervals', () => {
  test('what the promised ranges prove needs no check', () => {
    expect(proof('household.rooms * 1000 + 5')).toEqual({ known: true, guarded: false, range: [5, 50_005] })
    expect(proof('household.rooms - household.decile')).toMatchObject({ guarded: false, range: [-10, 49] })
    expect(proof('-household.rooms')).toMatchObject({ guarded: false, range: [-50, 0] })
    expect(proof('household.income * 100')).toMatchObject({ guarded: false, range: [0, 100_000_000_000] })
    expect(proof('household.income * 100000000')).toMatchObject({ guarded: true, known: false })
  })

  test('a fact without promise is checked when it is read, and what is made of it too', () => {
    expect(proof('household.anyNumber')).toEqual({
      known: false,
      guarded: true,
      range: [-9007199254740991, 9007199254740991],
    })
    expect(proof('household.anyNumber + 1')).toMatchObject({ guarded: true, known: false })
    expect(proof('household.writtenDate')).toMatchObject({ guarded: true, known: false })
    expect(proof('household.registered')).toMatchObject({ guarded: false, known: true })
  })

  test('a division is checked where the divisor may be zero', () => {
    expect(proof('div(household.rooms, household.decile, 0)')).toMatchObject({
      guarded: false,
      range: [0, 50],
    })
    expect(proof('div(1, household.rooms, 0)')).toMatchObject({ guarded: true })
    expect(proof('household.rooms % household.decile')).toMatchObject({ guarded: false, range: [0, 9] })
    expect(proof('household.rooms % household.rooms')).toMatchObject({ guarded: true })
    expect(proof('div(household.rooms, -3, 2)')).toMatchObject({ guarded: false, range: [-1667, 0] })
  })

  test('ages, months and lengths have bounds of their own', () => {
    expect(proof('age(household.registered, on)')).toEqual({ known: false, guarded: true, range: [0, 9998] })
    const months = proof('monthsBetween(household.registered, on)')
    expect(months).toEqual({ known: true, guarded: false, range: [-119_988, 119_987] })
    expect(proof('household.tags.size()')).toEqual({ known: true, guarded: false, range: [0, 5] })
    expect(proof('household.name.size() * 1000')).toMatchObject({ guarded: false })
  })

  test('a sum is bounded by the greatest length of its list', () => {
    expect(proof('sum(household.complete, m, m.age)')).toEqual({
      known: true,
      guarded: false,
      range: [0, 1200],
    })
    expect(proof('sum(household.members, m, m.age - 200)')).toMatchObject({
      known: false,
      range: [-12_800, 0],
    })
    expect(proof('sum(household.scores, x, x * 20000000000000)')).toMatchObject({ guarded: true })
    // Of nothing there is no least, and no type says that a list has an element.
    expect(proof('min(household.complete, m, m.age)')).toEqual({
      known: false,
      guarded: true,
      range: [0, 150],
    })
  })

  test('what may be missing is not known, and a list may be', () => {
    expect(proof('household.decile > 1').known).toBe(false)
    expect(proof('household.rooms > 1').known).toBe(true)
    expect(proof('household.members.exists(m, m.age > 1)').known).toBe(false)
    expect(proof('household.complete.exists(m, m.age > 1)').known).toBe(true)
    expect(proof('household.complete.exists(m, m.isPupil)').known).toBe(false)
    expect(proof('household.complete.filter(m, m.isPupil).size()').known).toBe(false)
  })

  test('an aligned side that may leave the range is checked', () => {
    expect(checked('household.anyNumber < household.area')).toMatchObject({
      operands: [{ operation: 'rescale', guarded: true, known: false }, { kind: 'fact' }],
    })
    expect(checked('household.rooms < household.area')).toMatchObject({
      operands: [{ operation: 'rescale', guarded: false, known: true }, { kind: 'fact' }],
    })
  })
})

describe('spans', () => {
  test('a part is underlined without the parentheses around it, and with whole ones in it', () => {
    const text = '((household.rooms) + 1) * (household.rooms - (2)) > 3 && !(isOpen)'
    const parts: string[] = []
    const visit = (node: Expression): void => {
      parts.push(text.slice(node.span.start, node.span.end))
      if ('operands' in node) for (const operand of node.operands) visit(operand)
    }
    visit(checked(text))
    expect(parts).toEqual([
      text,
      '((household.rooms) + 1) * (household.rooms - (2)) > 3',
      '((household.rooms) + 1) * (household.rooms - (2))',
      '(household.rooms) + 1',
      'household.rooms',
      '1',
      'household.rooms - (2)',
      'household.rooms',
      '2',
      '3',
      '!(isOpen)',
    ])
  })

  test('a chain of && is one node, and a nested one stays its own', () => {
    expect(checked('isOpen && isOpen && (isOpen && isOpen)')).toMatchObject({
      kind: 'and',
      operands: [{ kind: 'fact' }, { kind: 'fact' }, { kind: 'and', span: { start: 21, end: 37 } }],
    })
  })
})

describe('limits (semantics 10)', () => {
  const code = (text: string, limits = {}) => {
    const result = checkRule(text, { ...environment, limits })
    return result.ok ? 'ok' : result.faults[0]?.code
  }
  const repeated = (part: string, times: number) => part.repeat(times)

  test('length, in UTF-16 units', () => {
    expect(code(`true${' '.repeat(ruleLimits.lengthMax - 4)}`)).toBe('ok')
    expect(code(`true${' '.repeat(ruleLimits.lengthMax - 3)}`)).toBe('rules/too-long')
  })

  test.each([
    ['parentheses', (n: number) => `${repeated('(', n)}true${repeated(')', n)}`],
    ['negations', (n: number) => `${repeated('!', n)}true`],
    ['signs', (n: number) => `${repeated('-', n)}1`],
    ['sums', (n: number) => `1${repeated(' + 1', n)}`],
    ['conditionals', (n: number) => `${repeated('isOpen ? 1 : ', n)}2`],
    ['comparisons', (n: number) => `isOpen${repeated(' == isOpen', n)}`],
  ])('nesting of 64 %s passes, and 65 do not', (_, write) => {
    expect(code(write(64))).toBe('ok')
    expect(code(write(65))).toBe('rules/too-deep')
  })

  test('a chain of && or || does not count', () => {
    expect(code(`isOpen${repeated('&&isOpen', 400)}`)).toBe('ok')
    expect(code(`isOpen${repeated('||!isOpen&&isOpen', 200)}`)).toBe('ok')
  })

  test('brackets in texts and comments do not count', () => {
    expect(code(`'${repeated('(', 100)}' == "${repeated('[', 100)}" // ${repeated('(', 100)}`)).toBe('ok')
    expect(code(`'''${repeated('(', 100)}'''.contains(r'\\(((')`)).toBe('ok')
  })

  test('nodes', () => {
    expect(code(`true${repeated('||true', 600)}`)).toBe('ok')
    expect(code(`1 in [1${repeated(',1', 1100)}]`)).toBe('rules/too-large')
  })

  test('cost, from the greatest lengths of the lists', () => {
    const nested = 'household.members.all(m, m.children.all(c, household.members.all(n, n.age > m.age)))'
    expect(code(nested)).toBe('rules/too-costly')
    const rule = checkRule('household.members.all(m, m.age > 1)', environment)
    expect(rule.ok && rule.rule.cost).toBe(1 + 1 + 64 * (1 + 3))
  })

  test('a host lowers each of them', () => {
    expect(code('isOpen || isOpen', { lengthMax: 10 })).toBe('rules/too-long')
    expect(code('!!isOpen', { nestingMax: 1 })).toBe('rules/too-deep')
    expect(code('isOpen || isOpen', { nodesMax: 2 })).toBe('rules/too-large')
    expect(code('household.members.all(m, m.age > 1)', { costMax: 100 })).toBe('rules/too-costly')
    // And raises none.
    expect(code(`${repeated('!', 65)}true`, { nestingMax: 1_000 })).toBe('rules/too-deep')
  })
})

describe('a checked rule', () => {
  test('is frozen all the way down, and what it was checked in is not', () => {
    const values = ['Ame\u0301']
    const facts = { a: { kind: 'enum', values, known: true } } as const
    const result = checkRule("a == 'Ame\u0301'", { facts })
    const visit = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(visit))
    expect(visit(result)).toBe(true)
    expect(Object.isFrozen(facts.a)).toBe(false)
    expect(Object.isFrozen(values)).toBe(false)
    // Semantics 5: labels are normalised when compiled.
    expect(result.ok && result.rule.facts).toEqual({ a: { kind: 'enum', values: ['Am\u00e9'], known: true } })
  })

  test('needs an environment that says what it means', () => {
    expect(() => checkRule('1', { facts: { on: { kind: 'bool', known: true } } })).toThrow(
      'the name is taken',
    )
    const parameters = { since: { type: { kind: 'date' }, value: '2025-02-30' } } as const
    expect(() => checkRule('1', { facts: {}, parameters })).toThrow('parameters.since')
  })
})
