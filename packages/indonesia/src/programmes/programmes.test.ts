import { testPack } from '@lumbung/core/eligibility'
import { expect, test } from 'vitest'
import { indonesianPack } from './pack.ts'

// The goal: the programmes say what their sources say, at every edge, and nothing more.

const results = testPack(indonesianPack())

test.each(results.map((result) => [`${result.programme}: ${String(result.it)}`, result] as const))(
  '%s',
  (_, { differences }) => {
    expect(differences).toEqual([])
  },
)

test('every programme has at least eight sentences', () => {
  for (const { id, tests } of indonesianPack().config.programmes) {
    expect(tests.length, id).toBeGreaterThanOrEqual(8)
  }
})

test('no citation claims more than a report, since no text of a law was opened', () => {
  expect(JSON.stringify(indonesianPack().config.programmes)).not.toContain('"confidence":"high"')
})
