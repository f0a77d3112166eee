export { type Locale, locales } from './catalogue.ts'
export type { MessageKey, ValuesOf } from './message.ts'
export { type Currency, type Words, wordsIn } from './words.ts'
