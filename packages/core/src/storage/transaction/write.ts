import { LumbungError, sha256Hex } from '../../kernel/index.ts'
import { blobSizeBytesMax, blobs } from '../blob.ts'
import {
  type AnyCollection,
  keyRowOf,
  type RecordInput,
  recordOf,
  rowOf,
  type Stored,
} from '../collection.ts'
import type { RowTransaction } from '../driver.ts'
import { batchRowsOf } from '../pages.ts'
import type { Row } from '../table.ts'
import { withoutVersion } from '../without-version.ts'
import { appendFace } from './append.ts'
import { readFace } from './read.ts'
import type { VillageScope } from './scope.ts'
import type { Transaction } from './transaction.ts'

/** The record face of a transaction that reads and writes. */
export function writeFace(scope: VillageScope): Transaction {
  const { villageId, call } = scope
  return {
    ...readFace(scope),
    ...appendFace(scope),

    insert: (collection, record) =>
      call(async (rows) => {
        const row = rowOf(collection, villageId, record, 1)
        await rows.insert(collection.table, [row])
        return recordOf(collection, row)
      }),

    insertMany: (collection, records) => call((rows) => insertMany(rows, villageId, collection, records)),

    update: (collection, record) =>
      call(async (rows) => {
        const row = rowOf(collection, villageId, withoutVersion(record), record.version + 1)
        if (await rows.update(collection.table, row)) return recordOf(collection, row)
        throw conflict(collection, record)
      }),

    remove: (collection, record) =>
      call(async (rows) => {
        const key = keyRowOf(collection, villageId, record)
        if (!(await rows.remove(collection.table, key, record.version))) throw conflict(collection, record)
      }),

    add: (collection, record) =>
      call(async (rows) => {
        if (collection.table.counters.length === 0) {
          throw new LumbungError('storage/invalid-query', `${collection.name} has no counters to add to.`)
        }
        const row = rowOf(collection, villageId, record, 1)
        await rows.insert(collection.table, [row], 'add')
      }),

    putBlob: (bytes) =>
      call(async (rows) => {
        if (bytes.length > blobSizeBytesMax) {
          throw new LumbungError('storage/blob-too-large', 'A blob holds at most 16 MiB.', {
            details: { sizeBytes: bytes.length, sizeBytesMax: blobSizeBytesMax },
          })
        }
        const hash = sha256Hex(bytes)
        const row = rowOf(blobs, villageId, { hash, sizeBytes: bytes.length, bytes }, 1)
        await rows.insert(blobs.table, [row], 'ignore')
        return hash
      }),
  }
}

async function insertMany<C extends AnyCollection>(
  rows: RowTransaction,
  villageId: string,
  collection: C,
  records: Iterable<RecordInput<C>> | AsyncIterable<RecordInput<C>>,
): Promise<number> {
  const { table } = collection
  const batchRows = batchRowsOf(table)
  let batch: Row[] = []
  let inserted = 0
  const flush = async () => {
    const full = batch
    batch = []
    if (full.length > 0) await rows.insert(table, full)
    inserted += full.length
  }
  const take = (record: unknown) => batch.push(rowOf(collection, villageId, record, 1)) === batchRows
  // Waiting for each record costs more than encoding it, so only where records come one by one.
  if (Symbol.iterator in records) {
    for (const record of records) if (take(record)) await flush()
  } else {
    for await (const record of records) if (take(record)) await flush()
  }
  await flush()
  return inserted
}

function conflict<C extends AnyCollection>(collection: C, { version }: Stored<C>): LumbungError {
  const message = `A record of ${collection.name} was changed meanwhile.`
  return new LumbungError('storage/version-conflict', message, {
    details: { collection: collection.name, version },
  })
}
