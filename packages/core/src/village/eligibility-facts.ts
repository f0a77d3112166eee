import { ageYears, type CivilDate, type HouseholdId, type ResidentId } from '../kernel/index.ts'
import {
  loadUnits,
  type SnapshotDefinition,
  type SnapshotHousehold,
  type SnapshotMember,
  snapshotOf,
  todaySnapshot,
  type WithFacts,
} from '../people/index.ts'
import type { FactValues } from '../rules/index.ts'
import { classRank } from './permission.ts'
import { snapshotDays } from './records.ts'
import { snapshotOfConfig } from './schema.ts'
import type { ReadContext } from './use-case.ts'

/** A household as rules read it on a day, with who its members are by their positions. */
export interface HouseholdFacts {
  readonly id: string
  readonly kind: SnapshotHousehold['kind']
  readonly area: SnapshotHousehold['area']
  readonly household: FactValues
  readonly members: readonly WithFacts<SnapshotMember>[]
  readonly memberIds: readonly ResidentId[]
}

/**
 * What the register knows of a household on a day; undefined where nobody belongs to it then. Of the day of the stored
 * snapshot it is read there, and of any other it is built from the dated records.
 */
export async function householdFactsOn(
  { tx, config }: Pick<ReadContext, 'tx' | 'config'>,
  id: HouseholdId,
  on: CivilDate,
): Promise<HouseholdFacts | undefined> {
  const definition = snapshotOfConfig(config)
  const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
  if (day?.on !== on) {
    const asOf = { snapshot: todaySnapshot, on }
    const [unit] = await loadUnits(tx, [id], asOf)
    const rows = unit === undefined ? undefined : snapshotOf(definition, unit, asOf)
    return rows === undefined ? undefined : factsOfRows(definition, rows.household, rows.members)
  }
  const home = `${todaySnapshot}:${id}`
  const household = await tx.get(definition.households, { id: home })
  if (household === undefined) return undefined
  const members: WithFacts<SnapshotMember>[] = []
  for await (const member of tx.stream(definition.members, { where: { home } })) members.push({ ...member })
  return factsOfRows(definition, { ...household }, members)
}

/** A household of a snapshot as rules read it. */
export function factsOfRows(
  { faces }: SnapshotDefinition,
  household: WithFacts<SnapshotHousehold>,
  unsorted: readonly WithFacts<SnapshotMember>[],
): HouseholdFacts {
  const members = unsorted.toSorted((a, b) => (a.resident < b.resident ? -1 : 1))
  return {
    id: household.household,
    kind: household.kind,
    area: household.area,
    household: faces.household.valuesOf(household, {
      members: members.map((member) => faces.resident.valuesOf(member)),
    }),
    members,
    memberIds: members.map(({ resident }) => resident),
  }
}

/** Of a path such as `household.members[2].birthDate`: the member, null for the household itself, and the fact. */
export function factAt(path: string): { readonly position: number | null; readonly name: string } {
  const [, position, ofMember] = /^household\.members\[(\d+)\]\.(\w+)/.exec(path) ?? []
  return {
    position: position === undefined ? null : Number(position),
    name: ofMember ?? path.split('.').at(1) ?? path,
  }
}

const personalFacts: ReadonlySet<string> = new Set(['birthDate', 'sex', 'relationship'])

/** Tells by its path whether the actor may see a fact of a household. */
export function hiddenFactsOf(
  { config, today, permission, own }: Pick<ReadContext, 'config' | 'today' | 'permission' | 'own'>,
  {
    id,
    members,
  }: Pick<HouseholdFacts, 'id'> & {
    readonly members: readonly Pick<SnapshotMember, 'resident' | 'birthDate'>[]
  },
  areas: readonly string[],
): (path: string) => boolean {
  const here = { areas, households: [id] }
  // Somebody on no family card stands for a household under their own id.
  const alone = members.map(({ resident }) => resident).filter((resident) => resident === id)
  const shows = permission.showsOf({ ...here, residents: alone }, own) ?? 'public'
  const classOf = (unit: 'resident' | 'household', name: string) =>
    config.facts.find((fact) => fact.unit === unit && fact.name === name)?.fieldClass ??
    (personalFacts.has(name) ? 'personal' : 'internal')
  return (path) => {
    const [, position, name] = /^household\.members\[(\d+)\]\.(\w+)/.exec(path) ?? []
    if (position === undefined || name === undefined) {
      const [, fact = ''] = /^household\.(\w+)/.exec(path) ?? []
      return classRank(classOf('household', fact)) > classRank(shows)
    }
    const member = members[Number(position)]
    if (member === undefined) return true
    const seen = permission.showsOf({ ...here, residents: [member.resident] }, own) ?? 'public'
    const isChild = (ageYears(member.birthDate, today) ?? 0) < config.childBelowYears
    return classRank(isChild ? 'specific' : classOf('resident', name)) > classRank(seen)
  }
}
