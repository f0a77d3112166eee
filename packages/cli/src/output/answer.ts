import type { Json, JsonObject } from './json.ts'
import { type Column, renderTable } from './table.ts'
import type { Writer } from './writer.ts'

/** The result of a command: a list of rows with what else is to be said, or one record. */
export interface Answer {
  /** Keys beside the rows, in order. */
  readonly record: JsonObject
  /** The rows, where there are some: the key they stand under, and how a table shows them. */
  readonly list?: {
    readonly key: string
    readonly rows: Iterable<JsonObject> | AsyncIterable<JsonObject>
    readonly columns: readonly Column[]
  }
}

/** How a result is written. */
export type Format = 'table' | 'json' | 'ndjson'

/** Rows are written in groups, so that a long list costs neither much memory nor a call for each row. */
const groupRows = 200

/** Writes a result; stops where nobody reads any more. */
export async function writeAnswer(
  out: Writer,
  format: Format,
  answer: Answer,
  words: { readonly empty: string; readonly field: string; readonly value: string },
): Promise<void> {
  if (format === 'json') return await writeJson(out, answer)
  if (format === 'ndjson') return await writeLines(out, answer)
  const { record, list } = answer
  if (list === undefined) {
    const rows = Object.entries(record).map(([field, value]) => ({ field, value }))
    const columns = [
      { key: 'field', heading: words.field },
      { key: 'value', heading: words.value },
    ]
    return await out.write(renderTable(columns, rows).text)
  }
  let widths: readonly number[] | undefined
  for await (const rows of grouped(list.rows)) {
    const table = renderTable(list.columns, rows, widths)
    widths = table.widths
    await out.write(table.text)
    if (out.isClosed()) return
  }
  if (widths === undefined) await out.write(`${words.empty}\n`)
}

async function writeJson(out: Writer, { record, list }: Answer): Promise<void> {
  if (list === undefined) return await out.write(`${jsonText(record)}\n`)
  const head = jsonText(record).slice(0, -1)
  await out.write(`${head}${head === '{' ? '' : ','}${jsonText(list.key)}:[`)
  let before = ''
  for await (const rows of grouped(list.rows)) {
    await out.write(before + rows.map((row) => jsonText(row)).join(','))
    before = ','
    if (out.isClosed()) return
  }
  await out.write(']}\n')
}

async function writeLines(out: Writer, { record, list }: Answer): Promise<void> {
  if (list === undefined) return await out.write(`${jsonText(record)}\n`)
  for await (const rows of grouped(list.rows)) {
    await out.write(rows.map((row) => `${jsonText(row)}\n`).join(''))
    if (out.isClosed()) return
  }
}

/** JSON without the control characters that it may hold raw and a terminal would obey: DEL and C1. */
function jsonText(value: Json): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

async function* grouped(
  rows: Iterable<JsonObject> | AsyncIterable<JsonObject>,
): AsyncGenerator<readonly JsonObject[]> {
  let group: JsonObject[] = []
  for await (const row of rows) {
    group.push(row)
    if (group.length < groupRows) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
