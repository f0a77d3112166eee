import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { WorkingCalendar } from './calendar.ts'
import { addDays, parseCivilDate } from './civil-date.ts'
import { isLumbungError } from './errors.ts'
import { jsonCodecOf } from './json.ts'
import {
  actionsFrom,
  begin,
  deadlineOf,
  findOverdue,
  isFinal,
  move,
  type Progress,
  progressSchema,
} from './progress.ts'
import {
  defineStates,
  StateMachine,
  type StateOf,
  type StatesDefinition,
  type StatesFault,
} from './states.ts'

const day = (text: string) => parseCivilDate(text)

/*
 *            submit             verify              fund            finish
 *   draft ───────────► submitted ─────► verified ───────────► funded ─────► done
 *     ▲                 │  │  ▲ └note    │
 *     └─────return──────┘  │  └──resume──┼── deferred
 *                          └───reject────┴──────────► rejected
 */
const proposal = defineStates({
  name: 'proposal',
  initial: 'draft',
  states: {
    draft: { arrows: { submit: { to: 'submitted', guards: ['complete', 'signed'] } } },
    submitted: {
      arrows: {
        note: { to: 'submitted' },
        verify: { to: 'verified', guards: ['signed'], reason: 'required' },
        return: { to: 'draft', reason: 'required' },
        reject: { to: 'rejected', reason: 'required' },
        defer: { to: 'deferred' },
      },
      deadline: { after: { workingDays: 5 }, action: 'defer' },
    },
    deferred: {
      arrows: { resume: { to: 'submitted' }, drop: { to: 'rejected' } },
      deadline: { after: { months: 1 }, action: 'drop' },
    },
    verified: { arrows: { fund: { to: 'funded' }, reject: { to: 'rejected', reason: 'required' } } },
    funded: { arrows: { finish: { to: 'done' } }, deadline: { after: { days: 90 }, action: 'finish' } },
    done: {},
    rejected: { arrows: {} },
  },
})
type ProposalState = StateOf<typeof proposal>

const calendar = WorkingCalendar.parse({
  restDays: [6, 7],
  holidays: [{ date: '2026-05-14', name: { en: 'Ascension Day' } }],
  known: { from: '2026-01-01', to: '2027-01-01' },
  source: 'Made up for this test',
  confidence: 'high',
})

const draft = begin(proposal, day('2026-05-04'))
const at = (state: ProposalState, since = '2026-05-11'): Progress<ProposalState> => ({
  ...draft,
  state,
  since: day(since),
})

describe('moving', () => {
  test('leads along the arrow, and leaves behind who did what on which day, and why', () => {
    const by = { actor: 'siti', onBehalfOf: 'group-3' }
    const step = { action: 'reject', on: day('2026-05-12'), by, reason: ' No land title \n' } as const
    const history = [{ action: 'submit', from: 'draft', to: 'submitted', on: day('2026-05-11') }]
    expect(move(proposal, { ...at('submitted'), history }, step)).toEqual({
      ok: true,
      progress: {
        state: 'rejected',
        since: '2026-05-12',
        began: '2026-05-04',
        history: [
          ...history,
          {
            action: 'reject',
            from: 'submitted',
            to: 'rejected',
            on: '2026-05-12',
            by,
            reason: 'No land title',
          },
        ],
      },
    })
  })

  test('what is not known of a move is absent from its record', () => {
    const moved = move(proposal, at('verified'), { action: 'fund', on: day('2026-05-12'), reason: ' ' })
    const entry = { action: 'fund', from: 'verified', to: 'funded', on: '2026-05-12' }
    expect(moved).toMatchObject({ ok: true, progress: { history: [entry] } })
    expect(moved.ok && Object.keys(moved.progress.history[0] ?? {})).toEqual(Object.keys(entry))
  })

  test('back to the same state is recorded, but does not set back the clock', () => {
    const moved = move(proposal, at('submitted'), { action: 'note', on: day('2026-05-13') })
    expect(moved).toMatchObject({
      ok: true,
      progress: { since: '2026-05-11', history: [{ on: '2026-05-13' }] },
    })
  })

  test('changes nothing of what it was given', () => {
    const frozen = Object.freeze({ ...draft, history: Object.freeze([]) })
    const guards = { complete: true, signed: true }
    expect(move(proposal, frozen, { action: 'submit', on: draft.since, guards }).ok).toBe(true)
  })
})

