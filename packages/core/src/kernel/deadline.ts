import { addWorkingDays, type WorkingCalendar } from './calendar.ts'
import { addDays, addMonths, type CivilDate } from './civil-date.ts'
import { isLumbungError, LumbungError } from './errors.ts'
import type { Progress } from './progress.ts'
import { type Duration, definitionOf, type StateMachine } from './states.ts'

/** The action that time brings about, and the last day before it does. */
export interface Deadline<Action extends string = string> {
  readonly action: Action
  /** On this day one is still in time; on the next the action is due. */
  readonly lastDay: CivilDate
}

/**
 * The deadline of something in its present state, or `undefined` where the state has none.
 *
 * The day on which it came into the state is not counted: 14 days from the 1st end with the 15th. A deadline that
 * would end after the year 9999 is none, for nothing can fall due after the last day of the calendar.
 *
 * @param calendar Needed where the deadline counts working days.
 *
 * @throws `states/calendar-missing` if the deadline counts working days and there is no calendar; details: `machine`, `state`
 * @throws `states/unknown-state` if the machine has no such state; details: `machine`, `state`
 * @throws `calendar/unknown-date` if the calendar does not reach so far; details: `date`, `known`
 *
 * @example
 * ```ts
 * import { beginProgress, deadlineOf, defineStates, parseCivilDate } from '@lumbung/core/kernel'
 *
 * const referral = defineStates({
 *   name: 'referral',
 *   initial: 'open',
 *   states: { open: { arrows: { lose: { to: 'lost' } }, deadline: { after: { days: 14 }, action: 'lose' } }, lost: {} },
 * })
 * deadlineOf(referral, beginProgress(referral, parseCivilDate('2026-11-01'))) // => { action: 'lose', lastDay: '2026-11-15' }
 * ```
 */
export function deadlineOf<State extends string, Action extends string>(
  machine: StateMachine<State, Action>,
  progress: Pick<Progress<NoInfer<State>>, 'state' | 'since'>,
  calendar?: WorkingCalendar,
): Deadline<Action> | undefined {
  const { state, since } = progress
  const { deadline } = definitionOf(machine, state)
  if (deadline === undefined) return undefined
  const { after, action } = deadline
  if (after.workingDays !== undefined && calendar === undefined) {
    throw new LumbungError('states/calendar-missing', 'A deadline in working days needs a calendar.', {
      details: { machine: machine.name, state },
    })
  }
  try {
    return { action, lastDay: addDuration(since, after, calendar) }
  } catch (error) {
    if (isLumbungError(error, 'date/out-of-range')) return undefined
    throw error
  }
}

function addDuration(since: CivilDate, after: Duration, calendar: WorkingCalendar | undefined): CivilDate {
  const { days = 0, workingDays, months = 0 } = after
  if (workingDays === undefined || calendar === undefined) return addDays(addMonths(since, months), days)
  return addWorkingDays(calendar, since, workingDays)
}

/**
 * The items whose last day is past on a date, in the order given, each with the {@link Deadline} that it missed.
 *
 * @param calendar Needed where a deadline counts working days.
 *
 * @throws `states/calendar-missing`, `states/unknown-state`, `calendar/unknown-date` as {@link deadlineOf} does
 *
 * @example
 * ```ts
 * import { beginProgress, defineStates, findOverdue, parseCivilDate } from '@lumbung/core/kernel'
 *
 * const referral = defineStates({
 *   name: 'referral',
 *   initial: 'open',
 *   states: { open: { arrows: { lose: { to: 'lost' } }, deadline: { after: { days: 14 }, action: 'lose' } }, lost: {} },
 * })
 * const referrals = [beginProgress(referral, parseCivilDate('2026-11-01')), beginProgress(referral, parseCivilDate('2026-11-02'))]
 * const overdue = findOverdue(referral, referrals, parseCivilDate('2026-11-16'))
 * overdue.map(({ item, action }) => [item.since, action]) // => [['2026-11-01', 'lose']]
 * ```
 */
export function findOverdue<
  State extends string,
  Action extends string,
  Item extends Pick<Progress<NoInfer<State>>, 'state' | 'since'>,
>(
  machine: StateMachine<State, Action>,
  items: Iterable<Item>,
  on: CivilDate,
  calendar?: WorkingCalendar,
): (Deadline<Action> & { readonly item: Item })[] {
  const overdue: (Deadline<Action> & { readonly item: Item })[] = []
  for (const item of items) {
    const deadline = deadlineOf(machine, item, calendar)
    if (deadline !== undefined && deadline.lastDay < on) overdue.push({ ...deadline, item })
  }
  return overdue
}
