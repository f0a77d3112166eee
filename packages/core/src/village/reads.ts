import { type Digest, type Instant, type ResidentId, sha256Hex } from '../kernel/index.ts'
import type { ReadTransaction, Stored, Transaction } from '../storage/index.ts'
import { readLog, readSubjects } from './records.ts'
import type { Actor } from './roles.ts'
import { recordsOf } from './same-person.ts'

const streamId = 'village'

/** A read of personal data. */
export interface ReadEntry {
  readonly useCase: string
  readonly actor: Actor
  readonly purpose?: string | undefined
  readonly residents: readonly ResidentId[]
}

/** Appends a read to the read log: one link, found again for each resident that it touched. */
export async function appendRead(tx: Transaction, entry: ReadEntry, now: Instant): Promise<void> {
  const { useCase, actor, purpose } = entry
  const residents = [...new Set(entry.residents)]
  const link = ((await tx.lockHead(readLog, streamId))?.seq ?? 0) + 1
  const event = {
    useCase,
    actor: { kind: actor.kind, id: actor.id },
    ...(purpose === undefined ? {} : { purpose }),
    subjects: residents.length,
    digest: digestOf(link, residents),
  }
  await tx.append(readLog, streamId, [event], now)
  await tx.insertMany(
    readSubjects,
    residents.map((resident) => ({ ending: endingOf(resident), link, resident })),
  )
}

/** Over the link and the ids in their order, so that neither can be exchanged for others of the same count. */
function digestOf(link: number, residents: readonly ResidentId[]): Digest {
  return sha256Hex(new TextEncoder().encode([`reads ${link}`, ...residents.toSorted()].join('\n')))
}

/** The last digit of an id, which is chance: each of the sixteen belongs to as many residents as any other. */
function endingOf(resident: ResidentId): string {
  return resident.slice(-1)
}

/** A link of the read log of which it cannot be told any more whom it concerns. */
export interface ReadLogFault {
  readonly link: number
  readonly code: 'read-subjects-differ'
}

/**
 * Checks that the residents beside each link of the read log are those that it was noted for: whoever takes away that
 * somebody's data was read, or puts it on somebody else, is found out.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, readLogFaults, villageSchema } from '@lumbung/core/village'
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
 * await storage.read(config.id, readLogFaults) // => []
 * ```
 */
export async function readLogFaults(tx: ReadTransaction): Promise<readonly ReadLogFault[]> {
  const faults: ReadLogFault[] = []
  const fault = (link: number) => void faults.push({ link, code: 'read-subjects-differ' })
  const subjects = subjectsByLink(tx)
  let next = await subjects.next()
  for await (const { seq, event } of tx.events(readLog, streamId)) {
    const residents: ResidentId[] = []
    for (; next.done !== true && next.value.link <= seq; next = await subjects.next()) {
      const { ending, link, resident } = next.value
      // A row in another place than its own is one that nobody finds.
      if (link === seq && ending === endingOf(resident)) residents.push(resident)
    }
    const isSame = event.digest === undefined || event.digest === digestOf(seq, residents)
    if (residents.length !== event.subjects || !isSame) fault(seq)
  }
  // What stands beside a link that there is not.
  for (; next.done !== true; next = await subjects.next()) fault(next.value.link)
  return faults
}

type Rows = AsyncIterator<Stored<typeof readSubjects>>

const endings = [...'0123456789abcdef']

/** The rows of all sixteen places in the order of their links, in constant memory. */
async function* subjectsByLink(tx: ReadTransaction): AsyncGenerator<Stored<typeof readSubjects>> {
  const places: { readonly rows: Rows; head: Awaited<ReturnType<Rows['next']>> }[] = []
  for (const ending of endings) {
    const rows = tx.stream(readSubjects, { where: { ending } })[Symbol.asyncIterator]()
    places.push({ rows, head: await rows.next() })
  }
  for (;;) {
    let first:
      | { readonly place: (typeof places)[number]; readonly row: Stored<typeof readSubjects> }
      | undefined
    for (const place of places) {
      const { head } = place
      if (head.done !== true && (first === undefined || head.value.link < first.row.link)) {
        first = { place, row: head.value }
      }
    }
    if (first === undefined) return
    yield first.row
    first.place.head = await first.place.rows.next()
  }
}

/** Who read somebody's data, when, and for what. */
export interface PersonalRead {
  readonly at: Instant
  readonly useCase: string
  readonly actor: { readonly kind: Actor['kind']; readonly id: string }
  readonly purpose?: string | undefined
}

/** A page of the reads of one resident's data, the latest first. */
export interface PersonalReads {
  readonly reads: readonly PersonalRead[]
  readonly next?: string
}

/**
 * Who has read the data of a resident, those of records that were merged into theirs too.
 *
 * @example
 * ```ts
 * import { ResidentId } from '@lumbung/core/kernel'
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, readsOf, villageSchema } from '@lumbung/core/village'
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
 * const sari = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const storage = openMemory(villageSchema(config))
 * await storage.read(config.id, (tx) => readsOf(tx, sari)) // => { reads: [] }
 * ```
 */
export async function readsOf(
  tx: ReadTransaction,
  resident: ResidentId,
  page: { readonly limit?: number; readonly after?: string } = {},
): Promise<PersonalReads> {
  const records = await recordsOf(tx, resident)
  const where =
    records.length === 1
      ? { ending: endingOf(resident), resident }
      : { ending: { in: [...new Set(records.map(endingOf))] }, resident: { in: records } }
  const found = await tx.query(readSubjects, { where, orderBy: ['-link'], ...page })
  const reads: PersonalRead[] = []
  // One read may have touched several records of a person.
  for (const link of new Set(found.records.map((subject) => subject.link))) {
    const read = await tx.event(readLog, streamId, link)
    if (read === undefined) continue
    const { useCase, actor, purpose } = read.event
    reads.push({ at: read.recordedAt, useCase, actor, ...(purpose === undefined ? {} : { purpose }) })
  }
  return { reads, ...(found.next === undefined ? {} : { next: found.next }) }
}
