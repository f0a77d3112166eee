import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { type Answer, type Format, writeAnswer } from './answer.ts'
import { writerOn } from './writer.ts'

const words = { empty: '(nothing)', field: 'field', value: 'value' }

async function written(format: Format, answer: Answer): Promise<string> {
  const stream = new PassThrough()
  const all = text(stream)
  await writeAnswer(writerOn(stream), format, answer, words)
  stream.end()
  return await all
}

const columns = [{ key: 'id', heading: 'Id' }]
const list = (rows: readonly { readonly id: number }[]): Answer => ({
  record: { count: rows.length },
  list: { key: 'things', rows, columns },
})

test('as JSON a list is one document', async () => {
  const rows = Array.from({ length: 450 }, (_, id) => ({ id }))
  expect(JSON.parse(await written('json', list(rows)))).toEqual({ count: 450, things: rows })
  expect(await written('json', list([]))).toBe('{"count":0,"things":[]}\n')
  const bare: Answer = { record: {}, list: { key: 'things', rows: [{ id: 1 }], columns } }
  expect(await written('json', bare)).toBe('{"things":[{"id":1}]}\n')
})

test('as NDJSON it is a line per row', async () => {
  expect(await written('ndjson', list([{ id: 1 }, { id: 2 }]))).toBe('{"id":1}\n{"id":2}\n')
  expect(await written('ndjson', { record: { a: null } })).toBe('{"a":null}\n')
})

test('as a table it has one head, however many rows', async () => {
  const rows = Array.from({ length: 450 }, (_, id) => ({ id: id + 1000 }))
  const lines = (await written('table', list(rows))).trimEnd().split('\n')
  expect(lines).toHaveLength(452)
  expect(lines.slice(0, 3)).toEqual(['  Id', '────', '1000'])
  expect(await written('table', list([]))).toBe('(nothing)\n')
})

test('a reader that goes away ends the writing, and the rows that come after are not asked for', async () => {
  const stream = new PassThrough()
  let asked = 0
  function* rows() {
    for (; asked < 10_000; asked += 1) {
      if (asked === 600) stream.destroy()
      yield { id: asked }
    }
  }
  await writeAnswer(
    writerOn(stream.resume()),
    'ndjson',
    { record: {}, list: { key: 'x', rows: rows(), columns } },
    words,
  )
  expect(asked).toBeLessThan(1000)
})
