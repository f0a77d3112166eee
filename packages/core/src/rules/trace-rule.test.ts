import { describe, expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import type { Expression, FactExpression, ListFactExpression } from './expression.ts'
import type { RecordFact } from './fact-types.ts'
import type { GivenFacts, Rule } from './rule.ts'
import { traceRule } from './trace-rule.ts'

const on = parseCivilDate('2026-11-24')
const bool = { kind: 'bool' } as const
const whole = { kind: 'number', scale: 0 } as const

let position = 0
function node() {
  position += 1
  return { span: { start: position, end: position + 1 }, known: false }
}

function numberFact(path: readonly string[], scope = 0): FactExpression {
  return { ...node(), kind: 'fact', type: whole, scope, path, guarded: false }
}

function number(value: number): Expression {
  return { ...node(), kind: 'literal', type: whole, value }
}

function lessThan(a: Expression, b: Expression): Expression {
  return {
    ...node(),
    kind: 'operation',
    operation: 'less',
    operands: [a, b],
    scale: 0,
    guarded: false,
    type: bool,
  }
}

const member: RecordFact = { kind: 'record', facts: {} }
function members(): ListFactExpression {
  const type = { kind: 'list', item: member, itemsMax: 64, known: false } as const
  return { ...node(), kind: 'list', scope: 0, path: ['household', 'members'], type }
}

function trace(expression: Expression, facts: GivenFacts) {
  const rule: Rule = { text: '', expression, facts: {}, nodes: 1, cost: 1 }
  const { value, missing, reasons } = traceRule(rule, { facts, on })
  return { value, missing, reasons: reasons.map(({ code }) => code) }
}

describe('an aggregate', () => {
  const toddler: Expression = {
    ...node(),
    kind: 'aggregate',
    aggregate: 'exists',
    list: members(),
    body: lessThan(numberFact(['age'], 1), number(6)),
    guarded: false,
    type: bool,
  }

  test('one known toddler settles `exists` though the roster is incomplete (semantics 3)', () => {
    const items = [{ age: null }, { age: 3 }]
    const facts = { household: { members: { items, complete: false } } } as const
    expect(trace(toddler, facts)).toEqual({ value: true, missing: [], reasons: [] })
  })

  test("the list's own path where the list is incomplete, and the union over the unknown elements (semantics 8)", () => {
    const items = Array.from({ length: 11 }, (_, index) => (index % 5 === 0 ? {} : { age: 30 }))
    const facts = { household: { members: { items, complete: false } } } as const
    expect(trace(toddler, facts).missing).toEqual([
      'household.members',
      'household.members[0].age',
      'household.members[5].age',
      'household.members[10].age',
    ])
  })

  test('"no members" and "members unknown" differ (semantics 3)', () => {
    expect(trace(toddler, { household: { members: [] } }).value).toBe(false)
    expect(trace(toddler, { household: {} })).toEqual({
      value: null,
      missing: ['household.members'],
      reasons: [],
    })
  })
})
