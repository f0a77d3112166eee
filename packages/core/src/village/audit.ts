import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import {
  asciiJson,
  type Digest,
  type Instant,
  type JsonCodec,
  jsonCodecOf,
  saltedDigest,
} from '../kernel/index.ts'
import type {
  AnyCollection,
  EventOf,
  ReadTransaction,
  RecordOf,
  StreamHead,
  Transaction,
} from '../storage/index.ts'
import { AuditValueId, auditLog, auditValues } from './records.ts'
import type { Actor } from './roles.ts'

/** A record that a use case added, changed or removed. */
export interface Change<C extends AnyCollection = AnyCollection> {
  readonly collection: C
  readonly before?: RecordOf<C> | undefined
  readonly after?: RecordOf<C> | undefined
}

/** Many records that were added in one go. */
export interface BulkChange {
  readonly what: string
  readonly records: number
  readonly source?: Digest
  /** How many of them came to each collection of which no change is noted by itself. */
  readonly added?: Readonly<Record<string, number>>
}

/** What one use case wrote. */
export interface AuditEntry {
  readonly useCase: string
  readonly actor: Actor
  readonly purpose?: string | undefined
  readonly reason?: string | undefined
  readonly changes: readonly Change[]
  readonly bulk?: readonly BulkChange[]
}

/** The one audit stream of a village. */
export const streamId = 'village'

/** The end of the audit log: of the same hash, all that use cases ever wrote is the same. */
export async function headOfAudit(tx: ReadTransaction): Promise<StreamHead | undefined> {
  return await tx.head(auditLog, streamId)
}

/** Appends what a use case wrote to the audit log, in the transaction that wrote it. */
export async function appendAudit(
  tx: Transaction,
  entry: AuditEntry,
  context: {
    readonly now: Instant
    readonly nextId: () => string
    readonly random: (bytes: number) => Uint8Array
  },
): Promise<void> {
  const link = ((await tx.lockHead(auditLog, streamId))?.seq ?? 0) + 1
  const described = entry.changes.map((change) => {
    const salt = context.random(16)
    const [before, after] = [
      textOf(change.collection, change.before),
      textOf(change.collection, change.after),
    ]
    const recordKey = keyText(change)
    return {
      event: {
        collection: change.collection.name,
        key: recordKey,
        values: AuditValueId.parse(context.nextId()),
        ...(before === null ? {} : { before: saltedDigest(salt, before) }),
        ...(after === null ? {} : { after: saltedDigest(salt, after) }),
      },
      values: { collection: change.collection.name, recordKey, salt: bytesToHex(salt), before, after },
    }
  })
  const { useCase, actor, purpose, reason, bulk } = entry
  const event = {
    useCase,
    actor: { kind: actor.kind, id: actor.id },
    ...(purpose === undefined ? {} : { purpose }),
    ...(reason === undefined ? {} : { reason }),
    changes: described.map((change) => change.event),
    ...(bulk === undefined || bulk.length === 0 ? {} : { bulk: [...bulk] }),
  }
  await tx.append(auditLog, streamId, [event], context.now)
  await tx.insertMany(
    auditValues,
    described.map((change) => ({ id: change.event.values, link, ...change.values, erasedAt: null })),
  )
}

const codecs = new WeakMap<AnyCollection, JsonCodec<Record<string, unknown>>>()

/** A record as the text whose digest stands in the chain; null where there is none. */
export function textOf(
  collection: AnyCollection,
  record: RecordOf<AnyCollection> | undefined,
): string | null {
  if (record === undefined) return null
  const codec = codecs.get(collection) ?? jsonCodecOf(collection.schema)
  codecs.set(collection, codec)
  return asciiJson(codec.encode(record))
}

/** The key of a changed record as one text. */
function keyText({ collection, before, after }: Change): string {
  const record: Readonly<Record<string, unknown>> = after ?? before ?? {}
  const keys: readonly string[] = collection.key
  return keys.map((field) => String(record[field])).join(' ')
}

/** A link of the audit log with the values beside it, where they were not erased. */
export interface AuditLink {
  readonly seq: number
  readonly recordedAt: Instant
  readonly event: EventOf<typeof auditLog>
  readonly values: readonly RecordOf<typeof auditValues>[]
}

/**
 * The history of one record, oldest first.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, historyOf, jobStates, villageSchema } from '@lumbung/core/village'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 * })
 * const storage = openMemory(villageSchema(config))
 * await storage.read(config.id, (tx) => historyOf(tx, jobStates, 'snapshot-turn')) // => []
 * ```
 */
export async function historyOf(
  tx: ReadTransaction,
  collection: AnyCollection,
  key: string,
): Promise<readonly AuditLink[]> {
  const links: AuditLink[] = []
  const where = { collection: collection.name, recordKey: key }
  for await (const value of tx.stream(auditValues, { where, orderBy: ['link'] })) {
    const appended = await tx.event(auditLog, streamId, value.link)
    if (appended !== undefined) links.push({ ...appended, values: [value] })
  }
  return links
}

/** A value beside the audit log that is not what its digest says. */
export interface AuditFault {
  readonly link: number
  readonly values: string
  readonly code: 'values-altered' | 'values-missing'
}

/**
 * Checks that the values beside the audit log are those whose digests stand in it. Erased values are in order:
 * the erasure is a link of its own.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { auditFaults, defineVillage, villageSchema } from '@lumbung/core/village'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 * })
 * const storage = openMemory(villageSchema(config))
 * await storage.read(config.id, auditFaults) // => []
 * ```
 */
export async function auditFaults(tx: ReadTransaction): Promise<readonly AuditFault[]> {
  const faults: AuditFault[] = []
  for await (const { seq, event } of tx.events(auditLog, streamId)) {
    for (const change of event.changes) {
      const values = await tx.get(auditValues, { id: change.values })
      if (values === undefined) {
        faults.push({ link: seq, values: change.values, code: 'values-missing' })
        continue
      }
      if (values.erasedAt !== null) continue
      // What was altered may be the salt, which then need not be one.
      const salt = /^(?:[0-9a-f]{2})+$/.test(values.salt) ? hexToBytes(values.salt) : undefined
      const holds = (text: string | null, digest: string | undefined) =>
        salt !== undefined && (text === null ? undefined : saltedDigest(salt, text)) === digest
      if (!holds(values.before, change.before) || !holds(values.after, change.after)) {
        faults.push({ link: seq, values: change.values, code: 'values-altered' })
      }
    }
  }
  return faults
}
