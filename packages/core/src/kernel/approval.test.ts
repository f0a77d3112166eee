import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type * as z from 'zod'
import {
  Approval,
  ApprovalPolicy,
  type ApprovalState,
  approvalOn,
  approvalStates,
  type Decision,
  decide,
  mayDecide,
  propose,
  withdraw,
} from './approval.ts'
import { WorkingCalendar } from './calendar.ts'
import { sha256Hex } from './chain.ts'
import { addDays, parseCivilDate } from './civil-date.ts'
import { jsonCodecOf } from './json.ts'
import { type ActedBy, deadlineOf } from './progress.ts'

const day = (text: string) => parseCivilDate(text)
const digestOf = (body: string) => sha256Hex(new TextEncoder().encode(body))

const bridge = digestOf('Mend the bridge for 4,000,000')
const dearerBridge = digestOf('Mend the bridge for 9,000,000')
const twoOfThree: ApprovalPolicy = {
  approvals: 2,
  roles: ['head', 'treasurer'],
  expiresAfter: { days: 14 },
  reasonRequiredOn: 'rejection',
}
const oneOf: ApprovalPolicy = { ...twoOfThree, approvals: 1 }

const began = day('2026-11-01')
const proposedUnder = (policy: ApprovalPolicy, by: ActedBy = { actor: 'siti' }) =>
  propose({ policy, digest: bridge, by, on: began })

const approving = (actor: string, more: Partial<Decision> = {}): Decision => ({
  outcome: 'approve',
  by: { actor },
  roles: ['head'],
  digest: bridge,
  on: day('2026-11-02'),
  ...more,
})
const rejecting = (actor: string, more: Partial<Decision> = {}): Decision =>
  approving(actor, { outcome: 'reject', reason: 'Too dear', ...more })

/** The approval after decisions that are all accepted. */
function decided(policy: ApprovalPolicy, ...decisions: Decision[]): Approval {
  return decisions.reduce((approval, decision) => {
    const result = decide(approval, decision)
    if (!result.ok) throw new Error(result.refusal.code)
    return result.approval
  }, proposedUnder(policy))
}
const refusal = (code: string, more: object = {}) => ({ ok: false, refusal: { code, ...more } })

describe('a proposal', () => {
  test('is pending, and carries its policy, the digest of its body and its proposer', () => {
    expect(proposedUnder(oneOf)).toEqual({
      state: 'pending',
      since: '2026-11-01',
      began: '2026-11-01',
      history: [],
      policy: oneOf,
      digest: bridge,
      proposedBy: { actor: 'siti' },
    })
  })

  test('is approved by one other person where one is enough', () => {
    expect(decided(oneOf, approving('budi'))).toMatchObject({
      state: 'approved',
      since: '2026-11-02',
      history: [{ action: 'approve', by: { actor: 'budi' } }],
    })
  })

  test('is approved by the last of the persons that the policy asks for, and not before', () => {
    const first = approving('budi')
    const second = approving('tono', { roles: ['member', 'treasurer'], on: day('2026-11-04') })
    expect(decided(twoOfThree, first)).toMatchObject({ state: 'pending', since: '2026-11-01' })
    expect(decided(twoOfThree, first, second)).toMatchObject({ state: 'approved', since: '2026-11-04' })
  })

  test('is rejected by the first who rejects, with the reason, whoever has approved', () => {
    expect(decided(twoOfThree, approving('budi'), rejecting('tono'))).toMatchObject({
      state: 'rejected',
      history: [{ action: 'endorse' }, { action: 'reject', by: { actor: 'tono' }, reason: 'Too dear' }],
    })
  })

  test('is withdrawn by its proposer', () => {
    const by = { actor: 'siti' }
    const on = day('2026-11-03')
    expect(withdraw(proposedUnder(twoOfThree), { by, on, reason: 'A cheaper offer' })).toMatchObject({
      ok: true,
      approval: { state: 'withdrawn', history: [{ by, on, reason: 'A cheaper offer' }] },
    })
  })
})

