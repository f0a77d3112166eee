import { CivilDate, Confidence, LocalizedText } from '@lumbung/core/kernel'
import * as z from 'zod'

/** One code of a table: its number, its label in Indonesian (`id`) and English (`en`), other spellings in use. */
export const CodeEntry = z
  .strictObject({
    code: z.int().min(1),
    label: LocalizedText,
    aliases: z.array(z.string().min(1)).readonly(),
  })
  .readonly()

/** A code that the schema of the same name has accepted. */
export type CodeEntry = z.infer<typeof CodeEntry>

/** The codes that one column of a register may hold, with where they are from and when that was looked up. */
export const CodeTable = z
  .strictObject({
    name: z.string().min(1),
    entries: z.array(CodeEntry).min(1).readonly(),
    source: z.string().min(1),
    confidence: Confidence,
    verifiedOn: CivilDate,
  })
  .readonly()

/** A table that the schema of the same name has accepted. */
export type CodeTable = z.infer<typeof CodeTable>

/** A line of a table as it is typed in: code, Indonesian, English, other spellings. */
export type CodeLine = readonly [code: number, id: string, en: string, ...aliases: string[]]

/** Where all tables of the register are from; a table may say something of its own. */
const registerSource = 'OpenSID 2410.0.0, reference tables and import model'

/** Makes a table of its lines. Internal: the tables are data, and users make theirs with the schema. */
export function codeTable(
  name: string,
  lines: readonly CodeLine[],
  about: { readonly source?: string; readonly confidence?: Confidence } = {},
): CodeTable {
  return CodeTable.parse({
    name,
    entries: lines.map(([code, id, en, ...aliases]) => ({ code, label: { id, en }, aliases })),
    source: about.source ?? registerSource,
    confidence: about.confidence ?? 'high',
    verifiedOn: '2026-11-24',
  })
}
