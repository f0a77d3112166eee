import { equal, refused } from './assertions.ts'
import { resident, residents, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

export function testWaiting(test: StoreTest): void {
  test('work that waits for itself, by a transaction within its own, gets storage/busy and can go on', async (storage) => {
    let runs = 0
    await storage.transact(village, async (tx) => {
      await tx.insert(residents, resident('1'))
      await refused('storage/busy', () =>
        storage.transact(village, async (inner) => {
          runs += 1
          await inner.insert(residents, resident('1', { name: 'inner' }))
        }),
      )
      await tx.insert(residents, resident('2'))
    })
    equal(runs <= 1, true, 'that work which had to wait is not run again')
    await storage.transact(village, (tx) => tx.insert(residents, resident('3')))
    const { records } = await storage.read(village, (tx) => tx.query(residents))
    equal(
      records.map(({ name }) => name),
      ['Name 1', 'Name 2', 'Name 3'],
    )
  })
}
