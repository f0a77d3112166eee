import { type LocalizedText, textIn } from '@lumbung/core/kernel'
import type { CodeTable } from '@lumbung/indonesia'

/** What a cell should hold, as an officer reads it. */
export const expected = {
  text: { id: 'teks, paling panjang 1.000 huruf', en: 'a text of at most 1,000 characters' },
  filled: { id: 'isi', en: 'something' },
  unit: { id: 'nomor, atau - jika tidak ada', en: 'a number, or - where there is none' },
  hamlet: { id: 'nama dusun', en: 'the name of a hamlet' },
  identityNumber: {
    id: '16 angka sebagai teks, atau 0 jika belum ada',
    en: '16 digits as text, or 0 where there is none',
  },
  sixteenDigits: { id: '16 angka sebagai teks', en: '16 digits as text' },
  date: {
    id: 'tanggal yang ada: tttt-bb-hh, hh-bb-tttt, hh/bb/tttt atau sel tanggal',
    en: 'an existing date: yyyy-mm-dd, dd-mm-yyyy, dd/mm/yyyy or a date cell',
  },
  value: { id: 'nilai, bukan rumus', en: 'a value instead of a formula' },
  asText: { id: 'teks', en: 'text' },
  tag: { id: '10 sampai 17 huruf atau angka', en: '10 to 17 characters' },
} as const satisfies Readonly<Record<string, LocalizedText>>

/** Tables longer than this are named and not spelled out. */
const longestList = 13

/** The codes of a table with their labels, or how many there are. */
export function expectedCode(table: CodeTable): LocalizedText {
  const known = codeTexts.get(table)
  if (known) return known
  const { entries } = table
  const list = (language: string) =>
    entries.map(({ code, label }) => `${code} ${textIn(label, language)}`).join(', ')
  const [first, last] = [entries[0]?.code, entries.at(-1)?.code]
  const made =
    entries.length > longestList
      ? {
          id: `kode ${first} sampai ${last}, atau labelnya`,
          en: `a code from ${first} to ${last}, or its label`,
        }
      : { id: `salah satu dari: ${list('id')}`, en: `one of: ${list('en')}` }
  codeTexts.set(table, made)
  return made
}

const codeTexts = new WeakMap<CodeTable, LocalizedText>()

/** Degrees between two bounds. */
export function expectedDegrees(most: number): LocalizedText {
  return { id: `derajat antara -${most} dan ${most}`, en: `degrees between -${most} and ${most}` }
}
