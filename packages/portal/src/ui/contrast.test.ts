import { expect, test } from 'vitest'
import { contrastOf, readable } from './contrast.ts'

test('contrast is that of WCAG', () => {
  expect(contrastOf('#000000', '#ffffff')).toBe(21)
  expect(contrastOf('#ffffff', '#ffffff')).toBe(1)
  // The well-known limit: #767676 is the palest grey that passes AA on white.
  expect(contrastOf('#767676', '#ffffff')).toBeGreaterThan(4.5)
  expect(contrastOf('#777777', '#ffffff')).toBeLessThan(4.5)
})

test('a colour that can be read stays as it is', () => {
  expect(readable('#1f6b43', '#000000', ['#ffffff'], 4.5)).toBe('#1f6b43')
})

test('where no mixture can be read, the end of the way is taken', () => {
  expect(readable('#333333', '#000000', ['#000000'], 4.5)).toBe('#000000')
})
