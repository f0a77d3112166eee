import { type Case, type CaseSubject, type CaseworkContext, packOf, rulebookOf } from '../casework/index.ts'
import { ageYears, type HistoryEntry, HouseholdId, type LocalizedText, ResidentId } from '../kernel/index.ts'
import { headRelationship, households, residents } from '../people/index.ts'
import type { FieldClass, ReadTransaction } from '../storage/index.ts'
import { type AreaTree, readAreas } from './area-tree.ts'
import type { ListedUnit } from './eligibility-population.ts'
import { classRank, type Whereabouts } from './permission.ts'
import { membershipsOf, notFound, reaches, residentView, whereaboutsOf } from './register.ts'
import { snapshotOfConfig } from './schema.ts'
import type { ReadContext, UseCaseContext, WriteContext } from './use-case.ts'

/** How casework is done on behalf of an actor, or of the one for whom they came: every record reaches the audit log. */
export function caseworkContext(context: WriteContext, onBehalfOf?: ResidentId | null): CaseworkContext {
  const { now, today, nextId, random, config, actor } = context
  return {
    now,
    on: today,
    // Who is in the register is one person, whichever of their accounts they act with.
    by: { actor: actor.resident ?? actor.id, ...(onBehalfOf != null && { onBehalfOf }) },
    nextId,
    random,
    rulebook: rulebookOf(config),
    snapshot: snapshotOfConfig(config),
    policy: config.casework ?? {},
    wrote: (...changes) => context.changed(...changes),
  }
}

/**
 * Refuses what is about somebody whom the actor does not reach.
 *
 * @throws LumbungError `village/not-found`
 */
export async function requireCase(
  context: UseCaseContext & { readonly tx: ReadTransaction },
  found: Pick<CaseSubject, 'subject'> | undefined,
  what: string,
): Promise<void> {
  if (found === undefined || !(await reaches(context, found.subject))) throw notFound(context, what)
}

/** Where a household or a resident is, for reach; undefined where there is no such. */
export async function whereaboutsOfCase(
  context: Pick<ReadContext, 'tx' | 'today'>,
  tree: AreaTree,
  { unit, subject }: CaseSubject,
): Promise<Whereabouts | undefined> {
  const { tx } = context
  const household =
    unit === 'household' ? await tx.get(households, { id: HouseholdId.parse(subject) }) : undefined
  if (household !== undefined)
    return { areas: tree.withOuter(household.area), residents: [], households: [household.id] }
  // Who is in no household is one by themselves where a programme is for households.
  const resident = await tx.get(residents, { id: ResidentId.parse(subject) })
  return resident && (await whereaboutsOf(context, tree, resident))
}

/**
 * Tells whether the actor reaches a household or a resident, for reading: the same one is asked for once. All data of a
 * child are `specific`, so what is about a child is out of reach for whoever is shown less.
 */
export async function caseReach(
  context: Pick<ReadContext, 'tx' | 'today' | 'permission' | 'own' | 'config'>,
): Promise<(found: CaseSubject) => Promise<boolean>> {
  const tree = await readAreas(context.tx)
  const known = new Map<string, boolean>()
  return async (found) => {
    const before = known.get(found.subject)
    if (before !== undefined) return before
    const shows = await showsOfCase(context, tree, found)
    const least = (await isAboutChild(context, found)) ? 'specific' : 'public'
    const isReached = shows !== undefined && classRank(shows) >= classRank(least)
    known.set(found.subject, isReached)
    return isReached
  }
}

/** The highest class of fields that the actor is shown of a household or a resident; undefined where out of reach. */
export async function showsOfCase(
  context: Pick<ReadContext, 'tx' | 'today' | 'permission' | 'own'>,
  tree: AreaTree,
  found: CaseSubject,
): Promise<FieldClass | undefined> {
  const where = await whereaboutsOfCase(context, tree, found)
  return where && context.permission.showsOf(where, context.own)
}

async function isAboutChild(
  { tx, today, config }: Pick<ReadContext, 'tx' | 'today' | 'config'>,
  { subject }: CaseSubject,
): Promise<boolean> {
  const resident = await tx.get(residents, { id: ResidentId.parse(subject) })
  return resident ? (ageYears(resident.birthDate, today) ?? 0) < config.childBelowYears : false
}

/** Whom something is about, as the actor may see them. */
export interface ShownCase {
  /** What the programme is called now; its id where the village no longer knows it. */
  readonly title: LocalizedText
  /** The resident, or the head of the household; null where nobody is there any more. */
  readonly listed: ListedUnit | null
  /** Whether what is personal was left out: reasons and notes are `•••` or gone, outcomes and amounts null. */
  readonly isMasked: boolean
}

/** Whom something is about, for a list. @param person Somebody whom it concerns too, such as the applicant. */
export async function shownCase(
  context: ReadContext,
  tree: AreaTree,
  found: Case,
  person?: ResidentId,
): Promise<ShownCase> {
  const shows = [
    await showsOfCase(context, tree, found),
    person && (await showsOfCase(context, tree, { unit: 'resident', subject: person })),
  ]
  return {
    title: packOf(context.config).programmes.get(found.programme)?.config.title ?? { en: found.programme },
    listed: await listedCase(context, tree, found),
    isMasked: shows.every((shown) => shown === undefined || classRank(shown) < classRank('personal')),
  }
}

/** A text that is personal, or what stands in its place. */
export function shownText(text: string, { isMasked }: ShownCase): string {
  return isMasked ? '•••' : text
}

/** The moves of a process, without the reasons where those are not shown: anything may stand in them. */
export function shownHistory(
  history: readonly HistoryEntry[],
  { isMasked }: ShownCase,
): readonly HistoryEntry[] {
  return isMasked ? history.map(({ reason: _, ...entry }) => entry) : history
}

/** The resident, or the head of the household, as the actor may see them. */
async function listedCase(
  context: ReadContext,
  tree: AreaTree,
  { unit, subject }: CaseSubject,
): Promise<ListedUnit | null> {
  const { tx, today } = context
  const home = unit === 'household' ? await tx.get(households, { id: HouseholdId.parse(subject) }) : undefined
  const household = home?.id ?? null
  const members = household === null ? [] : await membershipsOf(tx, { household }, today)
  const head = members.find(({ relationship }) => relationship === headRelationship) ?? members[0]
  const id = household === null ? ResidentId.parse(subject) : head?.resident
  const resident = id === undefined ? undefined : await tx.get(residents, { id })
  if (resident === undefined) return null
  const place = await whereaboutsOf(context, tree, resident)
  const where = household === null ? place : { ...place, households: [household] }
  const view = residentView(context, tree, resident, where)
  if (view.isPersonal) context.reads([resident.id])
  return { household, resident: view }
}
