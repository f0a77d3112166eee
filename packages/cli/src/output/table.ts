import { stripVTControlCharacters } from 'node:util'
import type { Json, JsonObject } from './json.ts'

/** A column of a table: the key of its cells and the words above them. */
export interface Column {
  readonly key: string
  readonly heading: string
}

/**
 * Rows as lines of text for a terminal. The first group of rows has the headings and settles the widths; the
 * groups after it are given those.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly JsonObject[],
  before?: readonly number[],
): { readonly text: string; readonly widths: readonly number[] } {
  const lines = rows.map((row) => columns.map(({ key }) => cellText(row[key])))
  const isNumber = columns.map(({ key }) => rows.every((row) => typeof (row[key] ?? 0) === 'number'))
  const headings = columns.map(({ heading }) => heading)
  const widths =
    before ?? columns.map((_, index) => Math.max(...[headings, ...lines].map((line) => widthOf(line[index]))))
  const render = (line: readonly string[]): string =>
    line
      .map((cell, index) => {
        const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)))
        return isNumber[index] === true ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  const head = before === undefined ? [render(headings), rule] : []
  return { text: [...head, ...lines.map(render), ''].join('\n'), widths }
}

/** A value for people: without anything that a terminal would take for a command. */
function cellText(value: Json | undefined): string {
  if (value === null || value === undefined) return '–'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return stripVTControlCharacters(text).replaceAll(/\p{Cc}/gu, ' ')
}

/** Code points without combining marks: close enough to columns for names in the scripts of a register. */
function widthOf(text = ''): number {
  return [...text.replaceAll(/\p{Mark}/gu, '')].length
}
