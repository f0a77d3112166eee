import * as z from 'zod'
import { packOf } from '../casework/index.ts'
import { type Outcome, programmeOn, screen } from '../eligibility/index.ts'
import { CivilDate, type LocalizedText } from '../kernel/index.ts'
import type { AreaId } from '../people/index.ts'
import type { AreaTree } from './area-tree.ts'
import {
  hamletOf,
  isOnNoCard,
  type ListedUnit,
  listedUnits,
  placeOf,
  populationFor,
  populationOn,
  type UnitPlace,
} from './eligibility-population.ts'
import { notFound } from './register.ts'
import { defineRead } from './use-case.ts'

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
  /** Of a programme of households: how many people are on no family card, and so in none of the counts. */
  readonly onNoCard: number
  readonly total: OutcomeCounts
  readonly hamlets: readonly HamletOutcomes[]
}

/** What {@link screenVillage} gives. It names nobody. */
export interface VillageScreening {
  readonly on: CivilDate
  readonly programmes: readonly ScreenedProgramme[]
}

/** What {@link listScreened} gives. */
export interface ScreenedList {
  readonly on: CivilDate
  readonly units: readonly ListedUnit[]
  readonly count: number
  readonly next?: string
}

/** The id of a programme, and the day that is asked for; default: today. */
export const programmeOnDay = { programme: z.string().max(64), on: CivilDate.optional() }

/** As many as the list of a large village holds, and never a whole region. */
export const unitsMax = 20_000

/**
 * Counts, for every programme in every hamlet that the actor reaches, who is indicated as eligible: today, or on
 * another day by what is known of it now.
 */
export const screenVillage = defineRead({
  name: 'eligibility.screen',
  scope: 'eligibility.screen',
  input: z.strictObject({
    programmes: z.array(programmeOnDay.programme).max(100).optional(),
    on: programmeOnDay.on,
  }),
  async run(context, asked): Promise<VillageScreening> {
    const { config, today } = context
    const { on = today } = asked
    const pack = packOf(config)
    const ids = asked.programmes ?? [...pack.programmes.keys()]
    if (ids.some((id) => !pack.programmes.has(id))) throw notFound(context, 'programme')
    const tree = await context.areas()
    const counts = new Map(ids.map((id) => [id, new Map<string | null, Counts>()]))
    const onNoCard = new Map<string, number>()
    for await (const unit of screen(pack, populationOn(context, tree, on), { on, programmes: ids })) {
      if (unit.outcome === null) continue
      if (isOnNoCard(unit)) {
        onNoCard.set(unit.programme, (onNoCard.get(unit.programme) ?? 0) + 1)
        continue
      }
      const hamlet = hamletOf(unit, tree)
      const ofProgramme = counts.get(unit.programme)
      const found = ofProgramme?.get(hamlet) ?? noCounts()
      found[unit.outcome] += 1
      ofProgramme?.set(hamlet, found)
    }
    return {
      on,
      programmes: [...pack.programmes.values()]
        .filter((programme) => counts.has(programme.config.id))
        .map((programme) => {
          const { id, title, unit } = programme.config
          const hamlets = inHamlets(tree, on, counts.get(id) ?? new Map(), noCounts)
          const isInForce = programmeOn(programme, on) !== undefined
          const without = onNoCard.get(id) ?? 0
          return { id, title, unit, isInForce, onNoCard: without, total: totalOf(hamlets), hamlets }
        }),
    }
  },
})

/**
 * The households or residents with one outcome in a programme today, or on another day, page by page or whole. Each
 * page is one bulk read.
 */
export const listScreened = defineRead({
  name: 'eligibility.list',
  scope: 'eligibility.screen',
  input: z.strictObject({
    ...programmeOnDay,
    outcome: z.enum(['eligible', 'ineligible', 'undetermined']).default('eligible'),
    hamlet: z.string().max(64).optional(),
    after: z.string().max(200).optional(),
    limit: z.int().min(1).max(unitsMax).default(25),
  }),
  async run(context, input): Promise<ScreenedList> {
    const { programme, on = context.today, outcome, hamlet, after = '', limit } = input
    const pack = packOf(context.config)
    const asked = pack.programmes.get(programme)
    if (asked === undefined) throw notFound(context, 'programme')
    const tree = await context.areas()
    const found = new FirstPlaces(limit + 1)
    let count = 0
    const families = populationFor(context, tree, on, asked.config.unit)
    for await (const unit of screen(pack, families, { on, programmes: [programme] })) {
      if (unit.outcome !== outcome) continue
      if (hamlet !== undefined && hamletOf(unit, tree) !== hamlet) continue
      count += 1
      if (unit.id > after) found.add(placeOf(unit, tree))
    }
    const page = found.taken.slice(0, limit)
    const last = page.at(-1)
    const units = await listedUnits(context, tree, on, page)
    return {
      on,
      units: units.map(({ household, resident }) => ({ household, resident })),
      count,
      ...(found.taken.length > limit && last !== undefined && { next: last.id }),
    }
  },
})

/** The first few places by id of many that pass by. */
export class FirstPlaces {
  readonly #most: number
  #places: UnitPlace[] = []

  constructor(most: number) {
    this.#most = most
  }

  add(place: UnitPlace): void {
    this.#places.push(place)
    if (this.#places.length >= 2 * this.#most + 64) this.#places = [...this.taken]
  }

  get taken(): readonly UnitPlace[] {
    return this.#places.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, this.#most)
  }
}

type Counts = { -readonly [Key in Outcome]: number }

function noCounts(): Counts {
  return { eligible: 0, ineligible: 0, undetermined: 0 }
}

/** What was counted by hamlet, by name; those in no hamlet last, and only where there are any. */
export function inHamlets<Found extends object>(
  tree: AreaTree,
  on: CivilDate,
  counts: ReadonlyMap<string | null, Found>,
  nothing: () => Found,
): readonly (Found & { readonly id: AreaId | null; readonly name: string | null })[] {
  const open = tree.hamletsOn(on)
  // Somebody may be written down in a hamlet that is closed by now.
  const closed = [...counts.keys()].flatMap((id) => {
    const area = id === null || open.some((each) => each.id === id) ? undefined : tree.byId.get(id)
    return area === undefined ? [] : [area]
  })
  const named = [...open, ...closed].map(({ id, name }) => ({ ...(counts.get(id) ?? nothing()), id, name }))
  const without = counts.get(null)
  return without === undefined ? named : [...named, { ...without, id: null, name: null }]
}

function totalOf(hamlets: readonly HamletOutcomes[]): OutcomeCounts {
  const total = noCounts()
  for (const hamlet of hamlets) {
    for (const outcome of ['eligible', 'ineligible', 'undetermined'] as const)
      total[outcome] += hamlet[outcome]
  }
  return total
}
