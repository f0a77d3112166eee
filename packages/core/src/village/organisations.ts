import * as z from 'zod'
import { type CivilDate, OrganisationId, type ResidentId } from '../kernel/index.ts'
import {
  type Affiliation,
  affiliations,
  inForce,
  Organisation,
  organisations,
  recordsWith,
  residents,
} from '../people/index.ts'
import type { ReadTransaction, Stored } from '../storage/index.ts'
import { type AreaTree, readAreas } from './area-tree.ts'
import { noteReads, notFound, type ResidentView, residentView, whereaboutsOf } from './register.ts'
import { defineRead, type ReadContext } from './use-case.ts'

/** An organisation as anybody may see it. */
export interface OrganisationView extends Organisation {
  readonly areaName: string | null
  readonly hamlet: string | null
  /** Whether it is at work today. */
  readonly isOpen: boolean
  readonly version: number
}

/** The organisations of the village, those at work first, each kind by name. */
export const listOrganisations = defineRead({
  name: 'organisation.list',
  scope: 'village.read',
  input: z.strictObject({ kind: Organisation.shape.kind.optional() }),
  async run({ tx, today }, { kind }): Promise<{ readonly organisations: readonly OrganisationView[] }> {
    const tree = await readAreas(tx)
    const found: OrganisationView[] = []
    const where = kind === undefined ? {} : { kind }
    for await (const organisation of tx.stream(organisations, { where, orderBy: ['nameKey'] }))
      found.push(organisationView(tree, organisation, today))
    return { organisations: found.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen)) }
  },
})

/** Reads one organisation, without the people in it. */
export const readOrganisation = defineRead({
  name: 'organisation.read',
  scope: 'village.read',
  input: z.strictObject({ id: OrganisationId }),
  async run(context, { id }): Promise<OrganisationView> {
    const organisation = await context.tx.get(organisations, { id })
    if (organisation === undefined) throw notFound(context, 'organisation')
    return organisationView(await readAreas(context.tx), organisation, context.today)
  },
})

function organisationView(
  tree: AreaTree,
  organisation: Stored<typeof organisations>,
  today: CivilDate,
): OrganisationView {
  return {
    ...organisation,
    areaName: tree.byId.get(organisation.area ?? '')?.name ?? null,
    hamlet: tree.hamletOf(organisation.area)?.name ?? null,
    isOpen: inForce(organisation, today),
  }
}

/** A role in an organisation, with the person who has it as the actor may see them. */
export interface AffiliationView extends Affiliation {
  readonly person: ResidentView
  /** Whether it is held today. */
  readonly isHeld: boolean
}

/**
 * Who has, or had, which role in an organisation: those whom the actor reaches, the latest first. Whoever is out of
 * reach looks as if they were not there.
 */
export const listAffiliations = defineRead({
  name: 'affiliation.list',
  scope: 'resident.read',
  input: z.strictObject({ organisation: OrganisationId }),
  async run(context, { organisation }): Promise<{ readonly affiliations: readonly AffiliationView[] }> {
    const { tx, today } = context
    if ((await tx.get(organisations, { id: organisation })) === undefined)
      throw notFound(context, 'organisation')
    const tree = await readAreas(tx)
    const held: Affiliation[] = []
    for await (const { version: _, ...role } of tx.stream(affiliations, { where: { organisation } }))
      held.push(role)
    const people = await reachedPeople(
      context,
      tree,
      held.map(({ resident }) => resident),
    )
    const views = held.flatMap((role): AffiliationView[] => {
      const person = people.get(role.resident)
      return person === undefined ? [] : [{ ...role, person, isHeld: inForce(role, today) }]
    })
    noteReads(
      context,
      views.map(({ person }) => person),
    )
    return { affiliations: views.toSorted(byStanding) }
  },
})

/** Those held today first, then by the day on which they began, the latest first. */
function byStanding(a: AffiliationView, b: AffiliationView): number {
  if (a.isHeld !== b.isHeld) return Number(b.isHeld) - Number(a.isHeld)
  const [one, other] = [a.from ?? '', b.from ?? '']
  return one === other ? 0 : one < other ? 1 : -1
}

/** Of some residents those whom the actor reaches, as they may see them. */
export async function reachedPeople(
  context: ReadContext & { readonly tx: ReadTransaction },
  tree: AreaTree,
  ids: readonly ResidentId[],
): Promise<ReadonlyMap<string, ResidentView>> {
  const { tx, permission, own } = context
  const reached = new Map<string, ResidentView>()
  for (const resident of await recordsWith(tx, residents, 'id', [...new Set<string>(ids)])) {
    const where = await whereaboutsOf(context, tree, resident)
    if (permission.showsOf(where, own) === undefined) continue
    reached.set(resident.id, residentView(context, tree, resident, where))
  }
  return reached
}
