import * as z from 'zod'
import { HouseholdId, ResidentId } from '../kernel/index.ts'
import { residents } from '../people/index.ts'
import { readAreas } from './area-tree.ts'
import { type FactView, factsOf } from './fact-view.ts'
import { householdView, noteReads, notFound, placedView } from './register.ts'
import { defineRead } from './use-case.ts'

/** The numbers of a resident in full; null where there is none, or the actor may not see it. */
export interface ResidentNumbers {
  readonly identityNumber: string | null
  readonly temporaryNumber: string | null
  /** The identifying facts that hold today, such as numbers of parents or papers. */
  readonly facts: readonly FactView[]
}

/**
 * Shows the numbers of one resident in full. A screen masks them until somebody asks for them on purpose, and this
 * is that asking: it stands in the read log by itself.
 */
export const showResidentNumbers = defineRead({
  name: 'resident.show-numbers',
  scope: 'resident.read',
  input: z.strictObject({ id: ResidentId }),
  async run(context, { id }): Promise<ResidentNumbers> {
    const resident = await context.tx.get(residents, { id })
    if (resident === undefined) throw notFound(context, 'resident')
    const view = await placedView(context, await readAreas(context.tx), resident)
    noteReads(context, [view])
    const { isPersonal, identityNumber, temporaryNumber } = view
    if (!isPersonal) return { identityNumber: null, temporaryNumber: null, facts: [] }
    const { shows } = view
    const { birthDate } = resident
    const about = { unit: 'resident', subject: id, shows, birthDate, opensNumbers: true } as const
    return { identityNumber, temporaryNumber, facts: await factsOf(context, about) }
  },
})

/** Shows the number of a household in full, as {@link showResidentNumbers} does; it is a read of all its members. */
export const showHouseholdNumber = defineRead({
  name: 'household.show-number',
  scope: 'resident.read',
  input: z.strictObject({ id: HouseholdId }),
  async run(context, { id }): Promise<{ readonly number: string | null }> {
    const view = await householdView(context, await readAreas(context.tx), id)
    if (view === undefined) throw notFound(context, 'household')
    noteReads(
      context,
      view.members.map(({ resident }) => resident),
    )
    return { number: view.number }
  },
})
