import * as z from 'zod'
import { ageYears, type CivilDate } from '../kernel/index.ts'
import {
  belongingStatuses,
  type Household,
  households,
  inForce,
  memberships,
  residents,
} from '../people/index.ts'
import { defineRead } from './use-case.ts'

/** People of five years of age: `from` included, `to` excluded; the last band is open. */
export interface AgeBand {
  readonly from: number
  readonly to?: number
  readonly female: number
  readonly male: number
}

/** The people of one hamlet; `name` is null for those who are written down in none. */
export interface HamletCount {
  readonly id: string | null
  readonly name: string | null
  readonly residents: number
  readonly households: number
}

/** A village in figures that anybody may see. */
export interface Glance {
  readonly on: CivilDate
  readonly residents: number
  readonly female: number
  readonly male: number
  /** Family cards in force that somebody is on. */
  readonly households: number
  readonly pyramid: readonly AgeBand[]
  readonly hamlets: readonly HamletCount[]
}

const bandYears = 5
const lastBandFrom = 75

/**
 * The village at a glance: how many people, how old, in which hamlets. It counts as the
 * stored snapshot does, and names nobody, so anybody may see it.
 */
export const glance = defineRead({
  name: 'village.glance',
  scope: 'village.read',
  input: z.strictObject({}),
  async run({ tx, today, areas }): Promise<Glance> {
    const tree = await areas()
    const pyramid = createPyramid(today)
    const counts = new Map<string | null, { residents: number; households: number }>(
      tree.hamletsOn(today).map(({ id }) => [id, { residents: 0, households: 0 }]),
    )
    const count = (area: string | null, what: 'residents' | 'households') => {
      const hamlet = tree.hamletOf(area)?.id ?? null
      const found = counts.get(hamlet) ?? { residents: 0, households: 0 }
      found[what] += 1
      counts.set(hamlet, found)
    }
    const cards = new Map<string, Household>()
    for await (const card of tx.stream(households, { where: { kind: 'family' } })) {
      if (inForce(card, today)) cards.set(card.id, card)
    }
    const cardOf = new Map<string, Household>()
    const where = { kind: 'family', retractedAt: null } as const
    for await (const membership of tx.stream(memberships, { where })) {
      const card = cards.get(membership.household)
      if (card !== undefined && inForce(membership, today)) cardOf.set(membership.resident, card)
    }
    const inUse = new Set<Household>()
    for await (const { id, area, sex, birthDate } of tx.stream(residents, {
      where: { status: { in: belongingStatuses } },
    })) {
      const card = cardOf.get(id)
      pyramid.add(sex, birthDate)
      count(area ?? card?.area ?? null, 'residents')
      if (card !== undefined) inUse.add(card)
    }
    // A card that all have left stands for nobody, though it was never closed.
    for (const { area } of inUse) count(area, 'households')
    const bands = pyramid.bands()
    const female = bands.reduce((sum, band) => sum + band.female, 0)
    const male = bands.reduce((sum, band) => sum + band.male, 0)
    return {
      on: today,
      residents: female + male,
      female,
      male,
      households: inUse.size,
      pyramid: bands,
      hamlets: [...counts].map(([id, found]) => ({
        id,
        name: id === null ? null : (tree.byId.get(id)?.name ?? null),
        ...found,
      })),
    }
  },
})

/** Counts people by sex and completed years on a date; who is not born yet counts as newborn. */
function createPyramid(on: CivilDate) {
  const counts = { female: new Map<number, number>(), male: new Map<number, number>() }
  return {
    add(sex: 'female' | 'male', birthDate: CivilDate): void {
      const years = ageYears(birthDate, on) ?? 0
      const from = Math.min(years - (years % bandYears), lastBandFrom)
      counts[sex].set(from, (counts[sex].get(from) ?? 0) + 1)
    },
    bands(): readonly AgeBand[] {
      return Array.from({ length: lastBandFrom / bandYears + 1 }, (_, index) => {
        const from = index * bandYears
        const isLast = from === lastBandFrom
        return {
          from,
          ...(isLast ? {} : { to: from + bandYears }),
          female: counts.female.get(from) ?? 0,
          male: counts.male.get(from) ?? 0,
        }
      })
    },
  }
}
