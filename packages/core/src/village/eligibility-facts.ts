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
import type { ReadTransaction } from '../storage/index.ts'
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

/** All families of the stored snapshot, and those who are on no family card, so that each person is there once. */
export async function* storedFamilies(
  { tx, config }: { readonly tx: ReadTransaction } & Pick<ReadContext, 'config'>,
  isReached: (area: string | null) => boolean,
): AsyncGenerator<HouseholdFacts> {
  const definition = snapshotOfConfig(config)
  const membersOf = new Map<string, WithFacts<SnapshotMember>[]>()
  const ofToday = { snapshot: todaySnapshot, kind: { in: ['family', 'none'] } } as const
  for await (const member of tx.stream(definition.members, { where: ofToday })) {
    const known = membersOf.get(member.home)
    if (known === undefined) membersOf.set(member.home, [{ ...member }])
    else known.push({ ...member })
  }
  for await (const household of tx.stream(definition.households, { where: ofToday })) {
    if (!isReached(household.area)) continue
    yield factsOfRows(definition, { ...household }, membersOf.get(household.id) ?? [])
  }
}

function factsOfRows(
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
  const shows = permission.showsOf({ ...here, residents: [] }, own) ?? 'public'
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
