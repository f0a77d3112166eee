import { expect, test } from 'vitest'
import { catalogues, locales } from './catalogue.ts'
import { placeholdersOf } from './message.ts'

const [first, ...others] = locales

test.each(others)('%s has every key of the first language and no other', (locale) => {
  expect(Object.keys(catalogues[locale]).sort()).toEqual(Object.keys(catalogues[first]).sort())
})

test.each(others)('%s fills in the same values as the first language', (locale) => {
  const placeholders = (of: keyof typeof catalogues) =>
    Object.fromEntries(Object.entries(catalogues[of]).map(([key, message]) => [key, placeholdersOf(message)]))
  expect(placeholders(locale)).toEqual(placeholders(first))
})

test.each(locales)('no sentence of %s is empty or carries markup', (locale) => {
  const texts = Object.values(catalogues[locale]).flatMap((message) =>
    typeof message === 'string' ? [message] : [message.one, message.other],
  )
  expect(texts.filter((text) => text.trim() === '' || /[<>&]/.test(text))).toEqual([])
})
