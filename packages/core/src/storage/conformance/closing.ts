import { all, refused } from './assertions.ts'
import { fill, residents, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** These tests close their store themselves. */
export function testClosing(test: StoreTest): void {
  test('after it was closed every call is refused, also in a transaction that is open', async (storage) => {
    await fill(storage)
    const began = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    const open = refused('storage/closed', () =>
      storage.read(village, async (tx) => {
        began.resolve()
        await closed.promise
        await tx.count(residents)
      }),
    )
    await began.promise
    const closing = storage.close()
    closed.resolve()
    await Promise.all([open, closing])
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      read: () => storage.read(village, async () => 0),
      transact: () => storage.transact(village, async () => 0),
      shared: () => storage.transact(village, async () => 0, { shared: true }),
      readAcrossVillages: () => storage.readAcrossVillages(async () => 0),
      dump: () => all(storage.dump()),
      restore: () => storage.restore([]),
      verify: () => storage.verify(),
    }
    for (const call of Object.values(calls)) await refused('storage/closed', call)
  })
}
