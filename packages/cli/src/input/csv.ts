import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import * as z from 'zod'
import { type Fault, FaultsError, type Place } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { cellPlaces, countLines, type LineCounter } from './csv-places.ts'
import { type Source, textOf } from './source.ts'

/** A row of a CSV file by the names of its columns; an empty cell and `NA` are unknown, so `null`. */
export interface CsvRow<Column extends string> {
  readonly line: number
  readonly cells: Readonly<Record<Column, string | null>>
  readonly placeOf: (column: Column) => Place
}

/** What csv-parse gives for a record with the options below. */
const Parsed = z.object({
  record: z.array(z.string()),
  raw: z.string(),
  info: z.object({ bytes: z.number() }),
})

/** A record longer than this is a quote that was never closed. */
const recordLengthMax = 1_000_000

/**
 * The rows of a CSV file whose first line names exactly these columns, in any order, in constant memory. The
 * delimiter is a comma, or a semicolon where the first line has more of those, as spreadsheets of some countries
 * write it.
 *
 * @throws FaultsError where a row cannot be told: wrong quotes, a missing or repeated column, too many cells.
 */
export async function* readCsv<const Column extends string>(
  source: Source,
  columns: readonly Column[],
  session: Session,
): AsyncGenerator<CsvRow<Column>> {
  const counter = countLines()
  const { delimiter, bytes } = await withDelimiter(textOf(source, session), counter)
  const parser = parse({
    delimiter,
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordLengthMax,
  })
  const input = Readable.from(bytes)
  input.on('error', (error) => parser.destroy(error))
  let header: readonly Column[] | undefined
  try {
    for await (const parsed of input.pipe(parser)) {
      const { record, raw, info } = Parsed.parse(parsed)
      const places = cellPlaces(raw, delimiter, counter.lineBefore(info.bytes))
      const placeAt = (index: number): Place => ({
        file: source.name,
        ...(places[index] ?? places[0]),
      })
      if (header === undefined) {
        header = headerOf(record, columns, placeAt, session)
        continue
      }
      yield rowOf(record, header, placeAt, session)
    }
  } catch (error) {
    throw error instanceof CsvError ? new FaultsError([csvFault(error, source, session)]) : error
  }
  if (header === undefined) headerOf([], columns, () => ({ file: source.name, line: 1, column: 1 }), session)
}

function headerOf<Column extends string>(
  record: readonly string[],
  columns: readonly Column[],
  placeAt: (index: number) => Place,
  { say }: Session,
): readonly Column[] {
  const names = record.map((name) => name.trim())
  const faults: Fault[] = []
  const header: Column[] = []
  names.forEach((name, index) => {
    const place = placeAt(index)
    const column = columns.find((one) => one === name)
    if (column === undefined)
      faults.push({
        place,
        code: 'unknown-column',
        message: say('csv.unknown-column', { name, columns: columns.join(',') }),
      })
    else if (header.includes(column))
      faults.push({ place, code: 'repeated-column', message: say('csv.repeated-column', { name }) })
    else header.push(column)
  })
  for (const name of columns) {
    if (header.includes(name)) continue
    faults.push({ place: placeAt(0), code: 'missing-column', message: say('csv.missing-column', { name }) })
  }
  if (faults.length > 0) throw new FaultsError(faults)
  return header
}

function rowOf<Column extends string>(
  record: readonly string[],
  header: readonly Column[],
  placeAt: (index: number) => Place,
  { say }: Session,
): CsvRow<Column> {
  if (record.length !== header.length) {
    const message = say('csv.wrong-cell-count', { count: record.length, expected: header.length })
    throw new FaultsError([{ place: placeAt(0), code: 'wrong-cell-count', message }])
  }
  const entries = header.map((column, index) => [column, cellOf(record[index])] as const)
  return {
    line: placeAt(0).line,
    // Each column of the header is one of the columns, and headerOf has seen that none is missing.
    cells: Object.fromEntries(entries) as Record<Column, string | null>,
    placeOf: (column) => placeAt(header.indexOf(column)),
  }
}

function cellOf(text = ''): string | null {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === 'NA' ? null : trimmed
}

function csvFault(error: CsvError, source: Source, { say }: Session): Fault {
  const line = typeof error['lines'] === 'number' ? error['lines'] : 1
  const place = { file: source.name, line, column: 1 }
  const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'wrong-quotes'
  return { place, code, message: say(`csv.${code}`) }
}

/** Looks at the first line of a text, and gives the text back whole. */
async function withDelimiter(
  text: AsyncGenerator<string>,
  { pass }: LineCounter,
): Promise<{ readonly delimiter: ',' | ';'; readonly bytes: AsyncGenerator<Buffer> }> {
  let head = ''
  while (!head.includes('\n') && head.length < recordLengthMax) {
    const next = await text.next()
    if (next.done === true) break
    head += next.value
  }
  const [line = ''] = head.split('\n', 1)
  const count = (mark: string): number => line.split(mark).length
  async function* whole(): AsyncGenerator<Buffer> {
    if (head !== '') yield pass(head)
    for await (const piece of text) yield pass(piece)
  }
  return { delimiter: count(';') > count(',') ? ';' : ',', bytes: whole() }
}
