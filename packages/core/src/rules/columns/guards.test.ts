import { expect, test } from 'vitest'
import { checkRule } from '../check.ts'
import type { FactType } from '../fact-types.ts'
import { guardsOf } from './guards.ts'
import { lower } from './lower.ts'
import { NodeFactory } from './node-factory.ts'

const number = { kind: 'int', minimum: 0, maximum: 130, promised: true, known: false } as const
const members: FactType = {
  kind: 'list',
  item: { kind: 'record', facts: { age: number } },
  itemsMax: 64,
  known: false,
}
const facts = { home: { kind: 'record', facts: { decile: number, rooms: number, members } } } as const

/** By what the passes over lists of some rules are guarded, as texts. */
function guarded(...texts: readonly string[]): string[] {
  const factory = new NodeFactory()
  const roots = texts.map((text) => {
    const checked = checkRule(text, { facts })
    if (!checked.ok) throw new Error(checked.faults[0]?.message)
    return lower(factory, checked.rule.expression, [factory.rows])
  })
  return [...guardsOf(roots)].map(([fold, ways]) => {
    const shown = ways.map((way) =>
      way
        .map(({ by, settling }) => `${by.kind === 'strict' ? by.name : by.kind} is not ${settling}`)
        .join(' and '),
    )
    return `${fold.kind === 'fold' ? fold.name : fold.kind} where ${[...new Set(shown)].join(' or ')}`
  })
}

const young = 'home.members.exists(m, m.age < 6)'

test('a list is looked at only where nothing before settles what it is asked for', () => {
  expect(guarded(`home.decile <= 4 && ${young}`)).toEqual(['exists where lessOrEqual is not 0'])
  expect(guarded(`${young} || home.decile < 4`)).toEqual(['exists where less is not 3'])
  expect(guarded(`home.decile <= 4 && (home.rooms < 2 || !${young})`)).toEqual([
    'exists where less is not 3 and lessOrEqual is not 0',
  ])
  expect(guarded(`home.decile <= 4 && sum(home.members, m, m.age) < 9`)).toEqual([
    'sum where lessOrEqual is not 0',
  ])
})

test('a list that counts by itself, or for one rule of several, is always looked at', () => {
  expect(guarded(young)).toEqual([])
  expect(guarded(`home.decile <= 4 && ${young}`, `!${young}`)).toEqual([])
  expect(guarded(`home.decile <= 4 && ${young}`, `home.rooms < 2 && ${young}`)).toEqual([
    'exists where lessOrEqual is not 0 or less is not 0',
  ])
})

test('lists do not guard one another where neither is looked at first', () => {
  expect(guarded(`${young} && home.members.all(m, m.age < 60)`)).toEqual([])
})
