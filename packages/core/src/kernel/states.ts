import * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * A length of time in exactly one unit: `{ days: 14 }`, `{ workingDays: 14 }` or `{ months: 1 }`; a whole number
 * from 1.
 *
 * @example
 * ```ts
 * import { Duration } from '@lumbung/core/kernel'
 *
 * Duration.parse({ workingDays: 14 }) // => { workingDays: 14 }
 * Duration.safeParse({ months: 1, days: 3 }).success // => false
 * ```
 */
export const Duration = z
  .strictObject({
    days: z.int().min(1).optional(),
    workingDays: z.int().min(1).optional(),
    months: z.int().min(1).optional(),
  })
  .refine((units) => Object.values(units).filter((count) => count !== undefined).length === 1, {
    error: 'A duration has exactly one unit',
  })
  .readonly()

/** A length of time that the schema of the same name has accepted. */
export type Duration = z.infer<typeof Duration>

/** A way out of a state, under the name of its action. */
export interface Arrow<State extends string = string, Guard extends string = string> {
  /** The state that it leads to. Where this is its own state, it only leaves a trace in the history. */
  readonly to: State
  /** What must be true, by name. Whoever moves says what is. Default: nothing. */
  readonly guards?: readonly Guard[] | undefined
  /** Whether the history must say why. Default: a reason may be given. */
  readonly reason?: 'required' | undefined
}

/** One state: the actions possible in it, of which a final state has none, and the one that time brings about. */
export interface StateDefinition<
  State extends string = string,
  Action extends string = string,
  Guard extends string = string,
> {
  readonly arrows?: { readonly [A in Action]?: Arrow<NoInfer<State>, Guard> } | undefined
  /** After that long in the state the action falls due. It must be one that nothing can block. */
  readonly deadline?: { readonly after: Duration; readonly action: NoInfer<Action> } | undefined
}

/** What {@link defineStates} takes: plain data, which a configuration can hold and a page can draw. */
export interface MachineDefinition<
  State extends string = string,
  Action extends string = string,
  Guard extends string = string,
> {
  readonly name: string
  readonly initial: NoInfer<State>
  readonly states: { readonly [S in State]: StateDefinition<State, Action, Guard> }
}

/** Names travel in addresses, stylesheets and keys of translations. */
const Name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)

const stateSchema = z
  .strictObject({
    arrows: z
      .record(
        Name,
        z
          .strictObject({
            to: Name,
            guards: z.array(Name).readonly().optional(),
            reason: z.literal('required').optional(),
          })
          .readonly(),
      )
      .readonly()
      .optional(),
    deadline: z.strictObject({ after: Duration, action: Name }).readonly().optional(),
  })
  .readonly()

/**
 * A process as data: its states, the arrows between them with their guards, and its deadlines. The schema accepts
 * only what is sound, so a pack or a configuration may hold one; in code {@link defineStates} keeps the names as
 * literal types.
 *
 * Sound means: every arrow leads to a declared state, every state can be reached from the initial one, and the
 * action of a deadline exists there, leads away, and has neither guard nor required reason, so that time alone can
 * bring it about.
 *
 * @example
 * ```ts
 * import { StateMachine } from '@lumbung/core/kernel'
 *
 * const states = { asked: { arrows: { answer: { to: 'answered' } } }, answered: {} }
 * StateMachine.safeParse({ name: 'question', initial: 'asked', states }).success // => true
 * StateMachine.safeParse({ name: 'question', initial: 'answered', states }).success // => false
 * ```
 */
export const StateMachine = z
  .strictObject({ name: Name, initial: Name, states: z.record(Name, stateSchema).readonly() })
  .readonly()
  .superRefine((definition, context) => {
    for (const { kind, path, message } of unsoundParts(definition)) {
      context.addIssue({ code: 'custom', path: path.split('.'), message, params: { kind } })
    }
  })
  .brand<'StateMachine'>()

/** A process that the schema of the same name or {@link defineStates} has found sound; frozen. */
export type StateMachine<
  State extends string = string,
  Action extends string = string,
  Guard extends string = string,
> = MachineDefinition<State, Action, Guard> & z.$brand<'StateMachine'>

/** The names of the states of a machine: `StateOf<typeof loanStates>`. */
export type StateOf<Machine extends StateMachine> = keyof Machine['states'] & string

/** Why a definition is not sound. `path` leads to the place: `states.draft.arrows.submit.to`. */
export interface MachineFault {
  readonly kind:
    | 'malformed'
    | 'unknown-initial'
    | 'unknown-target'
    | 'unreachable-state'
    | 'duplicate-guard'
    | 'deadline-action-unknown'
    | 'deadline-action-may-fail'
    | 'deadline-action-stays'
  readonly path: string
  readonly message: string
}

