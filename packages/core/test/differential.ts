import fc from 'fast-check'
import { expect } from 'vitest'
import { arbitraryCase, type RuleCase } from './arbitrary-cases.ts'
import { outcomesInMemory } from './in-memory.ts'

/** Draws rules and facts until so many rows were evaluated in every way, and fails where two ways differ. */
export function expectAgreementInMemory(rows: number, schemas: number): void {
  let seen = 0
  const runs = Math.ceil(rows / 5)
  fc.assert(
    fc.property(arbitraryCase({ count: schemas, seed: 1 }), (drawn) => {
      seen += drawn.rows.length
      expectSameOutcomes(drawn)
    }),
    { numRuns: runs },
  )
  expect(seen).toBeGreaterThanOrEqual(rows)
}

/** Says what a reader needs to try it again; the seed stands in the report around it. */
function expectSameOutcomes(drawn: RuleCase): void {
  const { trace, ...others } = outcomesInMemory(drawn)
  for (const [way, outcomes] of Object.entries(others))
    expect(outcomes, `${way}: ${drawn.rule.text} on ${drawn.on}`).toEqual(trace)
}
