import * as z from 'zod'
import { packOf } from '../casework/index.ts'
import {
  type Decision,
  decide,
  type ExplanationMessage,
  explain,
  type FactChange,
  type NoVersionInForce,
  nextQuestion,
  type Pack,
  wouldChange,
} from '../eligibility/index.ts'
import { CivilDate, HouseholdId, type LocalizedText, ResidentId } from '../kernel/index.ts'
import { DatedFact, headRelationship, residents } from '../people/index.ts'
import { factAt, type HouseholdFacts, hiddenFactsOf, householdFactsOn } from './eligibility-facts.ts'
import { maskedDecision, shownChanges } from './eligibility-mask.ts'
import { notFound, type ResidentView, residentView } from './register.ts'
import { defineRead, type ReadContext } from './use-case.ts'

/** What a programme says of a household or of one of its members. */
export interface DecisionView {
  readonly title: LocalizedText
  /** Of a programme of residents: whose, by the position among the members. */
  readonly member: number | null
  readonly decision: Decision | NoVersionInForce
  readonly explanation: readonly ExplanationMessage[]
  /** The smallest changes of facts that would make it eligible. */
  readonly changes: readonly (readonly FactChange[])[]
  /** Whether clauses were left out because the actor may not see their facts. */
  readonly isMasked: boolean
}

/** A household against the programmes of the village. */
export interface HouseholdDecisions {
  readonly household: HouseholdId
  readonly on: CivilDate
  /** By their position, as paths of facts count them. */
  readonly members: readonly ResidentView[]
  /** The position of the head; null where none is written down. */
  readonly head: number | null
  readonly decisions: readonly DecisionView[]
  /** Where it was asked for: the fact to ask for next, null where nothing is open. */
  readonly next?: CounterQuestion | null
}

/** The fact to ask for next, and where it is written down. */
export interface CounterQuestion {
  readonly path: string
  /** How many programmes its answer is expected to settle. */
  readonly settles: number
  readonly unit: DatedFact['unit']
  readonly subject: DatedFact['subject']
  /** The position of the member whom it is about; null where it is about the household. */
  readonly member: number | null
  readonly fact: string
  /** Whether the village keeps this fact, so that it can be written down. */
  readonly isKept: boolean
}

const input = z.strictObject({
  household: HouseholdId,
  on: CivilDate.optional(),
  programmes: z.array(z.string().max(64)).max(100).optional(),
})

/**
 * Holds a household against the programmes of the village on a day, and explains each outcome. Outcomes are
 * indications by what the register knows; nothing is stored, and the reading is noted for every member.
 */
export const decideHousehold = defineRead({
  name: 'eligibility.decide',
  scope: 'eligibility.decide',
  input: input.extend({ withNext: z.boolean().default(false) }),
  async run(context, asked): Promise<HouseholdDecisions> {
    const { on = context.today, household } = asked
    const pack = packOf(context.config)
    const programmes = programmesAsked(context, pack, asked.programmes)
    const facts = await reachedFacts(context, household, on)
    const tree = await context.areas()
    const isHidden = hiddenFactsOf(context, facts, tree.withOuter(facts.area))
    const decisions = programmes.flatMap((programme) => {
      const unit = pack.programmes.get(programme)?.config.unit
      const members = unit === 'resident' ? facts.members.map((_, member) => member) : [null]
      return members.map((member) => decisionView(pack, { programme, on, facts, member, isHidden }))
    })
    return {
      household,
      on,
      members: await memberViews(context, facts),
      head: headOf(facts),
      decisions,
      ...(asked.withNext && { next: await questionOf(context, { pack, programmes, facts, on }) }),
    }
  },
})

/** The fact whose answer is expected to settle most of the programmes that are open for a household; null where none is. */
export const nextQuestionFor = defineRead({
  name: 'eligibility.next-question',
  scope: 'eligibility.decide',
  input,
  async run(context, asked): Promise<CounterQuestion | null> {
    const { on = context.today, household } = asked
    const pack = packOf(context.config)
    const programmes = programmesAsked(context, pack, asked.programmes)
    const facts = await reachedFacts(context, household, on)
    return await questionOf(context, { pack, programmes, facts, on })
  },
})

interface DecisionAsked {
  readonly programme: string
  readonly on: CivilDate
  readonly facts: HouseholdFacts
  readonly member: number | null
  readonly isHidden: (path: string) => boolean
}

