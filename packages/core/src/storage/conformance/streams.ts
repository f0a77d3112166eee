import { Instant } from '../../kernel/index.ts'
import { all, equal, refused } from './assertions.ts'
import { journal, noon, otherVillage, people, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

const opened = { kind: 'opened', account: 'cash' } as const
const posted = (amount: bigint) => ({ kind: 'posted', amount }) as const

export function testStreams(test: StoreTest): void {
  test('events come back in order, without gaps, chained from the first', async (storage) => {
    const events = [opened, posted(2n ** 62n), { ...posted(-1n), note: 'e\u0301 "x"' }]
    const appended = await storage.transact(village, (tx) => tx.append(journal, 'main', events, noon))
    equal(
      appended.map(({ seq }) => seq),
      [1, 2, 3],
    )
    const read = await storage.read(village, (tx) => all(tx.events(journal, 'main')))
    equal(read, appended)
    equal(
      read.map(({ event }) => event),
      [opened, posted(2n ** 62n), { ...posted(-1n), note: '\u00e9 "x"' }],
    )
    const { event: _, ...head } = appended[2] ?? {}
    equal(await storage.read(village, (tx) => tx.head(journal, 'main')), head)
    equal((await storage.verify()).faults, [])
  })

  test('the same events have the same hashes on every store', async (storage) => {
    await storage.transact(village, (tx) => tx.append(journal, 'main', [opened, posted(150_000n)], noon))
    const head = await storage.read(village, (tx) => tx.head(journal, 'main'))
    equal(head?.hash, chainedHash, 'the published hash')
  })

  test('streams of one kind are kept apart by id and by village', async (storage) => {
    await storage.transact(village, async (tx) => {
      await tx.append(journal, 'one', [opened], noon)
      await tx.append(journal, 'two', [opened, opened], noon)
    })
    await storage.transact(otherVillage, (tx) => tx.append(journal, 'one', [posted(1n)], noon))
    equal(await storage.read(village, async (tx) => (await all(tx.events(journal, 'one'))).length), 1)
    equal((await storage.read(village, (tx) => tx.head(journal, 'two')))?.seq, 2)
    equal(await storage.read(otherVillage, (tx) => tx.head(journal, 'two')), undefined)
  })

  test('reading goes on after a place, over more events than fit a batch', async (storage) => {
    const many = Array.from({ length: 2300 }, (_, index) => posted(BigInt(index)))
    await storage.transact(village, (tx) => tx.append(journal, 'main', many, noon))
    const rest = await storage.read(village, (tx) => all(tx.events(journal, 'main', { after: 1000 })))
    equal([rest.length, rest[0]?.seq, rest.at(-1)?.seq], [1300, 1001, 2300])
  })

  test('an instant never goes back, even where the clock does (semantics 17)', async (storage) => {
    const earlier = Instant.parse('2026-11-24T04:00:00.000Z')
    const [first] = await storage.transact(village, (tx) => tx.append(journal, 'main', [opened], noon))
    const [second] = await storage.transact(village, (tx) => tx.append(journal, 'main', [opened], earlier))
    equal([first?.recordedAt, second?.recordedAt], [noon, noon])
  })

  test('concurrent appends leave no gap and no fork', async (storage) => {
    const one = (index: number, shared: boolean) =>
      storage.transact(village, (tx) => tx.append(journal, 'main', [posted(BigInt(index))], noon), {
        isolation: 'read-committed',
        ...(shared ? { shared } : { attempts: 1000 }),
      })
    await Promise.all(Array.from({ length: 40 }, (_, index) => one(index, index % 2 === 0)))
    const read = await storage.read(village, (tx) => all(tx.events(journal, 'main')))
    equal(
      read.map(({ seq }) => seq),
      Array.from({ length: 40 }, (_, index) => index + 1),
    )
    equal((await storage.verify()).faults, [])
  })

  test('an event that breaks its schema is refused and the head stays', async (storage) => {
    await storage.transact(village, (tx) => tx.append(journal, 'main', [opened], noon))
    const wrong = { kind: 'posted', amount: 1 } as unknown as ReturnType<typeof posted>
    await refused('storage/invalid-record', () =>
      storage.transact(village, (tx) => tx.append(journal, 'main', [opened, wrong], noon)),
    )
    equal((await storage.read(village, (tx) => tx.head(journal, 'main')))?.seq, 1)
  })

  test('a head that was locked is the one that the next event follows', async (storage) => {
    await storage.transact(village, async (tx) => {
      equal(await tx.lockHead(journal, 'main'), undefined)
      const [first] = await tx.append(journal, 'main', [opened], noon)
      equal((await tx.lockHead(journal, 'main'))?.hash, first?.hash)
    })
  })

  test('blobs come back by their hash and are kept once', async (storage) => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
    const hash = await storage.transact(village, async (tx) => {
      await tx.putBlob(bytes)
      return await tx.putBlob(bytes)
    })
    equal(await storage.read(village, (tx) => tx.blob(hash)), bytes)
    equal(await storage.read(otherVillage, (tx) => tx.blob(hash)), undefined)
    await refused('storage/blob-too-large', () =>
      storage.transact(village, (tx) => tx.putBlob(new Uint8Array(16 * 1024 * 1024 + 1))),
    )
  })

  test("bytes that were given or got are the caller's own, and the store keeps others", async (storage) => {
    const given = new Uint8Array([1, 2, 3])
    const hash = await storage.transact(village, async (tx) => {
      await tx.insert(people, { id: 'a', head: null, photo: given })
      return await tx.putBlob(given)
    })
    given[0] = 99
    for (let round = 0; round < 2; round += 1) {
      const [blob, one, page] = await storage.read(village, async (tx) => [
        await tx.blob(hash),
        (await tx.get(people, { id: 'a' }))?.photo,
        (await tx.query(people)).records[0]?.photo,
      ])
      for (const bytes of [blob, one, page]) {
        equal(bytes, new Uint8Array([1, 2, 3]), `the bytes of round ${round}`)
        if (bytes !== undefined) bytes[0] = 98
      }
    }
  })
}

/** SHA-256 of the second of two events of village-one, stream main, at noon; see the chain format in docs. */
const chainedHash = '1dcd01fa23282aad7beaa3db2f309fa823acb00fee27b15894707d9de3282000'
