import { strToU8, type Zippable, zipSync } from 'fflate'
import { columnLetters } from './sheet.ts'

/** A cell of a made workbook: a text, nothing, or attributes and content as they shall stand in the XML. */
export type MadeCell = string | undefined | { readonly attributes?: string; readonly xml: string }

/** A sheet of a made workbook: its rows, or its XML where the rows are not to be made of cells. */
export interface MadeSheet {
  readonly name: string
  readonly rows?: readonly (readonly MadeCell[])[]
  readonly xml?: string
  /** What follows the rows. */
  readonly after?: string
}

/** A workbook for tests, made of XML that the tests choose and not by our writer. */
export function madeWorkbook(
  sheets: readonly MadeSheet[],
  parts: { readonly workbookPr?: string; readonly styles?: string; readonly extra?: Zippable } = {},
): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://example.test/${type}" Target="${target}"/>`
  const listed = sheets.map(({ name }, index) => `<sheet name="${name}" r:id="s${index}"/>`).join('')
  const targets = sheets.map((_, index) => relation(`s${index}`, 'worksheet', `worksheets/${index}.xml`))
  return zipSync({
    '_rels/.rels': xml('Relationships', relation('r', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="urn:r"><workbookPr ${parts.workbookPr ?? ''}/><sheets>${listed}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      'Relationships',
      targets.join('') +
        relation('t', 'sharedStrings', 'sharedStrings.xml') +
        relation('y', 'styles', '/xl/styles.xml'),
    ),
    'xl/sharedStrings.xml': xml(
      'sst',
      '<si><t>shared</t></si><si><r><t>rich</t></r><r><t> text</t></r><rPh><t>reading</t></rPh></si>',
    ),
    'xl/styles.xml': xml('styleSheet', parts.styles ?? ''),
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/${index}.xml`, sheetXml(sheet)])),
    ...parts.extra,
  })
}

function xml(root: string, content: string): Uint8Array {
  return strToU8(`<?xml version="1.0" encoding="UTF-8"?><${root}>${content}</${root}>`)
}

function sheetXml({ rows = [], xml: given, after = '' }: MadeSheet): Uint8Array {
  const made = rows.map(
    (cells, index) =>
      `<row r="${index + 1}">${cells.map((cell, column) => cellXml(cell, `${columnLetters(column)}${index + 1}`)).join('')}</row>`,
  )
  return xml('worksheet', given ?? `<sheetData>${made.join('')}</sheetData>${after}`)
}

function cellXml(cell: MadeCell, reference: string): string {
  if (cell === undefined) return ''
  if (typeof cell !== 'string') return `<c r="${reference}" ${cell.attributes ?? ''}>${cell.xml}</c>`
  const text = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
}
