import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { enhancementScript } from './enhance.ts'

test('the script weighs less than 8 kB', () => {
  expect(Buffer.byteLength(enhancementScript)).toBeLessThan(8_000)
})

test('the script stands alone: all that it names is the browser’s', () => {
  expect(enhancementScript).not.toMatch(/\b(?:import|require|__\w+)\b/)
  expect(() => runInNewContext(`(function () {\n${enhancementScript}\n})`)).not.toThrow()
})
