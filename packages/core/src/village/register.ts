import * as z from 'zod'
import { type CivilDate, HouseholdId, type LocalizedText, LumbungError, ResidentId } from '../kernel/index.ts'
import {
  AreaId,
  fieldClassesOf,
  type HouseholdKind,
  households,
  inForce,
  type Masked,
  type Membership,
  masked,
  memberships,
  type Resident,
  ResidentStatus,
  residents,
} from '../people/index.ts'
import type { FieldClass, ReadTransaction } from '../storage/index.ts'
import { type AreaTree, readAreas } from './area-tree.ts'
import { type FactView, factsOf } from './fact-view.ts'
import { findResidents } from './find-residents.ts'
import { classRank, type Whereabouts } from './permission.ts'
import { searchReachOf } from './search-reach.ts'
import { defineRead, type ReadContext, type UseCaseContext } from './use-case.ts'

/** A resident as somebody may see them: a field that they may not is null, or stands masked. */
export interface ResidentView extends Masked<typeof residents> {
  readonly hamlet: string | null
  readonly areaName: string | null
  /** The highest class of fields that the actor may see of this resident. */
  readonly shows: FieldClass
  /** Whether personal fields are among those that stand here. */
  readonly isPersonal: boolean
  readonly version: number
}

/** One page of the register. */
export interface RegisterPage {
  readonly residents: readonly ResidentView[]
  /** How many the search finds in all. */
  readonly count: number
  readonly next?: string
  /** The hamlets that the actor may search, for a filter. */
  readonly hamlets: readonly { readonly id: AreaId; readonly name: string }[]
  readonly on: CivilDate
}

const pageLimit = 25

/** What may be searched, and where a page begins. */
export const searchInput = {
  text: z.string().max(200).optional(),
  hamlet: AreaId.optional(),
  status: ResidentStatus.optional(),
  after: z.string().max(2000).optional(),
}

/** Searches the register: by the beginning of any word of a name, or by a whole number. */
export const searchResidents = defineRead({
  name: 'resident.search',
  scope: 'resident.read',
  input: z.strictObject({ ...searchInput, limit: z.int().min(1).max(100).default(pageLimit) }),
  async run(context, { text = '', hamlet, status, after, limit }): Promise<RegisterPage> {
    const page = { limit, ...(after === undefined ? {} : { after }) }
    return await registerPage(context, { text, hamlet, status }, page)
  },
})

/** What a search of the register asks. */
export interface RegisterSearch {
  readonly text: string
  readonly hamlet: AreaId | undefined
  readonly status: ResidentStatus | undefined
}

/** One page of what a search finds, noted as read. */
export async function registerPage(
  context: ReadContext,
  asked: RegisterSearch,
  page: { readonly limit: number; readonly after?: string },
): Promise<RegisterPage> {
  const { tx, permission } = context
  const tree = await context.areas()
  const reach = searchReachOf(context, tree, asked.hamlet)
  const found = await findResidents(tx, asked.text, { reach, status: asked.status }, page)
  const views = found.residents.map((resident) => residentView(context, tree, resident))
  noteReads(context, views)
  return {
    residents: views,
    count: found.count,
    ...(found.next === undefined ? {} : { next: found.next }),
    hamlets: tree
      .hamletsOn(context.today)
      .filter(({ id }) => permission.isVillageWide || permission.hamlets.includes(id)),
    on: context.today,
  }
}

/** A household that a resident belongs to, with those who belong to it too. */
export interface HouseholdView {
  readonly id: HouseholdId
  readonly kind: HouseholdKind
  /** Null where the actor may not see it. */
  readonly number: string | null
  readonly address: string | null
  readonly hamlet: string | null
  readonly members: readonly MemberView[]
  readonly facts: readonly FactView[]
}

/** A member of a household. */
export interface MemberView {
  readonly resident: ResidentView
  readonly relationship: string
  readonly relationshipLabel: LocalizedText
  readonly from: CivilDate | null
}

/** All that is at hand about one resident. */
export interface ResidentFile {
  readonly resident: ResidentView
  readonly households: readonly HouseholdView[]
  readonly facts: readonly FactView[]
}

/** Reads what is known of one resident, and with whom they live. */
export const readResident = defineRead({
  name: 'resident.read',
  scope: 'resident.read',
  input: z.strictObject({ id: ResidentId }),
  async run(context, { id }): Promise<ResidentFile> {
    const { tx } = context
    const tree = await context.areas()
    const resident = await tx.get(residents, { id })
    if (resident === undefined) throw notFound(context, 'resident')
    const view = await placedView(context, tree, resident)
    const homes: HouseholdView[] = []
    for (const { household } of await membershipsOf(tx, { resident: id }, context.today)) {
      // Whoever acts for somebody of another house sees that person, and not with whom they live.
      const home = await householdView(context, tree, household)
      if (home !== undefined) homes.push(home)
    }
    noteReads(context, [view, ...homes.flatMap(({ members }) => members.map((member) => member.resident))])
    const about = { unit: 'resident', subject: id, shows: view.shows, birthDate: resident.birthDate } as const
    return { resident: view, households: homes, facts: await factsOf(context, about) }
  },
})

/** Reads one household with its members. */
export const readHousehold = defineRead({
  name: 'household.read',
  scope: 'resident.read',
  input: z.strictObject({ id: HouseholdId }),
  async run(context, { id }): Promise<HouseholdView> {
    const tree = await context.areas()
    const view = await householdView(context, tree, id)
    if (view === undefined) throw notFound(context, 'household')
    noteReads(
      context,
      view.members.map(({ resident }) => resident),
    )
    return view
  },
})

