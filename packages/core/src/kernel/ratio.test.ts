import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  addRatios,
  compareRatios,
  divideRatios,
  multiplyRatios,
  parseRatio,
  Ratio,
  type Rounding,
  ratioOf,
  ratioText,
  ratioToNumber,
  roundRatio,
  subtractRatios,
} from './ratio.ts'

const integers = fc.oneof(
  fc.bigInt({ min: -20n, max: 20n }),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
)
const nonZero = integers.filter((value) => value !== 0n)
const ratios = fc.tuple(integers, nonZero).map(([over, under]) => ratioOf(over, under))
const one = ratioOf(1)
const zero = ratioOf(0)

const magnitude = (value: bigint) => (value < 0n ? -value : value)

describe('a ratio', () => {
  test('has one form: lowest terms, the sign above the line, frozen', () => {
    expect(ratioOf(6, -4)).toEqual({ numerator: -3n, denominator: 2n })
    expect(ratioOf(0, -7)).toEqual({ numerator: 0n, denominator: 1n })
    expect(ratioOf(-4)).toEqual({ numerator: -4n, denominator: 1n })
    fc.assert(
      fc.property(integers, nonZero, nonZero, (over, under, factor) => {
        const ratio = ratioOf(over, under)
        expect(ratioOf(over * factor, under * factor)).toEqual(ratio)
        expect(ratio.numerator * under).toBe(over * ratio.denominator)
        expect(Ratio.parse(ratio)).toEqual(ratio)
        expect(Object.isFrozen(ratio)).toBe(true)
      }),
    )
  })

  test('in another form is refused by the schema', () => {
    for (const [numerator, denominator] of [
      [2n, 6n],
      [1n, 0n],
      [0n, 2n],
      [1n, -3n],
      [1, 3],
    ]) {
      expect(Ratio.safeParse({ numerator, denominator }).success).toBe(false)
    }
    expect(Object.isFrozen(Ratio.parse({ numerator: 1n, denominator: 3n }))).toBe(true)
  })

  test('is no other object that looks like one', () => {
    expectTypeOf<{ numerator: bigint; denominator: bigint }>().not.toExtend<Ratio>()
    for (const ratio of [
      { numerator: 1n, denominator: -4n },
      { numerator: 1n, denominator: 0n },
      { numerator: 1, denominator: 4 },
      { numerator: 1n },
      '1/4',
      null,
    ]) {
      // As a cast or plain JavaScript allows.
      expect(() => roundRatio(ratio as Ratio, 0)).toThrow(
        expect.objectContaining({ code: 'ratio/malformed', details: { ratio } }),
      )
    }
  })

  test('has no zero below the line', () => {
    expect(() => ratioOf(5, 0)).toThrow(
      expect.objectContaining({ code: 'ratio/zero-denominator', details: { numerator: 5n } }),
    )
    expect(() => divideRatios(one, zero)).toThrow(expect.objectContaining({ code: 'ratio/zero-denominator' }))
  })

  test.each([0.5, 2 ** 53, Number.NaN, Number.NEGATIVE_INFINITY])('has no part %d', (value) => {
    const error = expect.objectContaining({ code: 'ratio/not-whole-number', details: { value } })
    expect(() => ratioOf(value)).toThrow(error)
    expect(() => ratioOf(1, value)).toThrow(error)
  })
})

describe('arithmetic is exact', () => {
  test('ratios are a field', () => {
    fc.assert(
      fc.property(ratios, ratios, ratios, (a, b, c) => {
        expect(addRatios(a, b)).toEqual(addRatios(b, a))
        expect(multiplyRatios(a, b)).toEqual(multiplyRatios(b, a))
        expect(addRatios(addRatios(a, b), c)).toEqual(addRatios(a, addRatios(b, c)))
        expect(multiplyRatios(multiplyRatios(a, b), c)).toEqual(multiplyRatios(a, multiplyRatios(b, c)))
        expect(multiplyRatios(a, addRatios(b, c))).toEqual(
          addRatios(multiplyRatios(a, b), multiplyRatios(a, c)),
        )
        expect(addRatios(a, zero)).toEqual(a)
        expect(multiplyRatios(a, one)).toEqual(a)
      }),
    )
  })

  test('subtraction and division undo addition and multiplication', () => {
    fc.assert(
      fc.property(ratios, ratios, (a, b) => {
        expect(subtractRatios(addRatios(a, b), b)).toEqual(a)
        fc.pre(b.numerator !== 0n)
        expect(divideRatios(multiplyRatios(a, b), b)).toEqual(a)
      }),
    )
  })

  test('all results are in the one form', () => {
    fc.assert(
      fc.property(ratios, ratios, (a, b) => {
        for (const operate of [addRatios, subtractRatios, multiplyRatios]) {
          expect(Ratio.safeParse(operate(a, b)).success).toBe(true)
        }
      }),
    )
  })

  test('the order is total and agrees with subtraction', () => {
    fc.assert(
      fc.property(ratios, ratios, ratios, (a, b, c) => {
        const { numerator } = subtractRatios(a, b)
        expect(compareRatios(a, b)).toBe(numerator < 0n ? -1 : numerator > 0n ? 1 : 0)
        expect(compareRatios(a, b) + compareRatios(b, a)).toBe(0)
        const [least, middle, greatest] = [a, b, c].sort(compareRatios) as [Ratio, Ratio, Ratio]
        expect(compareRatios(least, middle)).not.toBe(1)
        expect(compareRatios(middle, greatest)).not.toBe(1)
        expect(compareRatios(least, greatest)).not.toBe(1)
      }),
    )
  })
})

