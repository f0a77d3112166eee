import type { Digest, Instant } from '../../kernel/index.ts'
import type { AnyCollection, KeyOf, RecordInput, RecordOf, Stored } from '../collection.ts'
import type { Facts } from '../facts.ts'
import type { Screened, Screening } from '../screening.ts'
import type { PageQuery, Query, Where } from '../selection.ts'
import type { AnyStream, Appended, EventOf, StreamHead } from '../stream.ts'

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
  /**
   * Asks checked rules of all records of a collection, by key and in constant memory: inside the database where
   * there is one. A value that cannot be computed is null, and no record makes it an error.
   *
   * @throws LumbungError `storage/invalid-query`; `rules/no-such-column` where a rule reads what the facts do not have
   */
  screen(facts: Facts, screening: Screening): AsyncIterable<Screened>
  /** The end of a stream; undefined where nothing was appended yet. */
  head(stream: AnyStream, id: string): Promise<StreamHead | undefined>
  /** The events of a stream in order, those after `after` (default 0: all). */
  events<S extends AnyStream>(stream: S, id: string, options?: { after?: number }): AsyncIterable<Appended<S>>
  /**
   * The bytes with this hash.
   *
   * @throws LumbungError `storage/damaged` where the stored bytes have another hash.
   */
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
  /**
   * Adds many records, in constant memory; tells how many. Errors as `insert`. A record may name itself, or one before
   * it, of its own collection.
   */
  insertMany<C extends AnyCollection>(
    collection: C,
    records: Iterable<RecordInput<C>> | AsyncIterable<RecordInput<C>>,
  ): Promise<number>
  /**
   * Writes back a record that was read. It is found by its key, which therefore cannot be changed: remove the record
   * and insert another one.
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
