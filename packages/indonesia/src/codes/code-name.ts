import type { CodeTable } from './code-table.ts'

/**
 * The name by which rules and records call a code: its English label in lower case, with hyphens. Undefined where
 * the table has no such code.
 *
 * @example
 * ```ts
 * import { codeName, codeTables } from '@lumbung/indonesia'
 *
 * codeName(codeTables.familyRole, 5) // => 'son-or-daughter-in-law'
 * codeName(codeTables.familyRole, 99) // => undefined
 * ```
 */
export function codeName(table: CodeTable, code: number): string | undefined {
  const label = table.entries.find((entry) => entry.code === code)?.label['en']
  return label
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
