import type { Storage } from '../storage.ts'
import { all, equal } from './assertions.ts'
import { journal, noon, resident, residents, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** What the suite asks of the other process: plain data, so that it can be sent as JSON. */
export interface SecondProcessTask {
  /** Append events one by one, add one to a number in a record again and again, or count the events. */
  readonly kind: 'append' | 'increment' | 'count'
  /** How often. */
  readonly times: number
}

/** Another process that has the same store open. */
export interface SecondProcess {
  /** Has {@link answerAsSecondProcess} run over there and gives back its answer. */
  readonly ask: (task: SecondProcessTask) => Promise<number>
  /** Closes the store over there and ends the process. */
  readonly end: () => Promise<void>
}

/**
 * What the second process does with the store that it opened, for each task that it is sent. The answer goes
 * back to the suite.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { answerAsSecondProcess, conformanceSchema } from '@lumbung/core/storage/conformance'
 *
 * const storage = openMemory(conformanceSchema)
 * await answerAsSecondProcess(storage, { kind: 'append', times: 3 }) // => 3
 * await answerAsSecondProcess(storage, { kind: 'count', times: 1 }) // => 3
 * ```
 */
export async function answerAsSecondProcess(storage: Storage, task: SecondProcessTask): Promise<number> {
  // Two that write at once may meet again and again; how often says nothing about the store.
  const options = { attempts: 1000 }
  if (task.kind === 'count') {
    return (await storage.read(village, (tx) => all(tx.events(journal, 'main')))).length
  }
  for (let index = 0; index < task.times; index += 1) {
    await storage.transact(
      village,
      async (tx) => {
        if (task.kind === 'append') {
          await tx.append(journal, 'main', [{ kind: 'posted', amount: BigInt(index) }], noon)
          return
        }
        const found = await tx.get(residents, { id: 'counted' })
        if (found) await tx.update(residents, { ...found, name: String(Number(found.name) + 1) })
      },
      options,
    )
  }
  return task.times
}

export function testSecondProcess(
  test: StoreTest,
  openSecondProcess: (first: Storage) => Promise<SecondProcess>,
): void {
  const withSecond = async (storage: Storage, work: (second: SecondProcess) => Promise<void>) => {
    const second = await openSecondProcess(storage)
    try {
      await work(second)
    } finally {
      await second.end()
    }
  }

  test('a second process sees what the first committed, and both append in turn', async (storage) => {
    await answerAsSecondProcess(storage, { kind: 'append', times: 2 })
    await withSecond(storage, async (second) => {
      equal(await second.ask({ kind: 'count', times: 1 }), 2, 'what the second sees')
      const task = { kind: 'append', times: 20 } as const
      await Promise.all([answerAsSecondProcess(storage, task), second.ask(task)])
      equal(await second.ask({ kind: 'count', times: 1 }), 42, 'what the second sees')
      equal(await answerAsSecondProcess(storage, { kind: 'count', times: 1 }), 42, 'what the first sees')
      equal((await storage.verify()).faults, [])
    })
  })

  test('two processes that change one record lose no update', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('counted', { name: '0' })))
    await withSecond(storage, async (second) => {
      const task = { kind: 'increment', times: 20 } as const
      await Promise.all([answerAsSecondProcess(storage, task), second.ask(task)])
    })
    const found = await storage.read(village, (tx) => tx.get(residents, { id: 'counted' }))
    equal([found?.name, found?.version], ['40', 41])
  })

  test('a read sees one state while another process writes', async (storage) => {
    await withSecond(storage, async (second) => {
      await storage.read(village, async (tx) => {
        equal((await all(tx.events(journal, 'main'))).length, 0)
        await second.ask({ kind: 'append', times: 3 })
        equal((await all(tx.events(journal, 'main'))).length, 0, 'what the same read sees later')
      })
      equal(await answerAsSecondProcess(storage, { kind: 'count', times: 1 }), 3, 'what a new read sees')
    })
  })
}
