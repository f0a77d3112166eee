import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMaskedNumber, maskDigits, maskNumber } from './mask-number.ts'

const numbers = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 20 })
  .map((all) => all.join(''))

test('no masked text shows more than six digits, nor half of them, and its length stays', () => {
  fc.assert(
    fc.property(fc.string(), numbers, (text, number) => {
      for (const one of [text, number, text + number]) {
        const masked = maskDigits(one)
        const [shown, all] = [masked, one].map((given) => given.replace(/\D/g, '').length)
        expect(masked).toHaveLength(one.length)
        expect(shown).toBeLessThanOrEqual(Math.min(6, (all ?? 0) / 2))
      }
    }),
  )
})

test('a number looks the same whether it stands alone or in a text', () => {
  fc.assert(
    fc.property(numbers, (number) => {
      expect(maskDigits(number)).toBe(maskNumber(number))
      expect(maskDigits(`no. ${number}!`)).toBe(`no. ${maskNumber(number)}!`)
      expect(isMaskedNumber(maskNumber(number))).toBe(true)
    }),
  )
})