describe('a decision is refused', () => {
  test.each([
    ['from whoever has none of the roles', approving('budi', { roles: ['member'] }), 'approval/role-missing'],
    ['from whoever has no role at all', approving('budi', { roles: [] }), 'approval/role-missing'],
    ['from the proposer', approving('siti'), 'approval/own-proposal'],
    ['from the proposer who rejects', rejecting('siti'), 'approval/own-proposal'],
    ['about another body', approving('budi', { digest: dearerBridge }), 'approval/body-changed'],
    [
      'about another body, if it rejects',
      rejecting('budi', { digest: dearerBridge }),
      'approval/body-changed',
    ],
    ['without its reason', rejecting('budi', { reason: ' ' }), 'states/reason-missing'],
  ])('%s', (_, decision, code) => {
    expect(decide(proposedUnder(twoOfThree), decision)).toEqual(refusal(code))
  })

  test('from whoever has decided already', () => {
    const endorsed = decided(twoOfThree, approving('budi'))
    expect(decide(endorsed, approving('budi'))).toEqual(refusal('approval/already-decided'))
    expect(decide(endorsed, rejecting('budi'))).toEqual(refusal('approval/already-decided'))
  })

  test('on a day before the last decision', () => {
    const endorsed = decided(twoOfThree, approving('budi', { on: day('2026-11-05') }))
    expect(decide(endorsed, approving('tono', { on: day('2026-11-04') }))).toEqual(
      refusal('states/too-early', { notBefore: '2026-11-05' }),
    )
  })

  test.each<[ApprovalState, Approval]>([
    ['approved', decided(oneOf, approving('budi'))],
    ['rejected', decided(oneOf, rejecting('budi'))],
  ])('once it is %s, and so is a withdrawal', (state, closed) => {
    expect(decide(closed, approving('tono'))).toEqual(refusal('states/final', { state }))
    expect(withdraw(closed, { by: { actor: 'siti' }, on: day('2026-11-05') })).toEqual(
      refusal('states/final', { state }),
    )
  })

  test.each([
    ['always', 'approve', false],
    ['always', 'reject', false],
    ['rejection', 'approve', true],
    ['rejection', 'reject', false],
    ['never', 'approve', true],
    ['never', 'reject', true],
  ] as const)(
    'where the policy requires a reason (%s) on this outcome (%s): accepted %s',
    (on, outcome, accepted) => {
      for (const approvals of [1, 2]) {
        const approval = proposedUnder({ approvals, roles: ['head'], reasonRequiredOn: on })
        expect(decide(approval, approving('budi', { outcome })).ok).toBe(accepted)
        expect(decide(approval, approving('budi', { outcome, reason: 'I was there' })).ok).toBe(true)
      }
    },
  )
})

describe('whoever acts for somebody is that person too', () => {
  const forSiti = { actor: 'budi', onBehalfOf: 'siti' }
  const forTono = { actor: 'budi', onBehalfOf: 'tono' }

  test.each<[string, ActedBy, ActedBy]>([
    ['who acts for the proposer', { actor: 'siti' }, forSiti],
    ['for whom the proposer acted', { actor: 'budi', onBehalfOf: 'siti' }, { actor: 'siti' }],
    ['who proposed for somebody', forSiti, { actor: 'budi' }],
    ['who proposed, and decides for somebody else', { actor: 'budi' }, forTono],
    ['who acts for the same as the proposer', { actor: 'wati', onBehalfOf: 'siti' }, forSiti],
  ])('so no decision comes from one %s, but a withdrawal does', (_, proposer, by) => {
    const approval = proposedUnder(twoOfThree, proposer)
    expect(decide(approval, approving('', { by }))).toEqual(refusal('approval/own-proposal'))
    expect(withdraw(approval, { by, on: began })).toMatchObject({ ok: true })
  })

  test.each<[string, ActedBy, ActedBy]>([
    ['for whom was decided', forTono, { actor: 'tono' }],
    ['who decided for another', forTono, { actor: 'budi' }],
    ['whose proxy comes after', { actor: 'tono' }, forTono],
    ['whose other proxy comes after', forTono, { actor: 'wati', onBehalfOf: 'tono' }],
  ])('so one %s does not decide again', (_, first, second) => {
    const endorsed = decided(twoOfThree, approving('', { by: first }))
    expect(decide(endorsed, approving('', { by: second }))).toEqual(refusal('approval/already-decided'))
  })

  test('and nobody else withdraws', () => {
    const approval = proposedUnder(twoOfThree, forSiti)
    expect(withdraw(approval, { by: { actor: 'tono', onBehalfOf: 'wati' }, on: began })).toEqual(
      refusal('approval/not-proposer'),
    )
  })
})

