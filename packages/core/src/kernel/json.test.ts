import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { Digest } from './chain.ts'
import { CivilDate } from './civil-date.ts'
import { DateInterval } from './interval.ts'
import { jsonCodecOf } from './json.ts'
import type { JsonValue } from './json-value.ts'
import { Money } from './money.ts'
import { Ratio } from './ratio.ts'
import { LocalizedText, PlainText } from './text.ts'

/** A schema with values that it accepts. */
interface Sample {
  readonly schema: z.ZodType
  readonly values: fc.Arbitrary<unknown>
}

/** Texts that a store can hold, as they come back: in normal form. */
const texts = fc
  .string({ unit: 'binary' })
  .filter((text) => text.isWellFormed() && !text.includes('\0'))
  .map((text) => text.normalize('NFC'))
const names = fc
  .oneof(fc.constantFrom('a', 'b', 'toString', '10', '9', ''), texts)
  .filter((name) => name !== '__proto__')

/** Of an object zod also reads what it inherits. */
const propertyNames = names.filter((name) => !(name in {}))

const scalars = fc.constantFrom<Sample>(
  { schema: z.string(), values: texts },
  { schema: z.string().min(0).brand<'Text'>(), values: texts },
  {
    schema: z.number(),
    values: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  },
  { schema: z.int(), values: fc.maxSafeInteger() },
  { schema: z.bigint(), values: fc.bigInt() },
  { schema: z.bigint().refine(() => true), values: fc.bigInt() },
  { schema: z.boolean(), values: fc.boolean() },
  { schema: z.null(), values: fc.constant(null) },
  { schema: z.enum(['a', 'b']), values: fc.constantFrom('a', 'b') },
  { schema: z.literal(['a', 1, true, null]), values: fc.constantFrom('a', 1, true, null) },
  { schema: z.literal(5n), values: fc.constant(5n) },
  {
    schema: z.union([z.number(), z.bigint(), z.literal(null)]),
    values: fc.oneof(fc.integer(), fc.bigInt(), fc.constant(null)),
  },
  {
    schema: z.union([z.enum(['a']), z.literal('b'), CivilDate]),
    values: fc.constantFrom('a', 'b', '2026-11-24'),
  },
)

/** An object of these properties, the optional ones present or not. */
function objectSample(
  properties: readonly (readonly [name: string, sample: Sample, wrap: 'as is' | 'optional' | 'default'])[],
): Sample {
  const shape = properties.map(([name, { schema }, wrap]) => [
    name,
    wrap === 'optional' ? schema.optional() : wrap === 'default' ? schema.default(null) : schema,
  ])
  const optional = new Set(properties.filter(([, , wrap]) => wrap === 'optional').map(([name]) => name))
  const required = properties.map(([name]) => name).filter((name) => !optional.has(name))
  const values = Object.fromEntries(properties.map(([name, sample]) => [name, sample.values]))
  return {
    schema: z.object(Object.fromEntries(shape)),
    values: fc.record(values, { requiredKeys: required }),
  }
}

const { samples } = fc.letrec<{ samples: Sample }>((tie) => ({
  samples: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    scalars,
    fc
      .uniqueArray(
        fc.tuple(
          propertyNames,
          tie('samples'),
          fc.constantFrom('as is' as const, 'optional' as const, 'default' as const),
        ),
        { selector: ([name]) => name, maxLength: 4 },
      )
      .map(objectSample),
    tie('samples').map(({ schema, values }) => ({
      schema: z.array(schema),
      values: fc.array(values, { maxLength: 4 }),
    })),
    fc.tuple(tie('samples'), tie('samples')).map(([a, b]) => ({
      schema: z.tuple([a.schema], b.schema),
      values: fc
        .tuple(a.values, fc.array(b.values, { maxLength: 2 }))
        .map(([first, rest]) => [first, ...rest]),
    })),
    tie('samples').map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(names, values, { maxKeys: 4 }),
    })),
    tie('samples').map(({ schema, values }) => ({
      schema: schema.nullable(),
      values: fc.option(values),
    })),
    tie('samples').map(({ schema, values }) => ({ schema: z.lazy(() => schema).readonly(), values })),
    fc.tuple(tie('samples'), tie('samples')).map(([a, b]) => ({
      schema: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), part: a.schema }),
        z.object({ kind: z.enum(['b', 'c']), part: b.schema.optional() }).readonly(),
        z.object({ kind: z.literal(null) }),
      ]),
      values: fc.oneof(
        fc.record({ kind: fc.constant('a'), part: a.values }),
        fc.record({ kind: fc.constantFrom('b', 'c'), part: b.values }, { requiredKeys: ['kind'] }),
        fc.record({ kind: fc.constant(null) }),
      ),
    })),
  ),
}))