describe('a step is refused, as a value,', () => {
  const on = day('2026-05-12')

  test('from a final state', () => {
    expect(move(proposal, at('done'), { action: 'reject', on, reason: 'x' })).toEqual({
      ok: false,
      refusal: { code: 'states/final', state: 'done' },
    })
  })

  test('that the state does not have, with those that it has', () => {
    expect(move(proposal, at('verified'), { action: 'submit', on })).toEqual({
      ok: false,
      refusal: { code: 'states/unknown-action', state: 'verified', actions: ['fund', 'reject'] },
    })
  })

  test('by a name that every object has, since actions come from forms', () => {
    for (const action of ['constructor', '__proto__', 'toString']) {
      // What a form sends is text.
      const step = { action: action as 'fund', on }
      expect(move(proposal, at('verified'), step)).toMatchObject({
        refusal: { code: 'states/unknown-action' },
      })
    }
  })

  test.each([
    [{}, ['complete', 'signed']],
    [{ complete: true }, ['signed']],
    [{ complete: true, signed: false }, ['signed']],
    [{ complete: undefined, signed: true }, ['complete']],
  ])('whose guards are not met: of %j these are not: %j', (guards, unmet) => {
    expect(move(proposal, draft, { action: 'submit', on, guards })).toEqual({
      ok: false,
      refusal: { code: 'states/guard-not-met', guards: unmet },
    })
  })

  test.each([undefined, '', ' \n'])('that needs a reason, with %j', (reason) => {
    const step = { action: 'verify', on, reason, guards: { signed: true } } as const
    expect(move(proposal, at('submitted'), step)).toEqual({
      ok: false,
      refusal: { code: 'states/reason-missing' },
    })
  })

  test('on a day before the last move, or before the beginning', () => {
    const tooEarly = (notBefore: string) => ({
      ok: false,
      refusal: { code: 'states/too-early', notBefore },
    })
    const history = [{ action: 'note', from: 'submitted', to: 'submitted', on: day('2026-05-20') }]
    const noted = { ...at('submitted'), history }
    expect(move(proposal, noted, { action: 'defer', on: day('2026-05-19') })).toEqual(tooEarly('2026-05-20'))
    expect(move(proposal, noted, { action: 'defer', on: day('2026-05-20') }).ok).toBe(true)
    const guards = { complete: true, signed: true }
    expect(move(proposal, draft, { action: 'submit', on: day('2026-05-03'), guards })).toEqual(
      tooEarly('2026-05-04'),
    )
  })
})

test('a state that the machine does not have is a fault, as data of an older machine may bring it', () => {
  const unknown = {
    state: 'constructor' as ProposalState,
    since: draft.since,
    began: draft.began,
    history: [],
  }
  const fault = expect.objectContaining({
    code: 'states/unknown-state',
    details: { machine: 'proposal', state: 'constructor' },
  })
  expect(() => move(proposal, unknown, { action: 'submit', on: draft.since })).toThrow(fault)
  expect(() => actionsFrom(proposal, unknown.state)).toThrow(fault)
  expect(() => isFinal(proposal, unknown.state)).toThrow(fault)
  expect(() => deadlineOf(proposal, unknown)).toThrow(fault)
})

test('the actions of a state come with what blocks each', () => {
  expect(actionsFrom(proposal, 'submitted', { complete: true })).toEqual([
    { action: 'note', to: 'submitted', unmetGuards: [], reasonRequired: false },
    { action: 'verify', to: 'verified', unmetGuards: ['signed'], reasonRequired: true },
    { action: 'return', to: 'draft', unmetGuards: [], reasonRequired: true },
    { action: 'reject', to: 'rejected', unmetGuards: [], reasonRequired: true },
    { action: 'defer', to: 'deferred', unmetGuards: [], reasonRequired: false },
  ])
})

