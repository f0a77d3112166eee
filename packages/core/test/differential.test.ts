import { test } from 'vitest'
import { expectAgreementInMemory } from './differential.ts'

test('all ways to evaluate a rule in memory agree on every row', () => {
  expectAgreementInMemory(20_000, 32)
})
