import type { CivilDate } from '../kernel/index.ts'
import { changedSince, draftMemberships, type EditContext, type PlanResult, undoEdits } from './edits.ts'
import type { LifeEventDetails } from './event-records.ts'
import { planKinds } from './life-event-kinds.ts'
import type { PeopleState, Plan } from './life-event-plan.ts'
import type { LifeEventId, Resident } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'

/** A life event as somebody reports it. */
export interface LifeEventReport {
  /** Brought by a caller for whom the same report twice is one event. Default: a new one. */
  readonly id?: LifeEventId
  readonly on: CivilDate
  readonly details: LifeEventDetails
  readonly note?: string
}

/** What a plan is made with; `on` is today, after which no event is recorded. */
export interface PlanContext extends EditContext {
  readonly on: CivilDate
}

/**
 * Plans a life event: the edits that record it, or why it cannot be. Nothing is written.
 *
 * What is refused stands at `recordLifeEvent`.
 */
export function planLifeEvent(state: PeopleState, report: LifeEventReport, context: PlanContext): PlanResult {
  const { on, details } = report
  if (on > context.on) return { ok: false, refusal: { code: 'people/in-the-future' } }
  if (details.kind === 'reversal') return planReversal(state, details.reverses, context)
  const plan: Plan = {
    on,
    state,
    draft: draftMemberships(state.memberships, context),
    edits: [],
    nextId: context.nextId,
  }
  const refusal = planKinds(plan, details)
  if (refusal !== undefined) return { ok: false, refusal }
  return { ok: true, edits: [...plan.edits, ...plan.draft.edits()] }
}

function planReversal(state: PeopleState, id: LifeEventId, context: EditContext): PlanResult {
  const refuse = (refusal: PeopleRefusal): PlanResult => ({ ok: false, refusal })
  const event = state.events.find((candidate) => candidate.id === id)
  if (event === undefined || event.kind === 'reversal')
    return refuse({ code: 'people/unknown-event', event: id })
  if (state.events.some(({ reverses }) => reverses === id)) {
    return refuse({ code: 'people/already-reversed', event: id })
  }
  const current = new Map<string, object>(state.others)
  for (const record of [...state.residents, ...state.households, ...state.memberships])
    current.set(record.id, record)
  const records = changedSince(event.edits, current)
  if (records.length > 0) return refuse({ code: 'people/changed-since', event: id, records })
  return { ok: true, edits: undoEdits(event.edits, current, context) }
}

/**
 * The people whom a life event names.
 *
 * @example
 * ```ts
 * import { ResidentId } from '@lumbung/core/kernel'
 * import { residentsOfLifeEvent } from '@lumbung/core/people'
 *
 * const resident = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * residentsOfLifeEvent({ kind: 'death', resident, newHeads: [] }) // => ['0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40']
 * ```
 */
export function residentsOfLifeEvent(details: LifeEventDetails): readonly Resident['id'][] {
  switch (details.kind) {
    case 'birth':
      return [details.mother, ...(details.father === null ? [] : [details.father])]
    case 'death':
      return [details.resident, ...details.newHeads.map(({ resident }) => resident)]
    case 'move-in':
      return details.returning.map(({ resident }) => resident)
    case 'move-out':
      return [...details.residents, ...details.newHeads.map(({ resident }) => resident)]
    case 'marriage':
      return [...details.spouses, ...(details.joins?.newHeads ?? []).map(({ resident }) => resident)]
    case 'divorce':
      return details.spouses
    case 'head-change':
      return [details.head, ...details.relationships.map(({ resident }) => resident)]
    case 'card-split':
      return [...details.members, ...details.newHeads].map(({ resident }) => resident)
    case 'reversal':
      return []
  }
}
