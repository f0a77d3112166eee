import * as z from 'zod'
import { packOf } from '../casework/index.ts'
import {
  type ProgrammeInForce,
  programmeOn,
  type RankedUnit,
  rank,
  rankedUnitOf,
  screen,
} from '../eligibility/index.ts'
import type { CivilDate, LocalizedText } from '../kernel/index.ts'
import type { AreaId } from '../people/index.ts'
import { factNumberMax, type ScalarValue } from '../rules/index.ts'
import type { AreaTree } from './area-tree.ts'
import { type HouseholdFacts, hiddenFactsOf } from './eligibility-facts.ts'
import {
  type ListedUnit,
  listedUnits,
  placeOf,
  populationFor,
  type UnitPlace,
} from './eligibility-population.ts'
import { inHamlets, programmeOnDay, unitsMax } from './eligibility-screening.ts'
import { notFound } from './register.ts'
import { defineRead, type ReadContext } from './use-case.ts'

/** By what a programme puts units in order, as it stands on the day. */
export interface RankingOrder {
  readonly label: LocalizedText
  readonly order: 'ascending' | 'descending'
  readonly kind: 'bool' | 'number' | 'money' | 'text' | 'date' | 'enum' | 'undetermined'
  /** Of a number: how many digits stand behind the comma. */
  readonly scale: number
}

/** How many may be served, and for how much in all; null is without limit. */
export interface RankingLimits {
  readonly units: number | null
  readonly budgetMinor: number | null
}

/** One place in the order. */
export interface RankedListing extends ListedUnit {
  /** From 1, each once. */
  readonly position: number
  /** From 1; units that are equal by every key have the same. */
  readonly rank: number
  readonly isServed: boolean
  /** Whether it is equal by every key to units on the other side of the line, so that only the id decided. */
  readonly isTiedAtLine: boolean
  /** Null where the actor may not see the facts that it was reckoned from, or where it is not known. */
  readonly costMinor: number | null
  readonly isCostHidden: boolean
  /** Its value for each key of the order; hidden ones are null. */
  readonly keys: readonly { readonly value: ScalarValue | null; readonly isHidden: boolean }[]
}

/** The priority list of a programme. */
export interface VillageRanking {
  readonly on: CivilDate
  readonly programme: string
  readonly title: LocalizedText
  readonly unit: 'resident' | 'household'
  readonly isInForce: boolean
  /** Empty where the programme states none: then all are equal. */
  readonly order: readonly RankingOrder[]
  /** The time that amounts and the budget are for; null where the programme gives no money. */
  readonly per: 'month' | 'quarter' | 'year' | 'once' | null
  /** What the version in force says, and what was reckoned with. */
  readonly stated: RankingLimits
  readonly limits: RankingLimits
  /** What ended the list; null where all are served. */
  readonly limit: 'quota' | 'budget' | 'unknown-cost' | null
  readonly count: number
  /** How many are not ranked because it cannot be told yet whether they are eligible. */
  readonly undetermined: number
  readonly served: number
  readonly waiting: number
  readonly spentMinor: number
  /** How many units are equal across the line. */
  readonly tiedAtLine: number
  readonly hamlets: readonly {
    readonly id: AreaId | null
    readonly name: string | null
    readonly served: number
    readonly waiting: number
  }[]
  readonly places: readonly RankedListing[]
  /** The position at which the next page begins. */
  readonly next?: number
}

const limitInput = z.int().min(0).max(factNumberMax).nullable().optional()

/**
 * Puts those who are indicated as eligible in the order that the programme states, and says who is served within
 * quota and budget, who waits, and where only chance would decide. `units` and `budgetMinor` stand in place of what
 * the version in force says; null lifts the limit. Nothing is stored. Each page is one bulk read.
 */
