import { LumbungError } from '../../kernel/index.ts'
import { all, equal, refused } from './assertions.ts'
import { resident, residents, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

export function testSharedCommits(test: StoreTest): void {
  test('a unit that meets conflicts for ever harms no neighbour (semantics 17)', async (storage) => {
    const unit = (index: number) =>
      storage.transact(
        village,
        async (tx) => {
          await tx.insert(residents, resident(String(index)))
          if (index % 4 === 1) throw new LumbungError('storage/conflict', 'again')
          return index
        },
        { shared: true },
      )
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => unit(index)))
    equal(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason.code)),
      Array.from({ length: 12 }, (_, index) => (index % 4 === 1 ? 'storage/conflict' : index)),
    )
    const stored = await storage.read(village, (tx) => all(tx.stream(residents)))
    equal(stored.length, 9, 'the number of records')
  })

  test('a unit that meets a conflict once is tried again, and so are those that ran before it', async (storage) => {
    let conflicts = 0
    const unit = (index: number) =>
      storage.transact(
        village,
        async (tx) => {
          await tx.insert(residents, resident(String(index)))
          if (index !== 3 || conflicts > 0) return index
          conflicts += 1
          throw new LumbungError('storage/conflict', 'again')
        },
        { shared: true },
      )
    equal(await Promise.all([0, 1, 2, 3, 4].map(unit)), [0, 1, 2, 3, 4])
    equal(await storage.read(village, (tx) => tx.count(residents)), 5)
  })
}

/** The store's writers wait for one another at most a second. */
export function testSharedWaiting(test: StoreTest): void {
  test('a unit that waits for one within it gets storage/busy and can go on', async (storage) => {
    await storage.transact(
      village,
      async (tx) => {
        await tx.insert(residents, resident('1'))
        await refused('storage/busy', () =>
          storage.transact(village, (inner) => inner.insert(residents, resident('x')), { shared: true }),
        )
        await tx.insert(residents, resident('2'))
      },
      { shared: true },
    )
    await storage.transact(village, (tx) => tx.insert(residents, resident('3')), { shared: true })
    const stored = await storage.read(village, (tx) => all(tx.stream(residents)))
    equal(
      stored.map(({ id }) => id),
      ['1', '2', '3'],
    )
  })
}
