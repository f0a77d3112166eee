import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addMoney,
  Money,
  moneyText,
  multiplyMoney,
  negateMoney,
  parseMoney,
  subtractMoney,
  sumMoney,
} from './money.ts'
import { parseRatio, type Ratio, ratioOf } from './ratio.ts'

const min = -(2n ** 63n)
const max = 2n ** 63n - 1n
const amounts = fc.bigInt({ min, max })
const small = fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n })
const scales = fc.integer({ min: 0, max: 20 })

const overflow = (result: bigint) => expect.objectContaining({ code: 'money/overflow', details: { result } })

describe('semantics 20: money is an int64 `bigint` of minor units', () => {
  test('the ends of the range are in it, what lies beyond is not, and no number is', () => {
    for (const money of [min, 0n, max]) expect(Money.parse(money)).toBe(money)
    for (const other of [min - 1n, max + 1n, 0, 1.5, '1']) expect(Money.safeParse(other).success).toBe(false)
  })

  test('the storage layer can read the range', () => {
    expect(Money).toMatchObject({ minValue: min, maxValue: max })
  })
})

describe('semantics 20: a sum or product outside int64 is a typed error', () => {
  test('at the very ends', () => {
    expect(addMoney(max - 1n, 1n)).toBe(max)
    expect(() => addMoney(max, 1n)).toThrow(overflow(max + 1n))
    expect(subtractMoney(min + 1n, 1n)).toBe(min)
    expect(() => subtractMoney(min, 1n)).toThrow(overflow(min - 1n))
    expect(negateMoney(max)).toBe(-max)
    expect(() => negateMoney(min)).toThrow(overflow(-min))
    expect(multiplyMoney(max, ratioOf(1))).toBe(max)
    expect(() => multiplyMoney(min, ratioOf(-1))).toThrow(overflow(-min))
    expect(() => multiplyMoney(max, parseRatio('200%'))).toThrow(overflow(2n * max))
    expect(() => sumMoney([max, 1n])).toThrow(overflow(max + 1n))
    expect(() => parseMoney('92233720368547758.08', 2)).toThrow(overflow(max + 1n))
  })

  test('and a result inside is exact', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        for (const [operate, exact] of [
          [addMoney, a + b],
          [subtractMoney, a - b],
        ] as const) {
          if (exact >= min && exact <= max) expect(operate(a, b)).toBe(exact)
          else expect(() => operate(a, b)).toThrow(overflow(exact))
        }
      }),
    )
  })

  test('amounts are a group', () => {
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        expect(addMoney(a, b)).toBe(addMoney(b, a))
        expect(addMoney(addMoney(a, b), c)).toBe(addMoney(a, addMoney(b, c)))
        expect(addMoney(a, 0n)).toBe(a)
        expect(addMoney(a, negateMoney(a))).toBe(0n)
        expect(subtractMoney(a, b)).toBe(addMoney(a, negateMoney(b)))
      }),
    )
  })
})

describe('a total', () => {
  test('is checked once at its end, so the order does not matter', () => {
    expect(sumMoney([max, max, -max, -max, 7n])).toBe(7n)
    fc.assert(
      fc.property(fc.array(small, { maxLength: 7 }), (list) => {
        expect(sumMoney(list)).toBe(sumMoney(list.toReversed()))
        expect(sumMoney(list)).toBe(list.reduce(addMoney, 0n))
      }),
    )
  })

  test('of nothing is zero, and any iterable has one', () => {
    expect(sumMoney([])).toBe(0n)
    expect(sumMoney(new Set([1n, 2n]).values())).toBe(3n)
  })
})

describe('a product with a ratio is rounded once, to whole minor units', () => {
  test.each([
    [1005n, '10%', 101n],
    [-1005n, '10%', -101n],
    [1004n, '10%', 100n],
    [100n, '1/3', 33n],
    [200n, '1/3', 67n],
    [0n, '1/3', 0n],
    [123n, '1', 123n],
  ])('halves away from zero: %i times %s is %i', (money, ratio, expected) => {
    expect(multiplyMoney(money, parseRatio(ratio))).toBe(expected)
  })

  test('or in the way that was asked for', () => {
    expect(multiplyMoney(1005n, parseRatio('10%'), 'half-to-even')).toBe(100n)
    expect(multiplyMoney(1009n, parseRatio('10%'), 'toward-zero')).toBe(100n)
    expect(multiplyMoney(1001n, parseRatio('10%'), 'away-from-zero')).toBe(101n)
  })

  test('and with nothing else: a negative denominator would round the wrong way', () => {
    // As a cast or plain JavaScript allows.
    const ratio = { numerator: 1n, denominator: -4n } as Ratio
    expect(() => multiplyMoney(10n, ratio)).toThrow(
      expect.objectContaining({ code: 'ratio/malformed', details: { ratio } }),
    )
    expect(multiplyMoney(10n, ratioOf(1n, -4n))).toBe(-3n)
  })

  test('the product may be out of range on the way, if its end is not', () => {
    expect(multiplyMoney(max, ratioOf(2n ** 70n, 2n ** 70n + 1n))).toBe(max)
  })
})

describe('plain decimal form', () => {
  test.each([
    ['1500.00', 2, 150000n],
    ['1500', 2, 150000n],
    ['1500.5', 2, 150050n],
    ['-0.05', 2, -5n],
    ['-0', 2, 0n],
    ['-0.00', 2, 0n],
    ['0012.30', 2, 1230n],
    ['1500', 0, 1500n],
    ['0.001', 3, 1n],
    ['-92233720368547758.08', 2, min],
  ])('%j at scale %i is %i', (text, scale, expected) => {
    expect(parseMoney(text, scale)).toBe(expected)
  })

  test.each([
    [150000n, 2, '1500.00'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [0n, 2, '0.00'],
    [-150n, 0, '-150'],
    [min, 2, '-92233720368547758.08'],
    [7n, 20, '0.00000000000000000007'],
  ])('%i at scale %i is written %j', (money, scale, expected) => {
    expect(moneyText(money, scale)).toBe(expected)
  })

  test('what was written is read back', () => {
    fc.assert(
      fc.property(amounts, scales, (money, scale) => {
        expect(parseMoney(moneyText(money, scale), scale)).toBe(money)
      }),
    )
  })

  test.each([
    ...['1500.005', '1500.000', '1.500,00', '1,500.00', '1 500', '+5', '--5', '.5', '5.', '5.5.5', '1e3'],
    ...['0x10', '', ' 5', '5 ', '5\n', '-', 'Infinity', '١'],
  ])('%j at scale 2 is refused', (text) => {
    expect(() => parseMoney(text, 2)).toThrow(
      expect.objectContaining({ code: 'money/invalid', details: { text, scale: 2 } }),
    )
  })

  test('at scale 0 no fraction is accepted', () => {
    expect(() => parseMoney('1.0', 0)).toThrow(expect.objectContaining({ code: 'money/invalid' }))
  })

  test.each([-1, 0.5, Number.NaN])('has no scale %d', (scale) => {
    const error = expect.objectContaining({ code: 'ratio/invalid-scale', details: { scale } })
    expect(() => parseMoney('1', scale)).toThrow(error)
    expect(() => moneyText(1n, scale)).toThrow(error)
  })
})
