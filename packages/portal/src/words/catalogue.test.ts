import { expect, test } from 'vitest'
import { catalogues, locales } from './catalogue.ts'
import type { Message } from './message.ts'

const [first, ...others] = locales

/** The values that a sentence fills in, each once. */
const valuesIn = (message: Message) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].sort()

test.each(others)('%s has every key of the first language and no other', (locale) => {
  expect(Object.keys(catalogues[locale]).sort()).toEqual(Object.keys(catalogues[first]).sort())
})

test.each(others)('%s fills in the same values as the first language', (locale) => {
  const values = (of: keyof typeof catalogues) =>
    Object.fromEntries(Object.entries(catalogues[of]).map(([key, message]) => [key, valuesIn(message)]))
  expect(values(locale)).toEqual(values(first))
})

test.each(locales)('no sentence of %s is empty or carries markup', (locale) => {
  const texts = Object.values(catalogues[locale]).flatMap((message) =>
    typeof message === 'string' ? [message] : [message.one, message.other],
  )
  expect(texts.filter((text) => text.trim() === '' || /[<>&]/.test(text))).toEqual([])
})
