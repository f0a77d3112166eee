import type { Storage } from '../storage.ts'
import { all, equal, holds } from './assertions.ts'
import { fill, resident, residents, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** What an adapter gives to show that its store is what it claims to be. */
export interface Proofs {
  /** Closes a store and opens it again, with what it held. */
  readonly reopen?: ((storage: Storage) => Promise<Storage>) | undefined
  readonly openSecondProcess?: unknown
}

/** The suite tests each claim of the capabilities; where it cannot, the adapter must say how. These close their store. */
export function testClaims(test: StoreTest, { reopen, openSecondProcess }: Proofs): void {
  test('what it claims to be is what the suite can test', async (storage) => {
    const { durable, sharedBetweenProcesses } = storage.capabilities
    await storage.close()
    const isShown = reopen !== undefined || openSecondProcess !== undefined
    holds(!durable || isShown, 'that a durable store gives reopen or openSecondProcess')
    holds(
      !sharedBetweenProcesses || openSecondProcess !== undefined,
      'that a shared one gives openSecondProcess',
    )
  })

  if (reopen !== undefined) {
    test('what it held when it was closed is there when it is opened again', async (storage) => {
      await fill(storage)
      const before = await all(storage.dump())
      const again = await reopen(storage)
      try {
        holds(again.capabilities.durable, 'that a store which keeps what it held claims to be durable')
        equal(await all(again.dump()), before, 'the dump')
        equal((await again.verify()).faults, [])
      } finally {
        await again.close()
      }
    })
  }

  test('writers that claim to be concurrent are open at the same time', async (storage) => {
    const bothOpen = Promise.withResolvers<void>()
    let open = 0
    const write = (id: string) =>
      storage.transact(village, async (tx) => {
        await tx.insert(residents, resident(id))
        open += 1
        if (open >= 2 || !storage.capabilities.concurrentWriters) bothOpen.resolve()
        await bothOpen.promise
      })
    await Promise.all(['1', '2'].map(write))
    equal(await storage.read(village, (tx) => tx.count(residents)), 2)
    await storage.close()
  })
}
