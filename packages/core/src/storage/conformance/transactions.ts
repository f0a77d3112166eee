import { LumbungError } from '../../kernel/index.ts'
import type { Storage } from '../storage.ts'
import type { Transaction } from '../transaction/transaction.ts'
import { all, equal, holds, refused } from './assertions.ts'
import { journal, noon, otherVillage, resident, residents, tallies, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

const dumpOf = async (storage: Storage): Promise<string> => JSON.stringify(await all(storage.dump()))

export function testTransactions(test: StoreTest): void {
  test('work that throws leaves no trace: the dumps before and after are equal', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    const before = await dumpOf(storage)
    const failure = new Error('changed my mind')
    let caught: unknown
    try {
      await storage.transact(village, async (tx) => {
        const first = await tx.get(residents, { id: '1' })
        if (first) await tx.update(residents, { ...first, name: 'changed' })
        await tx.insert(residents, resident('2'))
        await tx.add(tallies, { hamlet: 'a', month: '2026-11', visits: 1, rupees: 1n })
        await tx.append(journal, 'main', [{ kind: 'opened', account: 'cash' }], noon)
        await tx.putBlob(new Uint8Array([1, 2, 3]))
        throw failure
      })
    } catch (error) {
      caught = error
    }
    equal(caught === failure, true, 'the error that the work threw')
    equal(await dumpOf(storage), before, 'the dump')
  })

  test('a fault that the work swallows still undoes all of it', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    await refused('storage/duplicate', () =>
      storage.transact(village, async (tx) => {
        await tx.insert(residents, resident('2'))
        await tx.insert(residents, resident('1')).catch(() => undefined)
        await refused('storage/transaction-failed', () => tx.count(residents))
      }),
    )
    equal(await storage.read(village, (tx) => tx.count(residents)), 1)
  })

  test('a transaction that ended refuses its user', async (storage) => {
    let kept: Transaction | undefined
    await storage.transact(village, async (tx) => {
      kept = tx
    })
    await refused('storage/transaction-closed', async () => kept?.count(residents))
  })

  test('a transaction that reads has nothing to write with, also for a caller without types', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    const writing = ['insert', 'insertMany', 'update', 'remove', 'add', 'lockHead', 'append', 'putBlob']
    await storage.read(village, async (tx) => {
      equal(
        writing.filter((name) => name in tx),
        [],
      )
      equal(await tx.count(residents), 1, 'the count after the look')
    })
    await storage.transact(village, async (tx) => {
      equal(
        writing.filter((name) => name in tx),
        writing,
      )
    })
  })

  test('an update of a version that is gone is refused: no update is lost', async (storage) => {
    const first = await storage.transact(village, (tx) => tx.insert(residents, resident('1')))
    await storage.transact(village, (tx) => tx.update(residents, { ...first, name: 'earlier' }))
    const late = { ...first, name: 'later' }
    await refused('storage/version-conflict', () =>
      storage.transact(village, (tx) => tx.update(residents, late)),
    )
    await refused('storage/version-conflict', () =>
      storage.transact(village, (tx) => tx.remove(residents, first)),
    )
    const found = await storage.read(village, (tx) => tx.get(residents, { id: '1' }))
    equal([found?.name, found?.version], ['earlier', 2])
  })

  test('an update of a record that is not there is refused', async (storage) => {
    const nobody = { ...resident('1'), version: 1 }
    await refused('storage/version-conflict', () =>
      storage.transact(village, (tx) => tx.update(residents, nobody)),
    )
    equal(await storage.read(village, (tx) => tx.count(residents)), 0)
  })

  test('twenty writers at once each add one: none is lost', async (storage) => {
    const tally = { hamlet: 'a', month: '2026-11', visits: 1, rupees: 1n }
    await storage.transact(village, (tx) => tx.insert(residents, resident('1', { name: '0' })))
    const one = () =>
      storage.transact(
        village,
        async (tx) => {
          const found = await tx.get(residents, { id: '1' })
          if (found) await tx.update(residents, { ...found, name: String(Number(found.name) + 1) })
          await tx.add(tallies, tally)
        },
        { attempts: 1000 },
      )
    await Promise.all(Array.from({ length: 20 }, one))
    await storage.read(village, async (tx) => {
      equal((await tx.get(residents, { id: '1' }))?.name, '20', 'the name that was read and written')
      equal((await tx.get(tallies, { hamlet: 'a', month: '2026-11' }))?.visits, 20, 'the counter')
    })
  })

  test('write skew is refused: two doctors cannot both leave because each sees the other', async (storage) => {
    for (let round = 0; round < 10; round += 1) {
      const ids = [`a${round}`, `b${round}`]
      await storage.transact(village, (tx) =>
        tx.insertMany(
          residents,
          ids.map((id) => resident(id, { onDuty: true, name: String(round) })),
        ),
      )
      const leave = (id: string) =>
        storage.transact(village, async (tx) => {
          const others = await tx.count(residents, { onDuty: true, name: String(round) })
          const own = await tx.get(residents, { id })
          if (others > 1 && own) await tx.update(residents, { ...own, onDuty: false })
        })
      await Promise.all(ids.map(leave))
      const left = await storage.read(village, (tx) =>
        tx.count(residents, { onDuty: true, name: String(round) }),
      )
      equal(left, 1, 'the number still on duty')
    }
  })

  test('a conflict that never ends is given up after the attempts asked for', async (storage) => {
    let runs = 0
    const error = await refused('storage/conflict', () =>
      storage.transact(
        village,
        async () => {
          runs += 1
          throw new LumbungError('storage/conflict', 'again')
        },
        { attempts: 3 },
      ),
    )
    equal([runs, error.details], [3, { attempts: 3 }])
  })

  test('a read sees one state from its first to its last page, while others write', async (storage) => {
    const many = Array.from({ length: 2500 }, (_, index) => resident(String(index).padStart(4, '0')))
    await storage.transact(village, (tx) => tx.insertMany(residents, many))
    const seen = await storage.read(village, async (tx) => {
      const found: string[] = []
      for await (const { id, name } of tx.stream(residents)) {
        if (found.length === 100) {
          await storage.transact(village, async (writing) => {
            const last = await writing.get(residents, { id: '2499' })
            if (last) await writing.update(residents, { ...last, name: 'changed' })
            await writing.insert(residents, resident('9999'))
          })
        }
        found.push(`${id} ${name}`)
      }
      return found
    })
    equal(seen.length, 2500)
    equal(seen.at(-1), '2499 Name 2499')
    equal(await storage.read(village, (tx) => tx.count(residents)), 2501)
  })

  test('a transaction sees what it wrote', async (storage) => {
    await storage.transact(village, async (tx) => {
      const first = await tx.insert(residents, resident('1'))
      equal(await tx.get(residents, { id: '1' }), first)
      await tx.update(residents, { ...first, name: 'changed' })
      equal(
        (await tx.query(residents)).records.map(({ name }) => name),
        ['changed'],
      )
      await tx.remove(residents, { ...first, version: 2 })
      equal(await tx.count(residents), 0)
    })
  })

  test('waiting units share a commit, and one that fails harms no neighbour (semantics 17)', async (storage) => {
    const unit = (index: number) =>
      storage.transact(
        village,
        async (tx) => {
          await tx.insert(residents, resident(String(index)))
          if (index % 5 === 0) throw new LumbungError('test/refused', 'no')
          if (index % 7 === 0) await tx.insert(residents, resident(String(index)))
          return index
        },
        { shared: true },
      )
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => unit(index)))
    const kept = outcomes.flatMap((outcome, index) => {
      const refusal = index % 5 === 0 ? 'test/refused' : index % 7 === 0 ? 'storage/duplicate' : undefined
      if (outcome.status === 'fulfilled') {
        equal([outcome.value, refusal], [index, undefined], 'what a unit returns')
        return [String(index)]
      }
      equal(outcome.reason.code, refusal, `the refusal of unit ${index}`)
      return []
    })
    const stored = await storage.read(village, (tx) => all(tx.stream(residents)))
    equal(stored.map(({ id }) => id).sort(), kept.sort())
  })

  test('nobody is answered before the commit: what a unit returned is there for every later read', async (storage) => {
    const unit = async (index: number) => {
      await storage.transact(village, (tx) => tx.insert(residents, resident(String(index))), { shared: true })
      return await storage.read(village, (tx) => tx.get(residents, { id: String(index) }))
    }
    const read = await Promise.all(Array.from({ length: 20 }, (_, index) => unit(index)))
    holds(
      read.every((record) => record !== undefined),
      'that each unit reads what it wrote',
    )
  })

  test('units of different villages and isolation levels do their own work', async (storage) => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        storage.transact(
          index % 2 === 0 ? village : otherVillage,
          (tx) => tx.insert(residents, resident(String(index))),
          { shared: true, isolation: index % 3 === 0 ? 'serializable' : 'read-committed' },
        ),
      ),
    )
    equal(await storage.read(village, (tx) => tx.count(residents)), 10)
    equal(await storage.read(otherVillage, (tx) => tx.count(residents)), 10)
  })
}
