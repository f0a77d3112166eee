import type { UnitFacts } from '../eligibility/index.ts'
import type { CivilDate, Instant, ResidentId } from '../kernel/index.ts'
import {
  type AsOf,
  type DatedFact,
  factOn,
  loadUnits,
  membershipOn,
  memberships,
  recordsWith,
  type SnapshotDefinition,
  type SnapshotUnit,
  snapshotOf,
  todaySnapshot,
} from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import type { CaseSubject } from './context.ts'

/** Where a fact came from that a decision was made of. */
export interface FactSource {
  /** As rules name it from the household: `household.members[0].pregnant`. */
  readonly path: string
  readonly from: CivilDate | null
  readonly to: CivilDate | null
  readonly source: string
  readonly degree: DatedFact['degree']
  readonly recordedAt: Instant
}

/** What is decided on: the facts of a household as rules read them, of whom it consisted, and where they came from. */
export interface CaseFacts extends UnitFacts {
  readonly household: NonNullable<UnitFacts['household']>
  /** The id of the household, or of the person who is in none. */
  readonly home: string
  /** By their positions among the members. */
  readonly memberIds: readonly ResidentId[]
  /** What has no source here stands in the register itself, such as a date of birth. */
  readonly sources: readonly FactSource[]
}

/** The households, and the persons in none, whose facts are read at once: few enough for memory. */
const homesAtOnce = 200

/**
 * What is known now of households, and of persons who are in none, on a day. Where nobody belonged to a household
 * then, it is left out.
 */
export async function* homesOn(
  tx: ReadTransaction,
  snapshot: SnapshotDefinition,
  ids: readonly string[],
  on: CivilDate,
): AsyncGenerator<CaseFacts> {
  const asOf = { snapshot: todaySnapshot, on }
  for (let start = 0; start < ids.length; start += homesAtOnce) {
    for (const unit of await loadUnits(tx, ids.slice(start, start + homesAtOnce), asOf)) {
      const facts = factsOfUnit(snapshot, unit, asOf)
      if (facts !== undefined) yield facts
    }
  }
}

/**
 * What is known now of a household or a resident on a day, of which the latest word on each fact counts (semantics
 * 12); undefined where nobody belonged to it then.
 */
export async function caseFactsOn(
  tx: ReadTransaction,
  snapshot: SnapshotDefinition,
  { unit, subject }: CaseSubject,
  on: CivilDate,
): Promise<CaseFacts | undefined> {
  const home = unit === 'household' ? subject : await homeOf(tx, subject, on)
  for await (const facts of homesOn(tx, snapshot, [home], on)) {
    if (unit === 'household') return facts
    const ids: readonly string[] = facts.memberIds
    const member = ids.indexOf(subject)
    return member < 0 ? undefined : { ...facts, member }
  }
  return undefined
}

/** The household on whose family card a resident is on a day; their own id where there is none. */
async function homeOf(tx: ReadTransaction, resident: string, on: CivilDate): Promise<string> {
  const held = await recordsWith(tx, memberships, 'resident', [resident])
  return membershipOn(held, { on }, undefined)?.household ?? resident
}

function factsOfUnit(
  snapshot: SnapshotDefinition,
  unit: SnapshotUnit,
  asOf: AsOf & { readonly snapshot: string },
): CaseFacts | undefined {
  const rows = snapshotOf(snapshot, unit, asOf)
  if (rows === undefined) return undefined
  const { household, resident } = snapshot.faces
  const memberIds = rows.members.map((member) => member.resident)
  const factsOf = new Map(unit.people.map((person) => [person.resident, person.facts]))
  return {
    home: unit.id,
    household: household.valuesOf(rows.household, {
      members: rows.members.map((member) => resident.valuesOf(member)),
    }),
    memberIds,
    sources: [
      ...sourcesOf(snapshot, 'household', unit.facts, 'household', asOf),
      ...memberIds.flatMap((id, member) =>
        sourcesOf(snapshot, 'resident', factsOf.get(id) ?? [], `household.members[${member}]`, asOf),
      ),
    ],
  }
}

function sourcesOf(
  { facts: definitions }: SnapshotDefinition,
  unit: DatedFact['unit'],
  facts: readonly DatedFact[],
  prefix: string,
  { on, recordedBy }: AsOf,
): readonly FactSource[] {
  return definitions.flatMap((definition) => {
    if (definition.unit !== unit) return []
    const named = facts.filter((fact) => fact.unit === unit && fact.name === definition.name)
    const fact = factOn(named, on, recordedBy)
    if (fact === undefined) return []
    const { from, to, source, degree, recordedAt } = fact
    return [{ path: `${prefix}.${definition.name}`, from, to, source, degree, recordedAt }]
  })
}
