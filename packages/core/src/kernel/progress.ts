import * as z from 'zod'
import { ActedBy, type ActedByInput } from './acted-by.ts'
import { CivilDate } from './civil-date.ts'
import { parseInput } from './parse-input.ts'
import { type Arrow, definitionOf, type StateMachine } from './states.ts'
import { isVisible, PlainText } from './text.ts'

/** Where something is or was in its process. The part of a record that {@link takeStep} carries on. */
export interface Progress<State extends string = string> {
  readonly state: State
  /** The day on which it came into its state; an arrow back to the same state leaves it as it is. */
  readonly since: CivilDate
  /** The day on which it came into the initial state. */
  readonly began: CivilDate
  /** All moves, oldest first. */
  readonly history: readonly HistoryEntry[]
}

/** Why somebody acted: with something to see in it, and without space around it. */
const Reason = PlainText.trim().refine(isVisible, { error: 'A reason can be seen' })

/**
 * One move, as it stays in the history. Action and states are any text, not the names of today's machine: what was
 * done under an earlier definition remains on record. Who acted is absent where time did.
 *
 * @example
 * ```ts
 * import { HistoryEntry } from '@lumbung/core/kernel'
 *
 * const entry = { action: 'submit', from: 'draft', to: 'submitted', on: '2026-11-24', by: { actor: 'siti' } }
 * HistoryEntry.safeParse(entry).success // => true
 * ```
 */
export const HistoryEntry = z
  .strictObject({
    action: PlainText,
    from: PlainText,
    to: PlainText,
    on: CivilDate,
    by: ActedBy.optional(),
    reason: Reason.optional(),
  })
  .readonly()

/** A move that the schema of the same name has accepted. */
export type HistoryEntry = z.infer<typeof HistoryEntry>

/**
 * The schema of the {@link Progress} of a machine, for a record to take in with `...progressSchema(machine).shape`.
 * There `state` is an enum, which a store holds by a CHECK.
 *
 * @example
 * ```ts
 * import { defineStates, progressSchema } from '@lumbung/core/kernel'
 *
 * const lamp = defineStates({ name: 'lamp', initial: 'on', states: { on: { arrows: { break: { to: 'off' } } }, off: {} } })
 * progressSchema(lamp).shape.state.options // => ['on', 'off']
 * ```
 */
export function progressSchema<State extends string>(machine: StateMachine<State>) {
  // The keys of a frozen record are the names that its type has.
  const names = Object.keys(machine.states) as State[]
  return z.strictObject({
    state: z.enum(names),
    since: CivilDate,
    began: CivilDate,
    history: z.array(HistoryEntry).readonly(),
  })
}

/**
 * Something new, in the initial state of its process.
 *
 * @example
 * ```ts
 * import { beginProgress, defineStates, parseCivilDate } from '@lumbung/core/kernel'
 *
 * const lamp = defineStates({ name: 'lamp', initial: 'on', states: { on: { arrows: { break: { to: 'off' } } }, off: {} } })
 * beginProgress(lamp, parseCivilDate('2026-11-24')) // => { state: 'on', since: '2026-11-24', began: '2026-11-24', history: [] }
 * ```
 */
export function beginProgress<State extends string>(
  machine: StateMachine<State>,
  on: CivilDate,
): Progress<State> {
  return { state: machine.initial, since: on, began: on, history: [] }
}

/** The truth of named guards. What is left out is not met. */
export type Guards<Guard extends string = string> = { readonly [G in Guard]?: boolean | undefined }

/** An action that a state has, and what stands between. */
export interface PossibleAction<
  State extends string = string,
  Action extends string = string,
  Guard extends string = string,
> {
  readonly action: Action
  readonly to: State
  /** The guards that are not met, in the order of the definition; the action is blocked unless there are none. */
  readonly unmetGuards: readonly Guard[]
  readonly reasonRequired: boolean
}

/**
 * The actions that a state has, each with what blocks it, in the order of the definition: what a page needs for
 * its buttons.
 *
 * @throws `states/unknown-state` if the machine has no such state; details: `machine`, `state`
 *
 * @example
 * ```ts
 * import { actionsFrom, defineStates } from '@lumbung/core/kernel'
 *
 * const draft = { arrows: { submit: { to: 'submitted', guards: ['complete'] } } } as const
 * const proposal = defineStates({ name: 'proposal', initial: 'draft', states: { draft, submitted: {} } })
 * const [submit] = actionsFrom(proposal, 'draft', { complete: false })
 * submit // => { action: 'submit', to: 'submitted', unmetGuards: ['complete'], reasonRequired: false }
 * actionsFrom(proposal, 'submitted') // => []
 * ```
 */
export function actionsFrom<State extends string, Action extends string, Guard extends string>(
  machine: StateMachine<State, Action, Guard>,
  state: NoInfer<State>,
  guards: Guards<NoInfer<Guard>> = {},
): PossibleAction<State, Action, Guard>[] {
  const { arrows = {} } = definitionOf(machine, state)
  // The entries of a mapped type lose the type of their names.
  return (Object.entries(arrows) as [Action, Arrow<State, Guard>][]).map(([action, arrow]) => ({
    action,
    to: arrow.to,
    unmetGuards: (arrow.guards ?? []).filter((guard) => guards[guard] !== true),
    reasonRequired: arrow.reason === 'required',
  }))
}

