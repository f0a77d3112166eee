import fc from 'fast-check'
import {
  type FactType,
  factNumberMax,
  type ListFact,
  type RecordFact,
  type ScalarFact,
} from '../src/rules/index.ts'

/** Labels of enums: one beyond ASCII, one that ends as another begins. */
export const labels: readonly string[] = ['owned', 'rented', 'né']

/** Numbers at which arithmetic goes wrong, besides small ones. */
export const edgeNumbers: readonly number[] = [
  0,
  1,
  -1,
  2,
  -2,
  3,
  5,
  -5,
  6,
  10,
  25,
  40,
  100,
  999,
  1000,
  -1000,
  94_906_265,
  94_906_266,
  1_000_000_000,
  2 ** 31,
  2 ** 32,
  2 ** 52,
  2 ** 53 - 2,
  factNumberMax,
  -factNumberMax,
  1 - 2 ** 53 + 1,
]

/** Days at which calendars go wrong. */
export const edgeDates: readonly string[] = [
  '0001-01-01',
  '0004-02-29',
  '1899-12-31',
  '1900-02-28',
  '1970-01-01',
  '2000-02-29',
  '2000-03-01',
  '2020-02-29',
  '2023-02-28',
  '2023-03-01',
  '2024-02-28',
  '2024-02-29',
  '2024-12-31',
  '2025-01-01',
  '2025-01-31',
  '2026-11-24',
  '9999-12-31',
]

/** What is stored as a date and is none. */
export const noDates: readonly string[] = [
  '2023-02-29',
  '1900-02-29',
  '0000-01-01',
  '2024-13-01',
  '2024-00-10',
]

/** Short texts with accents, with more than one code unit a code point, and with what SQL patterns mean. */
export const edgeTexts: readonly string[] = [
  '',
  'a',
  'A',
  'ab',
  'ba',
  'é',
  'e',
  '😀',
  '😀a',
  '%',
  '_',
  "'",
  '\\',
  ' a',
  '2024-02-29',
]

/** The facts of a random schema by kind, so that an expression of any type finds some to read. */
export interface Schema {
  readonly household: RecordFact
}

const number = fc
  .record({
    known: fc.boolean(),
    promised: fc.boolean(),
    bounds: fc.constantFrom<readonly [number, number]>(
      [0, 10],
      [-5, 5],
      [1, 1000],
      [0, 1_000_000_000],
      [-94_906_266, 94_906_266],
      [-factNumberMax, factNumberMax],
    ),
  })
  .map(({ known, promised, bounds: [minimum, maximum] }) => ({ known, promised, minimum, maximum }))
const known = fc.boolean()

function scalars(): fc.Arbitrary<Record<string, ScalarFact>> {
  return fc.record({
    flag: known.map((isKnown): ScalarFact => ({ kind: 'bool', known: isKnown })),
    other: known.map((isKnown): ScalarFact => ({ kind: 'bool', known: isKnown })),
    count: number.map((range): ScalarFact => ({ kind: 'int', ...range })),
    points: number.map((range): ScalarFact => ({ kind: 'int', ...range })),
    income: number.map((range): ScalarFact => ({ kind: 'money', ...range })),
    area: fc
      .record({ range: number, scale: fc.constantFrom(1, 2, 4) })
      .map(({ range, scale }): ScalarFact => ({ kind: 'decimal', scale, ...range })),
    name: known.map((isKnown): ScalarFact => ({ kind: 'text', known: isKnown })),
    day: fc
      .record({ known, promised: fc.boolean() })
      .map((promises): ScalarFact => ({ kind: 'date', ...promises })),
    tenure: known.map((isKnown): ScalarFact => ({ kind: 'enum', values: labels, known: isKnown })),
  })
}

/** Longest lists of random rows, so that their products stay below the greatest cost. */
export const itemsMax = 5

function listOf(item: fc.Arbitrary<ListFact['item']>): fc.Arbitrary<ListFact> {
  return fc
    .record({ item, known })
    .map(({ item: each, known: isKnown }) => ({ kind: 'list', item: each, itemsMax, known: isKnown }))
}

function recordOf(facts: fc.Arbitrary<Record<string, FactType>>): fc.Arbitrary<RecordFact> {
  return facts.map((each) => ({ kind: 'record', facts: each }))
}

const child = recordOf(scalars())
const member = recordOf(
  fc
    .record({ own: scalars(), children: listOf(child) })
    .map(({ own, children }): Record<string, FactType> => ({ ...own, children })),
)

/** A household with facts of each type, a record within it, lists of records and of single values. */
export const arbitrarySchema: fc.Arbitrary<Schema> = fc
  .record({
    own: scalars(),
    home: recordOf(scalars()),
    members: listOf(member),
    assets: listOf(child),
    items: scalars(),
    isKnown: known,
  })
  .map(({ own, home, members, assets, items, isKnown }) => {
    const listed = Object.entries(items).map(([name, item]): [string, FactType] => [
      `${name}s`,
      { kind: 'list', item, itemsMax, known: isKnown },
    ])
    return {
      household: { kind: 'record', facts: { ...own, home, members, assets, ...Object.fromEntries(listed) } },
    }
  })
