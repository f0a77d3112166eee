import { expect, test } from 'vitest'
import { ticksAround } from './scale.ts'

test('marks are round and enclose the values', () => {
  expect(ticksAround(0.62, 0.93, 3)).toEqual([0.6, 0.8, 1])
  expect(ticksAround(3, 48, 4)).toEqual([0, 20, 40, 60])
  expect(ticksAround(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
})

test('a single value still has an axis', () => {
  expect(ticksAround(5, 5, 3).length).toBeGreaterThan(0)
  expect(ticksAround(0, 0, 3).every(Number.isFinite)).toBe(true)
})
