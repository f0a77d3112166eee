import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from './allocate.ts'
import { Money } from './money.ts'
import { parseRatio, type Ratio, ratioOf } from './ratio.ts'

const max = 2n ** 63n - 1n
const totals = fc.oneof(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: -max, max }))
const weight = fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.bigInt({ min: 0n, max: 2n ** 70n }))
const weights = fc
  .array(weight, { minLength: 1, maxLength: 20 })
  .filter((list) => list.some((one) => one > 0n))

const sumOf = (list: readonly bigint[]) => list.reduce((sum, one) => sum + one, 0n)
const magnitude = (value: bigint) => (value < 0n ? -value : value)

/** Largest remainder as it stands in the books: hand out one unit after the other to the best claim. */
function allocateByDefinition(total: bigint, list: readonly bigint[]): bigint[] {
  const sum = sumOf(list)
  const parts = list.map((one) => (total * one) / sum)
  const claims = list
    .map((one, index) => ({ index, remainder: (total * one) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of claims.slice(0, Number(total - sumOf(parts))))
    parts[index] = (parts[index] ?? 0n) + 1n
  return parts
}

test.each<[total: bigint, weights: bigint[], parts: bigint[]]>([
  [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
  [2n, [1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n]],
  [10n, [0n, 1n, 0n, 1n, 1n], [0n, 4n, 0n, 3n, 3n]],
  [1n, [1n, 2n], [0n, 1n]],
  [7n, [5n], [7n]],
  [0n, [1n, 2n], [0n, 0n]],
  [5n, [2n, 2n, 1n], [2n, 2n, 1n]],
  // Seats of Hamilton's method, of which the Alabama paradox is told: 10 seats, populations 6, 6 and 2.
  [10n, [6n, 6n, 2n], [4n, 4n, 2n]],
  [11n, [6n, 6n, 2n], [5n, 5n, 1n]],
])('%i by the weights %o is %o', (total, list, parts) => {
  expect(allocate(total, list)).toEqual(parts)
})

describe('the parts', () => {
  test('add up to the total exactly', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        expect(sumOf(allocate(total, list))).toBe(total)
      }),
    )
  })

  test('are each less than one unit from the exact share, on no other side of zero', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const sum = sumOf(list)
        allocate(total, list).forEach((part, index) => {
          const exact = total * (list[index] ?? 0n)
          expect(magnitude(part * sum - exact)).toBeLessThan(sum)
          expect(total < 0n ? part <= 0n : part >= 0n).toBe(true)
        })
      }),
    )
  })

  test('are those of the method of largest remainder, ties to the earlier index', () => {
    fc.assert(
      fc.property(totals.map(magnitude), weights, (total, list) => {
        expect(allocate(total, list)).toEqual(allocateByDefinition(total, list))
      }),
      { numRuns: 1000 },
    )
  })

  test('of zero weights are zero', () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const parts = allocate(total, list)
        expect(parts.filter((part, index) => list[index] === 0n && part !== 0n)).toEqual([])
      }),
    )
  })

  test('depend on the proportions of the weights only', () => {
    fc.assert(
      fc.property(totals, weights, fc.bigInt({ min: 1n, max: 2n ** 70n }), (total, list, factor) => {
        expect(
          allocate(
            total,
            list.map((one) => one * factor),
          ),
        ).toEqual(allocate(total, list))
      }),
    )
  })
})

test('semantics 20: negative totals allocate symmetrically', () => {
  fc.assert(
    fc.property(totals, weights, (total, list) => {
      expect(allocate(-total, list)).toEqual(allocate(total, list).map((part) => -part))
    }),
  )
})

describe('ratios as weights', () => {
  test('need not add up to one', () => {
    expect(allocate(999n, [parseRatio('40%'), parseRatio('60%')])).toEqual([400n, 599n])
    expect(allocate(10n, [ratioOf(1, 2), ratioOf(1, 3)])).toEqual([6n, 4n])
  })

  test('are exact: they divide as whole weights in the same proportion do', () => {
    const denominators = fc.bigInt({ min: 1n, max: 2n ** 40n })
    fc.assert(
      fc.property(totals, weights, denominators, (total, list, denominator) => {
        const ratios = list.map((one) => ratioOf(one, denominator))
        expect(allocate(total, ratios)).toEqual(allocate(total, list))
      }),
    )
  })
})

describe('what cannot be divided is refused', () => {
  test('semantics 20: a total outside int64 is a typed error', () => {
    for (const total of [max + 1n, -max - 2n, 2n ** 70n]) {
      expect(() => allocate(total, [1n, 1n])).toThrow(
        expect.objectContaining({ code: 'money/overflow', details: { result: total } }),
      )
    }
    for (const total of [max, -max - 1n]) {
      expect(allocate(total, [1n])).toEqual([total])
      expect(allocate(total, [0n, 1n, 2n]).every((part) => Money.safeParse(part).success)).toBe(true)
    }
  })

  test.each([
    ['a whole number and a ratio', [1n, ratioOf(1, 2)], 1],
    ['a ratio and a whole number', [ratioOf(1, 2), 1n], 1],
    ['a number', [1], 0],
    ['a number after whole ones', [1n, 2n, 3], 2],
    ['nothing', [undefined], 0],
    ['a negative denominator', [ratioOf(1), { numerator: 1n, denominator: -4n }], 1],
  ])('%s among the weights', (_, list, index) => {
    // As a cast or plain JavaScript allows.
    expect(() => allocate(10n, list as Ratio[])).toThrow(
      expect.objectContaining({ code: 'allocate/invalid-weight', details: { index } }),
    )
  })

  test('semantics 20: `allocate` with no positive weight is a typed error', () => {
    for (const list of [[], [0n], [0n, 0n]]) {
      expect(() => allocate(0n, list)).toThrow(expect.objectContaining({ code: 'allocate/no-weight' }))
    }
  })

  test('a negative weight, by its index', () => {
    const error = expect.objectContaining({ code: 'allocate/negative-weight', details: { index: 1 } })
    expect(() => allocate(1n, [5n, -1n])).toThrow(error)
    expect(() => allocate(-1n, [5n, -1n])).toThrow(error)
    expect(() => allocate(1n, [ratioOf(5), ratioOf(-1, 2)])).toThrow(error)
  })
})

test.each([
  ['a million weights', 1_000_000, 1n],
  ['weights beyond 64 bits', 100_000, 2n ** 64n],
])('%s are no trouble', (_, count, factor) => {
  const list = Array.from({ length: count }, (_, index) => BigInt((index * 7919) % 1_000_003) * factor)
  const startedMs = performance.now()
  const parts = allocate(123_456_789_012_345n, list)
  // Far above what it takes on a busy machine, and far below what anything quadratic would.
  expect(performance.now() - startedMs).toBeLessThan(15_000)
  expect(sumOf(parts)).toBe(123_456_789_012_345n)
})
