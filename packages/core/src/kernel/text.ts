import * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * Text as it may enter the system: put into Unicode normal form NFC, so that what looks equal is equal, and free
 * of U+0000 and lone surrogates, which not every database can hold. It may be empty, and have several lines.
 *
 * @example
 * ```ts
 * import { PlainText } from '@lumbung/core/kernel'
 *
 * PlainText.parse('e\u0301') // => '\u00e9'
 * PlainText.safeParse('a\u0000b').success // => false
 * PlainText.min(1).safeParse('').success // => false
 * ```
 */
export const PlainText = z
  .string()
  .refine(isStorable, { error: 'Text holds neither U+0000 nor lone surrogates' })
  .normalize('NFC')

/** A text that the schema of the same name has accepted. */
export type PlainText = z.infer<typeof PlainText>

/**
 * The text in Unicode normal form NFC, for a caller who wants an exception rather than zod's list of issues.
 *
 * @throws `text/invalid` if it holds U+0000 or a lone surrogate
 *
 * @example
 * ```ts
 * import { normalizeText } from '@lumbung/core/kernel'
 *
 * normalizeText('e\u0301') // => '\u00e9'
 * normalizeText('a\u0000b') // throws 'text/invalid'
 * ```
 */
export function normalizeText(text: string): PlainText {
  // Most texts are of ASCII alone, which is in normal form, and every stored text comes through here.
  if (!beyondAscii.test(text)) return text
  if (isStorable(text)) return text.normalize('NFC')
  throw new LumbungError('text/invalid', 'The text holds U+0000 or a lone surrogate.')
}

const beyondAscii = /[^\x01-\x7f]/

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/**
 * A language as BCP 47 names it: `en`, `fr-CA`, `zh-Hans`. The primary subtag is in lower case.
 */
const languageTag = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/

/**
 * A text in one language or more, by language tag: `{ en: 'water', fr: 'eau' }`.
 *
 * @example
 * ```ts
 * import { LocalizedText } from '@lumbung/core/kernel'
 *
 * LocalizedText.parse({ en: 'water', fr: 'eau' }) // => { en: 'water', fr: 'eau' }
 * LocalizedText.safeParse({}).success // => false
 * LocalizedText.safeParse({ en: '' }).success // => false
 * ```
 */
export const LocalizedText = z
  .record(z.string().regex(languageTag), PlainText.min(1))
  .refine((texts) => Object.keys(texts).length > 0, { error: 'A text stands in at least one language' })
  .readonly()

/** Texts by language that the schema of the same name has accepted. */
export type LocalizedText = z.infer<typeof LocalizedText>

/**
 * The text in a language: under the tag itself, else under the tag without its last parts (`zh` serves
 * `zh-Hans`; RFC 4647, section 3.4), else in the first of the fallbacks that is found so, else in the language
 * whose tag sorts first. So there always is one, and a page never shows a hole.
 *
 * @param fallbacks Languages that the reader understands as well, best first. Default: none.
 *
 * @example
 * ```ts
 * import { textIn } from '@lumbung/core/kernel'
 *
 * const water = { en: 'water', es: 'agua', fr: 'eau' }
 * textIn(water, 'fr-CA') // => 'eau'
 * textIn(water, 'ca', ['oc', 'es']) // => 'agua'
 * textIn(water, 'ca') // => 'water'
 * ```
 */
export function textIn(text: LocalizedText, language: string, fallbacks: readonly string[] = []): string {
  for (const wanted of [language, ...fallbacks]) {
    for (let tag = wanted; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const found = Object.hasOwn(text, tag) ? text[tag] : undefined
      if (found !== undefined) return found
    }
  }
  const [first = ''] = Object.keys(text).sort()
  return text[first] ?? ''
}

/**
 * Orders two texts by code point: negative where `a` comes first, positive where `b` does, 0 where they are
 * equal. The `<` of JavaScript orders by UTF-16 unit, which puts what lies beyond U+FFFF before U+E000.
 *
 * @example
 * ```ts
 * import { compareText } from '@lumbung/core/kernel'
 *
 * const mixed = ['\u{1f33e}', '\uff5e', 'b', 'a']
 * mixed.toSorted(compareText) // => ['a', 'b', '\uff5e', '\u{1f33e}']
 * ```
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const unitA = a.charCodeAt(index)
    const unitB = b.charCodeAt(index)
    if (unitA !== unitB) return codePointRank(unitA) - codePointRank(unitB)
  }
  return a.length - b.length
}

/** Surrogates are parts of code points that lie above all those of one unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/**
 * The form in which a name is stored for search and sought: without accents, case, width and other variants of
 * its letters, white space as single spaces. It is in normal form NFC, as everything stored.
 *
 * Only marks that belong to no one script are left out, such as accents and Arabic vowel points. The vowels of
 * Javanese, Balinese or Thai script are marks as well, but without them words could not be told apart.
 *
 * @example
 * ```ts
 * import { foldText } from '@lumbung/core/kernel'
 *
 * foldText('  Élodie  MÜLLER ') // => 'elodie muller'
 * ```
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Script=Inherited}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC')
}