test('a state without arrows is final', () => {
  const states = Object.keys(proposal.states) as ProposalState[]
  expect(states.filter((state) => isFinal(proposal, state))).toEqual(['done', 'rejected'])
})

describe('a deadline', () => {
  test.each<[ProposalState, string, string, string, string]>([
    ['funded', '2026-05-11', 'finish', '2026-08-09', 'days'],
    ['deferred', '2026-01-31', 'drop', '2026-02-28', 'months, which may be short'],
    ['submitted', '2026-05-08', 'defer', '2026-05-18', 'working days, over two weekends and a holiday'],
  ])('of %s since %s has %s due after %s: %s', (state, since, action, lastDay) => {
    expect(deadlineOf(proposal, at(state, since), calendar)).toEqual({ action, lastDay })
  })

  test('is not there where the state has none', () => {
    expect(deadlineOf(proposal, draft)).toBeUndefined()
  })

  test('in working days needs a calendar', () => {
    expect(() => deadlineOf(proposal, at('submitted'))).toThrow(
      expect.objectContaining({
        code: 'states/calendar-missing',
        details: { machine: 'proposal', state: 'submitted' },
      }),
    )
  })

  test('is missed on the day after its last day', () => {
    const items = [
      { id: 1, ...at('submitted', '2026-05-08') },
      { id: 2, ...at('submitted', '2026-05-11') },
      { id: 3, ...at('deferred', '2026-04-17') },
      { id: 4, ...at('done', '2026-01-01') },
    ]
    const overdue = (on: string) =>
      findOverdue(proposal, items, day(on), calendar).map(({ item, action, lastDay }) => [
        item.id,
        action,
        lastDay,
      ])
    expect(overdue('2026-05-17')).toEqual([])
    expect(overdue('2026-05-18')).toEqual([[3, 'drop', '2026-05-17']])
    expect(overdue('2026-05-19')).toEqual([
      [1, 'defer', '2026-05-18'],
      [3, 'drop', '2026-05-17'],
    ])
  })
})

describe('a definition that is not sound is refused', () => {
  function faultsOf(definition: StatesDefinition): readonly StatesFault[] {
    try {
      defineStates(definition)
    } catch (error) {
      // The details of this code are promised.
      if (isLumbungError(error, 'states/unsound')) return error.details['faults'] as StatesFault[]
      throw error
    }
    return []
  }
  const kindsAndPaths = (definition: StatesDefinition) =>
    faultsOf(definition).map(({ kind, path }) => `${kind} ${path}`)

  test('with all its faults at once, each with its place', () => {
    const after = { days: 1 }
    const faulty: StatesDefinition = {
      name: 'faulty',
      initial: 'a',
      states: {
        a: {
          arrows: { go: { to: 'b', guards: ['x', 'y', 'x'] }, leave: { to: 'constructor' } },
          deadline: { after, action: 'toString' },
        },
        b: {
          arrows: { stay: { to: 'b' }, ask: { to: 'a', guards: ['x'] } },
          deadline: { after, action: 'stay' },
        },
        c: { arrows: { ask: { to: 'd', reason: 'required' } }, deadline: { after, action: 'ask' } },
        d: { arrows: { ask: { to: 'a', guards: ['x'] } }, deadline: { after, action: 'ask' } },
      },
    }
    expect(kindsAndPaths(faulty)).toEqual([
      'duplicate-guard states.a.arrows.go.guards.2',
      'unknown-target states.a.arrows.leave.to',
      'deadline-action-unknown states.a.deadline.action',
      'deadline-action-stays states.b.deadline.action',
      'unreachable-state states.c',
      'deadline-action-may-fail states.c.deadline.action',
      'unreachable-state states.d',
      'deadline-action-may-fail states.d.deadline.action',
    ])
    expect(faultsOf(faulty).map(({ message }) => message)[1]).toBe('There is no state constructor')
  })

  test('with an unknown initial state, which is not repeated for every state', () => {
    expect(kindsAndPaths({ name: 'x', initial: 'toString', states: { a: {}, b: {} } })).toEqual([
      'unknown-initial initial',
    ])
  })

  test.each([
    ['a duration of no unit', {}],
    ['a duration of two units', { days: 1, months: 1 }],
    ['a duration of nothing', { days: 0 }],
    ['a duration of half a day', { workingDays: 0.5 }],
  ])('with %s', (_, after) => {
    const states = { a: { arrows: { end: { to: 'b' } }, deadline: { after, action: 'end' } }, b: {} }
    expect(faultsOf({ name: 'x', initial: 'a', states }).map(({ kind }) => kind)).toEqual(['malformed'])
  })

  test('with a misspelt key, or a name that could not stand in an address', () => {
    const misspelt: object = { arows: {} }
    expect(kindsAndPaths({ name: 'x', initial: 'a', states: { a: misspelt } })).toEqual([
      'malformed states.a',
    ])
    expect(kindsAndPaths({ name: 'x', initial: 'a b', states: { 'a b': {} } })).toEqual([
      'malformed initial',
      'malformed states.a b',
    ])
  })
})

