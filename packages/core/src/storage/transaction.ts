import type { Instant } from '../kernel/index.ts'
import { type Digest, LumbungError, sha256Hex } from '../kernel/index.ts'
import { blobSizeBytesMax, blobs } from './blob.ts'
import {
  type AnyCollection,
  type KeyOf,
  keyRowOf,
  type RecordInput,
  type RecordOf,
  recordOf,
  rowOf,
  type Stored,
} from './collection.ts'
import type { Awaitable, RowTransaction } from './driver.ts'
import { batchRows, rowBatches } from './pages.ts'
import {
  conditionsOf,
  cursorOf,
  isValue,
  keyOrder,
  orderOf,
  type PageQuery,
  parseCursor,
  type Query,
  type Where,
} from './selection.ts'
import {
  type AnyStream,
  type Appended,
  appendedOf,
  chainEvents,
  type EventOf,
  eventCollection,
  type StreamHead,
  streamHeads,
} from './stream.ts'
import type { Row } from './table.ts'

/** One page of records. */
export interface Page<C extends AnyCollection> {
  readonly records: readonly Stored<C>[]
  /** What to give as `after` for the next page; absent on the last one. */
  readonly next?: string
}

/** What can be read of one village, all from the same state. */
export interface ReadTransaction {
  /** The village whose records these are. */
  readonly villageId: string
  get<C extends AnyCollection>(collection: C, key: KeyOf<C>): Promise<Stored<C> | undefined>
  query<C extends AnyCollection>(collection: C, query?: PageQuery<C>): Promise<Page<C>>
  count<C extends AnyCollection>(collection: C, where?: Where<C>): Promise<number>
  /** All records of a query one after another, in constant memory. */
  stream<C extends AnyCollection>(collection: C, query?: Query<C>): AsyncIterable<Stored<C>>
  /** The end of a stream; undefined where nothing was appended yet. */
  head(stream: AnyStream, id: string): Promise<StreamHead | undefined>
  /** The events of a stream in order, those after `after` (default 0: all). */
  events<S extends AnyStream>(stream: S, id: string, options?: { after?: number }): AsyncIterable<Appended<S>>
  /** One event of a stream by its place; undefined where the stream does not reach so far. */
  event<S extends AnyStream>(stream: S, id: string, seq: number): Promise<Appended<S> | undefined>
  blob(hash: Digest): Promise<Uint8Array | undefined>
}

/** What can be read and written of one village; all of it happens, or nothing. */
export interface Transaction extends ReadTransaction {
  /**
   * Adds a record.
   *
   * @throws LumbungError `storage/invalid-record`, `storage/duplicate`, `storage/reference-missing`.
   */
  insert<C extends AnyCollection>(collection: C, record: RecordInput<C>): Promise<Stored<C>>
  /** Adds many records, in constant memory; tells how many. Errors as `insert`. */
  insertMany<C extends AnyCollection>(
    collection: C,
    records: Iterable<RecordInput<C>> | AsyncIterable<RecordInput<C>>,
  ): Promise<number>
  /**
   * Writes back a record that was read.
   *
   * @throws LumbungError `storage/version-conflict` where it was changed or removed since it was read.
   */
  update<C extends AnyCollection>(collection: C, record: Stored<C>): Promise<Stored<C>>
  /** Removes a record that was read. Throws as `update`, and `storage/referenced` where others name it. */
  remove<C extends AnyCollection>(collection: C, record: Stored<C>): Promise<void>
  /** Adds to the counters of a record, which begins at zero: no read, so no conflict. */
  add<C extends AnyCollection>(collection: C, record: RecordOf<C>): Promise<void>
  /** Locks the end of a stream until the transaction ends, and tells it. */
  lockHead(stream: AnyStream, id: string): Promise<StreamHead | undefined>
  /** Appends events; `now` moves up to the instant of the event before where the clock went back. */
  append<S extends AnyStream>(
    stream: S,
    id: string,
    events: readonly EventOf<S>[],
    now: Instant,
  ): Promise<readonly Appended<S>[]>
  /** Stores bytes and tells their hash. Throws `storage/blob-too-large` above 16 MiB. */
  putBlob(bytes: Uint8Array): Promise<Digest>
}

