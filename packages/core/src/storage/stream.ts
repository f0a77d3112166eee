import * as z from 'zod'
import {
  type CanonicalValue,
  canonicalBytes,
  chainHash,
  Digest,
  Instant,
  jsonCodecOf,
  LumbungError,
} from '../kernel/index.ts'
import { type AnyCollection, defineCollection, recordOf } from './collection.ts'
import type { Row, Table } from './table.ts'

/** What {@link defineStream} takes. */
export interface StreamDefinition<Event extends z.ZodType> {
  /** Singular or plural, snake case; the table is `stream_<name>`. */
  readonly name: string
  /** One object, or a discriminated union where several kinds of event share one sequence. */
  readonly event: Event
}

/**
 * An append-only sequence of events without gaps, each chained to the one before by its hash. A village may
 * have many of one kind, told apart by an id: a ledger each, say.
 */
export interface Stream<Event extends z.ZodType = z.ZodType> {
  readonly kind: 'stream'
  readonly name: string
  readonly event: Event
  readonly table: Table
  readonly encode: (event: z.input<Event>) => { readonly event: z.output<Event>; readonly body: string }
  readonly decode: (body: string) => z.output<Event>
}

/** Any stream, whatever its events. */
export type AnyStream = Stream<z.ZodType>

/** The events of a stream. */
export type EventOf<S extends AnyStream> = z.output<S['event']>

/** An event as it stands in its stream. */
export interface Appended<S extends AnyStream> {
  /** Place in the sequence, from 1. */
  readonly seq: number
  /** Never before that of the event before it, even where the clock went back. */
  readonly recordedAt: Instant
  /** SHA-256 over the hash before and the canonical bytes of this event, 64 hex digits. */
  readonly hash: Digest
  readonly event: EventOf<S>
}

/** The end of a stream: what the next event is chained to. */
export interface StreamHead {
  readonly seq: number
  readonly hash: Digest
  readonly recordedAt: Instant
}

const StreamId = z.string().min(1).max(200)

const eventRecords = defineCollection({
  name: 'stream_events',
  schema: z.object({
    stream: StreamId,
    seq: z.int().min(1),
    recordedAt: Instant,
    hash: Digest,
    body: z.string(),
  }),
  key: ['stream', 'seq'],
  fieldClasses: 'internal',
})

/** The heads of all streams; a transaction that appends locks the row of its stream. */
export const streamHeads = defineCollection({
  name: 'stream_heads',
  schema: z.object({
    name: z.string(),
    stream: StreamId,
    seq: z.int().min(0),
    hash: z.string(),
    recordedAt: z.string(),
  }),
  key: ['name', 'stream'],
  fieldClasses: 'internal',
})

/**
 * Declares a stream of events.
 *
 * @throws LumbungError `json/unsupported-schema` where an event could not be read back as it was written.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { defineStream } from '@lumbung/core/storage'
 *
 * const readings = defineStream({
 *   name: 'well_readings',
 *   event: z.object({ well: z.string(), levelMillimetres: z.int() }),
 * })
 * readings.table.name // => 'stream_well_readings'
 * ```
 */
export function defineStream<const Event extends z.ZodType>(
  definition: StreamDefinition<Event>,
): Stream<Event> {
  const { name, event } = definition
  const codec = jsonCodecOf(event)
  return {
    kind: 'stream',
    name,
    event,
    table: { ...eventRecords.table, name: `stream_${name}` },
    encode: (value) => {
      const parsed = event.safeParse(value)
      if (!parsed.success) {
        throw new LumbungError('storage/invalid-record', `An event of ${name} breaks its schema.`, {
          details: { stream: name, issues: parsed.error.issues },
        })
      }
      const body = JSON.stringify(codec.encode(parsed.data)).normalize('NFC')
      // What is hashed is what a later reader will decode, so texts are normalised before, not after.
      return { event: codec.decode(JSON.parse(body)) as z.output<Event>, body }
    },
    decode: (body) => codec.decode(JSON.parse(body)) as z.output<Event>,
  }
}

/** Every stored part of an event as canonical bytes: what its hash covers besides the hash before. */
export function eventBytes(
  stream: AnyStream,
  villageId: string,
  id: string,
  appended: { readonly seq: number; readonly recordedAt: string; readonly event: unknown },
): Uint8Array {
  const { seq, recordedAt, event } = appended
  // An event came through the JSON codec, which lets through nothing that canonical bytes cannot hold but
  // fractions; those are refused with a typed error.
  return canonicalBytes(stream.name, {
    villageId,
    stream: id,
    seq,
    recordedAt,
    event: event as CanonicalValue,
  })
}

/** The events that follow a head, with their places, instants and hashes. */
export function chainEvents<S extends AnyStream>(
  stream: S,
  villageId: string,
  id: string,
  head: StreamHead | undefined,
  events: readonly EventOf<S>[],
  now: Instant,
): readonly Appended<S>[] {
  let seq = head?.seq ?? 0
  let hash = head?.hash
  const recordedAt = head !== undefined && head.recordedAt > now ? head.recordedAt : now
  return events.map((event) => {
    seq += 1
    hash = chainHash(hash, eventBytes(stream, villageId, id, { seq, recordedAt, event }))
    return { seq, recordedAt, hash, event }
  })
}

/** The collection that holds the events of one stream definition. */
export function eventCollection(stream: AnyStream): AnyCollection {
  return { ...eventRecords, name: stream.table.name, table: stream.table }
}

/** An event as it was read from its row. */
export function appendedOf<S extends AnyStream>(stream: S, row: Row): Appended<S> {
  const { seq, recordedAt, hash, body } = recordOf(eventRecords, row)
  return { seq, recordedAt, hash, event: stream.decode(body) as EventOf<S> }
}
