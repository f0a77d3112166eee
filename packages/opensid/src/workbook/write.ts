import { strToU8, Zip, ZipDeflate } from 'fflate'
import { columnLetters } from './sheet.ts'
import { escapeCellText } from './xml.ts'

/** The text of a cell, or nothing. All cells are texts, so that no program rounds a number of sixteen digits. */
export type WrittenRow = readonly (string | undefined)[]

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const documents = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const content = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Parts of one hundred kilobytes or so, since every push costs something. */
const rowsAtOnce = 200

/** Makes a workbook of texts. The same sheets give the same bytes. */
export function writeWorkbook(
  sheets: readonly { readonly name: string; readonly rows: Iterable<WrittenRow> }[],
): Uint8Array {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  const part = (name: string, texts: Iterable<string>) => {
    const file = new ZipDeflate(name, { level: 6 })
    // The local time of a fixed moment, so that the bytes depend on the rows alone.
    file.mtime = new Date(2000, 0, 1)
    zip.add(file)
    for (const text of texts) file.push(strToU8(text))
    file.push(new Uint8Array(0), true)
  }
  part('[Content_Types].xml', [contentTypes(sheets.length)])
  part('_rels/.rels', [relations([['officeDocument', 'xl/workbook.xml']])])
  const targets = sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const)
  part('xl/_rels/workbook.xml.rels', [relations([...targets, ['styles', 'styles.xml']])])
  part('xl/workbook.xml', [workbook(sheets.map(({ name }) => name))])
  part('xl/styles.xml', [styles])
  for (const [index, { rows }] of sheets.entries()) {
    part(`xl/worksheets/sheet${index + 1}.xml`, sheetTexts(rows))
  }
  zip.end()
  return joined(chunks)
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function contentTypes(count: number): string {
  const sheets = Array.from(
    { length: count },
    (_, index) =>
      `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${content}.worksheet+xml"/>`,
  )
  return `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${content}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${content}.styles+xml"/>${sheets.join('')}</Types>`
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${documents}/${type}" Target="${target}"/>`,
  )
  return `${head}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`
}

function workbook(names: readonly string[]): string {
  const sheets = names.map(
    (name, index) =>
      `<sheet name="${escapeCellText(name).replaceAll('"', '&quot;')}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  return `${head}<workbook xmlns="${main}" xmlns:r="${documents}"><sheets>${sheets.join('')}</sheets></workbook>`
}

/** Style 1 is text (format 49), so that what is typed over a cell stays text as well. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

function* sheetTexts(rows: Iterable<WrittenRow>): Generator<string> {
  let text = `${head}<worksheet xmlns="${main}"><sheetData>`
  let row = 0
  for (const cells of rows) {
    row += 1
    text += rowText(cells, row)
    if (row % rowsAtOnce > 0) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData></worksheet>`
}

function rowText(cells: WrittenRow, row: number): string {
  const written = cells.map((cell, column) =>
    cell === undefined
      ? ''
      : `<c r="${columnLetters(column)}${row}" s="1" t="inlineStr"><is><t xml:space="preserve">${escapeCellText(cell)}</t></is></c>`,
  )
  return `<row r="${row}">${written.join('')}</row>`
}
