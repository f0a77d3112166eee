import { expect, test } from 'vitest'
import { ApprovalPolicy } from './approval-policy.ts'

const policy = { approvals: 2, roles: ['head'], expiresAfter: { days: 14 }, reasonRequiredOn: 'rejection' }

test.each([
  ['no approval', { approvals: 0 }],
  ['half an approval', { approvals: 1.5 }],
  ['no role', { roles: [] }],
  ['an unknown outcome to give reasons on', { reasonRequiredOn: 'approval' }],
  ['a misspelt key', { expireAfter: { days: 1 } }],
])('a policy with %s is refused', (_, change) => {
  expect(ApprovalPolicy.safeParse(policy).success).toBe(true)
  expect(ApprovalPolicy.safeParse({ ...policy, ...change }).success).toBe(false)
})
