import type { BenefitOutcome } from '../eligibility/index.ts'
import { addDays, addMonths, allocate, type CivilDate } from '../kernel/index.ts'

/** A time that is paid for, half-open. */
export interface PaidTime {
  readonly from: CivilDate
  readonly to: CivilDate
}

/** How long the amounts of a benefit are for, and in how many payments they come. */
export type BenefitRhythm = Pick<BenefitOutcome, 'per' | 'payments'>

/** Of what is given once there are no months. */
const monthsPer = { month: 1, quarter: 3, year: 12 } as const

/**
 * Which parts of a benefit a time pays, from 0; undefined where the time is not made of whole parts, and none where
 * all of a benefit that is given once was paid. A benefit for a year in four payments has parts of three months, of
 * which the one that begins in January is the first; the parts of what is given once follow one another, whatever
 * the time.
 *
 * @param paidBefore How many parts of a benefit that is given once were paid; others do not ask.
 */
export function partsOfTime(
  { per, payments }: BenefitRhythm,
  { from, to }: PaidTime,
  paidBefore: number,
): readonly number[] | undefined {
  if (per === 'once') return paidBefore < payments ? [paidBefore] : []
  const months = monthsPer[per] / payments
  if (!Number.isInteger(months)) return undefined
  const first = Math.floor(((Number(from.slice(5, 7)) - 1) % monthsPer[per]) / months)
  const parts: number[] = []
  // From the first day each time: a month that is added to the 31st must not drift.
  for (let end = from; end < to; end = addMonths(from, parts.length * months))
    parts.push((first + parts.length) % payments)
  return parts.length > 0 && addMonths(from, parts.length * months) === to ? parts : undefined
}

/** When a unit takes part. */
export interface TimeOfPart {
  readonly from: CivilDate
  readonly to: CivilDate | null
  /** Whether it must take part to the end of each part of the benefit: of those who left. */
  readonly isWhole: boolean
  /** Up to which the unit is paid under another enrolment. */
  readonly after?: CivilDate | undefined
}

/**
 * Those parts of a time in which a unit takes part on some day, and from when to when they are; undefined where there
 * are none. What is given once has no months, so its time stays as it is.
 */
export function takenParts(
  { per, payments }: BenefitRhythm,
  { from, to }: PaidTime,
  parts: readonly number[],
  part: TimeOfPart,
): { readonly time: PaidTime; readonly parts: readonly number[] } | undefined {
  if (per === 'once') {
    const isLeft = part.isWhole && part.to !== null && part.to < to
    return part.after !== undefined || isLeft ? undefined : { time: { from, to }, parts }
  }
  const months = monthsPer[per] / payments
  const taken = parts.flatMap((index, count) => {
    const time = { from: addMonths(from, count * months), to: addMonths(from, (count + 1) * months) }
    const hasBegun = part.from < time.to && (part.after === undefined || part.after <= time.from)
    const lasts = part.to === null || (part.isWhole ? time.to <= part.to : time.from < part.to)
    return hasBegun && lasts ? [{ index, ...time }] : []
  })
  const [first, last] = [taken[0], taken.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return { time: { from: first.from, to: last.to }, parts: taken.map(({ index }) => index) }
}

/** What some parts of a benefit come to. All parts together are its total, to the last minor unit. */
export function amountOfParts(totalMinor: number, payments: number, parts: readonly number[]): number {
  const shares = allocate(
    BigInt(totalMinor),
    Array.from({ length: payments }, () => 1n),
  )
  return parts.reduce((sum, part) => sum + Number(shares[part] ?? 0n), 0)
}

/** The day whose decision says what a payment comes to: the day of the payment, or the day of the time nearest to it. */
export function dayOfPayment({ from, to }: PaidTime, payOn: CivilDate): CivilDate {
  if (payOn < from) return from
  return payOn < to ? payOn : addDays(to, -1)
}