/**
 * Declares a process, and keeps the names of its states, actions and guards as literal types, so that a typo in
 * code does not compile.
 *
 * @throws `states/unsound` if the definition is not sound, as {@link StateMachine} says; details: `faults`, all of
 * them, each a {@link MachineFault}
 *
 * @example
 * ```ts
 * import { defineStates } from '@lumbung/core/kernel'
 *
 * const referral = defineStates({
 *   name: 'referral',
 *   initial: 'open',
 *   states: {
 *     open: {
 *       arrows: { accept: { to: 'accepted' }, lose: { to: 'lost' } },
 *       deadline: { after: { days: 30 }, action: 'lose' },
 *     },
 *     accepted: { arrows: { close: { to: 'closed', guards: ['answered'], reason: 'required' } } },
 *     closed: {},
 *     lost: {},
 *   },
 * })
 * Object.keys(referral.states) // => ['open', 'accepted', 'closed', 'lost']
 * defineStates({ name: 'trap', initial: 'in', states: { in: {}, out: {} } }) // throws 'states/unsound'
 * ```
 */
export function defineStates<State extends string, Action extends string, Guard extends string>(
  definition: MachineDefinition<State, Action, Guard>,
): StateMachine<State, Action, Guard> {
  const parsed = StateMachine.safeParse(definition)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(faultOf)
    throw new LumbungError('states/unsound', `The states of ${definition.name} are not sound.`, {
      details: { faults },
    })
  }
  // What was parsed is a frozen copy of the definition, so it has the names that the type parameters stand for.
  return parsed.data as StateMachine as StateMachine<State, Action, Guard>
}

function faultOf(issue: z.core.$ZodIssue): MachineFault {
  // The schema has one custom check beyond the shape, which gives the kind.
  const kind = issue.code === 'custom' ? (issue.params?.['kind'] as MachineFault['kind']) : undefined
  return { kind: kind ?? 'malformed', path: issue.path.join('.'), message: issue.message }
}

/** Paths are joined by dots, which no name has. */
function* unsoundParts({ initial, states }: MachineDefinition): Iterable<MachineFault> {
  const isKnown = Object.hasOwn(states, initial)
  if (!isKnown) yield { kind: 'unknown-initial', path: 'initial', message: `There is no state ${initial}` }
  const reached = reachableFrom(initial, states)
  for (const [state, { arrows = {}, deadline }] of Object.entries(states)) {
    const path = `states.${state}`
    // From an unknown state none can be reached, and to say so of each would hide the cause.
    if (isKnown && !reached.has(state)) {
      yield { kind: 'unreachable-state', path, message: `Nothing leads to ${state}` }
    }
    for (const [action, arrow] of Object.entries(arrows)) {
      if (arrow) yield* unsoundArrow(arrow, states, `${path}.arrows.${action}`)
    }
    if (deadline) {
      const arrow = Object.hasOwn(arrows, deadline.action) ? arrows[deadline.action] : undefined
      yield* unsoundDeadline(deadline.action, arrow, state, `${path}.deadline.action`)
    }
  }
}

function* unsoundArrow({ to, guards = [] }: Arrow, states: object, path: string): Iterable<MachineFault> {
  if (!Object.hasOwn(states, to)) {
    yield { kind: 'unknown-target', path: `${path}.to`, message: `There is no state ${to}` }
  }
  for (const [index, guard] of guards.entries()) {
    if (guards.indexOf(guard) < index) {
      yield {
        kind: 'duplicate-guard',
        path: `${path}.guards.${index}`,
        message: `${guard} stands there twice`,
      }
    }
  }
}

function* unsoundDeadline(
  action: string,
  arrow: Arrow | undefined,
  state: string,
  path: string,
): Iterable<MachineFault> {
  if (arrow === undefined) {
    yield { kind: 'deadline-action-unknown', path, message: `${state} has no action ${action}` }
    return
  }
  if (arrow.guards?.length || arrow.reason) {
    yield { kind: 'deadline-action-may-fail', path, message: `${action} can be blocked` }
  }
  if (arrow.to === state) {
    yield { kind: 'deadline-action-stays', path, message: `${action} does not lead away from ${state}` }
  }
}

function reachableFrom(initial: string, states: MachineDefinition['states']): ReadonlySet<string> {
  // A set is walked in the order of insertion, what is added on the way included.
  const reached = new Set([initial])
  for (const state of reached) {
    for (const arrow of Object.values(states[state]?.arrows ?? {})) if (arrow) reached.add(arrow.to)
  }
  return reached
}

/** The definition of a state, which must be one of the machine. */
export function definitionOf<State extends string, Action extends string, Guard extends string>(
  machine: StateMachine<State, Action, Guard>,
  state: State,
): StateDefinition<State, Action, Guard> {
  if (Object.hasOwn(machine.states, state)) return machine.states[state]
  throw new LumbungError('states/unknown-state', 'The machine has no such state.', {
    details: { machine: machine.name, state },
  })
}
