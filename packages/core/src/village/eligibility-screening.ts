import * as z from 'zod'
import {
  type Outcome,
  packOf,
  programmeOn,
  type ScreenedUnit,
  screen,
  simulate,
} from '../eligibility/index.ts'
import type { CivilDate, HouseholdId, LocalizedText, ResidentId } from '../kernel/index.ts'
import { type AreaId, headRelationship, residents } from '../people/index.ts'
import type { AreaTree } from './area-tree.ts'
import { type HouseholdFacts, storedFamilies } from './eligibility-facts.ts'
import { noteReads, notFound, type ResidentView, residentView } from './register.ts'
import { defineRead, type ReadContext } from './use-case.ts'

/** How many units of a place are indicated as eligible, are not, or cannot be told. */
export interface OutcomeCounts {
  readonly eligible: number
  readonly ineligible: number
  readonly undetermined: number
}

/** The counts of one hamlet; null stands for those who are written down in none. */
export interface HamletOutcomes extends OutcomeCounts {
  readonly id: AreaId | null
  readonly name: string | null
}

/** A programme over the whole population that the actor reaches. */
export interface ScreenedProgramme {
  readonly id: string
  readonly title: LocalizedText
  readonly unit: 'resident' | 'household'
  readonly isInForce: boolean
  readonly total: OutcomeCounts
  readonly hamlets: readonly HamletOutcomes[]
}

/** What {@link screenVillage} gives. It names nobody. */
export interface VillageScreening {
  readonly on: CivilDate
  readonly programmes: readonly ScreenedProgramme[]
}

/** One unit of a list: a household by its head, or a resident. */
export interface ListedUnit {
  readonly household: HouseholdId | null
  readonly resident: ResidentView
}

const programmeInput = z.string().max(64)

/** Counts, for every programme in every hamlet that the actor reaches, who is indicated as eligible today. */
export const screenVillage = defineRead({
  name: 'eligibility.screen',
  scope: 'eligibility.screen',
  input: z.strictObject({ programmes: z.array(programmeInput).max(100).optional() }),
  async run(context, asked): Promise<VillageScreening> {
    const { config, today } = context
    const pack = packOf(config)
    const ids = asked.programmes ?? [...pack.programmes.keys()]
    if (ids.some((id) => !pack.programmes.has(id))) throw notFound(context, 'programme')
    const tree = await context.areas()
    const counts = new Map(ids.map((id) => [id, new Map<string | null, Counts>()]))
    for await (const unit of screen(pack, reached(context, tree), { on: today, programmes: ids })) {
      if (unit.outcome === null) continue
      const hamlet = tree.hamletOf(areaOf(unit))?.id ?? null
      const ofProgramme = counts.get(unit.programme)
      const found = ofProgramme?.get(hamlet) ?? noCounts()
      found[unit.outcome] += 1
      ofProgramme?.set(hamlet, found)
    }
    return {
      on: today,
      programmes: [...pack.programmes.values()]
        .filter((programme) => counts.has(programme.config.id))
        .map((programme) => {
          const { id, title, unit } = programme.config
          const hamlets = inHamlets(tree, context.today, counts.get(id) ?? new Map())
          const isInForce = programmeOn(programme, today) !== undefined
          return { id, title, unit, isInForce, total: totalOf(hamlets), hamlets }
        }),
    }
  },
})

/** The households or residents with one outcome in a programme today, page by page. Each page is one bulk read. */
export const listScreened = defineRead({
  name: 'eligibility.list',
  scope: 'eligibility.screen',
  input: z.strictObject({
    programme: programmeInput,
    outcome: z.enum(['eligible', 'ineligible', 'undetermined']).default('eligible'),
    hamlet: z.string().max(64).optional(),
    after: z.string().max(200).optional(),
    limit: z.int().min(1).max(100).default(25),
  }),
  async run(
    context,
    { programme, outcome, hamlet, after = '', limit },
  ): Promise<{
    readonly units: readonly ListedUnit[]
    readonly count: number
    readonly next?: string
  }> {
    const pack = packOf(context.config)
    if (!pack.programmes.has(programme)) throw notFound(context, 'programme')
    const tree = await context.areas()
    const found: ScreenedUnit[] = []
    const families = reached(context, tree)
    for await (const unit of screen(pack, families, { on: context.today, programmes: [programme] })) {
      if (unit.outcome !== outcome) continue
      if (hamlet === undefined || tree.hamletOf(areaOf(unit))?.id === hamlet) found.push(unit)
    }
    found.sort((a, b) => (a.id < b.id ? -1 : 1))
    const rest = found.filter(({ id }) => id > after)
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return {
      units: await listed(context, tree, page),
      count: found.length,
      ...(rest.length > limit && last !== undefined && { next: last.id }),
    }
  },
})

/** A total of a simulation, with what the eligible units would get. */
export interface SimulatedCounts extends OutcomeCounts {
  readonly costMinor: number
  /** Eligible units whose benefit is not known; they are not in the cost. */
  readonly costUnknown: number
}

