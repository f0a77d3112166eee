import { expect, test } from 'vitest'
import { catalogues, isMessageKey, localeOf, locales, sayIn } from './catalogue.ts'

const [first, ...others] = locales

/** The values that a sentence fills in, each once. */
const valuesIn = (message: string) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].sort()

test.each(others)('%s has every key of the first language and no other', (locale) => {
  expect(Object.keys(catalogues[locale]).sort()).toEqual(Object.keys(catalogues[first]).sort())
})

test.each(others)('%s fills in the same values as the first language', (locale) => {
  for (const [key, message] of Object.entries(catalogues[locale])) {
    const original = isMessageKey(key) ? catalogues[first][key] : ''
    expect(valuesIn(message), key).toEqual(valuesIn(original))
  }
})

test.each(locales)('no sentence of %s is empty or longer than a line', (locale) => {
  const strange = Object.entries(catalogues[locale]).filter(
    ([, text]) => text.trim() === '' || /\n/.test(text),
  )
  expect(strange).toEqual([])
})

test('values are filled in, numbers as the language groups them', () => {
  expect(sayIn('id')('progress.count', { label: 'x', done: 12345 })).toBe('x: 12.345')
  expect(sayIn('en')('progress.count', { label: '{done}', done: 12345 })).toBe('{done}: 12,345')
})

test('what stands behind -- is no language', () => {
  expect(localeOf(['--', '--lang', 'en'], {})).toBe('id')
  expect(localeOf(['--lang', 'en', '--', '--lang', 'id'], {})).toBe('en')
})
