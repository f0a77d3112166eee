import type { VillageId } from '../kernel/index.ts'
import type { AnyCollection, Stored } from './collection.ts'
import type { Capabilities, Isolation } from './driver.ts'
import type { DumpLine } from './dump.ts'
import type { Facts } from './facts.ts'
import type { StorageSchema } from './schema.ts'
import type { Screened, Screening } from './screening.ts'
import type { Query } from './selection.ts'
import type { ReadTransaction, Transaction } from './transaction/transaction.ts'
import type { VerifyReport } from './verify.ts'
import type { NotedHead } from './verify-streams.ts'

/** How {@link Storage.transact} runs its work. */
export type TransactOptions = {
  /** Default `serializable`. */
  readonly isolation?: Isolation
} & (
  | {
      /** How often the work runs at most when others get in its way. Default 10. */
      readonly attempts?: number
      readonly shared?: false
    }
  | {
      /**
       * Shares the commit with other units that wait at the same time, so that many small writes cost few
       * flushes. A unit that fails harms no neighbour. Default false. Where one meets a conflict each is tried again
       * by itself, up to 10 times; none can name attempts of its own. A unit within another gets `storage/busy`.
       */
      readonly shared: true
      readonly attempts?: never
    }
)

/** What {@link Storage.verify} compares with. */
export interface VerifyOptions {
  /** Heads that were noted outside of the store. Default: none. */
  readonly heads?: readonly NotedHead[]
}

/** How {@link Storage.restore} judges what it restores. */
export interface RestoreOptions {
  /** Keeps what was restored though its verification found faults: to save what is left. Default false. */
  readonly acceptFaults?: boolean
}

/** One record with the village it belongs to. */
export interface AcrossVillages<C extends AnyCollection> {
  readonly villageId: VillageId
  readonly record: Stored<C>
}

/** What an analytical read may ask of all villages at once. */
export interface AcrossTransaction {
  /** All records of a collection by village and key, in constant memory. */
  stream<C extends AnyCollection>(
    collection: C,
    where?: NonNullable<Query<C>['where']>,
  ): AsyncIterable<AcrossVillages<C>>
  count<C extends AnyCollection>(collection: C, where?: NonNullable<Query<C>['where']>): Promise<number>
  /** Asks checked rules of all records of a collection, by village and key. */
  screen(facts: Facts, screening: Screening): AsyncIterable<Screened & { readonly villageId: VillageId }>
}

/**
 * An open store. All that is read or written happens in a transaction of one village. Once `close` was called, every
 * call, also of a transaction that is open, throws `storage/closed`.
 */
export interface Storage {
  readonly name: string
  readonly capabilities: Capabilities
  readonly schema: StorageSchema
  /** Reads from one state that stays the same until `work` ends, while others write. */
  read<T>(villageId: VillageId, work: (transaction: ReadTransaction) => Promise<T>): Promise<T>
  /**
   * Runs `work` in a transaction, commits and only then returns. The work may run several times, so all it
   * does outside the transaction must be harmless to repeat; if it throws, nothing is left of it.
   *
   * A transaction within the work of another is one of its own, not a part of it. Where writers follow one
   * another, it waits for one that waits for it, and ends with `storage/busy`.
   *
   * @throws LumbungError `storage/conflict` when others got in the way at every attempt; `storage/busy`,
   * `storage/full`, `storage/read-only`, `storage/unavailable`; whatever `work` throws.
   */
  transact<T>(
    villageId: VillageId,
    work: (transaction: Transaction) => Promise<T>,
    options?: TransactOptions,
  ): Promise<T>
  /** An analytical read over all villages, from one state. Everyday reads name their village. */
  readAcrossVillages<T>(work: (transaction: AcrossTransaction) => Promise<T>): Promise<T>
  /** Everything that is stored, table by table in key order, from one state. */
  dump(): AsyncIterable<DumpLine>
  /**
   * Replaces everything that is stored by what was dumped, or changes nothing. Before it commits it verifies
   * what it wrote.
   *
   * @throws LumbungError `storage/invalid-dump`, with the faults where the verification found some.
   */
  restore(lines: AsyncIterable<DumpLine> | Iterable<DumpLine>, options?: RestoreOptions): Promise<void>
  /**
   * Checks the database's own structure, each record against its schema, each blob against its hash, and each
   * stream's chain: also against heads noted outside, since a store alone cannot tell that a stream was made
   * anew. A head to which no stream leads is the fault `head-lost`.
   *
   * @throws LumbungError `chain/invalid-head`.
   */
  verify(options?: VerifyOptions): Promise<VerifyReport>
  /** Closes the store; a second time does nothing. */
  close(): Promise<void>
}