describe('text', () => {
  test.each([
    ['1/3', '1/3'],
    ['-2/6', '-1/3'],
    ['0/5', '0'],
    ['18%', '9/50'],
    ['0.5%', '1/200'],
    ['-12.5%', '-1/8'],
    ['100%', '1'],
    ['0.125', '1/8'],
    ['-0.5', '-1/2'],
    ['-0', '0'],
    ['-2', '-2'],
    ['007', '7'],
  ])('%j is %s', (text, expected) => {
    expect(ratioText(parseRatio(text))).toBe(expected)
  })

  test('what was written is read back', () => {
    fc.assert(
      fc.property(ratios, (ratio) => {
        expect(parseRatio(ratioText(ratio))).toEqual(ratio)
      }),
    )
  })

  test.each([
    ...[
      '',
      ' 1',
      '1 ',
      '1/3\n',
      '+1',
      '--1',
      '1/',
      '/3',
      '1/0',
      '1/-3',
      '1/2/3',
      '1.5/2',
      '1/3%',
      '.5',
      '5.',
      '-',
    ],
    ...['1,5', '1e3', '0x10', '1_000', '%', '1 %', '1%%', 'NaN', 'Infinity', '½', '١'],
  ])('%j is no ratio', (text) => {
    expect(() => parseRatio(text)).toThrow(
      expect.objectContaining({ code: 'ratio/invalid', details: { text } }),
    )
  })
})

describe('rounding', () => {
  test.each<[text: string, away: bigint, even: bigint, toward: bigint, from: bigint]>([
    ['2.5', 3n, 2n, 2n, 3n],
    ['3.5', 4n, 4n, 3n, 4n],
    ['-2.5', -3n, -2n, -2n, -3n],
    ['-3.5', -4n, -4n, -3n, -4n],
    ['0.5', 1n, 0n, 0n, 1n],
    ['-0.5', -1n, 0n, 0n, -1n],
    ['2.4999', 2n, 2n, 2n, 3n],
    ['2.5001', 3n, 3n, 2n, 3n],
    ['-2.4999', -2n, -2n, -2n, -3n],
    ['1/3', 0n, 0n, 0n, 1n],
    ['-1/3', 0n, 0n, 0n, -1n],
    ['7', 7n, 7n, 7n, 7n],
  ])(
    'semantics 6: rounds to nearest, halves away from zero (-2.5 gives -3): %s',
    (text, away, even, toward, from) => {
      const ratio = parseRatio(text)
      expect(roundRatio(ratio, 0)).toBe(away)
      expect(roundRatio(ratio, 0, 'half-away-from-zero')).toBe(away)
      expect(roundRatio(ratio, 0, 'half-to-even')).toBe(even)
      expect(roundRatio(ratio, 0, 'toward-zero')).toBe(toward)
      expect(roundRatio(ratio, 0, 'away-from-zero')).toBe(from)
    },
  )

  test('counts units of the scale', () => {
    expect(roundRatio(parseRatio('1/3'), 4)).toBe(3333n)
    expect(roundRatio(parseRatio('2/3'), 4)).toBe(6667n)
    expect(roundRatio(parseRatio('1/200'), 2)).toBe(1n)
    expect(roundRatio(parseRatio('1/8'), 30)).toBe(125n * 10n ** 27n)
  })

  const scales = fc.integer({ min: 0, max: 12 })

  test('to nearest is off by half a unit at most, the other ways by less than one, on their side', () => {
    fc.assert(
      fc.property(ratios, scales, (ratio, scale) => {
        // How far the rounded value lies from the exact one, in units times twice the denominator.
        const error = (rounding: Rounding) => {
          const exact = 2n * ratio.numerator * 10n ** BigInt(scale)
          return 2n * roundRatio(ratio, scale, rounding) * ratio.denominator - exact
        }
        const sign = ratio.numerator < 0n ? -1n : 1n
        expect(magnitude(error('half-away-from-zero'))).toBeLessThanOrEqual(ratio.denominator)
        expect(magnitude(error('half-to-even'))).toBeLessThanOrEqual(ratio.denominator)
        expect(sign * error('toward-zero')).toBeLessThanOrEqual(0n)
        expect(sign * error('toward-zero')).toBeGreaterThan(-2n * ratio.denominator)
        expect(sign * error('away-from-zero')).toBeGreaterThanOrEqual(0n)
        expect(sign * error('away-from-zero')).toBeLessThan(2n * ratio.denominator)
      }),
    )
  })

  test('is symmetrical about zero', () => {
    const roundings = fc.constantFrom<Rounding>(
      'half-away-from-zero',
      'half-to-even',
      'toward-zero',
      'away-from-zero',
    )
    fc.assert(
      fc.property(ratios, scales, roundings, (ratio, scale, rounding) => {
        const opposite = subtractRatios(zero, ratio)
        expect(roundRatio(opposite, scale, rounding)).toBe(-roundRatio(ratio, scale, rounding))
      }),
    )
  })

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('has no scale %d', (scale) => {
    expect(() => roundRatio(one, scale)).toThrow(
      expect.objectContaining({ code: 'ratio/invalid-scale', details: { scale } }),
    )
  })
})

