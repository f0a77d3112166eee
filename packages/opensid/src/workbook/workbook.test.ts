import { isLumbungError } from '@lumbung/core/kernel'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { defaultLimits, type WorkbookLimits } from './limits.ts'
import { madeWorkbook } from './made-workbook.ts'
import type { SheetRow } from './sheet.ts'
import { openWorkbook } from './workbook.ts'

const plain = [{ name: 'One', rows: [['a', 'b'], [], ['c']] }]

/** Everything that a workbook holds. */
function readAll(bytes: Uint8Array, limits: Partial<WorkbookLimits> = {}) {
  const workbook = openWorkbook(bytes, { ...defaultLimits, ...limits })
  const merged: string[] = []
  const rows: SheetRow[] = []
  for (const sheet of workbook.sheets) {
    const steps = sheet.rows({ onMerged: (range) => merged.push(range), rowsBefore: rows.length })
    for (const step of steps) rows.push(...step.rows)
  }
  return { ...workbook, merged, rows }
}

function refusal(
  bytes: Uint8Array,
  limits: Partial<WorkbookLimits> = {},
): Record<string, unknown> | undefined {
  try {
    readAll(bytes, limits)
  } catch (error) {
    if (isLumbungError(error)) return { code: error.code, ...error.details }
    throw error
  }
  return undefined
}

const texts = (rows: readonly SheetRow[]) =>
  rows.map(({ row, cells }) => [row, ...cells.map(({ column, text }) => `${column}:${text}`)])

test('rows come with their numbers, and empty ones are passed over', () => {
  expect(texts(readAll(madeWorkbook(plain)).rows)).toEqual([
    [1, '0:a', '1:b'],
    [3, '0:c'],
  ])
})

describe('cells', () => {
  const rowsOf = (xml: string) =>
    readAll(madeWorkbook([{ name: 'One', xml: `<sheetData>${xml}</sheetData>` }])).rows

  test('a text may be shared, rich, or stand in its cell; what is read aloud is left out', () => {
    const rows = rowsOf(
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="str"><v>own</v></c></row>',
    )
    expect(texts(rows)).toEqual([[2, '0:shared', '1:rich text', '3:own']])
  })

  test('without references they follow one another', () => {
    const rows = rowsOf(
      '<row><c><v>1</v></c><c t="s"><v/></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
    )
    expect(texts(rows)).toEqual([
      [1, '0:1', '2:2'],
      [2, '0:3'],
    ])
  })

  test('names may have the prefix of a namespace', () => {
    expect(texts(rowsOf('<x:row r="4"><x:c r="AQ4"><x:v>7</x:v></x:c></x:row>'))).toEqual([[4, '42:7']])
  })

  test('escapes of characters are undone', () => {
    const rows = rowsOf(
      '<row r="1"><c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_ &amp; &#233;</t></is></c></row>',
    )
    expect(rows[0]?.cells[0]?.text).toBe('a\rb_x0041_ & é')
  })

  test('formulas are told from their stored values and never run', () => {
    const rows = rowsOf(
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c></row>',
    )
    expect(rows[0]?.cells.map(({ formula, text }) => [formula, text])).toEqual([
      ['with-value', '2'],
      ['without-value', ''],
      ['with-value', ''],
    ])
  })

  test('errors, truth values and dates keep their kind', () => {
    const rows = rowsOf(
      '<row r="1"><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c><c t="d"><v>2026-01-01</v></c><c><v>1</v></c></row>',
    )
    expect(rows[0]?.cells.map(({ kind }) => kind)).toEqual(['error', 'boolean', 'date', 'number'])
  })

  test('a style tells whether a number is a date', () => {
    const styles = `<numFmts><numFmt numFmtId="200" formatCode="dd\\/mm\\/yyyy"/><numFmt numFmtId="201" formatCode="0.00&quot;d&quot;"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>`
    const xml = '<c><v>1</v></c><c s="1"><v>1</v></c><c s="2"><v>1</v></c><c s="3"><v>1</v></c>'
    const { rows } = readAll(
      madeWorkbook([{ name: 'One', xml: `<sheetData><row r="1">${xml}</row></sheetData>` }], { styles }),
    )
    expect(rows[0]?.cells.map(({ isShownAsDate }) => isShownAsDate)).toEqual([false, true, true, false])
  })

  test.each([
    ['rows out of order', '<row r="2"/><row r="1"/>'],
    ['a row beyond the last', '<row r="1048577"/>'],
    ['a text that is not there', '<row r="1"><c t="s"><v>9</v></c></row>'],
    ['a text at no place', '<row r="1"><c t="s"><v>-0</v></c></row>'],
    ['a cell without a place', '<row r="1"><c r="12"><v>9</v></c></row>'],
    ['XML that does not close', '<row r="1">'],
  ])('%s is a damaged workbook', (_, xml) => {
    const bytes = madeWorkbook([{ name: 'One', xml: `<sheetData>${xml}</sheetData>` }])
    expect(refusal(bytes)).toMatchObject({ code: 'opensid/not-a-workbook' })
  })
})

test('merged ranges are told', () => {
  const after = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
  expect(readAll(madeWorkbook([{ name: 'One', rows: [['a']], after }])).merged).toEqual(['A1:B2'])
})

test('macros, links and objects are told by their parts', () => {
  const file = strToU8('x')
  const extra = {
    'xl/vbaProject.bin': file,
    'xl/externalLinks/externalLink1.xml': file,
    'xl/embeddings/oleObject1.bin': file,
  }
  expect(readAll(madeWorkbook(plain, { extra })).hazards).toEqual([
    'workbook/macros',
    'workbook/external-links',
    'workbook/embedded-objects',
  ])
})

