import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './civil-date.ts'
import { deadlineOf } from './deadline.ts'
import { actionsFrom, beginProgress, HistoryEntry, isFinal, type Progress, takeStep } from './progress.ts'
import { at, day, draft, type ProposalState, proposal } from './states.fixtures.ts'
import { StateMachine } from './states.ts'

describe('moving', () => {
  test('leads along the arrow, and leaves behind who did what on which day, and why', () => {
    const by = { actor: 'siti', onBehalfOf: 'group-3' }
    const step = { action: 'reject', on: day('2026-05-12'), by, reason: ' No land title \n' } as const
    const history = [{ action: 'submit', from: 'draft', to: 'submitted', on: day('2026-05-11') }]
    expect(takeStep(proposal, { ...at('submitted'), history }, step)).toEqual({
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
    const moved = takeStep(proposal, at('verified'), { action: 'fund', on: day('2026-05-12'), reason: ' ' })
    const entry = { action: 'fund', from: 'verified', to: 'funded', on: '2026-05-12' }
    expect(moved).toMatchObject({ ok: true, progress: { history: [entry] } })
    expect(moved.ok && Object.keys(moved.progress.history[0] ?? {})).toEqual(Object.keys(entry))
  })

  test('back to the same state is recorded, but does not set back the clock', () => {
    const moved = takeStep(proposal, at('submitted'), { action: 'note', on: day('2026-05-13') })
    expect(moved).toMatchObject({
      ok: true,
      progress: { since: '2026-05-11', history: [{ on: '2026-05-13' }] },
    })
  })

  test('changes nothing of what it was given', () => {
    const frozen = Object.freeze({ ...draft, history: Object.freeze([]) })
    const guards = { complete: true, signed: true }
    expect(takeStep(proposal, frozen, { action: 'submit', on: draft.since, guards }).ok).toBe(true)
  })
})

describe('a step is refused, as a value,', () => {
  const on = day('2026-05-12')

  test('from a final state', () => {
    expect(takeStep(proposal, at('done'), { action: 'reject', on, reason: 'x' })).toEqual({
      ok: false,
      refusal: { code: 'states/final', state: 'done' },
    })
  })

  test('that the state does not have, with those that it has', () => {
    expect(takeStep(proposal, at('verified'), { action: 'submit', on })).toEqual({
      ok: false,
      refusal: { code: 'states/unknown-action', state: 'verified', actions: ['fund', 'reject'] },
    })
  })

  test('by a name that every object has, since actions come from forms', () => {
    for (const action of ['constructor', '__proto__', 'toString']) {
      // What a form sends is text.
      const step = { action: action as 'fund', on }
      expect(takeStep(proposal, at('verified'), step)).toMatchObject({
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
    expect(takeStep(proposal, draft, { action: 'submit', on, guards })).toEqual({
      ok: false,
      refusal: { code: 'states/guard-not-met', guards: unmet },
    })
  })

  test.each([undefined, '', ' \n', '\u200b', '\u00ad\u2060 \ufeff', '\u2800', '\u3164'])(
    'that needs a reason, with %j',
    (reason) => {
      const step = { action: 'verify', on, reason, guards: { signed: true } } as const
      expect(takeStep(proposal, at('submitted'), step)).toEqual({
        ok: false,
        refusal: { code: 'states/reason-missing' },
      })
    },
  )

  test('on a day before the last move, or before the beginning', () => {
    const tooEarly = (notBefore: string) => ({
      ok: false,
      refusal: { code: 'states/too-early', notBefore },
    })
    const history = [{ action: 'note', from: 'submitted', to: 'submitted', on: day('2026-05-20') }]
    const noted = { ...at('submitted'), history }
    expect(takeStep(proposal, noted, { action: 'defer', on: day('2026-05-19') })).toEqual(
      tooEarly('2026-05-20'),
    )
    expect(takeStep(proposal, noted, { action: 'defer', on: day('2026-05-20') }).ok).toBe(true)
    const guards = { complete: true, signed: true }
    expect(takeStep(proposal, draft, { action: 'submit', on: day('2026-05-03'), guards })).toEqual(
      tooEarly('2026-05-04'),
    )
  })
})

describe('a step is thrown out, as no form of a page would send it,', () => {
  const on = day('2026-05-12')
  const submitted = at('submitted')
  const fault = (...path: PropertyKey[]) =>
    expect.objectContaining({
      code: 'states/invalid-step',
      details: { issues: expect.arrayContaining([expect.objectContaining({ path })]) },
    })

  test.each(['a\0', 'a\ud800'])('with the reason %j, which no store could hold', (reason) => {
    expect(() => takeStep(proposal, submitted, { action: 'reject', on, reason })).toThrow(fault('reason'))
  })

  test.each(['', ' ', 'a\0', 'siti\u200b'])('by %j', (actor) => {
    const step = { action: 'note', on, by: { actor } } as const
    expect(() => takeStep(proposal, submitted, step)).toThrow(fault('by', 'actor'))
  })

  test('on a day that there is not', () => {
    // As plain JavaScript allows.
    const step = { action: 'note', on: '2026-02-30' as typeof on } as const
    expect(() => takeStep(proposal, submitted, step)).toThrow(fault('on'))
  })
})

test('what is recorded has the one form of its schema', () => {
  const by = { actor: ' e\u0301mile', onBehalfOf: '0190A5B8-7E2C-7C3E-9F5B-0D6A3C1E2F40' }
  const step = { action: 'reject', on: day('2026-05-12'), by, reason: ' de\u0301ja\u0300 vu ' } as const
  const taken = takeStep(proposal, at('submitted'), step)
  const [entry] = taken.ok ? taken.progress.history : []
  expect(entry).toMatchObject({
    by: { actor: '\u00e9mile', onBehalfOf: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' },
    reason: 'd\u00e9j\u00e0 vu',
  })
  expect(HistoryEntry.parse(entry)).toEqual(entry)
  expect(HistoryEntry.safeParse({ ...entry, reason: '\u200b' }).success).toBe(false)
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
  expect(() => takeStep(proposal, unknown, { action: 'submit', on: draft.since })).toThrow(fault)
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
        let progress = beginProgress(machine, draft.began)
        for (const step of tried) {
          const before = structuredClone(progress)
          const result = takeStep(machine, progress, step)
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
        const progress = { ...beginProgress(machine, draft.began), state }
        for (const step of tried.filter(({ on }) => on >= draft.began)) {
          const shown = actionsFrom(machine, state, step.guards).find(({ action }) => action === step.action)
          const open = shown?.unmetGuards.length === 0 && (!shown.reasonRequired || step.reason === 'because')
          expect(takeStep(machine, progress, step).ok).toBe(open)
        }
      }),
    )
  })
})