/** What one programme says of a household or of one of its members. */
export function decisionView(
  pack: Pack,
  { programme, on, facts, member, isHidden }: DecisionAsked,
): DecisionView {
  const question = { programme, on, household: facts.household, ...(member !== null && { member }) }
  const decided = decide(pack, question)
  const title = pack.programmes.get(programme)?.config.title ?? { en: programme }
  if (decided.kind === 'no-version-in-force') {
    const explanation = explain(pack, decided)
    return { title, member, decision: decided, explanation, changes: [], isMasked: false }
  }
  const { decision, isMasked } = maskedDecision(decided, isHidden)
  const changes = decided.outcome === 'ineligible' ? shownChanges(wouldChange(pack, question), isHidden) : []
  return { title, member, decision, explanation: explain(pack, decision), changes, isMasked }
}

/** The position of the head; null where none is written down. */
export function headOf({ members }: HouseholdFacts): number | null {
  const head = members.findIndex(({ relationship }) => relationship === headRelationship)
  return head < 0 ? null : head
}

interface QuestionAsked {
  readonly pack: Pack
  readonly programmes: readonly string[]
  readonly facts: HouseholdFacts
  readonly on: CivilDate
  /** Programmes of residents are asked about for these alone. Default: for each member. */
  readonly members?: readonly number[]
}

/**
 * Programmes of residents are asked about for each member; the question that settles most stands first. What is
 * expected of an answer is how it is shared out in this village.
 */
export async function questionOf(
  { config, expectations }: Pick<ReadContext, 'config' | 'expectations'>,
  { pack, programmes, facts, on, members = [...facts.members.keys()] }: QuestionAsked,
): Promise<CounterQuestion | null> {
  const expectationOf = await expectations()
  let best: ReturnType<typeof nextQuestion> = null
  for (const member of [undefined, ...members]) {
    const own = programmes.filter(
      (id) => (pack.programmes.get(id)?.config.unit === 'resident') === (member !== undefined),
    )
    const unit = { household: facts.household, ...(member !== undefined && { member }) }
    const next = nextQuestion(pack, { on, ...unit, programmes: own, expectationOf })
    if (next !== null && (best === null || next.settles > best.settles)) best = next
  }
  if (best === null) return null
  const { position, name } = factAt(best.path)
  const unit = position === null ? 'household' : 'resident'
  const subject = DatedFact.shape.subject.parse(position === null ? facts.id : facts.memberIds[position])
  // Nothing is written down of the household of somebody who is on no family card.
  const hasRecord = position !== null || facts.kind !== 'none'
  const isKept = hasRecord && config.facts.some((kept) => kept.unit === unit && kept.name === name)
  return { ...best, unit, subject, member: position, fact: name, isKept }
}

/** The programmes that are asked about; default: all. */
export function programmesAsked(
  context: ReadContext,
  pack: Pack,
  asked: readonly string[] | undefined,
): readonly string[] {
  if (asked?.some((id) => !pack.programmes.has(id))) throw notFound(context, 'programme')
  return asked ?? [...pack.programmes.keys()]
}

/** The facts of a household that the actor reaches; what they draw on is noted as read for every member. */
async function reachedFacts(
  context: ReadContext,
  household: HouseholdId,
  on: CivilDate,
): Promise<HouseholdFacts> {
  const facts = await householdFactsOn(context, household, on)
  if (facts === undefined || facts.kind === 'none') throw notFound(context, 'household')
  const areas = (await context.areas()).withOuter(facts.area)
  const where = { areas, residents: [], households: [household] }
  if (context.permission.showsOf(where, context.own) === undefined) throw notFound(context, 'household')
  context.reads(facts.memberIds)
  return facts
}

/** The members as the actor may see them. */
export async function memberViews(
  context: ReadContext,
  facts: HouseholdFacts,
): Promise<readonly ResidentView[]> {
  const tree = await context.areas()
  const views: ResidentView[] = []
  for (const id of facts.memberIds) {
    const resident = await context.tx.get(residents, { id: ResidentId.parse(id) })
    if (resident === undefined) throw notFound(context, 'resident')
    const where = { areas: tree.withOuter(facts.area), residents: [id], households: [facts.id] }
    views.push(residentView(context, tree, resident, where))
  }
  return views
}
