import { foldText, textIn } from '@lumbung/core/kernel'
import type { CodeEntry, CodeTable } from './code-table.ts'

/**
 * The code that a text stands for: the number itself, the Indonesian label or a known alias, in any case and
 * with any white space; `undefined` where it stands for none of the table.
 *
 * Spaces do not count at all, since `SLTA / SEDERAJAT` and `SLTA/Sederajat` are both in use.
 *
 * @example
 * ```ts
 * import { codeTables, findCode } from '@lumbung/indonesia'
 *
 * findCode(codeTables.sex, 'PEREMPUAN') // => 2
 * findCode(codeTables.sex, ' lk ') // => 1
 * findCode(codeTables.completedEducation, 'slta/sederajat') // => 5
 * findCode(codeTables.sex, '3') // => undefined
 * ```
 */
export function findCode(table: CodeTable, text: string): number | undefined {
  const trimmed = text.trim()
  return indexOf(table).byText.get(/^\d{1,4}$/.test(trimmed) ? String(Number(trimmed)) : keyOf(trimmed))
}

/**
 * What a code means in a language, or `undefined` where the table has no such code.
 *
 * @param language A language tag; what is not there falls back to Indonesian.
 *
 * @example
 * ```ts
 * import { codeLabel, codeTables } from '@lumbung/indonesia'
 *
 * codeLabel(codeTables.maritalStatus, 2, 'id') // => 'Kawin'
 * codeLabel(codeTables.maritalStatus, 2, 'en') // => 'Married'
 * codeLabel(codeTables.maritalStatus, 9, 'en') // => undefined
 * ```
 */
export function codeLabel(table: CodeTable, code: number, language: string): string | undefined {
  const entry = indexOf(table).byCode.get(code)
  return entry && textIn(entry.label, language, ['id'])
}

interface Index {
  readonly byText: ReadonlyMap<string, number>
  readonly byCode: ReadonlyMap<number, CodeEntry>
}

/** Made once for a table, since a register asks for the same few codes a million times. */
const indexes = new WeakMap<CodeTable, Index>()

function indexOf(table: CodeTable): Index {
  let index = indexes.get(table)
  if (index === undefined) {
    const byText = new Map<string, number>()
    for (const { code, label, aliases } of table.entries) {
      byText.set(String(code), code)
      for (const text of [textIn(label, 'id'), ...aliases]) byText.set(keyOf(text), code)
    }
    index = { byText, byCode: new Map(table.entries.map((entry) => [entry.code, entry])) }
    indexes.set(table, index)
  }
  return index
}

function keyOf(text: string): string {
  return foldText(text).replaceAll(' ', '')
}