describe('what is refused before it is read', () => {
  test('entities and document types, as in a bomb of laughs', () => {
    const laughs = `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><worksheet><sheetData/></worksheet>`
    const bytes = madeWorkbook(plain, { extra: { 'xl/worksheets/0.xml': strToU8(laughs) } })
    expect(refusal(bytes)).toMatchObject({
      code: 'opensid/not-a-workbook',
      reason: 'XML with a document type',
    })
  })

  test('a bomb, by its ratio and before any of it is inflated', () => {
    const bytes = madeWorkbook(plain, { extra: { 'xl/media/bomb': new Uint8Array(50_000_000) } })
    expect(refusal(bytes)).toMatchObject({ code: 'opensid/too-large', what: 'inflationRatio' })
  })

  test('a bomb that promises to be small', () => {
    const bytes = madeWorkbook(plain, {
      extra: { 'xl/worksheets/0.xml': new Uint8Array(50_000_000).fill(32) },
    })
    promise(bytes, 'xl/worksheets/0.xml', 1_000)
    expect(refusal(bytes)).toMatchObject({ reason: 'a part of another size than promised' })
  })

  test.each([
    ['entries', { entries: 5 }],
    ['inflatedBytes', { inflatedBytes: 500 }],
    ['fileBytes', { fileBytes: 100 }],
    ['rows', { rows: 1 }],
    ['columns', { columns: 1 }],
    ['cellCharacters', { cellCharacters: 0 }],
    ['sheets', { sheets: 0 }],
  ] as const)('more %s than the limit', (what, limits) => {
    expect(refusal(madeWorkbook(plain), limits)).toMatchObject({ code: 'opensid/too-large', what })
  })

  test.each([
    '../evil.xml',
    'xl/../../evil.xml',
    '/etc/passwd',
    'C:/evil.xml',
    'xl\\evil.xml',
    'xl//evil.xml',
    'a\u0001',
  ])('the name %j', (name) => {
    const bytes = madeWorkbook(plain, { extra: { [name]: strToU8('x') } })
    expect(refusal(bytes)).toMatchObject({ code: 'opensid/unsafe-archive' })
  })

  test('two parts that differ in case alone', () => {
    const bytes = madeWorkbook(plain, { extra: { 'XL/workbook.xml': strToU8('x') } })
    expect(refusal(bytes)).toMatchObject({ code: 'opensid/unsafe-archive', reason: 'two parts of one name' })
  })

  test('a part whose own header has another name', () => {
    const bytes = madeWorkbook(plain, { extra: { 'xl/other.xml': strToU8('x') } })
    bytes[indexOf(bytes, 'xl/other.xml')] = 'y'.charCodeAt(0)
    expect(refusal(bytes)).toMatchObject({ reason: 'a part of two names' })
  })

  test('parts that share their bytes', () => {
    const bytes = zipSync({ a: [new Uint8Array(1_000), { level: 0 }], b: [new Uint8Array(10), { level: 0 }] })
    const view = new DataView(bytes.buffer)
    const directory = indexOf(bytes, 'PK\u0001\u0002')
    for (const field of [20, 24]) view.setUint32(directory + field, 1_050, true)
    expect(refusal(bytes)).toMatchObject({ reason: 'parts that overlap' })
  })

  test('an encrypted part, and one that is packed in another way', () => {
    for (const [field, value] of [
      [8, 1],
      [10, 12],
    ] as const) {
      const bytes = madeWorkbook(plain)
      new DataView(bytes.buffer).setUint16(indexOf(bytes, 'PK\u0001\u0002') + field, value, true)
      expect(refusal(bytes)).toMatchObject({ code: 'opensid/not-a-workbook' })
    }
  })

  test('an old .xls file, with a hint', () => {
    const bytes = new Uint8Array(1_000)
    bytes.set([0xd0, 0xcf, 0x11, 0xe0])
    expect(refusal(bytes)?.['reason']).toBe('an old .xls file, or one protected by a password')
  })

  test('an archive that is no workbook', () => {
    expect(refusal(zipSync({ 'a.txt': strToU8('a') }))).toMatchObject({
      reason: 'an archive, but no workbook',
    })
  })
})

test('a changed byte is found, or changes nothing that is read', () => {
  const bytes = madeWorkbook(plain)
  const whole = texts(readAll(bytes).rows)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ change
      let rows: unknown
      try {
        rows = texts(readAll(changed).rows)
      } catch (error) {
        expect(isLumbungError(error) && error.code.startsWith('opensid/'), String(error)).toBe(true)
        return
      }
      expect(rows).toEqual(whole)
    }),
    { numRuns: 500 },
  )
})

test('any other bytes, and any beginning of a workbook, are no workbook', () => {
  const bytes = madeWorkbook(plain)
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.nat(bytes.length - 1).map((end) => bytes.slice(0, end)),
      ),
      (some) => {
        expect(refusal(some)?.['code']).toBe('opensid/not-a-workbook')
      },
    ),
  )
})

/** Where a text stands for the first time. */
function indexOf(bytes: Uint8Array, text: string): number {
  return new TextDecoder('latin1').decode(bytes).indexOf(text)
}

/** Makes the directory promise another size for a part. */
function promise(bytes: Uint8Array, part: string, size: number): void {
  const at = new TextDecoder('latin1').decode(bytes).lastIndexOf(part) - 46
  new DataView(bytes.buffer).setUint32(at + 24, size, true)
}