const samplesWithValue = samples.chain(({ schema, values }) => fc.tuple(fc.constant(schema), values))

const throughText = (json: JsonValue): JsonValue => JSON.parse(JSON.stringify(json))

/** The same value with all its objects built in the opposite order. */
function turnedAround(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedAround)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, part]) => [name, turnedAround(part)]),
  )
}

describe('what was encoded', () => {
  test('comes back the same through the text of JSON, whatever schema and value', () => {
    fc.assert(
      fc.property(samplesWithValue, ([schema, value]) => {
        const parsed: unknown = schema.parse(value)
        const codec = jsonCodecOf(schema)
        const decoded = codec.decode(throughText(codec.encode(parsed)))
        expect(decoded).toStrictEqual(parsed)
      }),
      { numRuns: 1000 },
    )
  })

  test('has the same text for equal values, whatever the order of their properties', () => {
    fc.assert(
      fc.property(samplesWithValue, ([schema, value]) => {
        const codec = jsonCodecOf(schema)
        expect(JSON.stringify(codec.encode(turnedAround(value)))).toBe(JSON.stringify(codec.encode(value)))
      }),
    )
  })

  test('has properties in the order of the schema, entries of a record in that of their names', () => {
    const codec = jsonCodecOf(z.object({ b: z.int(), a: z.record(z.string(), z.int()) }))
    const text = '{"b":1,"a":{"A":1,"Z":2,"a":3,"ä":4}}'
    expect(JSON.stringify(codec.encode({ a: { a: 3, ä: 4, Z: 2, A: 1 }, b: 1 }))).toBe(text)
    expect(JSON.stringify(codec.decode({ a: { Z: 2, a: 3, ä: 4, A: 1 }, b: 1 }))).toBe(text)
  })
})

test('the shared types of the kernel all have codecs', () => {
  const codec = jsonCodecOf(
    z.object({
      on: CivilDate,
      interval: DateInterval,
      amount: Money,
      rate: Ratio,
      hash: Digest.optional(),
      name: PlainText.min(1).max(40),
      title: LocalizedText,
    }),
  )
  const value = {
    on: CivilDate.parse('2026-11-24'),
    interval: DateInterval.parse({ from: '2026-01-01' }),
    amount: -(2n ** 63n),
    rate: Ratio.parse({ numerator: 1n, denominator: 3n }),
    name: 'a',
    title: { en: 'water' },
  }
  const json = {
    on: '2026-11-24',
    interval: { from: '2026-01-01' },
    amount: '-9223372036854775808',
    rate: { numerator: '1', denominator: '3' },
    name: 'a',
    title: { en: 'water' },
  }
  expect(codec.encode(value)).toStrictEqual(json)
  expect(codec.decode(json)).toStrictEqual(value)
})

test('minus zero becomes zero', () => {
  expect(jsonCodecOf(z.number()).encode(-0)).toBe(0)
})

test('a property that is undefined becomes absent, and what is absent stays so, also where there is a default', () => {
  const codec = jsonCodecOf(z.object({ a: z.int().optional(), b: z.int().default(1), c: z.int().nullish() }))
  expect(codec.encode({ a: undefined, b: 2, c: undefined })).toStrictEqual({ b: 2 })
  expect(codec.decode({})).toStrictEqual({})
  expect(codec.decode({ c: null })).toStrictEqual({ c: null })
})

