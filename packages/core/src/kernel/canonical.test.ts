import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CanonicalValue, canonicalBytes, canonicalVersion } from './canonical.ts'
import { canonicalVectors } from './canonical.vectors.ts'
import { sha256Hex } from './chain.ts'

const texts = fc.string({ unit: 'binary' })
const names = fc.oneof(
  texts,
  fc.constantFrom('a', 'b', '__proto__', 'toString', '10', '9', '\uff5e', '\u{1f33e}'),
)

const { values } = fc.letrec<{ values: CanonicalValue }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<CanonicalValue>(null, true, false, '', 0, [], {}, 'n', 't'),
    texts,
    fc.maxSafeInteger(),
    fc.bigInt(),
    fc.uint8Array(),
    fc.array(tie('values')),
    fc.dictionary(names, tie('values')),
  ),
}))

/** Reads canonical bytes back, as the description of the encoding says: what can be read back is not ambiguous. */
function read(bytes: Uint8Array): { tag: CanonicalValue; value: CanonicalValue } {
  let offset = 1
  const readLength = (): number => {
    const end = bytes.indexOf(0x3a, offset)
    const digits = new TextDecoder().decode(bytes.subarray(offset, end))
    offset = end + 1
    return Number(digits)
  }
  const readBytes = (): Uint8Array => {
    const length = readLength()
    offset += length
    return bytes.slice(offset - length, offset)
  }
  const readText = (): string =>
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readBytes())
  const readers: Record<string, () => CanonicalValue> = {
    s: readText,
    i: () => BigInt(readText()),
    b: readBytes,
    t: () => true,
    f: () => false,
    n: () => null,
    l: () => Array.from({ length: readLength() }, readItem),
    o: () =>
      Object.fromEntries(Array.from({ length: readLength() }, () => [readItem() as string, readItem()])),
  }
  function readItem(): CanonicalValue {
    const reader = readers[String.fromCharCode(bytes[offset++] ?? 0)]
    if (reader === undefined) throw new Error(`No item begins at ${offset - 1}.`)
    return reader()
  }
  const result = { tag: readItem(), value: readItem() }
  expect(offset).toBe(bytes.length)
  return result
}

/** A value with all that the encoding does not tell apart taken out. */
function withBigInts(value: CanonicalValue): CanonicalValue {
  if (typeof value === 'number') return BigInt(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(withBigInts)
  const present = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(present.map(([name, part]) => [name, withBigInts(part as CanonicalValue)]))
}

describe('semantics 15: one canonical encoding; published vectors', () => {
  test.each(canonicalVectors)('$name', ({ tag, value, hex, sha256 }) => {
    const bytes = canonicalBytes(tag, value)
    expect(bytesToHex(bytes)).toBe(hex)
    expect(sha256Hex(bytes)).toBe(sha256)
  })

  test('the first byte is the version', () => {
    expect(canonicalVersion).toBe(1)
    fc.assert(
      fc.property(texts, values, (tag, value) => {
        expect(canonicalBytes(tag, value)[0]).toBe(canonicalVersion)
      }),
    )
  })
})

describe('different values have different bytes', () => {
  test('since tag and value can be read back from them', () => {
    fc.assert(
      fc.property(texts, values, (tag, value) => {
        expect(read(canonicalBytes(tag, value))).toStrictEqual({ tag, value: withBigInts(value) })
      }),
      { numRuns: 1000 },
    )
  })

  test('however alike they look', () => {
    const alike: CanonicalValue[] = [
      ...[null, false, 0, '', [], {}, new Uint8Array()],
      ...['0', 'null', 'n', [null], [[]], ['', ''], [''], { '': '' }, ['a', 'b'], { a: 'b' }, ['ab', '']],
      ...[{ a: null }, { a: '' }, { a: [] }, { a: {} }, Uint8Array.of(0x30), '\u00e9', 'e\u0301'],
    ]
    expect(new Set(alike.map((value) => sha256Hex(canonicalBytes('a', value)))).size).toBe(alike.length)
  })

  test('and so have equal values under different tags, wherever a tag ends', () => {
    expect(canonicalBytes('a', 'b')).not.toEqual(canonicalBytes('b', 'b'))
    expect(canonicalBytes('as1:b', 'c')).not.toEqual(canonicalBytes('a', 'bs1:c'))
  })
})

describe('equal values have equal bytes', () => {
  test('whatever the order in which properties were written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name }), (properties) => {
        const forwards = canonicalBytes('a', Object.fromEntries(properties))
        expect(canonicalBytes('a', Object.fromEntries(properties.toReversed()))).toEqual(forwards)
      }),
    )
  })

  test('whether a whole number is a number or a bigint, and whatever the sign of zero', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(canonicalBytes('a', value)).toEqual(canonicalBytes('a', BigInt(value)))
      }),
    )
    expect(canonicalBytes('a', -0)).toEqual(canonicalBytes('a', 0))
  })

  test('whether a property is undefined or not there', () => {
    expect(canonicalBytes('a', { b: undefined, c: 1 })).toEqual(canonicalBytes('a', { c: 1 }))
  })

  test('whether an object has a prototype, and whatever holds the bytes', () => {
    const bare = Object.assign(Object.create(null), { b: 1 }) as { b: number }
    expect(canonicalBytes('a', bare)).toEqual(canonicalBytes('a', { b: 1 }))
    const part = new Uint8Array([9, 1, 2, 9]).subarray(1, 3)
    expect(canonicalBytes('a', part)).toEqual(
      canonicalBytes('a', new (class Bytes extends Uint8Array {})([1, 2])),
    )
  })
})

