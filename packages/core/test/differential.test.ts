import { test } from 'vitest'
import { expectAgreementInMemory } from './differential.ts'

test('all ways to evaluate a rule in memory agree on every row', { timeout: 120_000 }, () => {
  expectAgreementInMemory(20_000, 32)
})
