import { expect, test } from 'vitest'
import { knownFailures } from './cel-conformance.failures.ts'
import { runConformance, sections } from './cel-conformance.fixtures.ts'

const cases = runConformance()
const failing = cases.filter(({ failure }) => failure !== undefined)

test('every section of the suite is there', () => {
  expect(new Set(cases.map(({ path }) => path.split('/')[0]))).toEqual(new Set(sections))
  expect(new Set(cases.map(({ path }) => path)).size).toBe(cases.length)
})

test('a case of CEL fails only where that is known, with its reason; what begins to pass is taken off', () => {
  const listed = knownFailures.flatMap(({ paths }) => paths)
  expect(new Set(listed).size).toBe(listed.length)
  expect(failing.map(({ path }) => path).toSorted()).toEqual(listed.toSorted())
})

test('no value differs from that of CEL, but that text is compared in normal form NFC (semantics 5)', () => {
  const differing = failing.filter(({ failure }) => failure?.startsWith('got') && failure !== 'got null')
  expect(differing.map(({ path }) => path)).toEqual(['comparisons/eq_literal/no_string_normalization'])
})
