import type { Instant } from '../kernel/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { householdVersionOf, residentVersionOf } from './apply.ts'
import { households, householdVersions, residents, residentVersions } from './collections.ts'
import { sameFields } from './edits.ts'

/** A record of the register that does not go with what stands beside it. */
export interface RegisterFault {
  readonly code: 'record-altered' | 'versions-broken' | 'snapshot-altered'
  /** The collection of the record. */
  readonly collection: string
  readonly key: readonly string[]
}

/**
 * Checks that every resident and household is what its newest version says, and that its versions are all there: each
 * from the first to the newest, and none beyond it.
 *
 * @example
 * ```ts
 * import { VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections, versionFaults } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const storage = openMemory({ collections: peopleCollections, streams: [] })
 * const faults = await storage.read(VillageId.parse('v'), async (tx) => {
 *   for await (const fault of versionFaults(tx)) return fault
 *   return 'none'
 * })
 * faults // => 'none'
 * ```
 */
export async function* versionFaults(tx: ReadTransaction): AsyncGenerator<RegisterFault> {
  yield* faultsOf(tx.stream(residents), tx.stream(residentVersions), {
    collection: residents.name,
    ownerOf: ({ resident }) => resident,
    versionOf: residentVersionOf,
  })
  yield* faultsOf(tx.stream(households), tx.stream(householdVersions), {
    collection: households.name,
    ownerOf: ({ household }) => household,
    versionOf: householdVersionOf,
  })
}

/** Both come by key, so that one walk over them needs the memory of one record. */
async function* faultsOf<
  R extends { readonly id: string; readonly revision: number },
  V extends { readonly seq: number; readonly recordedAt: Instant; readonly version: number },
>(
  records: AsyncIterable<R>,
  versions: AsyncIterable<V>,
  {
    collection,
    ownerOf,
    versionOf,
  }: {
    readonly collection: string
    readonly ownerOf: (version: V) => string
    readonly versionOf: (record: R, recordedAt: Instant) => object
  },
): AsyncGenerator<RegisterFault> {
  const rest = versions[Symbol.asyncIterator]()
  let next = await rest.next()
  for await (const record of records) {
    const key = [record.id]
    let [seq, isWhole] = [0, true]
    let newest: V | undefined
    while (next.done !== true && ownerOf(next.value) <= record.id) {
      if (ownerOf(next.value) === record.id) {
        newest = next.value
        seq += 1
        isWhole &&= newest.seq === seq
      } else yield { code: 'versions-broken', collection, key: [ownerOf(next.value)] }
      next = await rest.next()
    }
    if (!isWhole || seq !== record.revision) yield { code: 'versions-broken', collection, key }
    else if (newest !== undefined) {
      // How often the storage wrote either says nothing of what they hold.
      const { recordedAt, version: count } = newest
      if (!sameFields({ ...versionOf(record, recordedAt), version: count }, newest))
        yield { code: 'record-altered', collection, key }
    }
  }
  // Versions of records that are gone.
  for (; next.done !== true; next = await rest.next()) {
    yield { code: 'versions-broken', collection, key: [ownerOf(next.value)] }
  }
}
