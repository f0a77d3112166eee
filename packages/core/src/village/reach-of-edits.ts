import { ResidentId } from '../kernel/index.ts'
import {
  type Edit,
  type Household,
  households,
  inForce,
  type Membership,
  memberships,
  type Resident,
  recordsWith,
  residents,
} from '../people/index.ts'
import { type AreaTree, readAreas } from './area-tree.ts'
import { notFound } from './register.ts'
import type { WriteContext } from './use-case.ts'

/** The register around some edits, in one state: as it is, or as the edits leave it. */
interface Around {
  readonly residents: ReadonlyMap<string, Resident>
  readonly households: ReadonlyMap<string, Household>
  readonly memberships: readonly Membership[]
}

/**
 * Refuses edits of which any touches what the actor does not reach, as it was or as it would be: whoever keeps one
 * hamlet can neither bring a person in from another nor send one there. A role, a power or a consent is written
 * with its person, and not asked for by itself.
 *
 * @throws LumbungError `village/not-found`
 */
export async function requireReachOf(context: WriteContext, edits: readonly Edit[]): Promise<void> {
  if (context.permission.isVillageWide) return
  const tree = await readAreas(context.tx)
  const before = await stateBefore(context, edits)
  const after = stateAfter(before, edits)
  for (const edit of edits) {
    for (const id of touchedBy(edit)) {
      const [was, becomes] = [placeOf(context, tree, before, id), placeOf(context, tree, after, id)]
      for (const place of [was, becomes]) {
        if (place === undefined || context.permission.showsOf(place, context.own) !== undefined) continue
        throw notFound(context, 'resident')
      }
    }
  }
}

/** The people and households that an edit changes or joins. */
function touchedBy({ of, after }: Edit): readonly string[] {
  switch (of) {
    case 'resident':
    case 'household':
      return [after.id]
    case 'membership':
      return [after.resident, after.household]
    case 'fact':
      return [after.subject]
    case 'affiliation':
    case 'representation':
    case 'consent':
      return []
  }
}

async function stateBefore({ tx }: WriteContext, edits: readonly Edit[]): Promise<Around> {
  const ids = [...new Set(edits.flatMap(touchedBy))]
  const people = await recordsWith(tx, residents, 'id', ids)
  const homes = await recordsWith(tx, households, 'id', ids)
  const held = await recordsWith(tx, memberships, 'resident', ids)
  return {
    residents: new Map(people.map((person) => [person.id, person])),
    households: new Map(homes.map((home) => [home.id, home])),
    memberships: held.filter(({ retractedAt }) => retractedAt === null),
  }
}

function stateAfter(before: Around, edits: readonly Edit[]): Around {
  const people = new Map(before.residents)
  const homes = new Map(before.households)
  const held = new Map(before.memberships.map((membership) => [membership.id, membership]))
  for (const { of, after } of edits) {
    if (of === 'resident') people.set(after.id, after)
    else if (of === 'household') homes.set(after.id, after)
    else if (of === 'membership' && after.retractedAt === null) held.set(after.id, after)
    else if (of === 'membership') held.delete(after.id)
  }
  return { residents: people, households: homes, memberships: [...held.values()] }
}

/** Where a person or household belongs in a state; undefined where that state has none. */
function placeOf({ today }: WriteContext, tree: AreaTree, state: Around, id: string) {
  const home = state.households.get(id)
  if (home !== undefined) return { areas: tree.withOuter(home.area), residents: [], households: [id] }
  const person = state.residents.get(id)
  if (person === undefined) return undefined
  const held = state.memberships.filter((m) => m.resident === id && inForce(m, today))
  return {
    areas: tree.withOuter(person.area),
    residents: [ResidentId.parse(id)],
    households: held.map(({ household }) => household),
  }
}
