import * as z from 'zod'
import { packOf } from '../casework/index.ts'
import { CivilDate, HouseholdId, type LocalizedText, ResidentId } from '../kernel/index.ts'
import { residents } from '../people/index.ts'
import {
  type CounterQuestion,
  type DecisionView,
  decisionView,
  headOf,
  memberViews,
  programmesAsked,
  questionOf,
} from './eligibility-decisions.ts'
import { hiddenFactsOf, householdFactsOn } from './eligibility-facts.ts'
import { membershipsOf, notFound, type ResidentView, residentView, whereaboutsOf } from './register.ts'
import { defineRead } from './use-case.ts'

/** One person against the programmes of residents. */
export interface ResidentDecisions {
  readonly resident: ResidentView
  /** The family card that they are on that day; null where they are on none. */
  readonly household: HouseholdId | null
  readonly on: CivilDate
  /** By their position, as paths of facts count them; null for somebody out of reach. */
  readonly members: readonly (ResidentView | null)[]
  readonly head: number | null
  /** Empty where the person did not belong to the village on that day. */
  readonly decisions: readonly DecisionView[]
  /** Whether the person belonged to the village on that day. */
  readonly belongs: boolean
  /** Programmes of households: they ask about a family card, and so nothing is decided here. */
  readonly ofHouseholds: readonly { readonly id: string; readonly title: LocalizedText }[]
  /** Where it was asked for: the fact to ask for next, null where nothing is open. */
  readonly next?: CounterQuestion | null
}

/**
 * Holds one person against the programmes of residents on a day, also somebody who is on no family card. Outcomes are
 * indications by what the register knows; nothing is stored, and the reading is noted.
 */
export const decideResident = defineRead({
  name: 'eligibility.decide-resident',
  scope: 'eligibility.decide',
  input: z.strictObject({
    resident: ResidentId,
    on: CivilDate.optional(),
    programmes: z.array(z.string().max(64)).max(100).optional(),
    withNext: z.boolean().default(false),
  }),
  async run(context, asked): Promise<ResidentDecisions> {
    const { resident: id, on = context.today } = asked
    const pack = packOf(context.config)
    const programmes = programmesAsked(context, pack, asked.programmes)
    const tree = await context.areas()
    const record = await context.tx.get(residents, { id })
    if (record === undefined) throw notFound(context, 'resident')
    const where = await whereaboutsOf(context, tree, record)
    if (context.permission.showsOf(where, context.own) === undefined) throw notFound(context, 'resident')
    const held = await membershipsOf(context.tx, { resident: id }, on)
    const household = held.find(({ kind }) => kind === 'family')?.household ?? null
    // Somebody on no family card stands under their own id.
    const facts = await householdFactsOn(context, household ?? HouseholdId.parse(id), on)
    const member = facts?.memberIds.indexOf(id) ?? -1
    const own = programmes.filter((each) => pack.programmes.get(each)?.config.unit === 'resident')
    const base = {
      resident: residentView(context, tree, record, where),
      household,
      on,
      ofHouseholds: programmes
        .filter((each) => !own.includes(each))
        .map((each) => ({ id: each, title: pack.programmes.get(each)?.config.title ?? {} })),
    }
    context.reads([id])
    if (facts === undefined || member < 0) {
      return { ...base, members: [], head: null, decisions: [], belongs: false }
    }
    // What a programme says of one person may rest on facts of the others.
    context.reads(facts.memberIds)
    const isHidden = hiddenFactsOf(context, facts, tree.withOuter(facts.area))
    const views = await memberViews(context, facts)
    const isReached = (other: ResidentId) => {
      const place = { areas: tree.withOuter(facts.area), residents: [other], households: [facts.id] }
      return context.permission.showsOf(place, context.own) !== undefined
    }
    const next = { pack, programmes: own, facts, on, members: [member] }
    return {
      ...base,
      members: facts.memberIds.map((other, index) => (isReached(other) ? (views[index] ?? null) : null)),
      head: headOf(facts),
      decisions: own.map((programme) => decisionView(pack, { programme, on, facts, member, isHidden })),
      belongs: true,
      ...(asked.withNext && { next: await questionOf(context, next) }),
    }
  },
})