export const rankProgramme = defineRead({
  name: 'eligibility.rank',
  scope: 'eligibility.screen',
  input: z.strictObject({
    ...programmeOnDay,
    units: limitInput,
    budgetMinor: limitInput,
    from: z.int().min(1).max(10_000_000).default(1),
    limit: z.int().min(1).max(unitsMax).default(25),
  }),
  async run(context, asked): Promise<VillageRanking> {
    const { programme: id, on = context.today, from, limit } = asked
    const programme = packOf(context.config).programmes.get(id)
    if (programme === undefined) throw notFound(context, 'programme')
    const inForce = programmeOn(programme, on)
    const quota = inForce?.version.quota
    const stated = { units: quota?.units ?? null, budgetMinor: quota?.budgetMinor ?? null }
    const limits = {
      units: asked.units === undefined ? stated.units : asked.units,
      budgetMinor: asked.budgetMinor === undefined ? stated.budgetMinor : asked.budgetMinor,
    }
    const tree = await context.areas()
    const none = { candidates: [], undetermined: 0 }
    const { candidates, undetermined } =
      inForce === undefined ? none : await eligibleUnits(context, tree, { id, inForce, on })
    const orders = inForce?.ranking.map(({ order }) => order) ?? []
    const ranking = rank(candidates, orders, {
      ...(limits.units !== null && { units: limits.units }),
      ...(limits.budgetMinor !== null && { budgetMinor: limits.budgetMinor }),
    })
    const tied = new Set(ranking.tiedAtLine)
    const places = [...ranking.served, ...ranking.waiting].map(({ unit, rank: ofUnit }, index) => ({
      ...unit.place,
      position: index + 1,
      rank: ofUnit,
      isServed: index < ranking.served.length,
      isTiedAtLine: tied.has(unit.id),
      costMinor: unit.isCostHidden ? null : unit.costMinor,
      isCostHidden: unit.isCostHidden,
      keys: unit.keys.map((value, key) => {
        const isHidden = unit.hiddenKeys[key] === true
        return { value: isHidden ? null : value, isHidden }
      }),
    }))
    const page = places.slice(from - 1, from - 1 + limit)
    return {
      on,
      programme: id,
      title: programme.config.title,
      unit: programme.config.unit,
      isInForce: inForce !== undefined,
      order: inForce === undefined ? [] : orderOf(inForce),
      per:
        inForce?.benefit !== undefined && inForce.benefit.components.length > 0
          ? inForce.benefit.benefit.per
          : null,
      stated,
      limits,
      limit: ranking.limit,
      count: places.length,
      undetermined,
      served: ranking.served.length,
      waiting: ranking.waiting.length,
      spentMinor: ranking.spentMinor,
      tiedAtLine: tied.size,
      hamlets: byHamlet(tree, on, places),
      places: (await listedUnits(context, tree, on, page)).map(({ household, resident, place }) => {
        const { position, rank: ofPlace, isServed, isTiedAtLine, costMinor, isCostHidden, keys } = place
        const stands = { position, rank: ofPlace, isServed, isTiedAtLine }
        return { household, resident, ...stands, costMinor, isCostHidden, keys }
      }),
      ...(from - 1 + limit < places.length && { next: from + limit }),
    }
  },
})

/** What is kept of a unit that is to be ranked: what the actor may not see of it is settled while its facts are at hand. */
interface Candidate extends RankedUnit {
  readonly place: UnitPlace
  readonly hiddenKeys: readonly boolean[]
  readonly isCostHidden: boolean
}

async function eligibleUnits(
  context: ReadContext,
  tree: AreaTree,
  { id, inForce, on }: { readonly id: string; readonly inForce: ProgrammeInForce; readonly on: CivilDate },
): Promise<{ readonly candidates: readonly Candidate[]; readonly undetermined: number }> {
  const candidates: Candidate[] = []
  let undetermined = 0
  const families = populationFor(context, tree, on, packOf(context.config).programmes.get(id)?.config.unit)
  for await (const unit of screen(packOf(context.config), families, { on, programmes: [id] })) {
    if (unit.outcome === 'undetermined') undetermined += 1
    if (unit.outcome !== 'eligible') continue
    // The households that are screened here are those of the population.
    const facts = unit.household as HouseholdFacts
    const isHidden = hiddenFactsOf(context, facts, tree.withOuter(facts.area))
    const { id: own, member } = unit
    const asked = { id: own, household: facts.household, ...(member !== undefined && { member }) }
    const { keys, costMinor, keyFacts, costFacts } = rankedUnitOf(inForce, asked, on)
    candidates.push({
      id: own,
      keys,
      costMinor,
      place: placeOf(unit, tree),
      hiddenKeys: keyFacts.map((paths) => paths.some(isHidden)),
      isCostHidden: costFacts.some(isHidden),
    })
  }
  return { candidates, undetermined }
}

function orderOf({ ranking, version }: ProgrammeInForce): readonly RankingOrder[] {
  return ranking.map(({ rule, order }, index) => {
    const { type } = rule.expression
    const label = version.ranking[index]?.label ?? {}
    return { label, order, kind: type.kind, scale: type.kind === 'number' ? type.scale : 0 }
  })
}

function byHamlet(
  tree: AreaTree,
  on: CivilDate,
  places: readonly { readonly hamlet: string | null; readonly isServed: boolean }[],
): VillageRanking['hamlets'] {
  const counts = new Map<string | null, { served: number; waiting: number }>()
  for (const { hamlet, isServed } of places) {
    const found = counts.get(hamlet) ?? { served: 0, waiting: 0 }
    found[isServed ? 'served' : 'waiting'] += 1
    counts.set(hamlet, found)
  }
  return inHamlets(tree, on, counts, () => ({ served: 0, waiting: 0 }))
}