describe('what has no canonical form is refused', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  const ring: unknown[] = []
  ring.push(ring)

  const nested = (depth: number): CanonicalValue => (depth === 0 ? 1 : [nested(depth - 1)])

  test.each<[string, unknown]>([
    ['a fraction', 0.5],
    ['a number beyond 2^53', 2 ** 53],
    ['a number that is none', Number.NaN],
    ['an infinite number', Number.POSITIVE_INFINITY],
    ['a high surrogate alone', 'a\ud800'],
    ['a low surrogate alone', '\udc00a'],
    ['a lone surrogate in a name', { '\ud800': 1 }],
    ['nothing at all', undefined],
    ['an absent item', [undefined]],
    // biome-ignore lint/suspicious/noSparseArray: The hole is what is tested.
    ['a list with a hole', [1, , 2]],
    ['a function', () => 1],
    ['a function in an object', { a: () => 1 }],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['an object of a class', new (class Thing {})()],
    ['an object with an inherited part', Object.create({ a: 1 })],
    ['other typed arrays', new Uint16Array(1)],
    ['an object that contains itself', cycle],
    ['a list that contains itself', ring],
    ['nesting above 256', nested(257)],
  ])('%s', (_, value) => {
    expect(() => canonicalBytes('a', value as CanonicalValue)).toThrow(
      expect.objectContaining({ code: 'canonical/unsupported' }),
    )
  })

  test('a lone surrogate in the tag', () => {
    expect(() => canonicalBytes('\ud800', 1)).toThrow(
      expect.objectContaining({ code: 'canonical/unsupported' }),
    )
  })

  test('nesting of 256 is not', () => {
    expect(read(canonicalBytes('a', nested(256))).value).toBeInstanceOf(Array)
  })
})

test('values much larger than the usual record are written whole', () => {
  const large = {
    text: 'a'.repeat(5000),
    wide: '\u{1f33e}'.repeat(5000),
    bytes: new Uint8Array(9000).fill(7),
  }
  expect(read(canonicalBytes('a', large)).value).toStrictEqual(large)
})

test('the bytes are the caller’s own', () => {
  const first = canonicalBytes('a', 'b')
  const copy = first.slice()
  canonicalBytes('c', 'd')
  expect(first).toEqual(copy)
  expect(first.buffer.byteLength).toBe(first.length)
})