describe('the nearest double', () => {
  /** The exact value of a finite double. */
  function exactly(value: number): Ratio {
    let exponent = 0
    let whole = value
    while (!Number.isInteger(whole)) {
      whole *= 2
      exponent += 1
    }
    return ratioOf(BigInt(whole), 2n ** BigInt(exponent))
  }

  test('of a ratio that is a double is that double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(ratioToNumber(exactly(value))).toBe(value + 0)
      }),
      { numRuns: 1000 },
    )
  })

  test('of two safe integers is their quotient, which IEEE 754 rounds correctly', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeNat(), (over, under) => {
        fc.pre(under !== 0)
        expect(ratioToNumber(ratioOf(over, under))).toBe(over / under + 0)
      }),
      { numRuns: 1000 },
    )
  })

  test('is off by half a unit in its last place at most, whatever the size of the parts', () => {
    const huge = fc.bigInt({ min: 1n, max: 2n ** 1200n })
    fc.assert(
      fc.property(huge, huge, (over, under) => {
        const ratio = ratioOf(over, under)
        const value = ratioToNumber(ratio)
        fc.pre(Number.isFinite(value) && value > 2 ** -1022)
        const { numerator, denominator } = subtractRatios(exactly(value), ratio)
        const halfUnit = exactly(2 ** (Math.floor(Math.log2(value)) - 53))
        expect(compareRatios(ratioOf(magnitude(numerator), denominator), halfUnit)).not.toBe(1)
      }),
    )
  })

  test('is right by a hair above and below the middle between two doubles, and even in the middle', () => {
    const middle = 2n ** 53n + 1n
    const hair = 10n ** 100n
    expect(ratioToNumber(ratioOf(middle))).toBe(2 ** 53)
    expect(ratioToNumber(ratioOf(middle * hair + 1n, hair))).toBe(2 ** 53 + 2)
    expect(ratioToNumber(ratioOf(middle * hair - 1n, hair))).toBe(2 ** 53)
    expect(ratioToNumber(ratioOf(-middle * hair - 1n, hair))).toBe(-(2 ** 53) - 2)
  })

  test('is right where the parts are beyond all doubles, and at the ends of their range', () => {
    expect(ratioToNumber(ratioOf(10n ** 400n + 1n, 4n * 10n ** 400n))).toBe(0.25)
    expect(ratioToNumber(ratioOf(2n ** 1024n - 2n ** 970n - 1n))).toBe(Number.MAX_VALUE)
    expect(ratioToNumber(ratioOf(2n ** 1024n - 2n ** 970n))).toBe(Number.POSITIVE_INFINITY)
    expect(ratioToNumber(ratioOf(-(10n ** 400n)))).toBe(Number.NEGATIVE_INFINITY)
    expect(ratioToNumber(ratioOf(1n, 2n ** 1074n))).toBe(Number.MIN_VALUE)
    expect(ratioToNumber(ratioOf(1n, 2n ** 1076n))).toBe(0)
    expect(ratioToNumber(ratioOf(1n, 10n ** 4000n))).toBe(0)
    expect(Object.is(ratioToNumber(ratioOf(0)), 0)).toBe(true)
  })
})
