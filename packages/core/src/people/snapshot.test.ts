import { expect, test } from 'vitest'
import type { FactDefinition } from './facts.ts'
import { defineSnapshot } from './snapshot.ts'

const define = (name: string, type: FactDefinition['type'], unit: FactDefinition['unit'] = 'household') =>
  defineSnapshot([{ name, unit, type, label: { en: name }, fieldClass: 'specific' }])
const range = { promised: true, known: false }

test('the columns hold what the definitions promise, and rules read them so', () => {
  const types: Record<string, FactDefinition['type']> = {
    decile: { kind: 'int', minimum: 1, maximum: 10, ...range },
    income: { kind: 'money', minimum: 0, maximum: 10 ** 12, ...range },
    share: { kind: 'decimal', scale: 2, minimum: 0, maximum: 100, ...range },
    water: { kind: 'enum', values: ['well', 'pipe'], known: false },
    since: { kind: 'date', known: false },
    owned: { kind: 'bool', known: false },
    note: { kind: 'text', known: false },
  }
  for (const [name, type] of Object.entries(types)) {
    const { households, faces } = define(name, type)
    expect(faces.household.type.facts[name]).toEqual(type)
    expect(households.fieldClasses[name]).toBe('specific')
  }
  const { households } = define('decile', { kind: 'int', minimum: 1, maximum: 10, ...range })
  expect(households.columns.at(-1)).toMatchObject({ name: 'decile', minimum: 1, maximum: 10, nullable: true })
})

test('no fact of an age is kept: a member has a birth date', () => {
  expect(Object.keys(defineSnapshot([]).faces.resident.type.facts)).toEqual([
    'birthDate',
    'sex',
    'status',
    'relationship',
    'kind',
    'area',
  ])
})

test('a fact that cannot be a column is refused when it is defined', () => {
  const invalid = expect.objectContaining({ code: 'people/invalid-fact' })
  const bool = { kind: 'bool', known: false } as const
  for (const name of [
    'kind',
    'area',
    'members',
    'Decile',
    'a-b',
    'a b',
    '',
    'version',
    'villageId',
    'AREA',
  ]) {
    expect(() => define(name, bool), name).toThrow(invalid)
  }
  expect(() => define('birthDate', bool, 'resident')).toThrow(invalid)
  const twice = {
    name: 'owned',
    unit: 'household',
    type: bool,
    label: { en: '' },
    fieldClass: 'personal',
  } as const
  expect(() => defineSnapshot([twice, twice])).toThrow(invalid)
  expect(() => define('a', { kind: 'int', minimum: 2, maximum: 1, ...range })).toThrow(invalid)
  expect(() => define('a', { kind: 'int', minimum: 0.5, maximum: 1, ...range })).toThrow(invalid)
  expect(() => define('a', { kind: 'decimal', scale: 10, minimum: 0, maximum: 1, ...range })).toThrow(invalid)
  expect(() => define('a', { kind: 'enum', values: [], known: false })).toThrow(invalid)
  expect(() => define('a', { kind: 'enum', values: ['x', 'x'], known: false })).toThrow(invalid)
})
