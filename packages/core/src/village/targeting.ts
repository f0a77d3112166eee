import * as z from 'zod'
import {
  enrolments,
  packOf,
  type SmallOr,
  type TargetingCounts,
  type TargetingErrors,
  takesPart,
  targetingErrors,
  withoutSmall,
} from '../casework/index.ts'
import { type Outcome, programmeOf, programmeOn, screen } from '../eligibility/index.ts'
import type { CivilDate, LocalizedText } from '../kernel/index.ts'
import type { AreaId } from '../people/index.ts'
import type { GivenFacts } from '../rules/index.ts'
import type { HouseholdFacts } from './eligibility-facts.ts'
import { populationFor } from './eligibility-population.ts'
import { groupsOf } from './people-groups.ts'
import { requireVillage } from './permission.ts'
import { notFound } from './register.ts'
import { defineRead } from './use-case.ts'

/** A part of the village with its counts and its errors. */
export interface TargetingRow extends TargetingErrors {
  readonly counts: TargetingCounts
}

/** How well a programme reaches those whom its rules mean, today. It names nobody. */
export interface VillageTargeting {
  readonly on: CivilDate
  readonly programme: string
  readonly title: LocalizedText
  /** Whether a version is in force today; without one nothing is counted. */
  readonly isInForce: boolean
  readonly total: TargetingRow
  /** Parts that count fewer than this are not shown. */
  readonly fewest: number
  readonly hamlets: readonly SmallOr<
    TargetingRow & { readonly id: AreaId | null; readonly name: string | null }
  >[]
  /** Of each group of the village: those in it, those not in it, and those of whom that is not known. */
  readonly groups: readonly {
    readonly id: string
    readonly label: LocalizedText
    readonly parts: readonly SmallOr<TargetingRow & { readonly isIn: boolean | null }>[]
  }[]
  /** Those who take part and are no family of today's register, such as a dwelling; they are in no count. */
  readonly enrolledElsewhere: number
}

/** Counts who takes part and who is meant, over the whole village, by hamlet and by the groups of its policy. */
export const readTargeting = defineRead({
  name: 'targeting.read',
  scope: 'targeting.read',
  input: z.strictObject({
    programme: z.string().max(64),
    fewest: z.int().min(1).max(100).default(5),
  }),
  async run(context, { programme, fewest }): Promise<VillageTargeting> {
    requireVillage(context)
    const { config, today, tx } = context
    const pack = packOf(config)
    if (!pack.programmes.has(programme)) throw notFound(context, 'programme')
    const checked = programmeOf(pack, programme)
    const { title, unit } = checked.config
    const tree = await context.areas()
    const enrolled = new Set<string>()
    for await (const enrolment of tx.stream(enrolments, { where: { programme } }))
      if (takesPart(enrolment, today)) enrolled.add(enrolment.subject)
    const groups = groupsOf(config.casework?.groups ?? [], pack, unit)
    const total = noCounts()
    const byHamlet = new Map<string | null, Counts>()
    const byGroup = groups.map(() => new Map<boolean | null, Counts>())
    const found = new Set<string>()
    const families = populationFor(context, tree, today, unit)
    for await (const { id, household, member, outcome } of screen(pack, families, {
      on: today,
      programmes: [programme],
    })) {
      if (outcome === null) continue
      const isEnrolled = enrolled.has(id)
      if (isEnrolled) found.add(id)
      // The households that are screened here are those of the snapshot.
      const facts = household as HouseholdFacts
      const area = (member === undefined ? undefined : facts.members[member]?.area) ?? facts.area
      add(total, isEnrolled, outcome)
      add(cellOf(byHamlet, tree.hamletOf(area)?.id ?? null), isEnrolled, outcome)
      const given = givenOf(facts, member)
      for (const [index, { isIn }] of groups.entries()) {
        const cells = byGroup[index]
        if (cells !== undefined) add(cellOf(cells, isIn(given, today)), isEnrolled, outcome)
      }
    }
    const named = tree.hamletsOn(today).map(({ id, name }) => ({ id, name, ...rowOf(byHamlet.get(id)) }))
    const without = byHamlet.get(null)
    const hamlets = without === undefined ? named : [...named, { id: null, name: null, ...rowOf(without) }]
    const sizeOf = ({ counts }: TargetingRow) => sumOf(counts.enrolled) + sumOf(counts.notEnrolled)
    return {
      on: today,
      programme,
      title,
      isInForce: programmeOn(checked, today) !== undefined,
      total: rowOf(total),
      fewest,
      hamlets: withoutSmall(hamlets, sizeOf, fewest),
      groups: groups.map(({ id, label }, index) => {
        const parts = [true, false, null].map((isIn) => ({ isIn, ...rowOf(byGroup[index]?.get(isIn)) }))
        return { id, label, parts: withoutSmall(parts, sizeOf, fewest) }
      }),
      enrolledElsewhere: enrolled.size - found.size,
    }
  },
})

type Counts = {
  -readonly [Side in keyof TargetingCounts]: { -readonly [Each in Outcome]: number }
}

function noCounts(): Counts {
  return {
    enrolled: { eligible: 0, ineligible: 0, undetermined: 0 },
    notEnrolled: { eligible: 0, ineligible: 0, undetermined: 0 },
  }
}

function add(counts: Counts, isEnrolled: boolean, outcome: Outcome): void {
  counts[isEnrolled ? 'enrolled' : 'notEnrolled'][outcome] += 1
}

function cellOf<Key>(cells: Map<Key, Counts>, key: Key): Counts {
  const found = cells.get(key) ?? noCounts()
  cells.set(key, found)
  return found
}

function rowOf(counts: TargetingCounts = noCounts()): TargetingRow {
  return { counts, ...targetingErrors(counts) }
}

function sumOf({ eligible, ineligible, undetermined }: Readonly<Record<Outcome, number>>): number {
  return eligible + ineligible + undetermined
}

function givenOf({ household, members }: HouseholdFacts, member: number | undefined): GivenFacts {
  const list = household['members']
  const own =
    member === undefined || members[member] === undefined || !Array.isArray(list) ? undefined : list[member]
  return { household, ...(own !== undefined && { resident: own }) }
}
