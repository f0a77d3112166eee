import { test } from 'vitest'
import { expectAgreementInMemory } from './differential.ts'

test('all ways to evaluate a rule in memory agree on a million rows', () => {
  expectAgreementInMemory(1_000_000, 200)
})
