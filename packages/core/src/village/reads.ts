import type { Instant, ResidentId } from '../kernel/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
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
  }
  await tx.append(readLog, streamId, [event], now)
  await tx.insertMany(
    readSubjects,
    residents.map((resident) => ({ ending: endingOf(resident), link, resident })),
  )
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
 * Checks that as many residents stand beside each link of the read log as it says: whoever takes away that somebody's
 * data was read is found out.
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
  const counts = new Map<number, number>()
  for await (const { link } of tx.stream(readSubjects)) counts.set(link, (counts.get(link) ?? 0) + 1)
  const faults: ReadLogFault[] = []
  for await (const { seq, event } of tx.events(readLog, streamId)) {
    if ((counts.get(seq) ?? 0) !== event.subjects) faults.push({ link: seq, code: 'read-subjects-differ' })
  }
  return faults
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
