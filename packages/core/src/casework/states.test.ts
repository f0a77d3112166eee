// Every process of casework is a table here: what can be done where, and what it takes. What is not in the table is
// refused.

import { expect, test } from 'vitest'
import { actionsFrom, beginProgress, type StateMachine, takeStep } from '../kernel/index.ts'
import { today } from './casework.fixtures.ts'
import {
  appealStates,
  applicationStates,
  decisionStates,
  enrolmentStates,
  proposalListStates,
  proposalStates,
} from './states.ts'

/** `action -> state` of each state; `?` where a reason must be given, and the guards in brackets. */
function tableOf(machine: StateMachine): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.keys(machine.states).map((state) => [
      state,
      actionsFrom(machine, state).map(
        ({ action, to, unmetGuards, reasonRequired }) =>
          `${action}${reasonRequired ? '?' : ''} -> ${to}${unmetGuards.length > 0 ? ` [${unmetGuards}]` : ''}`,
      ),
    ]),
  )
}

test('the processes as tables', () => {
  expect(tableOf(applicationStates)).toEqual({
    received: ['decide -> decided [documentsShown]', 'withdraw -> withdrawn'],
    decided: [],
    withdrawn: [],
  })
  expect(tableOf(proposalListStates)).toEqual({
    draft: ['submit -> verifying', 'cancel? -> cancelled'],
    verifying: ['convene -> before-forum [allVerified]', 'cancel? -> cancelled'],
    'before-forum': ['close -> closed [allSettled]', 'cancel? -> cancelled'],
    closed: [],
    cancelled: [],
  })
  expect(tableOf(proposalStates)).toEqual({
    proposed: ['verify -> verified', 'reject? -> rejected'],
    verified: [
      'accept -> accepted [forumOnRecord]',
      'defer -> waiting [forumOnRecord]',
      'refuse? -> refused [forumOnRecord]',
      'leaveOut -> refused [forumOnRecord,notIndicated]',
      'doubt? -> proposed [listInVerification]',
    ],
    rejected: ['accept? -> accepted [forumOnRecord]', 'doubt? -> proposed [listInVerification]'],
    waiting: ['accept -> accepted [placeIsFree]', 'refuse? -> refused', 'reopen? -> verified [listIsOpen]'],
    accepted: [
      'enrol -> enrolled [listIsClosed]',
      'decline? -> declined [listIsClosed]',
      'reopen? -> verified [listIsOpen,wasVerified]',
      'reject? -> rejected [listIsOpen,wasRejected]',
    ],
    refused: ['reopen? -> verified [listIsOpen]'],
    declined: [],
    enrolled: [],
  })
  expect(tableOf(enrolmentStates)).toEqual({
    active: ['suspend? -> suspended', 'exit? -> exited'],
    suspended: ['resume -> active', 'exit? -> exited'],
    exited: ['reinstate? -> active [placeIsFree]'],
  })
  const answers = ['uphold? -> upheld', 'dismiss? -> dismissed', 'withdraw -> withdrawn']
  expect(tableOf(appealStates({ days: 14 }))).toEqual({
    filed: [...answers, 'escalate -> escalated'],
    escalated: answers,
    upheld: [],
    dismissed: [],
    withdrawn: [],
  })
  expect(tableOf(decisionStates({ days: 30 }))).toEqual({ open: ['settle -> settled'], settled: [] })
})

const machines: readonly StateMachine[] = [
  applicationStates,
  proposalListStates,
  proposalStates,
  enrolmentStates,
  appealStates({ days: 14 }),
]

test.each(machines.map((machine) => [machine.name, machine] as const))(
  'of %s every action is tried in every state: it goes where the table says, or is refused and changes nothing',
  (_, machine) => {
    const actions = new Set(
      Object.keys(machine.states).flatMap((state) => actionsFrom(machine, state).map((each) => each.action)),
    )
    for (const state of Object.keys(machine.states)) {
      for (const action of actions) {
        const before = { ...beginProgress(machine, today), state }
        const [possible] = actionsFrom(machine, state).filter((each) => each.action === action)
        const guards = Object.fromEntries((possible?.unmetGuards ?? []).map((guard) => [guard, true]))
        const step = (more: object) =>
          takeStep(machine, before, { action, on: today, guards, reason: 'For a reason', ...more })
        const taken = step({})
        expect(taken.ok ? taken.progress.state : taken.refusal.code).toBe(
          possible?.to ??
            (actionsFrom(machine, state).length === 0 ? 'states/final' : 'states/unknown-action'),
        )
        if (possible === undefined) continue
        const blocked = step({ guards: {} })
        expect(blocked.ok).toBe(possible.unmetGuards.length === 0)
        expect(step({ reason: ' ' }).ok).toBe(!possible.reasonRequired)
        expect(before.history).toEqual([])
      }
    }
  },
)
