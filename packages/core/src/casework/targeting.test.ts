import fc from 'fast-check'
import { expect, test } from 'vitest'
import { targetingErrors, withoutSmall } from './targeting.ts'

test('with nobody to divide by a share is not known', () => {
  const none = { eligible: 0, ineligible: 0, undetermined: 0 }
  const { exclusion, inclusion } = targetingErrors({ enrolled: none, notEnrolled: none })
  for (const { share, low, high } of [exclusion, inclusion])
    expect([share, low, high]).toEqual([null, null, null])
})

// The bounds are the least and the most over all that those in doubt may be.
test('the bounds hold whatever those in doubt are, and are reached', () => {
  const few = fc.nat(3)
  const outcomes = fc.record({ eligible: few, ineligible: few, undetermined: few })
  fc.assert(
    fc.property(fc.record({ enrolled: outcomes, notEnrolled: outcomes }), ({ enrolled, notEnrolled }) => {
      const { exclusion, inclusion } = targetingErrors({ enrolled, notEnrolled })
      const [excluded, included]: [number[], number[]] = [[], []]
      for (let inside = 0; inside <= enrolled.undetermined; inside += 1) {
        for (let outside = 0; outside <= notEnrolled.undetermined; outside += 1) {
          const missed = notEnrolled.eligible + outside
          const meant = missed + enrolled.eligible + inside
          if (meant > 0) excluded.push(missed / meant)
          const wrong = enrolled.ineligible + enrolled.undetermined - inside
          const taking = enrolled.eligible + enrolled.ineligible + enrolled.undetermined
          if (taking > 0) included.push(wrong / taking)
        }
      }
      const ends = (all: number[]) => (all.length === 0 ? [null, null] : [Math.min(...all), Math.max(...all)])
      expect([exclusion.low, exclusion.high]).toEqual(ends(excluded))
      expect([inclusion.low, inclusion.high]).toEqual(ends(included))
    }),
  )
})

test('a part that is too small is hidden, and no part alone', () => {
  const shown = (...sizes: readonly number[]) =>
    withoutSmall(
      sizes.map((size) => ({ size })),
      ({ size }) => size,
      5,
    ).map((row) => (row.isSmall ? 'small' : row.size))
  expect(shown(9, 7, 20)).toEqual([9, 7, 20])
  expect(shown(9, 3, 20)).toEqual(['small', 'small', 20])
  expect(shown(4, 3, 20)).toEqual(['small', 'small', 20])
  expect(shown(0, 20)).toEqual([0, 20])
})

test.each([
  [40, 25, 1, 1],
  [9, 4, 1],
  [30, 6, 3],
  [12, 2, 2, 2],
])('what is hidden of %j could be one of as many sizes as a part must count', (...sizes) => {
  const rows = sizes.map((size) => ({ size }))
  const shown = withoutSmall(rows, ({ size }) => size, 5)
  const hidden = rows.filter((_, index) => shown[index]?.isSmall).map(({ size }) => size)
  const sum = hidden.reduce((total, size) => total + size, 0)
  // Each has at least one, and at most what the others leave.
  expect(sum - (hidden.length - 1) - 1).toBeGreaterThanOrEqual(5)
})