/**
 * Whether a state is one that nothing leads out of.
 *
 * @throws `states/unknown-state` if the machine has no such state; details: `machine`, `state`
 *
 * @example
 * ```ts
 * import { defineStates, isFinal } from '@lumbung/core/kernel'
 *
 * const lamp = defineStates({ name: 'lamp', initial: 'on', states: { on: { arrows: { break: { to: 'off' } } }, off: {} } })
 * isFinal(lamp, 'on') // => false
 * isFinal(lamp, 'off') // => true
 * ```
 */
export function isFinal<State extends string>(machine: StateMachine<State>, state: NoInfer<State>): boolean {
  return actionsFrom(machine, state).length === 0
}

/** What somebody, or time, wants to do, and when. */
export interface Step<Action extends string = string, Guard extends string = string> {
  readonly action: Action
  readonly on: CivilDate
  /** Left out where time acts. */
  readonly by?: ActedByInput | undefined
  /** Space around it is cut off; where nothing is left that can be seen, there is no reason. */
  readonly reason?: string | undefined
  readonly guards?: Guards<Guard> | undefined
}

/**
 * Why a step was not taken.
 *
 * - `states/final`: nothing leads out of this state.
 * - `states/unknown-action`: this state does not have the action; those that it has are named.
 * - `states/guard-not-met`: these guards are not.
 * - `states/reason-missing`: the action needs a reason.
 * - `states/too-early`: the last move was on a later day.
 */
export type StepRefusal<
  State extends string = string,
  Action extends string = string,
  Guard extends string = string,
> =
  | { readonly code: 'states/final'; readonly state: State }
  | { readonly code: 'states/unknown-action'; readonly state: State; readonly actions: readonly Action[] }
  | { readonly code: 'states/guard-not-met'; readonly guards: readonly [Guard, ...Guard[]] }
  | { readonly code: 'states/reason-missing' }
  | { readonly code: 'states/too-early'; readonly notBefore: CivilDate }

/** What became of a step: the progress after it, or why it was not taken. */
export type StepResult<
  State extends string = string,
  Action extends string = string,
  Guard extends string = string,
> =
  | { readonly ok: true; readonly progress: Progress<State> }
  | { readonly ok: false; readonly refusal: StepRefusal<State, Action, Guard> }

/** What of a step goes into the history. */
const stepRecord = z.object({ on: CivilDate, by: ActedBy.optional(), reason: PlainText.trim().optional() })

/**
 * Takes a step. A record that holds more than its progress is carried on with `{ ...record, ...result.progress }`.
 *
 * Deadlines do not enter here: an action that would fall due by itself may also be taken before, and others after.
 *
 * @throws `states/invalid-step` if day, actor or reason are not what their schemas accept; details: `issues`
 * @throws `states/unknown-state` if the machine has no such state; details: `machine`, `state`
 *
 * @example
 * ```ts
 * import { beginProgress, defineStates, parseCivilDate, takeStep } from '@lumbung/core/kernel'
 *
 * const open = { arrows: { reject: { to: 'rejected', reason: 'required' } } } as const
 * const request = defineStates({ name: 'request', initial: 'open', states: { open, rejected: {} } })
 * const on = parseCivilDate('2026-11-24')
 * takeStep(request, beginProgress(request, on), { action: 'reject', on }) // => { ok: false, refusal: { code: 'states/reason-missing' } }
 * const moved = takeStep(request, beginProgress(request, on), { action: 'reject', on, reason: 'Sent twice' })
 * moved.ok && moved.progress.state // => 'rejected'
 * ```
 */
export function takeStep<State extends string, Action extends string, Guard extends string>(
  machine: StateMachine<State, Action, Guard>,
  progress: Progress<NoInfer<State>>,
  step: Step<NoInfer<Action>, NoInfer<Guard>>,
): StepResult<State, Action, Guard> {
  const { state, since, began, history } = progress
  const { action } = step
  const { on, by, ...given } = parseInput(stepRecord, step, 'states/invalid-step', 'The step is malformed.')
  const reason = given.reason !== undefined && isVisible(given.reason) ? given.reason : undefined
  const refuse = (refusal: StepRefusal<State, Action, Guard>) => ({ ok: false, refusal }) as const

  const possible = actionsFrom(machine, state, step.guards)
  if (possible.length === 0) return refuse({ code: 'states/final', state })
  const chosen = possible.find((one) => one.action === action)
  if (chosen === undefined) {
    return refuse({ code: 'states/unknown-action', state, actions: possible.map((one) => one.action) })
  }
  const { to, unmetGuards, reasonRequired } = chosen
  const [unmet, ...others] = unmetGuards
  if (unmet !== undefined) return refuse({ code: 'states/guard-not-met', guards: [unmet, ...others] })
  if (reasonRequired && reason === undefined) return refuse({ code: 'states/reason-missing' })
  const notBefore = history.at(-1)?.on ?? began
  if (on < notBefore) return refuse({ code: 'states/too-early', notBefore })

  const entry = { action, from: state, to, on, ...(by && { by }), ...(reason && { reason }) }
  return {
    ok: true,
    progress: { state: to, since: to === state ? since : on, began, history: [...history, entry] },
  }
}
