import { expect, test } from 'vitest'
import { blobs } from './blob.ts'
import { batchRowsOf, rowBatches } from './pages.ts'
import { keyOrder } from './selection.ts'
import { streamHeads } from './stream.ts'
import type { Row } from './table.ts'

/** Goal: a long read needs little memory, also where each row may hold 16 MiB. */

test('rows with bytes are read few at a time, others in batches that make up for a round trip', async () => {
  expect([batchRowsOf(blobs.table), batchRowsOf(streamHeads.table)]).toEqual([16, 1000])
  const rows = Array.from(
    { length: 40 },
    (_, index): Row => ['v', String(index).padStart(2, '0'), 0, new Uint8Array(), 1],
  )
  const limits: number[] = []
  const select = (_: unknown, { limit, after }: { readonly limit: number; readonly after?: Row }) => {
    limits.push(limit)
    const start = rows.findIndex((row) => row[1] === after?.[0]) + 1
    return rows.slice(start, start + limit)
  }
  const query = { villageId: 'v', conditions: [], order: keyOrder(blobs.table) }
  const read: (readonly Row[])[] = []
  for await (const batch of rowBatches({ select }, blobs.table, query)) read.push(batch)
  expect(read.map((batch) => batch.length)).toEqual([16, 16, 8])
  expect(read.flat()).toEqual(rows)
  expect(limits).toEqual([16, 16, 16])
})
