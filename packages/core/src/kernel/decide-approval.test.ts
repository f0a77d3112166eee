import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActedByInput } from './acted-by.ts'
import { Approval } from './approval.ts'
import { type ApprovalPolicy, type ApprovalState, approvalStates } from './approval-policy.ts'
import { WorkingCalendar } from './calendar.ts'
import { sha256Hex } from './chain.ts'
import { addDays, lastCivilDate, parseCivilDate } from './civil-date.ts'
import { deadlineOf } from './deadline.ts'
import {
  type ApprovalDecision,
  approvalOn,
  decideApproval,
  mayDecideApproval,
  proposeApproval,
  withdrawApproval,
} from './decide-approval.ts'

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
const proposedUnder = (policy: ApprovalPolicy, by: ActedByInput = { actor: 'siti' }) =>
  proposeApproval({ policy, digest: bridge, by, on: began })

const approving = (actor: string, more: Partial<ApprovalDecision> = {}): ApprovalDecision => ({
  outcome: 'approve',
  by: { actor },
  roles: ['head'],
  digest: bridge,
  on: day('2026-11-02'),
  ...more,
})
const rejecting = (actor: string, more: Partial<ApprovalDecision> = {}): ApprovalDecision =>
  approving(actor, { outcome: 'reject', reason: 'Too dear', ...more })