describe('an approval expires', () => {
  const pending = proposedUnder(twoOfThree)

  test('on the day after its last day, whenever one asks', () => {
    expect(approvalOn(pending, day('2026-11-15'))).toBe(pending)
    const expired = {
      ...pending,
      state: 'expired',
      since: '2026-11-16',
      history: [{ action: 'expire', from: 'pending', to: 'expired', on: '2026-11-16' }],
    }
    expect(approvalOn(pending, day('2026-11-16'))).toEqual(expired)
    expect(approvalOn(pending, day('2027-11-16'))).toEqual(expired)
  })

  test('so that a late decision or withdrawal is refused, though nothing was written', () => {
    const expired = refusal('states/final', { state: 'expired' })
    const late = day('2026-11-16')
    expect(decide(pending, approving('budi', { on: late }))).toEqual(expired)
    expect(withdraw(pending, { by: { actor: 'siti' }, on: late })).toEqual(expired)
    expect(mayDecide(pending, { by: { actor: 'budi' }, roles: ['head'], on: late })).toEqual(expired)
    expect(decide(pending, approving('budi', { on: day('2026-11-15') })).ok).toBe(true)
  })

  test('counted from the proposal, not from the last decision', () => {
    const endorsed = decided(twoOfThree, approving('budi', { on: day('2026-11-14') }))
    expect(approvalOn(endorsed, day('2026-11-16')).state).toBe('expired')
    expect(deadlineOf(approvalStates(twoOfThree), endorsed)).toEqual({
      action: 'expire',
      lastDay: '2026-11-15',
    })
  })

  test('never once it is decided, nor where the policy has no limit', () => {
    const approved = decided(oneOf, approving('budi'))
    expect(approvalOn(approved, day('2027-11-16'))).toBe(approved)
    const { expiresAfter: _, ...unlimited } = twoOfThree
    expect(approvalOn(proposedUnder(unlimited), day('9999-12-31')).state).toBe('pending')
  })

  test('by working days with the calendar, not before a decision that was in time under an earlier one', () => {
    const calendarWith = (...dates: string[]) =>
      WorkingCalendar.parse({
        restDays: [6, 7],
        holidays: dates.map((date) => ({ date, name: { en: 'Holiday' } })),
        known: { from: '2026-01-01', to: '2027-01-01' },
        source: 'Made up for this test',
        confidence: 'high',
      })
    const before = calendarWith('2026-11-03', '2026-11-04')
    const after = calendarWith()
    const approval = proposedUnder({ ...twoOfThree, expiresAfter: { workingDays: 3 } })
    expect(() => approvalOn(approval, began)).toThrow(
      expect.objectContaining({ code: 'states/calendar-missing' }),
    )
    const endorsed = decide(approval, approving('budi', { on: day('2026-11-06') }), before)
    expect(endorsed.ok && approvalOn(endorsed.approval, day('2026-11-07'), before).since).toBe('2026-11-07')
    expect(endorsed.ok && approvalOn(endorsed.approval, day('2026-11-07'), after).since).toBe('2026-11-06')
    expect(approvalOn(approval, day('2026-11-07'), after).since).toBe('2026-11-05')
  })
})

