import type { Storage } from '../storage.ts'
import { testClaims } from './claims.ts'
import { testClosing } from './closing.ts'
import { testFailures } from './failures.ts'
import { testModel } from './model.ts'
import { testOperands } from './operands.ts'
import { testQueries } from './queries.ts'
import { testScreening } from './screening.ts'
import { type SecondProcess, testSecondProcess } from './second-process.ts'
import { testSelfReference } from './self-reference.ts'
import { testSharedCommits, testSharedWaiting } from './shared-commits.ts'
import type { StoreTest } from './store-test.ts'
import { testStreams } from './streams.ts'
import { testTexts } from './texts.ts'
import { testTransactions } from './transactions.ts'
import { testValues } from './values.ts'
import { testVerification } from './verification.ts'
import { testWaiting } from './waiting.ts'
import { testWholeStore } from './whole-store.ts'

export { conformanceSchema } from './fixtures.ts'
export { answerAsSecondProcess, type SecondProcess, type SecondProcessTask } from './second-process.ts'

/** What an adapter gives to the suite. */
export interface ConformanceOptions {
  /** The store's name, which stands in the name of each test. */
  readonly store: string
  /** Registers a test with the adapter's own test runner. */
  readonly test: (name: string, run: () => Promise<void>) => void
  /** Opens an empty store with {@link conformanceSchema}; the suite closes it, once. */
  readonly open: () => Promise<Storage>
  /**
   * Opens an empty store as `open` does, whose writers wait for one another at most a second; undefined where
   * that cannot be set. Default: how long a writer waits is not tested.
   */
  readonly openImpatient?: () => Promise<Storage>
  /** Opens the same store in another process; undefined where that cannot be. */
  readonly openSecondProcess?: (first: Storage) => Promise<SecondProcess>
  /**
   * Closes a store and opens it again, with what it held. Default: not tested, so a store that claims to be durable
   * must give `openSecondProcess`.
   */
  readonly reopen?: (storage: Storage) => Promise<Storage>
  /** How many random workloads are played, and from which seed. Default 20 from seed 1. */
  readonly workloads?: { readonly count: number; readonly seed: number }
}

/**
 * Registers the conformance tests of a storage adapter. Whatever passes them behaves like every other store:
 * the same values come back, the same faults have the same codes, nothing half done is ever seen.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { conformanceSchema, testConformance } from '@lumbung/core/storage/conformance'
 *
 * const names: string[] = []
 * testConformance({
 *   store: 'memory',
 *   test: (name) => names.push(name),
 *   open: async () => openMemory(conformanceSchema),
 * })
 * names.every((name) => name.startsWith('conformance of memory: ')) // => true
 * ```
 */
export function testConformance(options: ConformanceOptions): void {
  const {
    store,
    test,
    open,
    openImpatient,
    openSecondProcess,
    reopen,
    workloads = { count: 20, seed: 1 },
  } = options
  const unclosedTest: StoreTest = (name, run) =>
    test(`conformance of ${store}: ${name}`, async () => run(await open()))
  const closedAfter =
    (opens: () => Promise<Storage>): StoreTest =>
    (name, run) =>
      test(`conformance of ${store}: ${name}`, async () => {
        const storage = await opens()
        try {
          await run(storage)
        } finally {
          await storage.close()
        }
      })
  const storeTest = closedAfter(open)
  testValues(storeTest)
  testTexts(storeTest)
  testQueries(storeTest)
  testOperands(storeTest)
  testScreening(storeTest)
  testTransactions(storeTest)
  testFailures(storeTest)
  testSharedCommits(storeTest)
  testStreams(storeTest)
  testWholeStore(storeTest)
  testSelfReference(storeTest)
  testVerification(storeTest)
  testClosing(unclosedTest)
  testClaims(unclosedTest, { reopen, openSecondProcess })
  if (openImpatient !== undefined) {
    testWaiting(closedAfter(openImpatient))
    testSharedWaiting(closedAfter(openImpatient))
  }
  if (openSecondProcess !== undefined) testSecondProcess(storeTest, openSecondProcess)
  testModel(storeTest, workloads)
}
