import { chainHash } from '../kernel/index.ts'
import { type AnyCollection, recordOf } from './collection.ts'
import type { IntegrityFault, RowTransaction } from './driver.ts'
import { rowBatches } from './pages.ts'
import type { StorageSchema } from './schema.ts'
import { villageOrder } from './selection.ts'
import { type AnyStream, appendedOf, eventBytes, streamHeads } from './stream.ts'
import type { Row } from './table.ts'

/** Something that does not hold. */
export interface VerifyFault extends IntegrityFault {
  /** The table, where the fault is in one. */
  readonly table?: string
  readonly villageId?: string
  /** The key of the record, or stream and seq of the event. */
  readonly key?: readonly unknown[]
}

/** What a verification looked at and what it found. */
export interface VerifyReport {
  readonly records: number
  readonly events: number
  /** At most the first 100; `faultCount` tells how many there were. */
  readonly faults: readonly VerifyFault[]
  readonly faultCount: number
}

const faultsKept = 100

/** Checks every record against its schema, every stream for gaps, altered events and its head. */
export async function verifyRows(
  rows: RowTransaction,
  schema: StorageSchema,
  integrity: readonly IntegrityFault[],
): Promise<VerifyReport> {
  const faults: VerifyFault[] = integrity.slice(0, faultsKept)
  let faultCount = integrity.length
  const report = (fault: VerifyFault): void => {
    faultCount += 1
    if (faults.length < faultsKept) faults.push(fault)
  }
  let records = 0
  for (const collection of schema.collections) records += await verifyCollection(rows, collection, report)
  const heads = await readHeads(rows)
  let events = 0
  for (const stream of schema.streams) events += await verifyStream(rows, stream, heads, report)
  for (const [name, head] of heads) {
    const [stream, villageId, id] = JSON.parse(name) as [string, string, string]
    const { table } = streamHeads
    if (head.seq > 0) {
      report({
        code: 'missing-events',
        message: `${stream} ends before its head.`,
        table: table.name,
        villageId,
        key: [id, head.seq],
      })
    }
  }
  return { records, events, faults, faultCount }
}

type Report = (fault: VerifyFault) => void

async function verifyCollection(
  rows: RowTransaction,
  collection: AnyCollection,
  report: Report,
): Promise<number> {
  const { table } = collection
  const fields: readonly string[] = collection.key
  let count = 0
  for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
    for (const row of batch) {
      count += 1
      const message = recordFault(collection, row)
      if (message === undefined) continue
      const key = row.slice(1).filter((_, index) => fields.includes(collection.columns[index]?.field ?? ''))
      report({ code: 'invalid-record', message, table: table.name, villageId: String(row[0]), key })
    }
  }
  return count
}

/** Field names and rules only: a report must not carry the values of people. */
function recordFault(collection: AnyCollection, row: Row): string | undefined {
  try {
    const { version: _, ...record } = recordOf(collection, row)
    const parsed = collection.schema.safeParse(record)
    if (parsed.success) return undefined
    return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ')
  } catch {
    return 'it cannot be read.'
  }
}

interface Head {
  readonly seq: number
  readonly hash: string
}

/** Heads by name, village and id; those of streams that are found whole are taken out. */
type Heads = Map<string, Head>

async function readHeads(rows: RowTransaction): Promise<Heads> {
  const heads: Heads = new Map()
  const { table } = streamHeads
  for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
    for (const row of batch) {
      const { name, stream, seq, hash } = recordOf(streamHeads, row)
      heads.set(JSON.stringify([name, row[0], stream]), { seq, hash })
    }
  }
  return heads
}

async function verifyStream(
  rows: RowTransaction,
  stream: AnyStream,
  heads: Heads,
  report: Report,
): Promise<number> {
  const { table } = stream
  let count = 0
  let current: { village: string; id: string; head: Head; broken: boolean } | undefined

  const finish = (): void => {
    if (current === undefined) return
    const { village, id, head, broken } = current
    const name = JSON.stringify([stream.name, village, id])
    const expected = heads.get(name)
    if (!broken && (expected?.seq !== head.seq || expected.hash !== head.hash)) {
      report({
        code: 'head-differs',
        message: 'The head is not that of the last event.',
        table: table.name,
        villageId: village,
        key: [id, head.seq],
      })
    }
    heads.delete(name)
  }

  for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
    for (const row of batch) {
      count += 1
      const [village, id] = [String(row[0]), String(row[1])]
      if (current?.village !== village || current.id !== id) {
        finish()
        current = { village, id, head: { seq: 0, hash: '' }, broken: false }
      }
      // After the first break of a stream nothing that follows can be told right from wrong.
      if (current.broken) continue
      const fault = eventFault(stream, row, current)
      if (fault !== undefined) {
        current.broken = true
        report({ ...fault, table: table.name, villageId: village, key: [id, row[2]] })
      }
    }
  }
  finish()
  return count
}

/** Checks one event after the one before, and moves on to it. */
function eventFault(
  stream: AnyStream,
  row: Row,
  at: { village: string; id: string; head: Head },
): IntegrityFault | undefined {
  try {
    const appended = appendedOf(stream, row)
    const { seq, hash } = appended
    if (seq !== at.head.seq + 1) return { code: 'gap', message: `Event ${at.head.seq + 1} is missing.` }
    const bytes = eventBytes(stream, at.village, at.id, appended)
    const previous = seq === 1 ? undefined : (at.head.hash as Parameters<typeof chainHash>[0])
    if (chainHash(previous, bytes) !== hash)
      return { code: 'altered', message: 'The event or its hash was altered.' }
    at.head = { seq, hash }
    return undefined
  } catch {
    return { code: 'altered', message: 'The event cannot be read.' }
  }
}
