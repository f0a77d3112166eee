import { LumbungError } from '../../kernel/index.ts'
import { blobs, isIntact } from '../blob.ts'
import { type AnyCollection, keyRowOf, recordOf } from '../collection.ts'
import { cursorOf, parseCursor } from '../cursor.ts'
import type { RowTransaction } from '../driver.ts'
import { type BatchQuery, rowBatches } from '../pages.ts'
import { screenRows } from '../screen-rows.ts'
import { conditionsOf, isValue, keyOrder, orderOf, type PageQuery, type Query } from '../selection.ts'
import { type AnyStream, appendedOf, streamIdOf } from '../stream.ts'
import { headOf, headRecord } from './heads.ts'
import type { VillageScope } from './scope.ts'
import type { Page, ReadTransaction } from './transaction.ts'

const pageLimitDefault = 25
const pageLimitMax = 1000

/** The record face of a transaction that only reads: at run time, too, it has nothing to write with. */
export function readFace(scope: VillageScope): ReadTransaction {
  const { villageId, call, rows } = scope
  return {
    villageId,

    get: (collection, key) =>
      call(async (open) => {
        const row = await open.get(collection.table, keyRowOf(collection, villageId, key))
        return row === undefined ? undefined : recordOf(collection, row)
      }),

    query: (collection, query = {}) => call((open) => pageOf(open, villageId, collection, query)),

    count: (collection, where) =>
      call((open) => open.count(collection.table, villageId, conditionsOf(collection, where))),

    async *stream<C extends AnyCollection>(collection: C, query: Query<C> = {}) {
      const selection = await call(() => ({
        villageId,
        conditions: conditionsOf(collection, query.where),
        order: orderOf(collection, query.orderBy),
      }))
      for await (const batch of rowBatches(rows, collection.table, selection)) {
        yield* await call(() => batch.map((row) => recordOf(collection, row)))
      }
    },

    async *screen(facts, screening) {
      const pages = await call(() => screenRows(rows, facts, screening, villageId))
      for await (const page of pages) yield* page.map(({ key, outcomes }) => ({ key, outcomes }))
    },

    head: (stream, id) =>
      call(async (open) => headOf(await headRecord(open, villageId, stream, streamIdOf(stream, id), false))),

    async *events<S extends AnyStream>(stream: S, id: string, { after = 0 }: { after?: number } = {}) {
      const selection = await call(() => eventSelection(stream, villageId, id, after))
      for await (const batch of rowBatches(rows, stream.table, selection)) {
        yield* await call(() => batch.map((row) => appendedOf(stream, row)))
      }
    },

    event: (stream, id, seq) =>
      call(async (open) => {
        const row = await open.get(stream.table, [villageId, streamIdOf(stream, id), seq])
        return row === undefined ? undefined : appendedOf(stream, row)
      }),

    blob: (hash) =>
      call(async (open) => {
        const row = await open.get(blobs.table, keyRowOf(blobs, villageId, { hash }))
        if (row === undefined) return undefined
        const record = recordOf(blobs, row)
        if (isIntact(record)) return record.bytes
        throw new LumbungError('storage/damaged', 'The stored bytes are not those of their hash.', {
          details: { table: blobs.table.name, hash },
        })
      }),
  }
}

function eventSelection(stream: AnyStream, villageId: string, given: string, after: number): BatchQuery {
  const id = streamIdOf(stream, given)
  if (!Number.isSafeInteger(after) || after < 0) {
    throw new LumbungError('storage/invalid-query', 'Events follow a place in their stream, from 0.', {
      details: { stream: stream.name, after },
    })
  }
  const conditions = [isValue(stream.table, 'stream', id)]
  return { villageId, conditions, order: keyOrder(stream.table), after: [id, after] }
}

async function pageOf<C extends AnyCollection>(
  rows: RowTransaction,
  villageId: string,
  collection: C,
  query: PageQuery<C>,
): Promise<Page<C>> {
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
  const found = await rows.select(collection.table, selection)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const records = page.map((row) => recordOf(collection, row))
  return found.length > limit && last ? { records, next: cursorOf(collection, order, last) } : { records }
}
