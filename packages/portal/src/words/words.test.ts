import { CivilDate } from '@lumbung/core/kernel'
import { expect, test } from 'vitest'
import { wordsIn } from './words.ts'

const rupiah = { code: 'IDR', scale: 0 }
const indonesian = wordsIn('id', rupiah)
const english = wordsIn('en', rupiah)

test('dates are written out in both languages', () => {
  const date = CivilDate.parse('2026-08-17')
  expect(indonesian.date(date)).toBe('17 Agustus 2026')
  expect(english.date(date)).toBe('17 August 2026')
  expect(indonesian.months.slice(0, 2)).toEqual(['Januari', 'Februari'])
})

test('money follows the village, not the portal', () => {
  expect(indonesian.money(150000n)).toBe('Rp150.000')
  expect(english.money(150000n)).toBe('Rp150,000')
  expect(wordsIn('en', { code: 'PHP', scale: 2 }).money(150050n)).toBe('₱1,500.50')
  expect(wordsIn('id', { code: 'IDR', scale: 2 }).money(15000000n)).toBe('Rp150.000')
})

test('an amount beyond the whole numbers of a float keeps its last unit', () => {
  expect(indonesian.money(9007199254740993n)).toBe('Rp9.007.199.254.740.993')
})

test('a negative amount carries its sign', () => {
  expect(indonesian.money(-500n)).toBe('-Rp500')
})

test('numbers and shares follow the language', () => {
  expect(indonesian.number(0.7741, 4)).toBe('0,7741')
  expect(english.number(3761)).toBe('3,761')
  expect(indonesian.percent(0.925, 1)).toBe('92,5%')
})

test('a sentence takes the form that its number asks for', () => {
  expect(english.say('errors.title', { count: 1 })).toBe('There is one thing to correct')
  expect(indonesian.say('errors.title', { count: 1 })).toBe('Ada satu isian yang perlu diperbaiki')
  expect(english.say('errors.title', { count: 2 })).toBe('There are 2 things to correct')
})

test('a value is put in as it is, also where it looks like a pattern', () => {
  expect(indonesian.say('account.menu', { name: '$& {name}' })).toBe('Akun $& {name}')
})

test('a text of a village falls back to the first language', () => {
  expect(english.text({ id: 'Posyandu' })).toBe('Posyandu')
})