test.each([
  ['no approval', { approvals: 0 }],
  ['half an approval', { approvals: 1.5 }],
  ['no role', { roles: [] }],
  ['an unknown outcome to give reasons on', { reasonRequiredOn: 'approval' }],
  ['a misspelt key', { expireAfter: { days: 1 } }],
])('a policy with %s is refused', (_, change) => {
  expect(ApprovalPolicy.safeParse({ ...twoOfThree, ...change }).success).toBe(false)
})

test('an approval is stored as it is, its state as a closed set', () => {
  const codec = jsonCodecOf(Approval)
  const approval = decided(twoOfThree, approving('budi'), rejecting('tono'))
  expect(codec.decode(codec.encode(Approval.parse(approval)))).toEqual(approval)
  expect(Approval.safeParse({ ...approval, state: 'done' }).success).toBe(false)
  expectTypeOf<z.infer<typeof Approval>['state']>().toEqualTypeOf<ApprovalState>()
})

describe('whatever is tried', () => {
  const persons = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const actors: fc.Arbitrary<ActedBy> = fc.record(
    { actor: persons, onBehalfOf: persons },
    { requiredKeys: ['actor'] },
  )
  const policies: fc.Arbitrary<ApprovalPolicy> = fc.record(
    {
      approvals: fc.integer({ min: 1, max: 3 }),
      roles: fc.constant(['head', 'treasurer']),
      expiresAfter: fc.record({ days: fc.integer({ min: 1, max: 20 }) }),
      reasonRequiredOn: fc.constantFrom('rejection', 'always', 'never'),
    },
    { requiredKeys: ['approvals', 'roles', 'reasonRequiredOn'] },
  )
  const likely = <Value>(value: Value, other: Value) =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(other) })
  const decisions: fc.Arbitrary<Decision> = fc.record({
    outcome: likely<Decision['outcome']>('approve', 'reject'),
    by: actors,
    roles: likely(['head'], ['member']),
    digest: likely(bridge, dearerBridge),
    on: fc.integer({ min: 0, max: 10 }).map((n) => addDays(began, n)),
    reason: fc.constantFrom(undefined, 'because'),
  })
  const sequences = fc
    .array(decisions, { minLength: 1, maxLength: 20 })
    .map((tried) => tried.toSorted((a, b) => (a.on < b.on ? -1 : 1)))
  const personsOf = ({ actor, onBehalfOf = actor }: ActedBy) => [...new Set([actor, onBehalfOf])]

  test('as many different persons as the policy asks have approved what is approved, the proposer not among them', () => {
    fc.assert(
      fc.property(policies, actors, sequences, actors, (policy, proposer, tried, other) => {
        let approval = proposedUnder(policy, proposer)
        for (const decision of tried) {
          const result = decide(approval, decision)
          if (approval.state !== 'pending') expect(result.ok).toBe(false)
          if (result.ok) approval = result.approval
        }
        expect(Approval.parse(approval)).toEqual(approval)
        expect(withdraw(approval, { by: other, on: addDays(began, 10) }).ok).toBe(
          approvalOn(approval, addDays(began, 10)).state === 'pending' &&
            personsOf(other).some((person) => personsOf(proposer).includes(person)),
        )

        const deciders = approval.history.map(({ by }) => (by ? personsOf(by) : []))
        const everyone = [...deciders, personsOf(proposer)].flat()
        expect(new Set(everyone).size).toBe(everyone.length)
        const approvals = approval.history.filter(({ action }) => action !== 'reject').length
        expect(approval.state === 'approved').toBe(approvals === policy.approvals)
        expect(approval.state === 'rejected').toBe(approvals < deciders.length)
      }),
    )
  })

  test('whoever may decide has a decision with a reason accepted, and whoever may not is refused for the same reason', () => {
    fc.assert(
      fc.property(policies, actors, sequences, (policy, proposer, tried) => {
        let approval = proposedUnder(policy, proposer)
        for (const decision of tried) {
          const asked = mayDecide(approval, decision)
          const result = decide(approval, { ...decision, digest: bridge, reason: 'because' })
          expect(asked).toEqual(result.ok ? { ok: true } : result)
          if (result.ok) approval = result.approval
        }
      }),
    )
  })
})
