import type { AcrossTransaction } from '../storage.ts'
import type { Transaction } from '../transaction/transaction.ts'
import { all, equal, holds, refused } from './assertions.ts'
import { journal, noon, resident, residents, tallies, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** A call that fails, each in another place: before, in and after the rows. */
const failing: Readonly<
  Record<string, readonly [code: string, call: (tx: Transaction) => Promise<unknown>]>
> = {
  'a record that breaks its schema': [
    'storage/invalid-record',
    (tx) => tx.insert(residents, resident('3', { name: 1 as unknown as string })),
  ],
  'a text that no store can hold': [
    'text/invalid',
    (tx) => tx.insert(residents, resident('3', { name: '\0' })),
  ],
  'the last of many records': [
    'storage/invalid-record',
    (tx) => {
      const many = Array.from({ length: 1400 }, (_, index) => resident(`m${index}`))
      return tx.insertMany(residents, [...many, resident('m', { onDuty: 1 as unknown as boolean })])
    },
  ],
  'records whose iterable throws': [
    'storage/invalid-record',
    (tx) =>
      tx.insertMany(
        residents,
        (async function* () {
          yield resident('m')
          yield resident('m', { name: 1 as unknown as string })
        })(),
      ),
  ],
  'an update of another version': [
    'storage/version-conflict',
    (tx) => tx.update(residents, { ...resident('1'), version: 7 }),
  ],
  'a removal of another version': [
    'storage/version-conflict',
    (tx) => tx.remove(residents, { ...resident('1'), version: 7 }),
  ],
  'counters that are none': ['storage/invalid-query', (tx) => tx.add(residents, resident('3'))],
  'an addition that breaks its schema': [
    'storage/invalid-record',
    (tx) => tx.add(tallies, { hamlet: 'a', month: 'b', visits: 0.5, rupees: 1n }),
  ],
  'an event that breaks its schema': [
    'storage/invalid-record',
    (tx) => tx.append(journal, 'main', [{ kind: 'opened', account: 1 as unknown as string }], noon),
  ],
  'a key of another type': ['storage/invalid-key', (tx) => tx.get(residents, { id: 1 as unknown as string })],
  'a page without records': ['storage/invalid-query', (tx) => tx.query(residents, { limit: 0 })],
  'a blob that is too large': [
    'storage/blob-too-large',
    (tx) => tx.putBlob(new Uint8Array(16 * 1024 * 1024 + 1)),
  ],
}

export function testFailures(test: StoreTest): void {
  for (const [name, [code, call]] of Object.entries(failing)) {
    test(`${name}: swallowed, it still undoes all of its transaction`, async (storage) => {
      await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
      await refused(code, () =>
        storage.transact(village, async (tx) => {
          await tx.insert(residents, resident('2'))
          await call(tx).catch(() => undefined)
          await refused('storage/transaction-failed', () => tx.count(residents))
        }),
      )
      equal(await storage.read(village, (tx) => tx.count(residents)), 1)
    })
  }

  test('a call that nobody waited for belongs to its transaction: where it fails nothing is acknowledged', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    for (const options of [{}, { shared: true }] as const) {
      await refused('storage/duplicate', () =>
        storage.transact(
          village,
          async (tx) => {
            await tx.insert(residents, resident('2'))
            void tx.insert(residents, resident('1')).catch(() => undefined)
            return 'acknowledged'
          },
          options,
        ),
      )
      equal(await storage.read(village, (tx) => tx.count(residents)), 1, 'the number of records')
    }
  })

  test('a call that nobody waited for and that succeeds is committed with its transaction', async (storage) => {
    await storage.transact(village, async (tx) => {
      void tx.insert(residents, resident('1'))
      void tx.insert(residents, resident('2'))
    })
    equal(await storage.read(village, (tx) => tx.count(residents)), 2)
  })

  test('of several calls that fail the first says why', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    await refused('storage/duplicate', () =>
      storage.transact(village, async (tx) => {
        await tx.insert(residents, resident('1')).catch(() => undefined)
        await tx.insert(residents, resident('2'))
      }),
    )
  })

  test('work may say in its own words why a call of it failed', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    const own = new Error('there is one already')
    const outcome = await storage
      .transact(village, async (tx) => {
        await tx.insert(residents, resident('1')).catch(() => {
          throw own
        })
      })
      .catch((error: unknown) => error)
    equal(outcome === own, true, 'the error of the work')
  })

  test('a read over all villages ends with its work, and a failed call of it is its last', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    let kept: AcrossTransaction | undefined
    await storage.readAcrossVillages(async (tx) => {
      kept = tx
    })
    holds(kept !== undefined, 'that the work ran')
    await refused('storage/transaction-closed', async () => kept?.count(residents))
    await refused('storage/transaction-closed', async () => all(kept?.stream(residents) ?? noRecords()))
    await refused('storage/invalid-query', () =>
      storage.readAcrossVillages(async (tx) => {
        await tx.count(residents, { nobody: 1 } as object).catch(() => undefined)
        await refused('storage/transaction-failed', () => tx.count(residents))
      }),
    )
  })
}

async function* noRecords(): AsyncGenerator<never> {}
