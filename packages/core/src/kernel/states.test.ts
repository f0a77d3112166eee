import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { isLumbungError } from './errors.ts'
import { jsonCodecOf } from './json.ts'
import { beginProgress, isFinal, type Progress, progressSchema, takeStep } from './progress.ts'
import { at, day, draft, type ProposalState, proposal } from './states.fixtures.ts'
import { defineStates, type MachineDefinition, type MachineFault, StateMachine } from './states.ts'

describe('a definition that is not sound is refused', () => {
  function faultsOf(definition: MachineDefinition): readonly MachineFault[] {
    try {
      defineStates(definition)
    } catch (error) {
      // The details of this code are promised.
      if (isLumbungError(error, 'states/unsound')) return error.details['faults'] as MachineFault[]
      throw error
    }
    return []
  }
  const kindsAndPaths = (definition: MachineDefinition) =>
    faultsOf(definition).map(({ kind, path }) => `${kind} ${path}`)

  test('with all its faults at once, each with its place', () => {
    const after = { days: 1 }
    const faulty: MachineDefinition = {
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
      takeStep(pack.process, beginProgress(pack.process, draft.began), { action: 'x', on: draft.began }),
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
    const moved = takeStep(proposal, at('verified'), {
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
    takeStep(proposal, draft, { action: 'sumbit', on })
    // @ts-expect-error no such guard
    takeStep(proposal, draft, { action: 'submit', on, guards: { compelte: true } })
    // @ts-expect-error no such state
    isFinal(proposal, 'drat')
    // @ts-expect-error no such state
    takeStep(proposal, { ...draft, state: 'drat' }, { action: 'submit', on })
    // @ts-expect-error no such target
    defineStates({ name: 'x', initial: 'a', states: { a: { arrows: { end: { to: 'c' } } }, b: {} } })
    // @ts-expect-error no such initial state
    defineStates({ name: 'x', initial: 'c', states: { a: {} } })
    const deadline = { after: { days: 1 }, action: 'edn' } as const
    // @ts-expect-error no such action
    defineStates({ name: 'x', initial: 'a', states: { a: { arrows: { end: { to: 'a' } }, deadline } } })
    // @ts-expect-error not checked for soundness
    beginProgress({ name: 'x', initial: 'a', states: { a: {} } }, on)
  }
  expect(compiledOnly).toBeTypeOf('function')
  expectTypeOf<ProposalState>().toEqualTypeOf<
    'draft' | 'submitted' | 'deferred' | 'verified' | 'funded' | 'done' | 'rejected'
  >()
})
