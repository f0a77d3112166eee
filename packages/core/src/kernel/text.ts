import * as z from 'zod'
import { LumbungError } from './errors.ts'

const beyondPrintableAscii = /[^ -~]/
/** Controls, breaks of lines and paragraphs, and what embeds, overrides or isolates a direction of writing. */
const unfitInNames = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

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
 * A name as people write it: {@link PlainText} on one line with something in it to be seen, and free of control
 * characters and of those that turn the direction of the text around them, so that no name makes another look like
 * something else. Joiners and direction marks, which some scripts need, may stand in it.
 *
 * @example
 * ```ts
 * import { NameText } from '@lumbung/core/kernel'
 *
 * NameText.parse('Siti Aminah') // => 'Siti Aminah'
 * NameText.safeParse('\u00a0\u200b').success // => false
 * NameText.safeParse('Siti\u0007').success // => false
 * NameText.safeParse('\u202eitiS').success // => false
 * ```
 */
export const NameText = PlainText.min(1)
  .refine(isVisible, { error: 'A name can be seen' })
  .refine((text) => !unfitInNames.test(text), {
    error: 'A name holds neither control characters nor turns of the direction of writing',
  })

/** A text that the schema of the same name has accepted. */
export type NameText = z.infer<typeof NameText>

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
  // Most texts are of printable ASCII alone, which is in normal form, and every stored text comes through here.
  if (!beyondPrintableAscii.test(text)) return text
  if (isStorable(text)) return text.normalize('NFC')
  throw new LumbungError('text/invalid', 'The text holds U+0000 or a lone surrogate.')
}

/**
 * A value with every text in it in normal form, names of properties included; the value itself where all are.
 *
 * @throws `text/invalid` as {@link normalizeText}, and if two names are the same in normal form
 *
 * @example
 * ```ts
 * import { normalizeTexts } from '@lumbung/core/kernel'
 *
 * normalizeTexts({ name: 'e\u0301', tags: ['a'] }) // => { name: '\u00e9', tags: ['a'] }
 * normalizeTexts({ 'e\u0301': 1, '\u00e9': 2 }) // throws 'text/invalid'
 * ```
 */
export function normalizeTexts(value: unknown): unknown {
  if (typeof value === 'string') return normalizeText(value)
  if (isPrintableAscii(value)) return value
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return normalizedList(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? normalizedProperties(value) : value
}

/** Whether all texts in a value, names included, are of printable ASCII: so most are, and nothing needs be copied. */
function isPrintableAscii(value: unknown): boolean {
  if (typeof value === 'string') return !beyondPrintableAscii.test(value)
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isPrintableAscii)
  // Bytes and the like hold no text.
  if (ArrayBuffer.isView(value)) return true
  return Object.entries(value).every(
    ([name, part]) => !beyondPrintableAscii.test(name) && isPrintableAscii(part),
  )
}

function normalizedList(list: readonly unknown[]): readonly unknown[] {
  const normal = list.map(normalizeTexts)
  return normal.every((item, index) => Object.is(item, list[index])) ? list : normal
}

function normalizedProperties(properties: object): object {
  let isNormal = true
  const entries = normalizedEntries(properties as Readonly<Record<string, unknown>>, (value, isSameName) => {
    const normal = normalizeTexts(value)
    isNormal &&= isSameName && Object.is(normal, value)
    return normal
  })
  return isNormal ? properties : Object.fromEntries(entries)
}

/**
 * The entries of a record under names in normal form.
 *
 * @throws `text/invalid` as {@link normalizeTexts}
 */
export function normalizedEntries<From, To>(
  record: Readonly<Record<string, From>>,
  convert: (value: From, isSameName: boolean) => To,
): readonly (readonly [string, To])[] {
  const names = new Set<string>()
  return Object.keys(record).map((given) => {
    const name = normalizeText(given)
    if (names.has(name)) throw new LumbungError('text/invalid', 'Two names are the same in normal form.')
    names.add(name)
    // The name is one of the record's own.
    return [name, convert(record[given] as From, name === given)]
  })
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** Whether there is anything to see: more than white space, controls, and what Unicode leaves out in display. */
export function isVisible(text: string): boolean {
  return /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)
}

/** Whether all characters of an id can be seen, of which the plain space within it is taken to be one. */
export function isVisibleId(text: string): boolean {
  return !/[^\S ]|[\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)
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
 * its letters, white space as single spaces. It is in normal form NFC, as everything stored, and folds to itself.
 *
 * Case is folded in full, as Unicode has it: `ß` is `ss`, and a sigma is the same at the end of a word. Beyond that
 * `ı` is `i`, as their capitals are written alike where Turkish is not.
 *
 * Only marks that belong to no one script are left out, such as accents and Arabic vowel points. The vowels of
 * Javanese, Balinese or Thai script are marks as well, but without them words could not be told apart.
 *
 * @example
 * ```ts
 * import { foldText } from '@lumbung/core/kernel'
 *
 * foldText('  Élodie  MÜLLER ') // => 'elodie muller'
 * foldText('Straße') === foldText('STRASSE') // => true
 * ```
 */
export function foldText(text: string): string {
  // Case before marks, since the iota below a Greek letter is a mark in lower case and a letter in upper case.
  const letters = foldCase(text.normalize('NFKD')).replace(/\p{Script=Inherited}+/gu, '')
  return letters.replace(/\s+/g, ' ').trim().normalize('NFC')
}

/** Down first: `ẞ` stays as it is on the way up, while the `ß` below it becomes `SS`. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