test('names that objects inherit are properties like any other', () => {
  const codec = jsonCodecOf(z.object({ toString: z.string().optional(), constructor: z.string().optional() }))
  expect(codec.encode({} as never)).toStrictEqual({})
  expect(codec.decode({ constructor: 'a' })).toStrictEqual({ constructor: 'a' })
  const records = jsonCodecOf(z.record(z.string(), z.bigint()))
  const hostile: JsonValue = JSON.parse('{"__proto__":"1","toString":"2"}')
  expect(Object.entries(records.decode(hostile))).toEqual([
    ['__proto__', 1n],
    ['toString', 2n],
  ])
})

describe('a schema that contains itself', () => {
  interface Tree {
    readonly size: bigint
    readonly trees: readonly Tree[]
  }
  const tree: Tree = { size: 1n, trees: [{ size: 2n, trees: [] }] }
  const json = { size: '1', trees: [{ size: '2', trees: [] }] }

  test('through a getter', () => {
    const Tree = z.object({
      size: z.bigint(),
      get trees() {
        return z.array(Tree)
      },
    })
    const codec = jsonCodecOf(Tree)
    expect(codec.encode({ size: 1n, trees: [{ size: 2n, trees: [] }] })).toStrictEqual(json)
    expect(codec.decode(json)).toStrictEqual(tree)
  })

  test('through z.lazy', () => {
    const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ size: z.bigint(), trees: z.array(Tree) }))
    expect(jsonCodecOf(Tree).encode(tree)).toStrictEqual(json)
    expect(jsonCodecOf(Tree).decode(json)).toStrictEqual(tree)
  })

  test('through a union and an array', () => {
    type Nested = number | readonly Nested[]
    const Nested: z.ZodType<Nested> = z.lazy(() => z.union([z.int(), z.array(Nested)]))
    expect(jsonCodecOf(Nested).encode([1, [2, []]])).toEqual([1, [2, []]])
    expect(() => jsonCodecOf(Nested).encode([1, ['a']] as never)).toThrow()
  })

  test('through the variants of a union, as rules do', () => {
    type Rule = { op: 'value'; value: bigint } | { op: 'not'; of: Rule }
    const Rule: z.ZodType<Rule> = z.discriminatedUnion('op', [
      z.object({ op: z.literal('value'), value: z.bigint() }),
      z.object({ op: z.literal('not'), of: z.lazy(() => Rule) }),
    ])
    const rule: Rule = { op: 'not', of: { op: 'value', value: 1n } }
    const encoded = jsonCodecOf(Rule).encode(rule)
    expect(encoded).toStrictEqual({ op: 'not', of: { op: 'value', value: '1' } })
    expect(jsonCodecOf(Rule).decode(encoded)).toStrictEqual(rule)
  })

  test('but in a part that JSON cannot give back is refused', () => {
    const Tree = z.object({
      on: z.date(),
      get trees() {
        return z.array(Tree)
      },
    })
    expect(() => jsonCodecOf(Tree)).toThrow(expect.objectContaining({ code: 'json/unsupported-schema' }))
  })
})

