import { notAWorkbook, requireWithin, type WorkbookLimits } from './limits.ts'
import { readXml, unescapeCellText } from './xml.ts'

/** A cell that holds something. */
export interface Cell {
  /** From 0. */
  readonly column: number
  readonly kind: 'text' | 'number' | 'boolean' | 'error' | 'date'
  /** As it is stored; of a number, its digits as they stand in the file. */
  readonly text: string
  /** Whether its style shows a number as a date. */
  readonly isShownAsDate: boolean
  readonly formula: 'none' | 'with-value' | 'without-value'
}

/** A row that holds something; `row` as the spreadsheet program counts, from 1. */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly Cell[]
}

/** What is needed to understand the cells of a sheet. */
export interface SheetContext {
  readonly sharedTexts: readonly string[]
  readonly dateStyles: ReadonlySet<number>
  readonly limits: WorkbookLimits
  readonly onMerged: (range: string) => void
  /** Rows that were read before, in other sheets. */
  readonly rowsBefore: number
}

/** The last row that a spreadsheet program has. */
const lastRow = 1_048_576

const kinds: Readonly<Record<string, Cell['kind']>> = {
  s: 'text',
  str: 'text',
  inlineStr: 'text',
  b: 'boolean',
  e: 'error',
  d: 'date',
}

/** The rows of a sheet, as many at a time as its next bytes hold; empty rows are passed over. */
export function* readSheetRows(
  chunks: Iterable<Uint8Array>,
  part: string,
  context: SheetContext,
): Generator<{ readonly rows: readonly SheetRow[]; readonly bytes: number }> {
  const { sharedTexts, dateStyles, limits, onMerged } = context
  let ready: SheetRow[] = []
  let rowCount = context.rowsBefore
  let row = 0
  let cells: Cell[] = []
  let nextColumn = 0
  let cell = { column: 0, type: 'n', isDate: false, hasFormula: false, hasValue: false }
  let text = ''
  let isText = false
  let readings = 0

  const open = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name === 'c') {
      const column = attributes['r'] === undefined ? nextColumn : columnOf(attributes['r'], part)
      nextColumn = column + 1
      const style = attributes['s']
      const isDate = style !== undefined && dateStyles.has(Number(style))
      cell = { column, type: attributes['t'] ?? 'n', isDate, hasFormula: false, hasValue: false }
      text = ''
    } else if (name === 'v' || name === 't') {
      isText = readings === 0
      cell.hasValue = true
    } else if (name === 'f') {
      cell.hasFormula = true
    } else if (name === 'row') {
      const given = attributes['r']
      const number = given === undefined ? row + 1 : Number(given)
      if (!Number.isInteger(number) || number <= row || number > lastRow) {
        throw notAWorkbook('rows out of order', { part, row: number })
      }
      row = number
      nextColumn = 0
    } else if (name === 'rPh') {
      readings += 1
    } else if (name === 'mergeCell') {
      onMerged(attributes['ref'] ?? '')
    }
  }

  const close = (name: string) => {
    if (name === 'v' || name === 't') isText = false
    else if (name === 'rPh') readings -= 1
    else if (name === 'c') endCell()
    else if (name === 'row' && cells.length > 0) {
      rowCount += 1
      requireWithin(limits, 'rows', rowCount, part)
      ready.push({ row, cells })
      cells = []
    }
  }

  const endCell = () => {
    const { column, type, isDate, hasFormula, hasValue } = cell
    const value = type === 's' && text !== '' ? sharedTexts[/^\d+$/.test(text) ? Number(text) : -1] : text
    if (value === undefined) throw notAWorkbook('a text that is not there', { part, row })
    if (value === '' && !hasFormula) return
    requireWithin(limits, 'columns', column + 1, part)
    requireWithin(limits, 'cellCharacters', value.length, part)
    cells.push({
      column,
      kind: kinds[type] ?? 'number',
      text: type === 'inlineStr' || type === 'str' ? unescapeCellText(value) : value,
      isShownAsDate: isDate,
      formula: hasFormula ? (hasValue ? 'with-value' : 'without-value') : 'none',
    })
  }

  const handler = {
    open,
    close,
    text: (more: string) => {
      if (isText) text += more
    },
  }
  for (const bytes of readXml(chunks, part, handler)) {
    yield { rows: ready, bytes }
    ready = []
  }
  if (ready.length > 0) yield { rows: ready, bytes: 0 }
}

/** The number, from 0, of the column of a reference such as `AQ12`. */
function columnOf(reference: string, part: string): number {
  let column = 0
  let index = 0
  for (; index < reference.length; index += 1) {
    const letter = reference.charCodeAt(index) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  if (index === 0 || index > 3) throw notAWorkbook('a cell without a place', { part })
  return column - 1
}

/** The letters of a column, counted from 0. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}