/** The approval after decisions that are all accepted. */
function decided(policy: ApprovalPolicy, ...decisions: ApprovalDecision[]): Approval {
  return decisions.reduce((approval, decision) => {
    const result = decideApproval(approval, decision)
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
    expect(withdrawApproval(proposedUnder(twoOfThree), { by, on, reason: 'A cheaper offer' })).toMatchObject({
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
    expect(decideApproval(proposedUnder(twoOfThree), decision)).toEqual(refusal(code))
  })

  test('from whoever has decided already', () => {
    const endorsed = decided(twoOfThree, approving('budi'))
    expect(decideApproval(endorsed, approving('budi'))).toEqual(refusal('approval/already-decided'))
    expect(decideApproval(endorsed, rejecting('budi'))).toEqual(refusal('approval/already-decided'))
  })

  test('on a day before the last decision', () => {
    const endorsed = decided(twoOfThree, approving('budi', { on: day('2026-11-05') }))
    expect(decideApproval(endorsed, approving('tono', { on: day('2026-11-04') }))).toEqual(
      refusal('states/too-early', { notBefore: '2026-11-05' }),
    )
  })

  test.each<[ApprovalState, Approval]>([
    ['approved', decided(oneOf, approving('budi'))],
    ['rejected', decided(oneOf, rejecting('budi'))],
  ])('once it is %s, and so is a withdrawal', (state, closed) => {
    expect(decideApproval(closed, approving('tono'))).toEqual(refusal('states/final', { state }))
    expect(withdrawApproval(closed, { by: { actor: 'siti' }, on: day('2026-11-05') })).toEqual(
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
        expect(decideApproval(approval, approving('budi', { outcome })).ok).toBe(accepted)
        expect(decideApproval(approval, approving('budi', { outcome, reason: 'I was there' })).ok).toBe(true)
      }
    },
  )
})

describe('whoever acts for somebody is that person too', () => {
  const forSiti = { actor: 'budi', onBehalfOf: 'siti' }
  const forTono = { actor: 'budi', onBehalfOf: 'tono' }

  test.each<[string, ActedByInput, ActedByInput]>([
    ['who acts for the proposer', { actor: 'siti' }, forSiti],
    ['for whom the proposer acted', { actor: 'budi', onBehalfOf: 'siti' }, { actor: 'siti' }],
    ['who proposed for somebody', forSiti, { actor: 'budi' }],
    ['who proposed, and decides for somebody else', { actor: 'budi' }, forTono],
    ['who acts for the same as the proposer', { actor: 'wati', onBehalfOf: 'siti' }, forSiti],
  ])('so no decision comes from one %s, but a withdrawal does', (_, proposer, by) => {
    const approval = proposedUnder(twoOfThree, proposer)
    expect(decideApproval(approval, approving('', { by }))).toEqual(refusal('approval/own-proposal'))
    expect(withdrawApproval(approval, { by, on: began })).toMatchObject({ ok: true })
  })

  test.each<[string, ActedByInput, ActedByInput]>([
    ['for whom was decided', forTono, { actor: 'tono' }],
    ['who decided for another', forTono, { actor: 'budi' }],
    ['whose proxy comes after', { actor: 'tono' }, forTono],
    ['whose other proxy comes after', forTono, { actor: 'wati', onBehalfOf: 'tono' }],
  ])('so one %s does not decide again', (_, first, second) => {
    const endorsed = decided(twoOfThree, approving('', { by: first }))
    expect(decideApproval(endorsed, approving('', { by: second }))).toEqual(
      refusal('approval/already-decided'),
    )
  })

  test('and nobody else withdraws', () => {
    const approval = proposedUnder(twoOfThree, forSiti)
    expect(withdrawApproval(approval, { by: { actor: 'tono', onBehalfOf: 'wati' }, on: began })).toEqual(
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
    expect(decideApproval(pending, approving('budi', { on: late }))).toEqual(expired)
    expect(withdrawApproval(pending, { by: { actor: 'siti' }, on: late })).toEqual(expired)
    expect(mayDecideApproval(pending, { by: { actor: 'budi' }, roles: ['head'], on: late })).toEqual(expired)
    expect(decideApproval(pending, approving('budi', { on: day('2026-11-15') })).ok).toBe(true)
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
    const endorsed = decideApproval(approval, approving('budi', { on: day('2026-11-06') }), before)
    expect(endorsed.ok && approvalOn(endorsed.approval, day('2026-11-07'), before).since).toBe('2026-11-07')
    expect(endorsed.ok && approvalOn(endorsed.approval, day('2026-11-07'), after).since).toBe('2026-11-06')
    expect(approvalOn(approval, day('2026-11-07'), after).since).toBe('2026-11-05')
  })
})

describe('one person is one person, however their id is written', () => {
  const uuid = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
  test.each([
    ['in another normal form', '\u00e9mile', 'e\u0301mile'],
    ['with white space around it', 'siti', ' siti\u00a0\n'],
    ['as a UUID in upper case', uuid, uuid.toUpperCase()],
  ])('%s', (_, actor, otherForm) => {
    for (const [first, second] of [
      [actor, otherForm],
      [otherForm, actor],
    ] as const) {
      const own = refusal('approval/own-proposal')
      const proposed = proposedUnder(twoOfThree, { actor: first })
      expect(decideApproval(proposed, approving(second))).toEqual(own)
      expect(
        decideApproval(proposed, approving('budi', { by: { actor: 'budi', onBehalfOf: second } })),
      ).toEqual(own)
      expect(mayDecideApproval(proposed, approving(second))).toEqual(own)
      expect(withdrawApproval(proposed, { by: { actor: second }, on: began }).ok).toBe(true)
      const endorsed = decideApproval(proposedUnder(twoOfThree, { actor: 'wati' }), approving(first))
      expect(endorsed.ok && decideApproval(endorsed.approval, approving(second))).toEqual(
        refusal('approval/already-decided'),
      )
    }
  })

  test('and one form is stored', () => {
    const proposed = proposedUnder(oneOf, { actor: 'e\u0301mile ' })
    expect(proposed.proposedBy.actor).toBe('\u00e9mile')
    const result = decideApproval(proposed, approving(` ${uuid.toUpperCase()}`))
    expect(result).toMatchObject({ ok: true, approval: { history: [{ by: { actor: uuid } }] } })
    expect(result.ok && Approval.parse(result.approval)).toEqual(result.ok && result.approval)
  })

  test('as is a role', () => {
    const approval = proposedUnder({ ...oneOf, roles: ['tre\u0301sorier'] })
    expect(decideApproval(approval, approving('budi', { roles: ['tr\u00e9sorier'] })).ok).toBe(true)
  })
})

describe('what a form may have sent wrong is thrown out', () => {
  const fault = (code: string, ...path: PropertyKey[]) =>
    expect.objectContaining({
      code,
      details: { issues: expect.arrayContaining([expect.objectContaining({ path })]) },
    })
  const on = began

  test.each(['', ' \n', 'a\0', 'siti\u200b', '\ud800'])('an actor by the name of %j', (actor) => {
    const by = { actor }
    const path = ['by', 'actor']
    const proposed = proposedUnder(oneOf)
    expect(() => proposedUnder(oneOf, by)).toThrow(fault('approval/invalid-proposal', ...path))
    expect(() => decideApproval(proposed, approving(actor))).toThrow(
      fault('approval/invalid-decision', ...path),
    )
    expect(() => mayDecideApproval(proposed, { by, roles: ['head'], on })).toThrow(
      fault('approval/invalid-decision', ...path),
    )
    expect(() => withdrawApproval(proposed, { by, on })).toThrow(
      fault('approval/invalid-withdrawal', ...path),
    )
  })

  test.each(['approved', 'rejected', 'Approve', '', undefined])(
    'the outcome %j, which is no rejection',
    (outcome) => {
      // What a form sends is any text.
      const decision = approving('budi', { outcome: outcome as 'approve', reason: 'because' })
      expect(() => decideApproval(proposedUnder(oneOf), decision)).toThrow(
        fault('approval/invalid-decision', 'outcome'),
      )
    },
  )

  test('a reason that cannot be stored, while one that cannot be seen is none', () => {
    const proposed = proposedUnder(oneOf)
    expect(() => decideApproval(proposed, rejecting('budi', { reason: 'a\0' }))).toThrow(
      fault('approval/invalid-decision', 'reason'),
    )
    expect(decideApproval(proposed, rejecting('budi', { reason: '\u200b' }))).toEqual(
      refusal('states/reason-missing'),
    )
  })

  test('a policy, a digest or a day that is none', () => {
    expect(() => proposedUnder({ ...oneOf, approvals: 0 })).toThrow(
      fault('approval/invalid-proposal', 'policy', 'approvals'),
    )
    // As casts and plain JavaScript allow.
    const wrong = { digest: 'abc' as typeof bridge, on: '2026-11-31' as typeof began }
    expect(() => decideApproval(proposedUnder(oneOf), approving('budi', { digest: wrong.digest }))).toThrow(
      fault('approval/invalid-decision', 'digest'),
    )
    expect(() => withdrawApproval(proposedUnder(oneOf), { by: { actor: 'siti' }, on: wrong.on })).toThrow(
      fault('approval/invalid-withdrawal', 'on'),
    )
  })
})

test('at the end of the calendar an approval can still be read, decided and withdrawn', () => {
  const on = lastCivilDate
  const by = { actor: 'siti' }
  for (const expiresAfter of [{ days: 1 }, { months: 1 }, { months: 9_999_999 }, { days: 2 ** 53 - 1 }]) {
    const policy = { ...oneOf, expiresAfter }
    const approval = proposeApproval({ policy, digest: bridge, by, on })
    expect(approvalOn(approval, on)).toBe(approval)
    expect(decideApproval(approval, approving('budi', { on })).ok).toBe(true)
    expect(withdrawApproval(approval, { by, on }).ok).toBe(true)
    const eve = proposeApproval({ policy, digest: bridge, by, on: addDays(on, -1) })
    expect(approvalOn(eve, on).state).toBe('pending')
  }
})

describe('whatever is tried', () => {
  const persons = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const actors: fc.Arbitrary<ActedByInput> = fc.record(
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
  const decisions: fc.Arbitrary<ApprovalDecision> = fc.record({
    outcome: likely<ApprovalDecision['outcome']>('approve', 'reject'),
    by: actors,
    roles: likely(['head'], ['member']),
    digest: likely(bridge, dearerBridge),
    on: fc.integer({ min: 0, max: 10 }).map((n) => addDays(began, n)),
    reason: fc.constantFrom(undefined, 'because'),
  })
  const sequences = fc
    .array(decisions, { minLength: 1, maxLength: 20 })
    .map((tried) => tried.toSorted((a, b) => (a.on < b.on ? -1 : 1)))
  const personsOf = ({ actor, onBehalfOf = actor }: ActedByInput) => [...new Set([actor, onBehalfOf])]

  test('as many different persons as the policy asks have approved what is approved, the proposer not among them', () => {
    fc.assert(
      fc.property(policies, actors, sequences, actors, (policy, proposer, tried, other) => {
        let approval = proposedUnder(policy, proposer)
        for (const decision of tried) {
          const result = decideApproval(approval, decision)
          if (approval.state !== 'pending') expect(result.ok).toBe(false)
          if (result.ok) approval = result.approval
        }
        expect(Approval.parse(approval)).toEqual(approval)
        const expired = approvalOn(approval, addDays(began, 100))
        expect(Approval.parse(expired)).toEqual(expired)
        expect(withdrawApproval(approval, { by: other, on: addDays(began, 10) }).ok).toBe(
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
          const asked = mayDecideApproval(approval, decision)
          const result = decideApproval(approval, { ...decision, digest: bridge, reason: 'because' })
          expect(asked).toEqual(result.ok ? { ok: true } : result)
          if (result.ok) approval = result.approval
        }
      }),
    )
  })
})
