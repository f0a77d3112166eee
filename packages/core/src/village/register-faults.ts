import type { CivilDate } from '../kernel/index.ts'
import {
  datedFacts,
  households,
  householdVersions,
  memberships,
  type RegisterFault as PeopleFault,
  recordsWith,
  residents,
  residentVersions,
  snapshotFaults,
  todaySnapshot,
  versionFaults,
} from '../people/index.ts'
import { type ReadTransaction, type RecordOf, type Stored, withoutVersion } from '../storage/index.ts'
import { streamId, textOf } from './audit.ts'
import type { VillageConfig } from './config.ts'
import { auditLog, auditValues, snapshotDays } from './records.ts'
import { factsText, snapshotOfConfig } from './schema.ts'

/** Something in the register that is not what was written into it. */
export interface RegisterFault {
  readonly code: PeopleFault['code'] | 'audited-differently' | 'records-missing' | 'records-unaudited'
  readonly collection: string
  /** Empty where it is a count that differs. */
  readonly key: readonly string[]
}

/** The collections of which each record that comes or goes is counted in the audit log. */
const counted = [residents, households, memberships, datedFacts] as const

/**
 * Checks that the register is what was written into it, in bounded memory: every record with its versions, the stored
 * snapshot with what building it anew gives, each record whose change stands in the audit log with that change, and how
 * many records there are with how many the log says came and went.
 *
 * It cannot tell where somebody altered a record that came with an import and was not changed since, and its only
 * version, its facts or its memberships with it: of an import the log holds the counts alone.
 *
 * @param knownFaults The ids of audit values that are themselves not what was written, which prove nothing.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, registerFaults, villageSchema } from '@lumbung/core/village'
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
 * const today = CivilDate.parse('2026-11-24')
 * await storage.read(config.id, (tx) => registerFaults(tx, { config, today })) // => []
 * ```
 */
export async function registerFaults(
  tx: ReadTransaction,
  {
    config,
    today,
    knownFaults = new Set(),
  }: {
    readonly config: VillageConfig
    readonly today: CivilDate
    readonly knownFaults?: ReadonlySet<string>
  },
): Promise<readonly RegisterFault[]> {
  const faults: RegisterFault[] = []
  for await (const fault of versionFaults(tx)) faults.push(fault)
  const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
  // Without a day, or for other facts, the snapshot is made anew before anybody reads it.
  if (day?.facts === factsText(config)) {
    for await (const fault of snapshotFaults(tx, snapshotOfConfig(config), { from: day.on, to: today })) {
      faults.push(fault)
    }
  }
  for (const collection of counted) {
    for await (const fault of auditedFaults(tx, collection, knownFaults)) faults.push(fault)
  }
  faults.push(...(await countFaults(tx)))
  return faults
}

type Counted = (typeof counted)[number]
type Values = Stored<typeof auditValues>

/** So many audit values, or a few more, are looked at together. */
const valuesPerPage = 512

async function* auditedFaults(
  tx: ReadTransaction,
  collection: Counted,
  knownFaults: ReadonlySet<string>,
): AsyncGenerator<RegisterFault> {
  for await (const page of pagesByRecord(tx, collection)) {
    const ids = [...page.keys()]
    const stored = await textsOfRecords(tx, collection, ids)
    const states = await textsOfVersions(tx, collection, ids)
    for (const [id, values] of page) {
      const usable = values.filter((value) => value.erasedAt === null && !knownFaults.has(value.id))
      const last = values.at(-1)
      const isAsLeft = last === undefined || !usable.includes(last) || (stored.get(id) ?? null) === last.after
      const known = states?.get(id)
      const isInHistory =
        known === undefined ||
        usable.every(({ before, after }) => [before, after].every((text) => text === null || known.has(text)))
      if (!isAsLeft || !isInHistory) {
        yield { code: 'audited-differently', collection: collection.name, key: [id] }
      }
    }
  }
}

/** The audit values of some records at a time, those of each in the order in which they were written. */
async function* pagesByRecord(
  tx: ReadTransaction,
  collection: Counted,
): AsyncGenerator<ReadonlyMap<string, readonly Values[]>> {
  let page = new Map<string, Values[]>()
  let count = 0
  const query = { where: { collection: collection.name }, orderBy: ['recordKey', 'link'] } as const
  for await (const value of tx.stream(auditValues, query)) {
    const group = page.get(value.recordKey)
    if (group === undefined && count >= valuesPerPage) {
      yield page
      page = new Map()
      count = 0
    }
    count += 1
    const begun = page.get(value.recordKey)
    if (begun === undefined) page.set(value.recordKey, [value])
    else begun.push(value)
  }
  if (page.size > 0) yield page
}

async function textsOfRecords(
  tx: ReadTransaction,
  collection: Counted,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const record of await recordsWith(tx, collection, 'id', ids)) {
    const text = textOf(collection, withoutVersion(record))
    if (text !== null) found.set(record.id, text)
  }
  return found
}

/** Every state of each record as the audit log would hold it; undefined where a collection keeps none. */
async function textsOfVersions(
  tx: ReadTransaction,
  collection: Counted,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
  const found = new Map<string, Set<string>>()
  const add = (id: string, record: RecordOf<Counted>) => {
    const text = textOf(collection, record)
    const texts = found.get(id) ?? new Set()
    found.set(id, texts)
    if (text !== null) texts.add(text)
  }
  if (collection === residents) {
    for (const version of await recordsWith(tx, residentVersions, 'resident', ids)) {
      const { resident: id, seq: revision, recordedAt: _, version: __, ...person } = version
      add(id, { id, ...person, revision })
    }
    return found
  }
  if (collection !== households) return undefined
  for (const version of await recordsWith(tx, householdVersions, 'household', ids)) {
    const { household: id, seq: revision, recordedAt: _, version: __, ...home } = version
    add(id, { id, ...home, revision })
  }
  return found
}

/** How many records there are, against how many came and went by the audit log. */
async function countFaults(tx: ReadTransaction): Promise<readonly RegisterFault[]> {
  const sums = new Map(counted.map(({ name }) => [name as string, 0]))
  const add = (name: string, count: number) => {
    const sum = sums.get(name)
    if (sum !== undefined) sums.set(name, sum + count)
  }
  for await (const { event } of tx.events(auditLog, streamId)) {
    for (const { collection, before, after } of event.changes) {
      if (before === undefined && after !== undefined) add(collection, 1)
      if (before !== undefined && after === undefined) add(collection, -1)
    }
    for (const { what, added } of event.bulk ?? []) {
      // An import from before the log told where its records came to.
      if (added === undefined && (what === 'population' || what === 'facts')) return []
      for (const [name, count] of Object.entries(added ?? {})) add(name, count)
    }
  }
  const faults: RegisterFault[] = []
  for (const collection of counted) {
    const [stands, told] = [await tx.count(collection), sums.get(collection.name) ?? 0]
    if (stands === told) continue
    const code = stands < told ? 'records-missing' : 'records-unaudited'
    faults.push({ code, collection: collection.name, key: [] })
  }
  return faults
}
