import type { CivilDate } from '../kernel/index.ts'
import { comparePathTexts, factNumberMax, type GivenFacts, type Rule, traceRule } from '../rules/index.ts'
import type { BenefitOutcome } from './decision.ts'
import type { CheckedBenefit } from './programme-in-force.ts'
import { pathFromHousehold, type UnitFacts } from './unit.ts'

/**
 * What a unit would get. Where the number of components is capped, the largest amounts count first, and among equal
 * ones those that stand first; where an amount or a count is unknown, so is the total.
 */
export function benefitOf(
  { benefit, components, countMax, totalMax }: CheckedBenefit,
  unit: UnitFacts,
  facts: GivenFacts,
  on: CivilDate,
): BenefitOutcome {
  const missing = new Set<string>()
  const numberOf = (rule: Rule): number | null => {
    const traced = traceRule(rule, { facts, on })
    for (const path of traced.missing) missing.add(pathFromHousehold(path, unit))
    return typeof traced.value === 'number' ? traced.value : null
  }
  const reckoned = components.map(({ id, label, amount, count }) => ({
    id,
    label,
    amountMinor: numberOf(amount),
    count: atLeastNone(numberOf(count)),
  }))
  const most = countMax === undefined ? Number.POSITIVE_INFINITY : atLeastNone(numberOf(countMax))
  const ceiling = totalMax === undefined ? Number.POSITIVE_INFINITY : numberOf(totalMax)
  const counted = most === null ? reckoned.map((each) => ({ ...each, count: null })) : capped(reckoned, most)
  return {
    per: benefit.per,
    payments: benefit.payments,
    totalMinor: totalOf(counted, ceiling),
    components: counted,
    inKind: benefit.inKind,
    missing: [...missing].sort(comparePathTexts),
  }
}

/** A count that comes out below zero takes nothing away. */
function atLeastNone(count: number | null): number | null {
  return count === null ? null : Math.max(0, count)
}

type Component = BenefitOutcome['components'][number]

function capped(components: readonly Component[], most: number): readonly Component[] {
  if (most === Number.POSITIVE_INFINITY) return components
  // An unknown amount may be the largest, so nothing can be said of which components count.
  if (components.some(({ amountMinor, count }) => amountMinor === null || count === null)) {
    return components.map((each) => ({ ...each, count: null }))
  }
  let left = most
  const counts = new Map<Component, number>()
  const byAmount = components.toSorted((a, b) => (b.amountMinor ?? 0) - (a.amountMinor ?? 0))
  for (const each of byAmount) {
    const count = Math.min(each.count ?? 0, left)
    counts.set(each, count)
    left -= count
  }
  return components.map((each) => ({ ...each, count: counts.get(each) ?? 0 }))
}

function totalOf(components: readonly Component[], ceiling: number | null): number | null {
  if (ceiling === null) return null
  let total = 0
  for (const { amountMinor, count } of components) {
    if (amountMinor === null || count === null) return null
    total += amountMinor * count
  }
  const most = Math.min(total, ceiling)
  return Math.abs(most) <= factNumberMax ? most : null
}
