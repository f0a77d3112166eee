import { type Head, nextHead, parseHead, type VillageId } from '../kernel/index.ts'
import { recordOf } from './collection.ts'
import type { RowTransaction } from './driver.ts'
import { streamTablePrefix } from './names.ts'
import { rowBatches } from './pages.ts'
import type { StorageSchema } from './schema.ts'
import { villageOrder } from './selection.ts'
import { type AnyStream, appendedOf, eventBytes, streamHeads } from './stream.ts'
import type { Row } from './table.ts'
import type { Report } from './verify-fault.ts'

/** The head of a stream that was written down outside of the store, on minutes or a receipt. */
export interface NotedHead {
  readonly villageId: VillageId
  /** The name of the stream's definition. */
  readonly stream: string
  /** The id of this stream among those of its name. */
  readonly id: string
  /** `seq:hash`, as the kernel's `headText` writes it. */
  readonly head: string
}

/** Where a head belongs. */
interface Place {
  readonly villageId: string
  readonly stream: string
  readonly id: string
}

interface PlacedHead extends Place {
  readonly seq: number
  readonly hash: string
}

/** What is known of the streams beside their events, by place; what is confirmed is taken out. */
interface Expected {
  /** The rows of {@link streamHeads}. */
  readonly stored: Map<string, PlacedHead>
  /** What was noted outside. */
  readonly noted: Map<string, readonly PlacedHead[]>
}

function nameOf({ villageId, stream, id }: Place): string {
  return JSON.stringify([villageId, stream, id])
}

/**
 * Walks every stream: its chain from the first event, its stored head, and the heads noted outside. Only the
 * latter show that a stream was made anew, or cut off together with its stored head.
 *
 * @throws LumbungError `chain/invalid-head`.
 */
export async function verifyStreams(
  rows: RowTransaction,
  { streams }: StorageSchema,
  notedHeads: readonly NotedHead[],
  report: Report,
): Promise<number> {
  const noted: Expected['noted'] = new Map()
  for (const { villageId, stream, id, head } of notedHeads) {
    const placed = { villageId, stream, id, ...parseHead(head) }
    noted.set(nameOf(placed), [...(noted.get(nameOf(placed)) ?? []), placed])
  }
  const expected = { stored: await storedHeads(rows), noted }
  let events = 0
  for (const stream of streams) events += await verifyStream(rows, stream, expected, report)
  reportWhatIsLeft(expected, report)
  return events
}

async function storedHeads(rows: RowTransaction): Promise<Expected['stored']> {
  const heads: Expected['stored'] = new Map()
  const { table } = streamHeads
  for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
    for (const row of batch) {
      const { name, stream: id, seq, hash } = recordOf(streamHeads, row)
      const placed = { villageId: String(row[0]), stream: name, id, seq, hash }
      heads.set(nameOf(placed), placed)
    }
  }
  return heads
}

/** One stream on the way along its events. */
interface Walk extends Place {
  head: Head | undefined
  broken: boolean
}

async function verifyStream(
  rows: RowTransaction,
  stream: AnyStream,
  expected: Expected,
  report: Report,
): Promise<number> {
  const { table } = stream
  let count = 0
  let walk: Walk | undefined
  for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
    for (const row of batch) {
      count += 1
      const [villageId, id] = [String(row[0]), String(row[1])]
      if (walk?.villageId !== villageId || walk.id !== id) {
        if (walk !== undefined) compareWithStored(stream, walk, expected, report)
        walk = { villageId, stream: stream.name, id, head: undefined, broken: false }
      }
      // After the first break of a stream nothing that follows can be told right from wrong.
      if (!walk.broken) step(stream, row, walk, expected, report)
    }
  }
  if (walk !== undefined) compareWithStored(stream, walk, expected, report)
  return count
}

/** Checks one event after the one before, and moves on to it. */
function step(stream: AnyStream, row: Row, walk: Walk, { noted }: Expected, report: Report): void {
  const { villageId, id } = walk
  const fault = stepFault(stream, row, walk)
  if (fault !== undefined) {
    walk.broken = true
    report({ ...fault, table: stream.table.name, villageId, key: [id, row[2]] })
    return
  }
  const name = nameOf(walk)
  const { seq, hash } = walk.head ?? {}
  const left = noted.get(name)?.filter((head) => head.seq !== seq || head.hash !== hash)
  if (left !== undefined) noted.set(name, left)
}

function stepFault(
  stream: AnyStream,
  row: Row,
  walk: Walk,
): { readonly code: string; readonly message: string } | undefined {
  try {
    const appended = appendedOf(stream, row, stream.decode)
    const bytes = eventBytes(stream, walk.villageId, walk.id, appended)
    const verdict = nextHead(walk.head, { seq: appended.seq, hash: appended.hash, bytes })
    if (verdict.ok) {
      walk.head = verdict.head
      return undefined
    }
    const { kind, seq } = verdict
    if (kind === 'gap') return { code: kind, message: `Event ${seq} is missing.` }
    return { code: kind, message: 'The event or its hash was altered.' }
  } catch {
    return { code: 'altered', message: 'The event cannot be read.' }
  }
}

function compareWithStored(stream: AnyStream, walk: Walk, { stored }: Expected, report: Report): void {
  const { villageId, id, head, broken } = walk
  const found = stored.get(nameOf(walk))
  stored.delete(nameOf(walk))
  if (broken || (found?.seq === head?.seq && found?.hash === head?.hash)) return
  report({
    code: 'head-differs',
    message: 'The head is not that of the last event.',
    table: stream.table.name,
    villageId,
    key: [id, head?.seq],
  })
}

/** Heads to which no stream led. */
function reportWhatIsLeft({ stored, noted }: Expected, report: Report): void {
  for (const { stream, villageId, id, seq } of stored.values()) {
    // A head that was locked before any event stands at 0.
    if (seq === 0) continue
    const message = `${stream} ends before its head.`
    report({ code: 'missing-events', message, table: streamHeads.table.name, villageId, key: [id, seq] })
  }
  for (const { stream, villageId, id, seq } of [...noted.values()].flat()) {
    const message = `${stream} does not lead to the head that was noted at ${seq}.`
    report({ code: 'head-lost', message, table: `${streamTablePrefix}${stream}`, villageId, key: [id, seq] })
  }
}
