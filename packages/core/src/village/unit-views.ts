import type { CaseSubject } from '../casework/index.ts'
import { HouseholdId, ResidentId } from '../kernel/index.ts'
import {
  type Household,
  headRelationship,
  households,
  inForce,
  memberships,
  type Resident,
  recordsWith,
  residents,
} from '../people/index.ts'
import type { FieldClass, Stored } from '../storage/index.ts'
import { classRank, type Whereabouts } from './permission.ts'
import { type ResidentView, residentView } from './register.ts'
import type { ReadContext } from './use-case.ts'

/** A household or resident in a programme, as somebody may see them. */
export interface UnitView {
  readonly unit: CaseSubject['unit']
  readonly household: HouseholdId | null
  /** The resident, or who answers for the household; null where nobody belongs to it today. */
  readonly resident: ResidentView | null
  /** Whether amounts and reasons may be shown, which are personal. */
  readonly isPersonal: boolean
}

type Person = Stored<typeof residents>

/**
 * Households and residents as the actor may see them, by their ids; who is out of reach is left out. Whose personal
 * fields are shown is noted as read.
 */
export async function unitViews(
  context: ReadContext,
  units: readonly CaseSubject[],
): Promise<ReadonlyMap<string, UnitView>> {
  const { tx, today, permission, own } = context
  const tree = await context.areas()
  const ofUnit = (unit: CaseSubject['unit']) => [
    ...new Set(units.filter((each) => each.unit === unit).map(({ subject }) => subject)),
  ]
  const homes = new Map<string, Household>()
  for (const home of await recordsWith(tx, households, 'id', ofUnit('household'))) homes.set(home.id, home)
  // Who is in no household is one by themselves where a programme is for households.
  const isPerson = ({ unit, subject }: CaseSubject) => unit === 'resident' || !homes.has(subject)
  const persons = [...new Set(units.filter(isPerson).map(({ subject }) => subject))]
  const heads = new Map<string, ResidentId>()
  for (const held of await recordsWith(tx, memberships, 'household', [...homes.keys()])) {
    if (held.retractedAt !== null || !inForce(held, today)) continue
    if (held.relationship === headRelationship || !heads.has(held.household))
      heads.set(held.household, held.resident)
  }
  const homesOf = new Map<string, string[]>()
  for (const held of await recordsWith(tx, memberships, 'resident', persons)) {
    if (held.retractedAt !== null || !inForce(held, today)) continue
    homesOf.set(held.resident, [...(homesOf.get(held.resident) ?? []), held.household])
  }
  const people = new Map<string, Person>()
  for (const person of await recordsWith(tx, residents, 'id', [...persons, ...heads.values()]))
    people.set(person.id, person)

  const views = new Map<string, UnitView>()
  const read: ResidentId[] = []
  for (const each of units) {
    const { unit, subject } = each
    const isOne = isPerson(each)
    const home = homes.get(subject)
    const person: Person | undefined = people.get(isOne ? subject : (heads.get(subject) ?? ''))
    const where: Whereabouts = {
      areas: tree.withOuter(isOne ? ((person as Resident | undefined)?.area ?? null) : (home?.area ?? null)),
      residents: person === undefined ? [] : [person.id],
      households: isOne ? (homesOf.get(subject) ?? []) : [subject],
    }
    const shows = permission.showsOf(where, own)
    if (shows === undefined) continue
    const resident = person === undefined ? null : residentView(context, tree, person, where)
    if (resident?.isPersonal === true) read.push(ResidentId.parse(resident.id))
    views.set(subject, {
      unit,
      household: isOne ? null : HouseholdId.parse(subject),
      resident,
      // All of a child is specific, so what is said of one needs as much as the child itself.
      isPersonal: isOne ? (resident?.isPersonal ?? false) : isPersonalClass(shows),
    })
  }
  context.reads(read)
  return views
}

function isPersonalClass(shows: FieldClass): boolean {
  return classRank(shows) >= classRank('personal')
}