describe('a machine is data', () => {
  test('that survives JSON, and that a pack may hold', () => {
    const Pack = z.object({ process: StateMachine })
    const pack = Pack.parse({ process: JSON.parse(JSON.stringify(proposal)) })
    expect(pack.process).toEqual(proposal)
    expectTypeOf(pack.process).toExtend<StateMachine>()
    expect(
      move(pack.process, begin(pack.process, draft.began), { action: 'x', on: draft.began }),
    ).toMatchObject({
      refusal: { code: 'states/unknown-action' },
    })
  })

  test('that cannot be changed once it was found sound', () => {
    const states = { a: { arrows: { end: { to: 'b' } } }, b: {} } as const
    const machine = defineStates({ name: 'x', initial: 'a', states })
    expect(machine.states).not.toBe(states)
    const parts = [machine, machine.states, machine.states.a, machine.states.a.arrows]
    expect(parts.every(Object.isFrozen)).toBe(true)
  })

  test('whose progress is stored with the state as a closed set', () => {
    const Proposal = z.strictObject({ id: z.string(), ...progressSchema(proposal).shape })
    const stored = { id: 'p-1', ...draft }
    expect(Proposal.parse(stored)).toEqual(stored)
    expect(Proposal.safeParse({ ...stored, state: 'submited' }).success).toBe(false)
    expectTypeOf<z.infer<typeof Proposal>>().toExtend<Progress<ProposalState>>()

    const codec = jsonCodecOf(Proposal)
    const moved = move(proposal, at('verified'), {
      action: 'fund',
      on: day('2026-05-12'),
      by: { actor: 'a' },
    })
    const record = { ...stored, ...(moved.ok && moved.progress) }
    expect(codec.decode(codec.encode(Proposal.parse(record)))).toEqual(record)
  })

  test('that may lose a state without losing the history of what went through it', () => {
    const smaller = defineStates({ name: 'proposal', initial: 'draft', states: { draft: {} } })
    const history = [{ action: 'return', from: 'submitted', to: 'draft', on: '2026-05-12' }]
    expect(progressSchema(smaller).safeParse({ ...draft, history }).success).toBe(true)
  })
})

