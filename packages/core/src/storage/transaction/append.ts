import { rowOf } from '../collection.ts'
import { chainEvents, type EventOf, eventCollection, streamHeads, streamIdOf } from '../stream.ts'
import { headOf, lockedHeadRecord } from './heads.ts'
import type { VillageScope } from './scope.ts'
import type { Transaction } from './transaction.ts'

/** What a transaction that writes does to streams. */
export function appendFace({ villageId, call }: VillageScope): Pick<Transaction, 'lockHead' | 'append'> {
  return {
    lockHead: (stream, id) =>
      call(async (rows) => headOf(await lockedHeadRecord(rows, villageId, stream, streamIdOf(stream, id)))),

    append: (stream, given, events, now) =>
      call(async (rows) => {
        const id = streamIdOf(stream, given)
        const encoded = events.map((event) => stream.encode(event))
        const before = await lockedHeadRecord(rows, villageId, stream, id)
        // TypeScript cannot see that S['event'] of a generic stream is what its own encode returns.
        const values = encoded.map(({ event }) => event as EventOf<typeof stream>)
        const appended = chainEvents(stream, villageId, id, headOf(before), values, now)
        const last = appended.at(-1)
        if (last === undefined) return []
        const collection = eventCollection(stream)
        const eventRows = appended.map(({ seq, recordedAt, hash }, index) =>
          rowOf(collection, villageId, { stream: id, seq, recordedAt, hash, body: encoded[index]?.body }, 1),
        )
        await rows.insert(stream.table, eventRows)
        const { seq, hash, recordedAt } = last
        const after = { name: stream.name, stream: id, seq, hash, recordedAt }
        await rows.update(streamHeads.table, rowOf(streamHeads, villageId, after, before.version + 1))
        return appended
      }),
  }
}
