import type { ResidentView } from '@lumbung/core/village'
import type { Words } from '../words/index.ts'
import { maskedNumber, nameOf } from './people.tsx'
import { statusText } from './person-values.ts'

/** Residents as comma-separated values (RFC 4180), masked as the register is. */
export function csvOf(residents: readonly ResidentView[], words: Words): string {
  return csvText([residentHeading(words), ...residents.map((resident) => residentCells(resident, words))])
}

/** What stands over {@link residentCells}. */
export function residentHeading(words: Words): readonly string[] {
  return [
    words.say('resident.name'),
    words.say('resident.number'),
    words.say('resident.sex'),
    words.say('person.birth'),
    words.say('home.hamlet'),
    words.say('person.area'),
    words.say('resident.status'),
  ]
}

/** A resident as one line of a list, masked. */
export function residentCells(resident: ResidentView, words: Words): readonly string[] {
  const { isPersonal, identityNumber, temporaryNumber, sex, birthDate, hamlet, areaName, status } = resident
  const hidden = words.say('value.hidden')
  return [
    nameOf(resident, words),
    isPersonal ? maskedNumber(identityNumber ?? temporaryNumber, words) : hidden,
    sex === null ? hidden : words.say(`sex.${sex}`),
    birthDate ?? hidden,
    hamlet ?? '',
    areaName ?? '',
    status === null ? hidden : statusText(status, words),
  ]
}

/** Rows as comma-separated values (RFC 4180) so that a spreadsheet shows them and runs none. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map(cell).join(','))
  // By the mark at the beginning a spreadsheet tells that the text is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cell(text: string): string {
  // A spreadsheet would run a text that begins so as a formula.
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
