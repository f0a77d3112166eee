import type { Digest, Instant } from '../../kernel/index.ts'
import { keyRowOf, recordOf, rowOf, type Stored } from '../collection.ts'
import type { RowTransaction } from '../driver.ts'
import { type AnyStream, type StreamHead, streamHeads } from '../stream.ts'

/** The end of a stream as a record. */
export type HeadRecord = Stored<typeof streamHeads>

/** The record of a head; undefined where the stream was never touched. */
export async function headRecord(
  rows: RowTransaction,
  villageId: string,
  stream: AnyStream,
  id: string,
  lock: boolean,
): Promise<HeadRecord | undefined> {
  const key = keyRowOf(streamHeads, villageId, { name: stream.name, stream: id })
  const row = await rows.get(streamHeads.table, key, lock)
  return row === undefined ? undefined : recordOf(streamHeads, row)
}

/** The head of a stream, locked; one that has no events yet begins at 0. */
export async function lockedHeadRecord(
  rows: RowTransaction,
  villageId: string,
  stream: AnyStream,
  id: string,
): Promise<HeadRecord> {
  const found = await headRecord(rows, villageId, stream, id, true)
  if (found !== undefined) return found
  const empty = { name: stream.name, stream: id, seq: 0, hash: '', recordedAt: '' }
  await rows.insert(streamHeads.table, [rowOf(streamHeads, villageId, empty, 1)], 'ignore')
  return (await headRecord(rows, villageId, stream, id, true)) ?? { ...empty, version: 1 }
}

/** The head that a record holds; undefined where nothing was appended yet. */
export function headOf(record: HeadRecord | undefined): StreamHead | undefined {
  if (record === undefined || record.seq === 0) return undefined
  // The record was written by `append`, which takes both from the chain itself.
  return { seq: record.seq, hash: record.hash as Digest, recordedAt: record.recordedAt as Instant }
}
