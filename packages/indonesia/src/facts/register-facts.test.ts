import { expect, test } from 'vitest'
import { registerFacts } from './register-facts.ts'

test('numbers of people and of their papers stand masked until they are opened', () => {
  const identifying = registerFacts.filter(({ isIdentifying }) => isIdentifying === true)
  expect(identifying.map(({ name }) => name)).toEqual([
    'healthInsuranceNumber',
    'identityCardTag',
    'fatherIdentityNumber',
    'motherIdentityNumber',
    'passport',
    'stayPermit',
  ])
})
