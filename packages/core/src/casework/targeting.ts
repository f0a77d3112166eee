import type { Outcome } from '../eligibility/index.ts'

/** Units by what the rules say of them today, and whether they take part. */
export interface TargetingCounts {
  readonly enrolled: Readonly<Record<Outcome, number>>
  readonly notEnrolled: Readonly<Record<Outcome, number>>
}

/**
 * A share as a fraction, from 0 to 1. Null where there is nothing to divide by (semantics 27). `share` leaves those of
 * whom it cannot be told aside; `low` and `high` are what it could be at the least and the most, whatever they are.
 */
export interface TargetingError {
  readonly numerator: number
  readonly denominator: number
  readonly share: number | null
  readonly low: number | null
  readonly high: number | null
}

/** How well a programme reaches those whom its rules mean. */
export interface TargetingErrors {
  /** Of all whom the rules indicate as eligible: those who do not take part. */
  readonly exclusion: TargetingError
  /** Of all who take part: those whom the rules say are not eligible. */
  readonly inclusion: TargetingError
}

/**
 * The errors of targeting, with their bounds.
 *
 * @example
 * ```ts
 * import { targetingErrors } from '@lumbung/core/casework'
 *
 * const { exclusion, inclusion } = targetingErrors({
 *   enrolled: { eligible: 6, ineligible: 2, undetermined: 2 },
 *   notEnrolled: { eligible: 2, ineligible: 9, undetermined: 0 },
 * })
 * exclusion // => { numerator: 2, denominator: 8, share: 0.25, low: 0.2, high: 0.25 }
 * inclusion // => { numerator: 2, denominator: 8, share: 0.25, low: 0.2, high: 0.4 }
 * ```
 */
export function targetingErrors({ enrolled, notEnrolled }: TargetingCounts): TargetingErrors {
  const [inside, outside] = [enrolled.eligible, notEnrolled.eligible]
  const all = inside + enrolled.ineligible + enrolled.undetermined
  return {
    exclusion: {
      numerator: outside,
      denominator: inside + outside,
      share: shareOf(outside, inside + outside),
      // Least where all in doubt who take part are eligible, and none of the others; most the other way round.
      low:
        shareOf(outside, inside + outside + enrolled.undetermined) ??
        (notEnrolled.undetermined > 0 ? 1 : null),
      high:
        shareOf(outside + notEnrolled.undetermined, inside + outside + notEnrolled.undetermined) ??
        (enrolled.undetermined > 0 ? 0 : null),
    },
    inclusion: {
      numerator: enrolled.ineligible,
      denominator: inside + enrolled.ineligible,
      share: shareOf(enrolled.ineligible, inside + enrolled.ineligible),
      low: shareOf(enrolled.ineligible, all),
      high: shareOf(enrolled.ineligible + enrolled.undetermined, all),
    },
  }
}

function shareOf(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator
}

/** A part of a breakdown, or that it is too small to be shown. */
export type SmallOr<Row> = { readonly isSmall: true } | ({ readonly isSmall: false } & Row)

/**
 * Hides the parts of a breakdown that count fewer than so many. The total less those shown tells what the hidden ones
 * come to, so the smallest of the others go with them until each of the hidden ones could be one of so many sizes
 * (semantics 28).
 *
 * @example
 * ```ts
 * import { withoutSmall } from '@lumbung/core/casework'
 *
 * const hamlets = [
 *   { name: 'East', households: 40 },
 *   { name: 'West', households: 25 },
 *   { name: 'Mill', households: 2 },
 * ]
 * // Mill is too small, and West goes with it: the total less East and West would tell Mill.
 * const shown = withoutSmall(hamlets, ({ households }) => households, 5)
 * shown // => [{ isSmall: false, name: 'East', households: 40 }, { isSmall: true }, { isSmall: true }]
 * ```
 */
export function withoutSmall<Row>(
  rows: readonly Row[],
  sizeOf: (row: Row) => number,
  fewest: number,
): readonly SmallOr<Row>[] {
  const isSmall = (row: Row) => sizeOf(row) > 0 && sizeOf(row) < fewest
  const hidden = new Set(rows.filter(isSmall))
  const others = rows
    .filter((row) => !hidden.has(row) && sizeOf(row) > 0)
    .toSorted((a, b) => sizeOf(a) - sizeOf(b))
  let sum = [...hidden].reduce((total, row) => total + sizeOf(row), 0)
  for (const next of others) {
    // Each hidden part has at least one, so none has more than the sum less the number of the others.
    if (hidden.size === 0 || (hidden.size > 1 && sum >= fewest + hidden.size)) break
    hidden.add(next)
    sum += sizeOf(next)
  }
  return rows.map((row) => (hidden.has(row) ? { isSmall: true } : { isSmall: false, ...row }))
}
