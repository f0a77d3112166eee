export {
  type Catalogue,
  catalogues,
  type Locale,
  locales,
  type Message,
  type MessageKey,
  placeholdersOf,
  type ValuesOf,
} from './catalogue.ts'
export { type Currency, type Words, wordsIn } from './words.ts'