const pageLimitDefault = 25
const pageLimitMax = 1000

/** A transaction in the terms of records, over one in the terms of rows. */
export interface TransactionScope {
  readonly transaction: Transaction
  /** The failure after which nothing may be committed, if there was one. */
  readonly failure: () => unknown
  /** Ends it for its user: any later call is refused. */
  readonly close: () => void
}

/** Opens the record face of a row transaction; see {@link Transaction}. */
export function openTransaction(rows: RowTransaction, villageId: string): TransactionScope {
  let closed = false
  let failed = false
  let failure: unknown

  /** Every call to the store goes through here, so that the rules of a transaction hold on every store. */
  async function call<T>(work: () => Awaitable<T>): Promise<T> {
    if (closed) throw new LumbungError('storage/transaction-closed', 'This transaction has ended.')
    if (failed) {
      throw new LumbungError('storage/transaction-failed', 'An earlier call of this transaction failed.', {
        cause: failure,
      })
    }
    try {
      return await work()
    } catch (error) {
      failed = true
      failure = error
      throw error
    }
  }

  const guarded: Pick<RowTransaction, 'select'> = {
    select: (table, selection) => call(() => rows.select(table, selection)),
  }

  async function headRecord(
    stream: AnyStream,
    id: string,
    lock: boolean,
  ): Promise<Stored<typeof streamHeads> | undefined> {
    const key = keyRowOf(streamHeads, villageId, { name: stream.name, stream: id })
    const row = await call(() => rows.get(streamHeads.table, key, lock))
    return row === undefined ? undefined : recordOf(streamHeads, row)
  }

  /** The head of a stream, locked; one that has no events yet begins at 0. */
  async function lockedHeadRecord(stream: AnyStream, id: string): Promise<Stored<typeof streamHeads>> {
    const found = await headRecord(stream, id, true)
    if (found !== undefined) return found
    const empty = { name: stream.name, stream: id, seq: 0, hash: '', recordedAt: '' }
    await call(() => rows.insert(streamHeads.table, [rowOf(streamHeads, villageId, empty, 1)], 'ignore'))
    return (await headRecord(stream, id, true)) ?? { ...empty, version: 1 }
  }

  const transaction: Transaction = {
    villageId,

    async get(collection, key) {
      const row = await call(() => rows.get(collection.table, keyRowOf(collection, villageId, key)))
      return row === undefined ? undefined : recordOf(collection, row)
    },

    async query(collection, query = {}) {
      const limit = query.limit ?? pageLimitDefault
      if (!Number.isInteger(limit) || limit < 1 || limit > pageLimitMax) {
        throw new LumbungError('storage/invalid-query', `A page holds 1 to ${pageLimitMax} records.`, {
          details: { limit },
        })
      }
      const order = orderOf(collection, query.orderBy)
      const after = query.after === undefined ? {} : { after: parseCursor(collection, order, query.after) }
      const conditions = conditionsOf(collection, query.where)
      // One row more than asked for tells whether there is a next page.
      const selection = { villageId, conditions, order, limit: limit + 1, ...after }
      const found = await call(() => rows.select(collection.table, selection))
      const page = found.slice(0, limit)
      const last = page.at(-1)
      const records = page.map((row) => recordOf(collection, row))
      return found.length > limit && last ? { records, next: cursorOf(collection, order, last) } : { records }
    },

    async count(collection, where) {
      return await call(() => rows.count(collection.table, villageId, conditionsOf(collection, where)))
    },

    async *stream<C extends AnyCollection>(collection: C, query: Query<C> = {}) {
      const conditions = conditionsOf(collection, query.where)
      const order = orderOf(collection, query.orderBy)
      for await (const batch of rowBatches(guarded, collection.table, { villageId, conditions, order })) {
        for (const row of batch) yield recordOf(collection, row)
      }
    },

    async head(stream, id) {
      return headOf(await headRecord(stream, id, false))
    },

    async *events<S extends AnyStream>(stream: S, id: string, options: { after?: number } = {}) {
      const order = keyOrder(stream.table)
      const conditions = [isValue(stream.table, 'stream', id)]
      const after = [id, options.after ?? 0]
      for await (const batch of rowBatches(guarded, stream.table, { villageId, conditions, order, after })) {
        for (const row of batch) yield appendedOf(stream, row)
      }
    },

    async event(stream, id, seq) {
      const row = await call(() => rows.get(stream.table, [villageId, id, seq]))
      return row === undefined ? undefined : appendedOf(stream, row)
    },

    async blob(hash) {
      const row = await call(() => rows.get(blobs.table, keyRowOf(blobs, villageId, { hash })))
      return row === undefined ? undefined : recordOf(blobs, row).bytes
    },

    async insert(collection, record) {
      const row = rowOf(collection, villageId, record, 1)
      await call(() => rows.insert(collection.table, [row]))
      return recordOf(collection, row)
    },

    async insertMany(collection, records) {
      let batch: Row[] = []
      let inserted = 0
      const flush = async () => {
        const full = batch
        batch = []
        if (full.length > 0) await call(() => rows.insert(collection.table, full))
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
    },

    async update(collection, record) {
      const row = rowOf(collection, villageId, withoutVersion(record), record.version + 1)
      if (!(await call(() => rows.update(collection.table, row)))) throw conflict(collection, record.version)
      return recordOf(collection, row)
    },

    async remove(collection, record) {
      const key = keyRowOf(collection, villageId, record)
      if (!(await call(() => rows.remove(collection.table, key, record.version)))) {
        throw conflict(collection, record.version)
      }
    },

    async add(collection, record) {
      if (collection.table.counters.length === 0) {
        throw new LumbungError('storage/invalid-query', `${collection.name} has no counters to add to.`)
      }
      const row = rowOf(collection, villageId, record, 1)
      await call(() => rows.insert(collection.table, [row], 'add'))
    },

    async lockHead(stream, id) {
      return headOf(await lockedHeadRecord(stream, id))
    },

    async append(stream, id, events, now) {
      const encoded = events.map((event) => stream.encode(event))
      const before = await lockedHeadRecord(stream, id)
      // TypeScript cannot see that S['event'] of a generic stream is what its own encode returns.
      const values = encoded.map(({ event }) => event as EventOf<typeof stream>)
      const appended = chainEvents(stream, villageId, id, headOf(before), values, now)
      const last = appended.at(-1)
      if (last === undefined) return []
      const collection = eventCollection(stream)
      const eventRows = appended.map(({ seq, recordedAt, hash }, index) =>
        rowOf(collection, villageId, { stream: id, seq, recordedAt, hash, body: encoded[index]?.body }, 1),
      )
      await call(() => rows.insert(stream.table, eventRows))
      const { seq, hash, recordedAt } = last
      const after = { name: stream.name, stream: id, seq, hash, recordedAt }
      await call(() =>
        rows.update(streamHeads.table, rowOf(streamHeads, villageId, after, before.version + 1)),
      )
      return appended
    },

    async putBlob(bytes) {
      if (bytes.length > blobSizeBytesMax) {
        throw new LumbungError('storage/blob-too-large', 'A blob holds at most 16 MiB.', {
          details: { sizeBytes: bytes.length, sizeBytesMax: blobSizeBytesMax },
        })
      }
      const hash = sha256Hex(bytes)
      const row = rowOf(blobs, villageId, { hash, sizeBytes: bytes.length, bytes }, 1)
      await call(() => rows.insert(blobs.table, [row], 'ignore'))
      return hash
    },
  }

  return {
    transaction,
    failure: () => failure,
    close: () => {
      closed = true
    },
  }
}

function headOf(record: Stored<typeof streamHeads> | undefined): StreamHead | undefined {
  if (record === undefined || record.seq === 0) return undefined
  // The record was written by `append`, which takes both from the chain itself.
  return { seq: record.seq, hash: record.hash as Digest, recordedAt: record.recordedAt as Instant }
}

function withoutVersion(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { version: _, ...fields } = record
  return fields
}

function conflict(collection: AnyCollection, version: number): LumbungError {
  return new LumbungError(
    'storage/version-conflict',
    `A record of ${collection.name} was changed meanwhile.`,
    {
      details: { collection: collection.name, version },
    },
  )
}
