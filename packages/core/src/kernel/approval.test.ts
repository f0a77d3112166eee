import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import { Approval } from './approval.ts'
import type { ApprovalPolicy, ApprovalState } from './approval-policy.ts'
import { sha256Hex } from './chain.ts'
import { parseCivilDate } from './civil-date.ts'
import { approvalOn, decideApproval, proposeApproval, withdrawApproval } from './decide-approval.ts'
import { jsonCodecOf } from './json.ts'

const on = parseCivilDate('2026-11-02')
const digest = sha256Hex(new TextEncoder().encode('Mend the bridge'))
const policy: ApprovalPolicy = {
  approvals: 2,
  roles: ['head'],
  expiresAfter: { days: 14 },
  reasonRequiredOn: 'rejection',
}
const pending = proposeApproval({ policy, digest, by: { actor: 'siti' }, on: parseCivilDate('2026-11-01') })

function decided(approval: Approval, actor: string, outcome: 'approve' | 'reject'): Approval {
  const decision = { outcome, by: { actor }, roles: ['head'], digest, on, reason: 'I was there' }
  const result = decideApproval(approval, decision)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.approval
}
const endorsed = decided(pending, 'budi', 'approve')
const approved = decided(endorsed, 'tono', 'approve')
const rejected = decided(endorsed, 'tono', 'reject')
const expired = approvalOn(endorsed, parseCivilDate('2027-01-01'))

test('an approval is stored as it is, its state as a closed set', () => {
  const codec = jsonCodecOf(Approval)
  const withdrawn = withdrawApproval(endorsed, { by: { actor: 'siti' }, on })
  const all = [pending, endorsed, approved, rejected, expired, ...(withdrawn.ok ? [withdrawn.approval] : [])]
  expect(all).toHaveLength(6)
  for (const approval of all) {
    expect(codec.decode(codec.encode(Approval.parse(approval)))).toEqual(approval)
    expect(Approval.safeParse({ ...approval, state: 'done' }).success).toBe(false)
  }
  expectTypeOf<z.infer<typeof Approval>['state']>().toEqualTypeOf<ApprovalState>()
})

describe('an approval that its history does not bear out is refused, at its place:', () => {
  const [first, second] = approved.history
  const [, reject] = rejected.history
  const [, expire] = expired.history
  const refused: [string, object, PropertyKey[]][] = [
    ['approved by nobody', { ...approved, history: [] }, ['state']],
    ['approved by too few', { ...approved, history: [first] }, ['state']],
    [
      'approved by its one endorsement',
      { ...approved, history: [{ ...first, to: 'approved' }] },
      ['history', 0],
    ],
    ['approved too early', { ...approved, history: [second] }, ['history', 0, 'action']],
    [
      'endorsed by all',
      { ...endorsed, history: [first, { ...first, by: second?.by }] },
      ['history', 1, 'action'],
    ],
    [
      'approved twice by one',
      { ...approved, history: [first, { ...second, by: first?.by }] },
      ['history', 1],
    ],
    ['approved by its proposer', { ...approved, proposedBy: { actor: 'tono' } }, ['history', 1]],
    [
      'approved by one who acts for them',
      { ...approved, proposedBy: { actor: 'a', onBehalfOf: 'budi' } },
      ['history', 0],
    ],
    ['approved by time', { ...approved, history: [first, { ...second, by: undefined }] }, ['history', 1]],
    [
      'rejected without a reason',
      { ...rejected, history: [first, { ...reject, reason: undefined }] },
      ['history', 1],
    ],
    [
      'withdrawn by another',
      { ...endorsed, history: [first, { ...second, action: 'withdraw', to: 'withdrawn' }] },
      ['history', 1],
    ],
    ['pending after its end', { ...approved, state: 'pending' }, ['state']],
    ['continued after its end', { ...approved, history: [first, second, second] }, ['history', 2]],
    [
      'expired by a person',
      { ...expired, history: [first, { ...expire, by: { actor: 'budi' } }] },
      ['history', 1, 'action'],
    ],
    [
      'expired without a limit',
      { ...expired, policy: { ...policy, expiresAfter: undefined } },
      ['history', 1, 'action'],
    ],
    [
      'by an action that there is not',
      { ...approved, history: [first, { ...second, action: 'bless' }] },
      ['history', 1],
    ],
    ['decided before it was proposed', { ...approved, began: '2026-11-03' }, ['history', 0]],
    ['since another day', { ...approved, since: '2026-11-01' }, ['since']],
    ['since another day, pending', { ...endorsed, since: '2026-11-02' }, ['since']],
  ]

  test.each(refused)('%s', (_, approval, path) => {
    expect(Approval.safeParse(approval).error?.issues).toMatchObject([{ code: 'custom', path }])
  })

  test('also as a record of a collection', () => {
    const Record = Approval.safeExtend({ id: z.string() })
    expect(Record.parse({ id: 'a', ...approved })).toEqual({ id: 'a', ...approved })
    expect(Record.safeParse({ id: 'a', ...approved, history: [] }).success).toBe(false)
  })

  test('while one that is malformed is told by that alone', () => {
    const malformed = { ...approved, proposedBy: { actor: ' ' }, history: [] }
    expect(Approval.safeParse(malformed).error?.issues).toMatchObject([{ path: ['proposedBy', 'actor'] }])
  })
})
