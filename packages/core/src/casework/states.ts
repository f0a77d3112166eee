import { type Duration, defineStates, type StateOf } from '../kernel/index.ts'

/** An application from its arrival to the decision on it. */
export const applicationStates = defineStates({
  name: 'application',
  initial: 'received',
  states: {
    // Who is not indicated as eligible need bring no papers to be told so.
    received: {
      arrows: { decide: { to: 'decided', guards: ['documentsShown'] }, withdraw: { to: 'withdrawn' } },
    },
    decided: {},
    withdrawn: {},
  },
})

/** A proposal list from the first draft to the forum's decision. */
export const proposalListStates = defineStates({
  name: 'proposal-list',
  initial: 'draft',
  states: {
    draft: { arrows: { submit: { to: 'verifying' }, cancel: { to: 'cancelled', reason: 'required' } } },
    verifying: {
      arrows: {
        convene: { to: 'before-forum', guards: ['allVerified'] },
        cancel: { to: 'cancelled', reason: 'required' },
      },
    },
    'before-forum': {
      arrows: {
        close: { to: 'closed', guards: ['allSettled'] },
        cancel: { to: 'cancelled', reason: 'required' },
      },
    },
    closed: {},
    cancelled: {},
  },
})

/**
 * One household or resident on a proposal list. What the forum settles against the outcome of the rules is an
 * override: it says why. From the waiting list one moves up when a place becomes free. What was settled can be opened
 * again as long as the list is.
 */
export const proposalStates = defineStates({
  name: 'proposal',
  initial: 'proposed',
  states: {
    proposed: { arrows: { verify: { to: 'verified' }, reject: { to: 'rejected', reason: 'required' } } },
    verified: {
      arrows: {
        accept: { to: 'accepted', guards: ['forumOnRecord'] },
        defer: { to: 'waiting', guards: ['forumOnRecord'] },
        refuse: { to: 'refused', guards: ['forumOnRecord'], reason: 'required' },
        // The decision itself says why.
        leaveOut: { to: 'refused', guards: ['forumOnRecord', 'notIndicated'] },
        doubt: { to: 'proposed', guards: ['listInVerification'], reason: 'required' },
      },
    },
    rejected: {
      arrows: {
        // Whoever verified was wrong: the forum may still take the unit in.
        accept: { to: 'accepted', guards: ['forumOnRecord'], reason: 'required' },
        doubt: { to: 'proposed', guards: ['listInVerification'], reason: 'required' },
      },
    },
    waiting: {
      arrows: {
        accept: { to: 'accepted', guards: ['placeIsFree'] },
        refuse: { to: 'refused', reason: 'required' },
        reopen: { to: 'verified', guards: ['listIsOpen'], reason: 'required' },
      },
    },
    accepted: {
      arrows: {
        enrol: { to: 'enrolled', guards: ['listIsClosed'] },
        decline: { to: 'declined', guards: ['listIsClosed'], reason: 'required' },
        reopen: { to: 'verified', guards: ['listIsOpen', 'wasVerified'], reason: 'required' },
        // Of those whom the forum took in although they had been rejected.
        reject: { to: 'rejected', guards: ['listIsOpen', 'wasRejected'], reason: 'required' },
      },
    },
    refused: { arrows: { reopen: { to: 'verified', guards: ['listIsOpen'], reason: 'required' } } },
    declined: {},
    enrolled: {},
  },
})

/** A unit that takes part in a programme, from its enrolment to its exit. */
export const enrolmentStates = defineStates({
  name: 'enrolment',
  initial: 'active',
  states: {
    active: {
      arrows: {
        suspend: { to: 'suspended', reason: 'required' },
        exit: { to: 'exited', reason: 'required' },
      },
    },
    suspended: { arrows: { resume: { to: 'active' }, exit: { to: 'exited', reason: 'required' } } },
    // An exit by mistake is taken back, unless another has the place by now.
    exited: { arrows: { reinstate: { to: 'active', guards: ['placeIsFree'], reason: 'required' } } },
  },
})

/**
 * Whether a decision can still be appealed, under the time that the village gives for it.
 *
 * @example
 * ```ts
 * import { decisionStates } from '@lumbung/core/casework'
 *
 * decisionStates({ days: 30 }).states.open.deadline // => { after: { days: 30 }, action: 'settle' }
 * ```
 */
export function decisionStates(appealedWithin: Duration | undefined) {
  return defineStates({
    name: 'decision',
    initial: 'open',
    states: {
      open: {
        arrows: { settle: { to: 'settled' } },
        deadline: appealedWithin && { after: appealedWithin, action: 'settle' },
      },
      settled: {},
    },
  })
}

/** One payment of a list: it goes out only after the list was approved. */
export const paymentStates = defineStates({
  name: 'payment',
  initial: 'prepared',
  states: {
    prepared: { arrows: { approve: { to: 'approved' }, cancel: { to: 'cancelled', reason: 'required' } } },
    approved: {
      arrows: {
        pay: { to: 'paid' },
        fail: { to: 'failed', reason: 'required' },
        cancel: { to: 'cancelled', reason: 'required' },
      },
    },
    failed: { arrows: { retry: { to: 'approved' }, cancel: { to: 'cancelled', reason: 'required' } } },
    paid: {},
    cancelled: {},
  },
})

/** What was over- or underpaid for a time that is past, until it is settled. */
export const correctionStates = defineStates({
  name: 'benefit-correction',
  initial: 'open',
  states: {
    open: {
      arrows: {
        settle: { to: 'settled' },
        waive: { to: 'waived', reason: 'required' },
        replace: { to: 'replaced' },
      },
    },
    settled: {},
    waived: {},
    // Facts or law changed once more: another correction, or none, says what is left.
    replaced: {},
  },
})

/** A unit that is enrolled although the rules now say otherwise, until somebody decided what follows. */
export const recheckStates = defineStates({
  name: 'recheck',
  initial: 'open',
  states: {
    open: {
      arrows: { keep: { to: 'kept', reason: 'required' }, exit: { to: 'exited' }, clear: { to: 'cleared' } },
    },
    kept: {},
    exited: {},
    // Facts or law changed once more, so that nothing is left to decide.
    cleared: {},
  },
})

/**
 * An appeal under the time that the village gives for an answer. What is not answered by then is escalated: it goes
 * to the next instance, and can still be answered.
 *
 * @example
 * ```ts
 * import { appealStates } from '@lumbung/core/casework'
 *
 * appealStates({ days: 14 }).states.filed.deadline // => { after: { days: 14 }, action: 'escalate' }
 * appealStates(undefined).states.filed.deadline // => undefined
 * ```
 */
export function appealStates(answeredWithin: Duration | undefined) {
  const answers = {
    uphold: { to: 'upheld', reason: 'required' },
    dismiss: { to: 'dismissed', reason: 'required' },
    withdraw: { to: 'withdrawn' },
  } as const
  return defineStates({
    name: 'appeal',
    initial: 'filed',
    states: {
      filed: {
        arrows: { ...answers, escalate: { to: 'escalated' } },
        deadline: answeredWithin && { after: answeredWithin, action: 'escalate' },
      },
      escalated: { arrows: answers },
      upheld: {},
      dismissed: {},
      withdrawn: {},
    },
  })
}

/** Where an appeal stands. */
export type AppealState = StateOf<ReturnType<typeof appealStates>>
