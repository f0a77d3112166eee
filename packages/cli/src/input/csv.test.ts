import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { FaultsError, faultLine } from '../frame/faults.ts'
import { openSession } from '../frame/session.ts'
import { readCsv } from './csv.ts'

const session = openSession(['--lang', 'en'], {
  env: {},
  stdin: Readable.from([]),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  signal: new AbortController().signal,
})

async function read(text: string | Uint8Array, pieceLength = 7) {
  const bytes = Buffer.from(text)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength)
  }
  const rows = []
  for await (const row of readCsv({ name: 'F.csv', chunks: pieces() }, ['id', 'value'], session))
    rows.push(row)
  return rows
}

const faultsIn = (text: string | Uint8Array): Promise<readonly string[]> =>
  read(text).then(
    () => [],
    (error: unknown) => (error instanceof FaultsError ? error.faults.map(faultLine) : Promise.reject(error)),
  )

test('cells are read by the names of their columns; empty and NA are unknown', async () => {
  const rows = await read('value,id\n1,a\nNA,b\n,c\n')
  expect(rows.map(({ cells }) => cells)).toEqual([
    { id: 'a', value: '1' },
    { id: 'b', value: null },
    { id: 'c', value: null },
  ])
})

test('what spreadsheets write is read: a byte order mark, semicolons, both line ends, quotes, accents', async () => {
  const rows = await read('\u{feff}id;value\r\n"a ""b""";"1;2\r\n3"\r\n\r\n\u{e9};"5,0"')
  expect(rows.map(({ cells }) => cells)).toEqual([
    { id: 'a "b"', value: '1;2\r\n3' },
    { id: '\u{e9}', value: '5,0' },
  ])
  expect(rows.map(({ line }) => line)).toEqual([2, 5])
})

test('the place of a cell is its line and the character it begins with', async () => {
  const [first, second] = await read('id,value\n"x,\ny",1\nz,2\n')
  expect(first?.placeOf('value')).toEqual({ file: 'F.csv', line: 3, column: 4 })
  expect(second?.placeOf('value')).toEqual({ file: 'F.csv', line: 4, column: 3 })
})

test.each([
  [
    '',
    [
      'F.csv:1:1: missing-column: The column id is missing.',
      'F.csv:1:1: missing-column: The column value is missing.',
    ],
  ],
  [
    'id,vale\n',
    [
      'F.csv:1:4: unknown-column: There is no column vale; expected: id,value.',
      'F.csv:1:1: missing-column: The column value is missing.',
    ],
  ],
  ['id,value,id\n', ['F.csv:1:10: repeated-column: The column id stands there twice.']],
  ['id,value\na,1\nb\n', ['F.csv:3:1: wrong-cell-count: This row has 1 cells instead of 2.']],
  ['id,value\na,"1\n', ['F.csv:2:1: wrong-quotes: The quotes of this row do not fit together.']],
  ['id,value\na,x"1\n', ['F.csv:2:1: wrong-quotes: The quotes of this row do not fit together.']],
])('%j is told with its place', async (text, lines) => {
  expect(await faultsIn(text)).toEqual(lines)
})

test('bytes that are no UTF-8 are told with their line', async () => {
  const bytes = Buffer.concat([
    Buffer.from('id,value\na,1\n'),
    Buffer.from([0xc3, 0x28]),
    Buffer.from(',2\n'),
  ])
  expect(await faultsIn(bytes)).toEqual(['F.csv:3:1: not-utf8: This text is not UTF-8.'])
})
