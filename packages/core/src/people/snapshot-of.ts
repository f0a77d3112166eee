import type { ResidentId } from '../kernel/index.ts'
import { belongs } from './belonging.ts'
import { type FactDefinition, factOn, factValueOf } from './facts.ts'
import type { DatedFact, HouseholdVersion, Membership, ResidentVersion } from './records.ts'
import type { SnapshotDefinition, SnapshotHousehold, SnapshotMember, WithFacts } from './snapshot.ts'
import { type AsOf, groupBy, inForce, knownBy } from './spans.ts'
import { householdOn, residentOn } from './versions.ts'

/** What is known of one person of a {@link SnapshotUnit}. */
export interface SnapshotPerson {
  readonly resident: ResidentId
  readonly versions: readonly ResidentVersion[]
  /** In the household; for a person on no family card, in any. */
  readonly memberships: readonly Membership[]
  readonly facts: readonly DatedFact[]
}

/** All that is known of a household, or of a person who may be on no family card, under their own id. */
export interface SnapshotUnit {
  readonly id: string
  /** Empty for a person. */
  readonly versions: readonly HouseholdVersion[]
  readonly people: readonly SnapshotPerson[]
  /** Of the household itself. */
  readonly facts: readonly DatedFact[]
}

/** The rows of one household in a snapshot. */
export interface SnapshotRows {
  readonly household: WithFacts<SnapshotHousehold>
  readonly members: readonly WithFacts<SnapshotMember>[]
}

/** Which snapshot, of which day, by what was known when. */
export interface SnapshotAsOf extends AsOf {
  readonly snapshot: string
}

/**
 * The rows of one household on a day, by what was known at an instant: the one builder of the stored snapshot,
 * of temporary ones and of what memory computes. Undefined where nobody of the village is in the household then.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { defineSnapshot, ResidentVersion, snapshotOf, todaySnapshot } from '@lumbung/core/people'
 *
 * const sari = ResidentVersion.parse({
 *   resident: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', seq: 1, recordedAt: '2020-01-01T00:00:00.000Z',
 *   validFrom: '1950-03-01', identityNumber: null, temporaryNumber: null, name: 'Sari', nameKey: 'sari',
 *   sex: 'female', birthDate: '1950-03-01', birthPlace: null, status: 'present', statusSince: '1950-03-01',
 *   area: null, mergedInto: null,
 * })
 * const person = { resident: sari.resident, versions: [sari], memberships: [], facts: [] }
 * const rows = snapshotOf(
 *   defineSnapshot([]),
 *   { id: sari.resident, versions: [], people: [person], facts: [] },
 *   { snapshot: todaySnapshot, on: CivilDate.parse('2026-11-24') },
 * )
 * rows?.household.kind // => 'none'
 * rows?.members[0]?.birthDate // => '1950-03-01'
 * ```
 */
export function snapshotOf(
  definition: SnapshotDefinition,
  unit: SnapshotUnit,
  asOf: SnapshotAsOf,
): SnapshotRows | undefined {
  const { snapshot } = asOf
  const household = householdOn(unit.versions, asOf)
  const isPerson = unit.versions.length === 0
  if (!isPerson && household === undefined) return undefined
  const kind: SnapshotHousehold['kind'] = household?.kind ?? 'none'
  const home = `${snapshot}:${unit.id}`

  const members: WithFacts<SnapshotMember>[] = []
  for (const person of unit.people) {
    const state = residentOn(person.versions, asOf)
    if (state === undefined || !belongs(state.status)) continue
    const membership = membershipOn(person.memberships, asOf, isPerson ? undefined : unit.id)
    if (isPerson ? membership !== undefined : membership === undefined) continue
    const { birthDate, sex, status } = state
    const row = {
      home,
      snapshot,
      household: unit.id,
      resident: person.resident,
      kind,
      relationship: membership?.relationship ?? null,
      birthDate,
      sex,
      status,
      area: state.area ?? household?.area ?? null,
    }
    members.push(withFacts(row, definition.facts, 'resident', person.facts, asOf))
  }
  if (members.length === 0) return undefined
  members.sort((a, b) => (a.resident < b.resident ? -1 : 1))
  const area = household === undefined ? (members[0]?.area ?? null) : household.area
  const row = { id: home, snapshot, household: unit.id, kind, area }
  return { household: withFacts(row, definition.facts, 'household', unit.facts, asOf), members }
}

/**
 * The membership that counts: in the household, or, without one, on any family card; the newest if records clash.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { membershipOn } from '@lumbung/core/people'
 *
 * membershipOn([], { on: CivilDate.parse('2026-11-24') }, undefined) // => undefined
 * ```
 */
export function membershipOn(
  memberships: readonly Membership[],
  { on, recordedBy }: AsOf,
  household: string | undefined,
): Membership | undefined {
  let found: Membership | undefined
  for (const membership of memberships) {
    if (household === undefined ? membership.kind !== 'family' : membership.household !== household) continue
    if (!knownBy(membership, recordedBy) || !inForce(membership, on)) continue
    if (found === undefined || isNewer(membership, found)) found = membership
  }
  return found
}

function isNewer(a: Membership, b: Membership): boolean {
  return a.recordedAt === b.recordedAt ? a.id > b.id : a.recordedAt > b.recordedAt
}

function withFacts<Row extends object>(
  row: Row,
  definitions: readonly FactDefinition[],
  unit: FactDefinition['unit'],
  facts: readonly DatedFact[],
  { on, recordedBy }: AsOf,
): WithFacts<Row> {
  const byName = groupBy(
    facts.filter((fact) => fact.unit === unit),
    ({ name }) => name,
  )
  const values: Record<string, unknown> = {}
  for (const definition of definitions) {
    if (definition.unit !== unit) continue
    const fact = factOn(byName.get(definition.name) ?? [], on, recordedBy)
    values[definition.name] = fact === undefined ? null : factValueOf(definition, fact.value)
  }
  return { ...row, ...values }
}
