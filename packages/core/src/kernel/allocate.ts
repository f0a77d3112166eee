import { LumbungError } from './errors.ts'
import { inRange, type Money } from './money.ts'
import { greatestCommonDivisor, isRatio, type Ratio } from './ratio.ts'

/**
 * Divides an amount in proportion to weights, by largest remainder: each part is first rounded toward zero,
 * and the units left over go one each to the largest remainders, on a tie to the earlier part.
 *
 * The parts add up to the total exactly, each is less than one unit from its exact share, and a weight of zero
 * gets nothing. A negative total is divided like the positive one, with the signs exchanged.
 *
 * @param weights All whole numbers, or all ratios such as percentages, which need not add up to 1.
 *
 * @throws `money/overflow` if the total does not fit into 64 bits; details: `result`
 * @throws `allocate/invalid-weight` if a weight is neither, or not of the kind of the first; details: `index`
 * @throws `allocate/negative-weight` if a weight is negative; details: `index`
 * @throws `allocate/no-weight` if no weight is positive
 *
 * @example
 * ```ts
 * import { allocate, parseRatio } from '@lumbung/core/kernel'
 *
 * allocate(100n, [1n, 1n, 1n]) // => [34n, 33n, 33n]
 * allocate(-100n, [1n, 1n, 1n]) // => [-34n, -33n, -33n]
 * allocate(999n, [parseRatio('40%'), parseRatio('60%')]) // => [400n, 599n]
 * allocate(100n, [0n]) // throws 'allocate/no-weight'
 * ```
 */
export function allocate(total: Money, weights: readonly bigint[] | readonly Ratio[]): Money[] {
  inRange(total)
  const wholeWeights = wholeWeightsOf(weights)
  return total < 0n ? divide(-total, wholeWeights).map((part) => -part) : divide(total, wholeWeights)
}

function divide(total: bigint, wholeWeights: readonly bigint[]): bigint[] {
  const sum = checkedSum(wholeWeights)
  let left = total
  const parts: bigint[] = []
  const remainders: bigint[] = []
  for (const weight of wholeWeights) {
    const product = total * weight
    const part = product / sum
    left -= part
    parts.push(part)
    remainders.push(product - part * sum)
  }
  return left === 0n ? parts : giveRest(parts, remainders, Number(left), sum)
}

/** Adds one unit to the parts with the `count` largest remainders; `count` is less than their number. */
function giveRest(parts: bigint[], remainders: readonly bigint[], count: number, sum: bigint): bigint[] {
  const ascending = sorted(remainders, sum)
  const least = ascending[ascending.length - count] as bigint
  let ties = count - remainders.filter((remainder) => remainder > least).length
  return parts.map((part, index) => {
    const remainder = remainders[index] as bigint
    if (remainder === least) {
      ties -= 1
      return ties >= 0 ? part + 1n : part
    }
    return remainder > least ? part + 1n : part
  })
}

/** Remainders are below the sum of the weights, which nearly always fits where sorting is ten times as fast. */
function sorted(remainders: readonly bigint[], sum: bigint): ArrayLike<bigint> {
  if (sum <= 2n ** 64n) return BigUint64Array.from(remainders).sort()
  return remainders.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function checkedSum(weights: readonly bigint[]): bigint {
  let sum = 0n
  weights.forEach((weight, index) => {
    if (weight < 0n) {
      throw new LumbungError('allocate/negative-weight', 'A weight is negative.', { details: { index } })
    }
    sum += weight
  })
  if (sum === 0n) throw new LumbungError('allocate/no-weight', 'No weight is positive.')
  return sum
}

/** Ratios are brought to their least common denominator, which leaves the proportions as they are. */
function wholeWeightsOf(weights: readonly bigint[] | readonly Ratio[]): readonly bigint[] {
  if (areWholeNumbers(weights)) return weights
  weights.forEach((weight, index) => {
    if (!isRatio(weight)) throw invalidWeight(index)
  })
  const common = weights.reduce(
    (multiple, { denominator }) => (multiple / greatestCommonDivisor(multiple, denominator)) * denominator,
    1n,
  )
  return weights.map(({ numerator, denominator }) => numerator * (common / denominator))
}

/** The first weight tells the kind, and all must be of one, since a mixture is a mistake somewhere. */
function areWholeNumbers(weights: readonly bigint[] | readonly Ratio[]): weights is readonly bigint[] {
  if (typeof weights[0] !== 'bigint') return false
  weights.forEach((weight, index) => {
    if (typeof weight !== 'bigint') throw invalidWeight(index)
  })
  return true
}

function invalidWeight(index: number): LumbungError {
  return new LumbungError(
    'allocate/invalid-weight',
    'The weights are neither all whole numbers nor all ratios.',
    {
      details: { index },
    },
  )
}