/**
 * Households are seen by whoever may see them or one of their members; what else is out of reach looks as if it
 * were not there.
 */
export async function householdView(
  context: ReadContext,
  tree: AreaTree,
  id: HouseholdId,
): Promise<HouseholdView | undefined> {
  const { tx, today, permission, own } = context
  const household = await tx.get(households, { id })
  if (household === undefined) return undefined
  const here = { areas: tree.withOuter(household.area), residents: [], households: [id] }
  const shows = permission.showsOf(here, own)
  if (shows === undefined) return undefined
  const members: MemberView[] = []
  for (const membership of await membershipsOf(tx, { household: id }, today)) {
    const resident = await tx.get(residents, { id: membership.resident })
    if (resident === undefined) continue
    const where = { ...here, residents: [resident.id] }
    const view = residentView(context, tree, resident, where)
    const { relationship, from } = membership
    const label = context.config.relationships[relationship] ?? { en: relationship }
    members.push({ resident: view, relationship, relationshipLabel: label, from })
  }
  const isPersonal = classRank(shows) >= classRank('personal')
  return {
    id,
    kind: household.kind,
    number: isPersonal ? household.number : null,
    address: isPersonal ? household.address : null,
    hamlet: tree.hamletOf(household.area)?.name ?? null,
    members,
    facts: await factsOf(context, { unit: 'household', subject: id, shows }),
  }
}

/** The memberships that hold on a day, heads first. */
export async function membershipsOf(
  tx: ReadTransaction,
  where: { readonly resident: ResidentId } | { readonly household: HouseholdId },
  on: CivilDate,
): Promise<readonly Membership[]> {
  const found: Membership[] = []
  for await (const membership of tx.stream(memberships, { where: { ...where, retractedAt: null } })) {
    if (inForce(membership, on)) found.push(membership)
  }
  const rank = ({ relationship }: Membership) => (relationship === 'head' ? 0 : 1)
  return found.toSorted((a, b) => rank(a) - rank(b))
}

/** Where a resident belongs, with their households, so that reach by household is judged too. */
export async function whereaboutsOf(
  { tx, today }: Pick<ReadContext, 'tx' | 'today'>,
  tree: AreaTree,
  { id, area }: Pick<Resident, 'id' | 'area'>,
): Promise<Whereabouts> {
  const held = await membershipsOf(tx, { resident: id }, today)
  return {
    areas: tree.withOuter(area),
    residents: [id],
    households: held.map(({ household }) => household),
  }
}

/** A resident whom the actor reaches, as they may see them, their households counting for reach too. */
export async function placedView(
  context: ReadContext,
  tree: AreaTree,
  resident: Resident & { readonly version: number },
): Promise<ResidentView> {
  const where = await whereaboutsOf(context, tree, resident)
  const view = residentView(context, tree, resident, where)
  if (context.permission.showsOf(where, context.own) === undefined) throw notFound(context, 'resident')
  return view
}

/** What the actor may see of a resident. */
export function residentView(
  context: Pick<UseCaseContext, 'config' | 'today' | 'permission' | 'own'>,
  tree: AreaTree,
  resident: Resident & { readonly version: number },
  where: Whereabouts = { areas: tree.withOuter(resident.area), residents: [resident.id], households: [] },
): ResidentView {
  const shows = context.permission.showsOf(where, context.own) ?? 'public'
  const { birthDate } = resident
  const { childBelowYears } = context.config
  const classOf = fieldClassesOf(residents, resident, { on: context.today, childBelowYears, birthDate })
  const visible = (field: keyof Resident & string) => classRank(classOf(field)) <= classRank(shows)
  return {
    ...masked(residents, resident, visible),
    hamlet: visible('area') ? (tree.hamletOf(resident.area)?.name ?? null) : null,
    areaName: visible('area') ? (tree.byId.get(resident.area ?? '')?.name ?? null) : null,
    shows,
    isPersonal: visible('name'),
    version: resident.version,
  }
}

/** Notes whose personal fields an answer shows. */
export function noteReads({ reads }: ReadContext, views: readonly ResidentView[]): void {
  reads(views.filter(({ isPersonal }) => isPersonal).map(({ id }) => id as ResidentId))
}

/**
 * Refuses a change of a resident or household that the actor does not reach.
 *
 * @throws LumbungError `village/not-found`
 */
export async function requireReach(
  context: UseCaseContext & { readonly tx: ReadTransaction },
  id: string,
): Promise<void> {
  if (!(await reaches(context, id))) throw notFound(context, 'resident')
}

/** Whether a resident or household lies within what the actor reaches. */
export async function reaches(
  { tx, permission, own, today }: UseCaseContext & { readonly tx: ReadTransaction },
  id: string,
): Promise<boolean> {
  if (permission.isVillageWide) return true
  const tree = await readAreas(tx)
  const resident = await tx.get(residents, { id: ResidentId.parse(id) })
  const household = await tx.get(households, { id: HouseholdId.parse(id) })
  const held = resident === undefined ? [] : await membershipsOf(tx, { resident: resident.id }, today)
  const where = {
    areas: tree.withOuter(resident?.area ?? household?.area ?? null),
    residents: resident === undefined ? [] : [resident.id],
    households: household === undefined ? held.map((membership) => membership.household) : [household.id],
  }
  return permission.showsOf(where, own) !== undefined
}

/** Out of reach looks like not there, so that nobody learns from a refusal who is in the register. */
export function notFound({ actor }: UseCaseContext, what: string): LumbungError<'village/not-found'> {
  return new LumbungError('village/not-found', `There is no such ${what}.`, {
    details: { actor: actor.id, what },
  })
}
