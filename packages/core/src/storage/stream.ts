import * as z from 'zod'
import {
  type CanonicalValue,
  canonicalBytes,
  chainHash,
  Digest,
  type Head,
  Instant,
  type JsonValue,
  jsonCodecOf,
  LumbungError,
  normalizeTexts,
} from '../kernel/index.ts'
import { type AnyCollection, collectionOf, recordOf } from './collection.ts'
import { streamNameFault, streamTablePrefix } from './names.ts'
import type { Row, Table } from './table.ts'

/** What {@link defineStream} takes. */
export interface StreamDefinition<Event extends z.ZodType> {
  /** Singular or plural, snake case, at most 56 letters; the table is `stream_<name>`. Not `heads`. */
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
  /** The event exactly as it was hashed. */
  readonly decode: (body: string) => z.output<Event>
  /** The event as today's schema has it: a default fills what was added after the event was written. */
  readonly read: (body: string) => z.output<Event>
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
export interface StreamHead extends Head {
  readonly recordedAt: Instant
}

const StreamId = z.string().min(1).max(200)

/**
 * The id of a stream as it is stored and hashed.
 *
 * @throws LumbungError `storage/invalid-key`.
 */
export function streamIdOf(stream: AnyStream, id: string): string {
  const parsed = StreamId.safeParse(normalizedOr(id))
  if (parsed.success) return parsed.data
  throw new LumbungError('storage/invalid-key', `This is no id of a stream ${stream.name}.`, {
    details: { stream: stream.name, id },
  })
}

/** The text in normal form; undefined where it is none that a store can hold. */
function normalizedOr(text: unknown): unknown {
  try {
    return normalizeTexts(text)
  } catch {
    return undefined
  }
}

const eventRecords = collectionOf({
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
export const streamHeads = collectionOf({
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
 * @throws LumbungError `storage/invalid-definition` where the name cannot be that of a table;
 * `json/unsupported-schema` where an event could not be read back as it was written.
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
  const fault = streamNameFault(name)
  if (fault !== undefined) {
    throw new LumbungError('storage/invalid-definition', `Stream ${name}: ${fault}`, {
      details: { stream: name },
    })
  }
  const codec = jsonCodecOf(event)
  return {
    kind: 'stream',
    name,
    event,
    table: { ...eventRecords.table, name: `${streamTablePrefix}${name}` },
    encode: (value) => {
      const parsed = event.safeParse(normalizeTexts(value))
      if (!parsed.success) {
        throw new LumbungError('storage/invalid-record', `An event of ${name} breaks its schema.`, {
          details: { stream: name, issues: parsed.error.issues },
        })
      }
      const body = bodyOf(codec.encode(parsed.data))
      // What is hashed is what a later reader will decode.
      return { event: codec.decode(JSON.parse(body)) as z.output<Event>, body }
    },
    decode: (body) => codec.decode(JSON.parse(body)) as z.output<Event>,
    read: (body) => codec.read(JSON.parse(body)) as z.output<Event>,
  }
}

/**
 * JSON that is in normal form as a whole, as all stored text. Its strings are, but the last letter of an escape, as
 * of a line break, may compose with what follows, which is escaped as well then.
 */
function bodyOf(json: JsonValue): string {
  return JSON.stringify(json).replaceAll(
    afterEscape,
    (_, sequence: string, after: string) =>
      sequence +
      after.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}

const afterEscape = /(\\(?:[bfnrt]|u[0-9a-f]{4}))(\P{ASCII}+)/gu

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

/** An event from its row, in one of the stream's own two ways. */
export function appendedOf<S extends AnyStream>(
  stream: S,
  row: Row,
  eventOf: (body: string) => unknown = stream.read,
): Appended<S> {
  const { seq, recordedAt, hash, body } = recordOf(eventRecords, row)
  // Both ways give what the stream's own schema gives out.
  return { seq, recordedAt, hash, event: eventOf(body) as EventOf<S> }
}
