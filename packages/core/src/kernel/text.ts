import * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * A text in one or more languages, by language tag (`id`, `en`). Core has no sentences of its own; these come
 * from packs and configurations.
 */
export const LocalizedText = z
  .record(z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/), z.string().min(1))
  .refine((texts) => Object.keys(texts).length > 0, 'at least one language')
  .readonly()
export type LocalizedText = z.output<typeof LocalizedText>

/**
 * The text in a language: the exact tag, else its language without region, else the first of the fallbacks that
 * is there, else any. A text always has one, so a page never shows a hole.
 *
 * @example
 * ```ts
 * import { textIn } from '@lumbung/core/kernel'
 *
 * textIn({ id: 'air', en: 'water' }, 'en-GB') // => 'water'
 * textIn({ id: 'air' }, 'en') // => 'air'
 * ```
 */
export function textIn(text: LocalizedText, language: string, fallbacks: readonly string[] = []): string {
  for (const tag of [language, language.split('-')[0] ?? language, ...fallbacks]) {
    const found = Object.hasOwn(text, tag) ? text[tag] : undefined
    if (found !== undefined) return found
  }
  return Object.values(text)[0] ?? ''
}

/** Printable ASCII is in normal form already, and most texts are of it. */
const ascii = /^[ -~]*$/

/**
 * The text in Unicode normal form NFC, in which equal texts have equal code points (semantics 5).
 *
 * @throws LumbungError `text/invalid` for U+0000 and lone surrogates, which not every database can hold.
 *
 * @example
 * ```ts
 * import { normalizeText } from '@lumbung/core/kernel'
 *
 * normalizeText('e\u0301') // => 'é'
 * normalizeText('a\u0000b') // throws 'text/invalid'
 * ```
 */
export function normalizeText(text: string): string {
  if (ascii.test(text)) return text
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw new LumbungError('text/invalid', 'A text holds U+0000 or a lone surrogate.')
  }
  return text.normalize('NFC')
}

/**
 * Orders two texts by code point: negative where the first comes first. The `<` of JavaScript orders by UTF-16
 * unit, which puts characters beyond the first plane before some within it.
 *
 * @example
 * ```ts
 * import { compareText } from '@lumbung/core/kernel'
 *
 * compareText('a', 'b') < 0 // => true
 * compareText('\uff5e', '\u{1f33e}') < 0 // => true
 * '\uff5e' < '\u{1f33e}' // => false
 * ```
 */
export function compareText(first: string, second: string): number {
  const length = Math.min(first.length, second.length)
  for (let index = 0; index < length; index += 1) {
    const a = first.charCodeAt(index)
    const b = second.charCodeAt(index)
    if (a !== b) return codePointRank(a) - codePointRank(b)
  }
  return first.length - second.length
}

/** Surrogates stand for code points above all that one unit can hold. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/**
 * The form under which a name is searched: without accents and case, with single spaces.
 *
 * @example
 * ```ts
 * import { foldText } from '@lumbung/core/kernel'
 *
 * foldText('  Siti  NURHALIZÉ ') // => 'siti nurhalize'
 * ```
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}
