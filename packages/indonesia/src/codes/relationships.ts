import type { LocalizedText } from '@lumbung/core/kernel'
import { codeTables } from './code-tables.ts'

/** The code of the head of a family, which a register keeps as `head`, whatever the country. */
const headCode = 1

/**
 * What a relationship to the head of a family is called, by the code that the register keeps, for the config of a
 * village.
 *
 * @example
 * ```ts
 * import { relationships } from '@lumbung/indonesia'
 *
 * relationships['3'] // => { id: 'istri', en: 'wife' }
 * relationships['head'] // => { id: 'kepala keluarga', en: 'head of the family' }
 * ```
 */
export const relationships: Readonly<Record<string, LocalizedText>> = Object.fromEntries(
  codeTables.familyRole.entries.map(({ code, label }) => [
    code === headCode ? 'head' : String(code),
    withinSentence(label),
  ]),
)

/** The label as it stands within a sentence or a list. */
function withinSentence(label: LocalizedText): LocalizedText {
  const lower = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)
  return Object.fromEntries(Object.entries(label).map(([language, text]) => [language, lower(text)]))
}
