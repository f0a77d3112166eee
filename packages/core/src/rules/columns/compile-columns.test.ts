import { afterEach, describe, expect, test, vi } from 'vitest'
import { parseCivilDate } from '../../kernel/index.ts'
import { checkRule } from '../check.ts'
import type { FactType } from '../fact-types.ts'
import { ColumnsBuilder } from './columns-builder.ts'
import { compileColumns, outcomeAt } from './compile-columns.ts'

const on = parseCivilDate('2026-11-24')
const facts: Readonly<Record<string, FactType>> = {
  household: {
    kind: 'record',
    facts: {
      secretName: { kind: 'text', known: false },
      decile: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
      members: {
        kind: 'list',
        itemsMax: 64,
        known: false,
        item: {
          kind: 'record',
          facts: { age: { kind: 'int', minimum: 0, maximum: 130, promised: true, known: false } },
        },
      },
    },
  },
}

function ruleOf(text: string) {
  const checked = checkRule(text, { facts })
  if (!checked.ok) throw new Error(checked.faults[0]?.message)
  return checked.rule
}

const rules = [
  ruleOf("household.secretName == 'secret text' && household.decile <= 4"),
  ruleOf('household.members.exists(m, m.age < 6)'),
  ruleOf('sum(household.members, m, m.age)'),
  ruleOf('household.members.exists(m, m.age == max(household.members, x, x.age))'),
  ruleOf('household.members.all(m, household.members.exists(x, x.age > m.age))'),
]
const rows = [
  { household: { secretName: 'secret text', decile: 4, members: [{ age: 7 }, { age: 5 }] } },
  { household: { secretName: 'other', decile: null, members: [] } },
  { household: { members: { items: [{ age: 80 }], complete: false } } },
] as const

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe.each(['generated', 'composed'] as const)('%s columns', (execution) => {
  test('give the outcomes of all rules for every row, and take more rows in a next run', () => {
    const compiled = compileColumns(rules, { execution })
    const builder = new ColumnsBuilder(compiled.plan)
    for (let run = 0; run < 2; run += 1) {
      for (const row of rows) builder.add(row)
      const columns = builder.take()
      const outcomes = compiled.run(columns, on)
      const values = rules.map(({ expression }, rule) =>
        rows.map((_, row) =>
          outcomeAt(outcomes[rule] ?? new Uint8Array(0), row, expression.type, columns.texts),
        ),
      )
      expect(values).toEqual([
        [true, false, null],
        [true, false, null],
        [12, 0, null],
        [true, false, null],
        [false, true, null],
      ])
    }
  })
})

test('what rules ask of the same list is one list of columns', () => {
  expect(compileColumns(rules).plan).toEqual({
    facts: [
      { path: ['household', 'secretName'], kind: 'text' },
      { path: ['household', 'decile'], kind: 'number', range: { minimum: 1, maximum: 10 } },
    ],
    lists: [
      {
        path: ['household', 'members'],
        elements: {
          facts: [{ path: ['age'], kind: 'number', range: { minimum: 0, maximum: 130 } }],
          lists: [],
        },
      },
    ],
  })
})

test('no name and no text of a rule stands in the code that is made', () => {
  const sources: string[] = []
  const Real = Function
  vi.stubGlobal('Function', function spied(...parts: string[]) {
    sources.push(parts.join('\n'))
    return new Real(...parts)
  })
  const compiled = compileColumns(rules, { execution: 'generated' })
  expect(compiled.execution).toBe('generated')
  const source = sources.join('\n')
  expect(source).toContain('for (let i0')
  for (const name of ['secret', 'household', 'members', 'decile', 'age <', "text'"])
    expect(source).not.toContain(name)
})

test('where no code may be made from text, kernels are composed', async () => {
  vi.resetModules()
  vi.stubGlobal('Function', () => {
    throw new EvalError('Refused by the content security policy')
  })
  const { compileColumns: compile } = await import('./compile-columns.ts')
  expect(compile(rules).execution).toBe('composed')
})