test('a typo in a name does not compile', () => {
  const compiledOnly = () => {
    const on = draft.began
    // @ts-expect-error no such action
    move(proposal, draft, { action: 'sumbit', on })
    // @ts-expect-error no such guard
    move(proposal, draft, { action: 'submit', on, guards: { compelte: true } })
    // @ts-expect-error no such state
    isFinal(proposal, 'drat')
    // @ts-expect-error no such state
    move(proposal, { ...draft, state: 'drat' }, { action: 'submit', on })
    // @ts-expect-error no such target
    defineStates({ name: 'x', initial: 'a', states: { a: { arrows: { end: { to: 'c' } } }, b: {} } })
    // @ts-expect-error no such initial state
    defineStates({ name: 'x', initial: 'c', states: { a: {} } })
    const deadline = { after: { days: 1 }, action: 'edn' } as const
    // @ts-expect-error no such action
    defineStates({ name: 'x', initial: 'a', states: { a: { arrows: { end: { to: 'a' } }, deadline } } })
    // @ts-expect-error not checked for soundness
    begin({ name: 'x', initial: 'a', states: { a: {} } }, on)
  }
  expect(compiledOnly).toBeTypeOf('function')
  expectTypeOf<ProposalState>().toEqualTypeOf<
    'draft' | 'submitted' | 'deferred' | 'verified' | 'funded' | 'done' | 'rejected'
  >()
})

describe('whatever steps are tried', () => {
  /** Machines with up to four states that need not be sound; those that are not are left out. */
  const names = fc.constantFrom('a', 'b', 'c', 'd')
  const arrow = fc.record(
    {
      to: names,
      guards: fc.uniqueArray(fc.constantFrom('g', 'h'), { minLength: 1 }),
      reason: fc.constant('required' as const),
    },
    { requiredKeys: ['to'] },
  )
  const definition = fc.record({ arrows: fc.dictionary(fc.constantFrom('x', 'y', 'z'), arrow) })
  const machines = fc
    .record({
      name: fc.constant('random'),
      initial: fc.constant('a'),
      states: fc.record({ a: definition, b: definition, c: definition, d: definition }),
    })
    .map((candidate) => StateMachine.safeParse(candidate))
    .filter(({ success }) => success)
    .map(({ data }) => data as StateMachine)
  const steps = fc.array(
    fc.record({
      action: fc.constantFrom('x', 'y', 'z', 'other'),
      on: fc.integer({ min: -2, max: 20 }).map((n) => addDays(draft.began, n)),
      guards: fc.record({ g: fc.boolean(), h: fc.boolean() }),
      reason: fc.constantFrom(undefined, '', 'because'),
    }),
    { maxLength: 30 },
  )

  /** What a history says by itself, having checked that every entry goes along an arrow. */
  function replay(machine: StateMachine, began: Progress['began'], history: Progress['history']): Progress {
    let state = machine.initial
    let since = began
    let last = began
    for (const { action, from, to, on, reason } of history) {
      const arrow = machine.states[from]?.arrows?.[action]
      expect({ from, to }).toEqual({ from: state, to: arrow?.to })
      expect(on >= last && (arrow?.reason === undefined || reason === 'because')).toBe(true)
      if (to !== from) since = on
      state = to
      last = on
    }
    return { state, since, began, history }
  }

  test('nothing leaves the declared states, final states refuse all, and the history replays to the state', () => {
    fc.assert(
      fc.property(machines, steps, (machine, tried) => {
        let progress = begin(machine, draft.began)
        for (const step of tried) {
          const before = structuredClone(progress)
          const result = move(machine, progress, step)
          expect(progress).toEqual(before)
          if (isFinal(machine, progress.state)) {
            expect(result).toMatchObject({ ok: false, refusal: { code: 'states/final' } })
          }
          if (result.ok) progress = result.progress
          expect(Object.keys(machine.states)).toContain(progress.state)
        }
        expect(replay(machine, progress.began, progress.history)).toEqual(progress)
      }),
    )
  })

  test('an action is taken exactly where it is shown as not blocked', () => {
    fc.assert(
      fc.property(machines, names, steps, (machine, state, tried) => {
        const progress = { ...begin(machine, draft.began), state }
        for (const step of tried.filter(({ on }) => on >= draft.began)) {
          const shown = actionsFrom(machine, state, step.guards).find(({ action }) => action === step.action)
          const open = shown?.unmetGuards.length === 0 && (!shown.reasonRequired || step.reason === 'because')
          expect(move(machine, progress, step).ok).toBe(open)
        }
      }),
    )
  })
})
