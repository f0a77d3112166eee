import type { ScreenedUnit } from '../eligibility/index.ts'
import type { CivilDate, HouseholdId, ResidentId } from '../kernel/index.ts'
import {
  headRelationship,
  households,
  loadUnits,
  residents,
  type SnapshotDefinition,
  type SnapshotMember,
  snapshotOf,
  todaySnapshot,
  type WithFacts,
} from '../people/index.ts'
import type { AreaTree } from './area-tree.ts'
import { factsOfRows, type HouseholdFacts } from './eligibility-facts.ts'
import { snapshotDays } from './records.ts'
import { noteReads, type ResidentView, residentView, whereaboutsOf } from './register.ts'
import { snapshotOfConfig } from './schema.ts'
import type { ReadContext } from './use-case.ts'

/** How many households or people are built from dated records at once. */
const builtAtOnce = 256

/**
 * All families of a day, and those who are on no family card then, so that each person is there once: those whom the
 * actor reaches, in constant memory. Of the day of the stored snapshot they are read there; of any other they are
 * built from the dated records, by what is known now.
 */
export async function* populationOn(
  context: ReadContext,
  tree: AreaTree,
  on: CivilDate,
): AsyncGenerator<HouseholdFacts> {
  const { tx, config, permission, own } = context
  const definition = snapshotOfConfig(config)
  const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
  const families =
    day?.on === on ? storedFamilies(context, definition) : builtFamilies(context, definition, on)
  for await (const family of families) {
    const where = { areas: tree.withOuter(family.area), residents: [], households: [] }
    if (permission.showsOf(where, own) !== undefined) yield family
  }
}

/** The same, without those who are on no family card where a programme is one of households. */
export async function* populationFor(
  context: ReadContext,
  tree: AreaTree,
  on: CivilDate,
  unit: 'household' | 'resident' | undefined,
): AsyncGenerator<HouseholdFacts> {
  for await (const family of populationOn(context, tree, on)) {
    if (unit !== 'household' || family.kind !== 'none') yield family
  }
}

/** Whether a unit is somebody on no family card who would stand for a household: no programme of households asks them. */
export function isOnNoCard({ household, member }: Pick<ScreenedUnit, 'household' | 'member'>): boolean {
  return member === undefined && (household as HouseholdFacts).kind === 'none'
}

/** Households and members stand by the same key, so the members of each come in one piece. */
async function* storedFamilies(
  { tx }: Pick<ReadContext, 'tx'>,
  definition: SnapshotDefinition,
): AsyncGenerator<HouseholdFacts> {
  const ofToday = { snapshot: todaySnapshot, kind: { in: ['family', 'none'] } } as const
  const members = tx.stream(definition.members, { where: ofToday })[Symbol.asyncIterator]()
  let next = await members.next()
  for await (const household of tx.stream(definition.households, { where: ofToday })) {
    const own: WithFacts<SnapshotMember>[] = []
    while (next.done !== true && next.value.home <= household.id) {
      if (next.value.home === household.id) own.push({ ...next.value })
      next = await members.next()
    }
    yield factsOfRows(definition, { ...household }, own)
  }
}

async function* builtFamilies(
  { tx }: Pick<ReadContext, 'tx'>,
  definition: SnapshotDefinition,
  on: CivilDate,
): AsyncGenerator<HouseholdFacts> {
  const asOf = { snapshot: todaySnapshot, on }
  for await (const ids of idsAtOnce(tx)) {
    for (const unit of await loadUnits(tx, ids, asOf)) {
      const rows = snapshotOf(definition, unit, asOf)
      if (rows === undefined || rows.household.kind === 'dwelling') continue
      yield factsOfRows(definition, rows.household, rows.members)
    }
  }
}

async function* idsAtOnce(tx: ReadContext['tx']): AsyncGenerator<readonly string[]> {
  for (const collection of [households, residents] as const) {
    let ids: string[] = []
    for await (const { id } of tx.stream(collection)) {
      ids.push(id)
      if (ids.length < builtAtOnce) continue
      yield ids
      ids = []
    }
    if (ids.length > 0) yield ids
  }
}

/** Where a unit is and who stands for it: all that is kept of it once it was screened. */
export interface UnitPlace {
  /** That of the household or of the resident. */
  readonly id: string
  /** Null for somebody on no family card. */
  readonly household: HouseholdId | null
  /** Where the household is. */
  readonly area: string | null
  readonly hamlet: string | null
  /** The resident, or the head of the household. */
  readonly resident: ResidentId | undefined
}

/** What is kept of a unit that was screened. */
export function placeOf(
  { id, household, member }: Pick<ScreenedUnit, 'id' | 'household' | 'member'>,
  tree: AreaTree,
): UnitPlace {
  // The households that are screened here are those of the population above.
  const facts = household as HouseholdFacts
  const head = facts.members.findIndex(({ relationship }) => relationship === headRelationship)
  return {
    id,
    household: facts.kind === 'none' ? null : (facts.id as HouseholdId),
    area: facts.area,
    hamlet: hamletOf({ household, ...(member !== undefined && { member }) }, tree),
    resident: facts.memberIds[member ?? Math.max(0, head)],
  }
}

/** The hamlet of a unit: of the person where it is one, else of the household. */
export function hamletOf(
  { household, member }: Pick<ScreenedUnit, 'household' | 'member'>,
  tree: AreaTree,
): string | null {
  const facts = household as HouseholdFacts
  const own = member === undefined ? undefined : facts.members[member]?.area
  return tree.hamletOf(own ?? facts.area)?.id ?? null
}

/** One unit of a list: a household by its head, or a resident. */
export interface ListedUnit {
  readonly household: HouseholdId | null
  readonly resident: ResidentView
}

/**
 * Units as the actor may see them, noted as read. Of another day than today whoever has left what the actor reaches
 * since then is shown as anybody out of reach is.
 */
export async function listedUnits<Place extends UnitPlace>(
  context: ReadContext,
  tree: AreaTree,
  on: CivilDate,
  places: readonly Place[],
): Promise<readonly (ListedUnit & { readonly place: Place })[]> {
  const found: (ListedUnit & { readonly place: Place })[] = []
  for (const place of places) {
    const { household, area, resident: id } = place
    const resident = id === undefined ? undefined : await context.tx.get(residents, { id })
    if (resident === undefined) continue
    const here = {
      areas: tree.withOuter(area),
      residents: [resident.id],
      households: [household ?? resident.id],
    }
    const where = on === context.today ? here : await whereaboutsOf(context, tree, resident)
    found.push({ household, resident: residentView(context, tree, resident, where), place })
  }
  noteReads(
    context,
    found.map(({ resident }) => resident),
  )
  return found
}
