import * as z from 'zod'
import { LumbungError } from './errors.ts'
import { type Ratio, type Rounding, requireRatio, requireScale, roundQuotient } from './ratio.ts'

const moneyMin = -(2n ** 63n)
const moneyMax = 2n ** 63n - 1n

/**
 * An amount in whole minor units (cents, sen) of a currency that its ledger names, within 64 bits.
 *
 * It is a plain `bigint`, so that literals and comparison work as they are; what may leave the 64 bits goes
 * through the functions here, which refuse it.
 *
 * @example
 * ```ts
 * import { Money } from '@lumbung/core/kernel'
 *
 * Money.parse(150000n) // => 150000n
 * Money.safeParse(2n ** 63n).success // => false
 * ```
 */
export const Money = z.bigint().min(moneyMin).max(moneyMax)

/** An amount that the schema of the same name has accepted. */
export type Money = z.infer<typeof Money>

/**
 * The sum of two amounts.
 *
 * @throws `money/overflow` if it leaves 64 bits; details: `result`
 *
 * @example
 * ```ts
 * import { addMoney } from '@lumbung/core/kernel'
 *
 * addMoney(150000n, 25000n) // => 175000n
 * addMoney(2n ** 63n - 1n, 1n) // throws 'money/overflow'
 * ```
 */
export function addMoney(a: Money, b: Money): Money {
  return inRange(a + b)
}

/**
 * The difference `a - b`.
 *
 * @throws `money/overflow` if it leaves 64 bits; details: `result`
 *
 * @example
 * ```ts
 * import { subtractMoney } from '@lumbung/core/kernel'
 *
 * subtractMoney(150000n, 25000n) // => 125000n
 * ```
 */
export function subtractMoney(a: Money, b: Money): Money {
  return inRange(a - b)
}

/**
 * The exact total, 0 for no amounts. Only the total has to fit into 64 bits, so the order does not matter.
 *
 * @throws `money/overflow` if the total leaves 64 bits; details: `result`
 *
 * @example
 * ```ts
 * import { sumMoney } from '@lumbung/core/kernel'
 *
 * sumMoney([150000n, -25000n, 500n]) // => 125500n
 * sumMoney([]) // => 0n
 * ```
 */
export function sumMoney(amounts: Iterable<Money>): Money {
  let total = 0n
  for (const amount of amounts) total += amount
  return inRange(total)
}

/**
 * The amount with the opposite sign.
 *
 * @throws `money/overflow` for the least amount, whose opposite does not fit into 64 bits; details: `result`
 *
 * @example
 * ```ts
 * import { negateMoney } from '@lumbung/core/kernel'
 *
 * negateMoney(150000n) // => -150000n
 * ```
 */
export function negateMoney(money: Money): Money {
  return inRange(-money)
}

/**
 * The amount times an exact ratio, rounded once to whole minor units.
 *
 * @param rounding Default `half-away-from-zero`, so that a refund is as large as the charge.
 *
 * @throws `money/overflow` if the result leaves 64 bits; details: `result`
 * @throws `ratio/malformed` if it was not made by {@link Ratio} and has no positive denominator; details: `ratio`
 *
 * @example
 * ```ts
 * import { multiplyMoney, parseRatio } from '@lumbung/core/kernel'
 *
 * multiplyMoney(1005n, parseRatio('10%')) // => 101n
 * multiplyMoney(1005n, parseRatio('10%'), 'toward-zero') // => 100n
 * ```
 */
export function multiplyMoney(money: Money, ratio: Ratio, rounding?: Rounding): Money {
  const { numerator, denominator } = requireRatio(ratio)
  return inRange(roundQuotient(money * numerator, denominator, rounding))
}

/**
 * Reads an amount in plain decimal form, such as `1500.00`: digits, a point before the fraction, a minus sign.
 *
 * @param scale Digits of the minor unit: 2 where 100 of them make one major unit.
 *
 * @throws `money/invalid` if the text has another form, or more fraction digits than the scale; details: `text`, `scale`
 * @throws `money/overflow` if the amount does not fit into 64 bits; details: `result`
 * @throws `ratio/invalid-scale` if the scale is no whole number from 0; details: `scale`
 *
 * @example
 * ```ts
 * import { parseMoney } from '@lumbung/core/kernel'
 *
 * parseMoney('1500.5', 2) // => 150050n
 * parseMoney('1500.005', 2) // throws 'money/invalid'
 * parseMoney('1.500,00', 2) // throws 'money/invalid'
 * ```
 */
export function parseMoney(text: string, scale: number): Money {
  requireScale(scale)
  const { whole, fraction = '' } = /^(?<whole>-?\d+)(?:\.(?<fraction>\d+))?$/.exec(text)?.groups ?? {}
  if (whole !== undefined && fraction.length <= scale) {
    return inRange(BigInt(whole + fraction.padEnd(scale, '0')))
  }
  throw new LumbungError('money/invalid', 'The text is no plain decimal amount of this scale.', {
    details: { text, scale },
  })
}

/**
 * The amount in plain decimal form with all digits of the scale, which {@link parseMoney} reads back. It is for
 * files and other programs; screens format by the language of their reader.
 *
 * @param scale Digits of the minor unit: 2 where 100 of them make one major unit.
 *
 * @throws `ratio/invalid-scale` if the scale is no whole number from 0; details: `scale`
 *
 * @example
 * ```ts
 * import { moneyText } from '@lumbung/core/kernel'
 *
 * moneyText(150000n, 2) // => '1500.00'
 * moneyText(-5n, 2) // => '-0.05'
 * moneyText(150000n, 0) // => '150000'
 * ```
 */
export function moneyText(money: Money, scale: number): string {
  requireScale(scale)
  const digits = (money < 0n ? -money : money).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  const fraction = scale === 0 ? '' : `.${digits.slice(point)}`
  return `${money < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`
}

/** The amount, or `money/overflow` where it does not fit into 64 bits. */
export function inRange(result: bigint): Money {
  if (result >= moneyMin && result <= moneyMax) return result
  throw new LumbungError('money/overflow', 'The amount leaves the range of 64 bits.', { details: { result } })
}