/** Who would gain and who would lose if parameters of a programme were others. */
export interface VillageSimulation {
  readonly on: CivilDate
  readonly before: SimulatedCounts
  readonly after: SimulatedCounts
  readonly hamlets: readonly {
    readonly id: AreaId | null
    readonly name: string | null
    readonly before: SimulatedCounts
    readonly after: SimulatedCounts
  }[]
  /** How many enter and leave, and the first of them. */
  readonly entering: { readonly count: number; readonly units: readonly ListedUnit[] }
  readonly leaving: { readonly count: number; readonly units: readonly ListedUnit[] }
}

const scalar = z.union([z.boolean(), z.int(), z.string().max(200)])

/** Tells what other values of a programme's parameters would change today. Nothing is stored. */
export const simulateProgramme = defineRead({
  name: 'eligibility.simulate',
  scope: 'eligibility.screen',
  input: z.strictObject({
    programme: programmeInput,
    parameters: z.record(z.string().max(64), z.union([scalar, z.array(scalar).max(100)])),
    limit: z.int().min(0).max(100).default(25),
  }),
  async run(context, { programme, parameters, limit }): Promise<VillageSimulation> {
    const pack = packOf(context.config)
    if (!pack.programmes.has(programme)) throw notFound(context, 'programme')
    const tree = await context.areas()
    const families = new Map<string, ScreenedUnit['household']>()
    const unitOf = new Map<string, { household: ScreenedUnit['household']; member?: number }>()
    for await (const family of reached(context, tree)) {
      families.set(family.id, family)
      unitOf.set(family.id, { household: family })
      if (pack.programmes.get(programme)?.config.unit === 'resident') {
        for (const [member, id] of family.memberIds.entries()) unitOf.set(id, { household: family, member })
      }
    }
    const groupOf = (household: ScreenedUnit['household'], member: number | undefined) =>
      tree.hamletOf(areaOf({ household, ...(member !== undefined && { member }) }))?.id ?? ''
    const on = context.today
    const places = [...tree.byId.values(), { id: null }].map(({ id }) => id)
    const result = await simulate(pack, families.values(), { programme, on, parameters, groupOf })
    const units = async (ids: readonly string[]) => {
      const first = ids.toSorted().slice(0, limit)
      const of = first.flatMap((id) => [unitOf.get(id)].filter((unit) => unit !== undefined))
      return { count: ids.length, units: await listed(context, tree, of) }
    }
    return {
      on,
      before: result.before,
      after: result.after,
      hamlets: [...result.groups]
        .map(([id, { before, after }]) => {
          const hamlet = tree.byId.get(id)
          return { id: hamlet?.id ?? null, name: hamlet?.name ?? null, before, after }
        })
        // As the tree has them: by name, and those in no hamlet last.
        .toSorted((a, b) => places.indexOf(a.id) - places.indexOf(b.id)),
      entering: await units(result.entering),
      leaving: await units(result.leaving),
    }
  },
})

type Counts = { -readonly [Key in Outcome]: number }

function noCounts(): Counts {
  return { eligible: 0, ineligible: 0, undetermined: 0 }
}

function reached(context: ReadContext, tree: AreaTree): AsyncGenerator<HouseholdFacts> {
  const { permission, own } = context
  return storedFamilies(
    context,
    (area) =>
      permission.showsOf({ areas: tree.withOuter(area), residents: [], households: [] }, own) !== undefined,
  )
}

/** Where a unit lives: that of the person where it is one, else that of the household. */
function areaOf({ household, member }: Pick<ScreenedUnit, 'household' | 'member'>): string | null {
  // The households that are screened here are those of the snapshot.
  const facts = household as HouseholdFacts
  return (member === undefined ? undefined : facts.members[member]?.area) ?? facts.area
}

function inHamlets(
  tree: AreaTree,
  on: CivilDate,
  counts: ReadonlyMap<string | null, Counts>,
): readonly HamletOutcomes[] {
  const named = tree.hamletsOn(on).map(({ id, name }) => ({ id, name, ...(counts.get(id) ?? noCounts()) }))
  const without = counts.get(null)
  return without === undefined ? named : [...named, { id: null, name: null, ...without }]
}

function totalOf(hamlets: readonly HamletOutcomes[]): OutcomeCounts {
  const total = noCounts()
  for (const hamlet of hamlets) {
    for (const outcome of ['eligible', 'ineligible', 'undetermined'] as const)
      total[outcome] += hamlet[outcome]
  }
  return total
}

async function listed(
  context: ReadContext,
  tree: AreaTree,
  units: readonly Pick<ScreenedUnit, 'household' | 'member'>[],
): Promise<readonly ListedUnit[]> {
  const found: ListedUnit[] = []
  for (const { household, member } of units) {
    const facts = household as HouseholdFacts
    const head = Math.max(
      0,
      facts.members.findIndex(({ relationship }) => relationship === headRelationship),
    )
    const id = facts.memberIds[member ?? head]
    const resident = id === undefined ? undefined : await context.tx.get(residents, { id: id as ResidentId })
    if (resident === undefined) continue
    const where = { areas: tree.withOuter(facts.area), residents: [resident.id], households: [facts.id] }
    const isHousehold = facts.kind !== 'none'
    found.push({
      household: isHousehold ? (facts.id as HouseholdId) : null,
      resident: residentView(context, tree, resident, where),
    })
  }
  noteReads(
    context,
    found.map(({ resident }) => resident),
  )
  return found
}