describe('a schema is refused, with the path, when the codec is made', () => {
  test.each<[string, z.ZodType]>([
    ['date', z.date()],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['any', z.any()],
    ['unknown', z.unknown()],
    ['undefined', z.undefined()],
    ['NaN', z.nan()],
    ['bytes', z.instanceof(Uint8Array)],
    ['a transform', z.string().transform(Number)],
    ['a pipe', z.string().pipe(z.string())],
    ['a catch', z.string().catch('a')],
    ['an intersection', z.object({ a: z.int() }).and(z.object({ b: z.int() }))],
    ['a union of text and bigint', z.union([z.string(), z.bigint()])],
    ['a union of two objects', z.union([z.object({ a: z.int() }), z.object({ a: z.bigint() })])],
    ['a union of two lists', z.union([z.array(z.int()), z.array(z.bigint())])],
    ['a union of an object and a record', z.union([z.object({}), z.record(z.string(), z.int())])],
    ['literals that are alike in JSON', z.literal(['1', 1n])],
    ['the literal undefined', z.literal(undefined)],
    ['a discriminator that JSON changes', z.discriminatedUnion('kind', [z.object({ kind: z.literal(1n) })])],
    [
      'a discriminator that may be absent',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a').optional() })]),
    ],
    [
      'a union that may be none of its options',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })], { unionFallback: true }),
    ],
    ['unknown keys', z.looseObject({ a: z.int() })],
    ['other keys', z.object({ a: z.int() }).catchall(z.int())],
    ['a property __proto__', z.object({ ['__proto__']: z.int() })],
    ['a record by number', z.record(z.number(), z.int())],
    ['a loose record', z.looseRecord(z.string().regex(/^a/), z.int())],
    ['a list with holes', z.array(z.int().optional())],
    ['a tuple with an optional item', z.tuple([z.int().optional()])],
    ['a record with absent values', z.record(z.string(), z.int().optional())],
  ])('%s', (_, schema) => {
    const nested = z.object({ lines: z.array(z.object({ amount: z.record(z.string(), schema) })) })
    expect(() => jsonCodecOf(schema)).toThrow(expect.objectContaining({ code: 'json/unsupported-schema' }))
    expect(() => jsonCodecOf(nested)).toThrow(
      expect.objectContaining({
        code: 'json/unsupported-schema',
        details: { path: expect.stringMatching(/^lines\[\]\.amount\{\}/), reason: expect.any(String) },
      }),
    )
    expect(() => jsonCodecOf(z.object({ pair: z.tuple([z.int(), schema]) }))).toThrow(
      expect.objectContaining({ message: expect.stringContaining(' at pair[1]') }),
    )
  })

  test('text that is absent, at the top, for it has no JSON', () => {
    expect(() => jsonCodecOf(z.string().optional())).toThrow(
      expect.objectContaining({
        code: 'json/unsupported-schema',
        details: expect.objectContaining({ path: '' }),
      }),
    )
  })
})

describe('a value of another kind than the schema allows', () => {
  const codec = jsonCodecOf(
    z.object({
      text: z.string().optional(),
      wide: z.bigint(),
      pair: z.tuple([z.int()]),
      variant: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]).nullable(),
    }),
  )
  const value = { wide: 1n, pair: [1], variant: { kind: 'a' } }
  const json = { wide: '1', pair: [1], variant: { kind: 'a' } }

  test.each<[string, object]>([
    ['a number for text', { text: 1 }],
    ['a number for a bigint', { wide: 1 }],
    ['nothing where something must be', { wide: undefined }],
    ['text for a list', { pair: 'a' }],
    ['an object for a list', { pair: {} }],
    ['a longer tuple', { pair: [1, 2] }],
    ['a number that is none', { pair: [Number.NaN] }],
    ['a list for an object', { variant: [] }],
    ['another variant', { variant: { kind: 'b' } }],
    ['no variant', { variant: {} }],
  ])('is refused: %s', (_, part) => {
    const error = expect.objectContaining({ code: 'json/unexpected-value' })
    expect(() => codec.encode({ ...value, ...part } as never)).toThrow(error)
    expect(() => codec.decode({ ...json, ...part } as never)).toThrow(error)
  })

  test.each(['', '01', '-0', '1.0', '0x10', ' 1', '1n', 'a'])('is refused: %j for a bigint', (wide) => {
    expect(() => codec.decode({ ...json, wide })).toThrow(
      expect.objectContaining({ code: 'json/unexpected-value' }),
    )
  })

  test('but what is right passes', () => {
    expect(codec.encode(value as never)).toStrictEqual(json)
  })
})
