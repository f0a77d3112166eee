import { test } from 'vitest'
import { expectAgreementInMemory } from './differential.ts'

const MINUTE_MS = 60_000

test('all ways to evaluate a rule in memory agree on a million rows', { timeout: 20 * MINUTE_MS }, () => {
  expectAgreementInMemory(1_000_000, 200)
})
