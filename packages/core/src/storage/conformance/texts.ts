import { Instant } from '../../kernel/index.ts'
import { all, equal, refused } from './assertions.ts'
import { journal, noon, people, plain, resident, residents, samples, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** Text of so many bytes in UTF-8 that cannot be packed, so that no store gets away with packing it. */
function unpackable(bytes: number): string {
  let state = 1
  return Array.from({ length: bytes }, () => {
    state = Math.imul(state, 1_103_515_245) + 12_345
    return String.fromCharCode(0x21 + ((state >>> 16) % 0x5e))
  }).join('')
}

export function testTexts(test: StoreTest): void {
  test('nested text comes back in normal form, also where a mark follows a line break', async (storage) => {
    const nested = {
      list: [{ amount: 1n, note: 'a\n\u0301b "\u0301 \\u0000 e\u0301' }],
      byName: { 'e\u0301': 1, '\t\u0301': 2 },
    }
    const inserted = await storage.transact(village, (tx) => tx.insert(samples, { ...plain, nested }))
    const normal = {
      list: [{ amount: 1n, note: 'a\n\u0301b "\u0301 \\u0000 \u00e9' }],
      byName: { '\u00e9': 1, '\t\u0301': 2 },
    }
    equal(inserted.nested, normal, 'what insert returns')
    equal((await storage.read(village, (tx) => tx.get(samples, { id: 'plain' })))?.nested, normal)
    equal((await storage.verify()).faults, [])
  })

  test('names that are one in normal form are refused', async (storage) => {
    const nested = { list: [], byName: { 'e\u0301': 1, '\u00e9': 2 } }
    await refused('text/invalid', () =>
      storage.transact(village, (tx) => tx.insert(samples, { ...plain, nested })),
    )
  })

  test('an event holds text in normal form, and no text that a store could not hold', async (storage) => {
    const [event] = await storage.transact(village, (tx) =>
      tx.append(journal, 'main', [{ kind: 'opened', account: 'a\n\u0301b e\u0301' }], noon),
    )
    equal(event?.event, { kind: 'opened', account: 'a\n\u0301b \u00e9' })
    const [read] = await storage.read(village, (tx) => all(tx.events(journal, 'main')))
    equal(read, event)
    for (const account of ['a\0b', 'a\ud800', '\udc00a']) {
      await refused('text/invalid', () =>
        storage.transact(village, (tx) => tx.append(journal, 'main', [{ kind: 'opened', account }], noon)),
      )
    }
    equal((await storage.verify()).faults, [])
  })

  test('a stream is found under its id in any form, and its chain holds', async (storage) => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301']
    await storage.transact(village, (tx) =>
      tx.append(journal, decomposed, [{ kind: 'opened', account: 'a' }], noon),
    )
    await storage.transact(village, async (tx) => {
      equal((await tx.lockHead(journal, decomposed))?.seq, 1, 'the head that is locked')
      await tx.append(journal, composed, [{ kind: 'posted', amount: 1n }], Instant.parse(noon))
    })
    for (const id of [composed, decomposed]) {
      equal((await storage.read(village, (tx) => tx.head(journal, id)))?.seq, 2, 'the head')
      equal((await storage.read(village, (tx) => all(tx.events(journal, id)))).length, 2, 'the events')
    }
    equal((await storage.verify()).faults, [])
  })

  test('an id that no stream can have is refused', async (storage) => {
    const opened = [{ kind: 'opened', account: 'a' }] as const
    for (const id of ['', 'x'.repeat(201), 'a\0', 'a\ud800', 1 as unknown as string]) {
      await refused('storage/invalid-key', () => storage.read(village, (tx) => tx.head(journal, id)))
      await refused('storage/invalid-key', () => storage.read(village, (tx) => all(tx.events(journal, id))))
      await refused('storage/invalid-key', () => storage.transact(village, (tx) => tx.lockHead(journal, id)))
      await refused('storage/invalid-key', () =>
        storage.transact(village, (tx) => tx.append(journal, id, opened, noon)),
      )
    }
  })

  test('a length counts the text in normal form, which is what is stored', async (storage) => {
    // U+0958 is two characters in normal form.
    await refused('storage/invalid-record', () =>
      storage.transact(village, (tx) => tx.insert(samples, { ...plain, short: '\u0958'.repeat(5) })),
    )
    // Six characters that are five in normal form.
    const short = 'abcde\u0301'
    const inserted = await storage.transact(village, (tx) => tx.insert(samples, { ...plain, short }))
    equal(inserted.short, 'abcd\u00e9')
    equal((await storage.verify()).faults, [])
  })

  test('a key, or what an index orders by, holds 2,000 bytes of text and no more', async (storage) => {
    const [longest, longer] = [unpackable(2000), unpackable(2001)]
    await storage.transact(village, async (tx) => {
      await tx.insert(residents, resident('long', { name: longest, number: longest }))
      await tx.insert(people, { id: longest, head: null })
      await tx.insert(people, { id: 'other', head: longest })
    })
    equal((await storage.read(village, (tx) => tx.get(people, { id: longest })))?.id, longest)
    equal(await storage.read(village, (tx) => tx.get(people, { id: longer })), undefined)
    for (const name of [longer, 'ä'.repeat(1001), 'a'.repeat(2001)]) {
      const error = await refused('storage/invalid-record', () =>
        storage.transact(village, (tx) => tx.insert(residents, resident('1', { name }))),
      )
      equal(error.details['columns'], ['name'])
      await refused('storage/invalid-record', () =>
        storage.transact(village, (tx) => tx.insert(people, { id: name, head: null })),
      )
    }
  })

  test('records are paged by a text of 300,000 characters', async (storage) => {
    const filled = 'ä'.repeat(300_000)
    await storage.transact(village, (tx) =>
      tx.insertMany(
        samples,
        ['a', 'b', 'c'].map((id) => ({ ...plain, id, filled })),
      ),
    )
    const query = { orderBy: ['filled'], limit: 2 } as const
    const first = await storage.read(village, (tx) => tx.query(samples, query))
    const rest = await storage.read(village, (tx) => tx.query(samples, { ...query, after: first.next ?? '' }))
    equal(
      [...first.records, ...rest.records].map(({ id }) => id),
      ['a', 'b', 'c'],
    )
  })
}
