import * as z from 'zod'
import { packOf } from '../casework/index.ts'
import { type SimulatedTotal, simulate } from '../eligibility/index.ts'
import type { CivilDate } from '../kernel/index.ts'
import type { AreaId } from '../people/index.ts'
import { hamletOf, type ListedUnit, listedUnits, placeOf, populationFor } from './eligibility-population.ts'
import { FirstPlaces, type OutcomeCounts, programmeOnDay } from './eligibility-screening.ts'
import { notFound } from './register.ts'
import { defineRead } from './use-case.ts'

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

/** Tells what other values of a programme's parameters would change today, or on another day. Nothing is stored. */
export const simulateProgramme = defineRead({
  name: 'eligibility.simulate',
  scope: 'eligibility.screen',
  input: z.strictObject({
    ...programmeOnDay,
    parameters: z.record(z.string().max(64), z.union([scalar, z.array(scalar).max(100).readonly()])),
    limit: z.int().min(0).max(100).default(25),
  }),
  async run(context, asked): Promise<VillageSimulation> {
    const { programme, on = context.today, parameters, limit } = asked
    const pack = packOf(context.config)
    const found = pack.programmes.get(programme)
    if (found === undefined) throw notFound(context, 'programme')
    const tree = await context.areas()
    const first = { entering: new FirstPlaces(limit), leaving: new FirstPlaces(limit) }
    const families = populationFor(context, tree, on, found.config.unit)
    const result = await simulate(pack, families, {
      programme,
      on,
      parameters,
      groupOf: (household, member) =>
        hamletOf({ household, ...(member !== undefined && { member }) }, tree) ?? '',
      onMove: (unit) => first[unit.to].add(placeOf(unit, tree)),
    })
    const units = async (to: 'entering' | 'leaving') => {
      const listed = await listedUnits(context, tree, on, first[to].taken)
      return {
        count: result[to].length,
        units: listed.map(({ household, resident }) => ({ household, resident })),
      }
    }
    // As the tree has them: by name, and those in no hamlet last.
    const places = [...tree.byId.values()].map(({ id }) => id)
    const hamlets = [...result.groups]
      .map(([id, sides]: readonly [string, Sides]) => {
        const hamlet = tree.byId.get(id)
        return { id: hamlet?.id ?? null, name: hamlet?.name ?? null, ...sides }
      })
      .toSorted((a, b) => rankIn(places, a.id) - rankIn(places, b.id))
    const { before, after } = result
    return {
      on,
      before,
      after,
      hamlets,
      entering: await units('entering'),
      leaving: await units('leaving'),
    }
  },
})

interface Sides {
  readonly before: SimulatedTotal
  readonly after: SimulatedTotal
}

function rankIn(places: readonly AreaId[], id: AreaId | null): number {
  return id === null ? places.length : places.indexOf(id)
}
