import type { RecordOf } from '../collection.ts'
import type { OrderBy, Where } from '../selection.ts'
import type { Storage } from '../storage.ts'
import { all, equal, refused } from './assertions.ts'
import { otherVillage, resident, residents, samples, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** Names whose order by code point differs from that by UTF-16 unit, by locale or without case. */
const names = ['B', 'a', 'Z', 'ab', 'ä', '\uff5e', '\u{1f33e}', '', 'a b']
const inOrder = ['', 'B', 'Z', 'a', 'a b', 'ab', 'ä', '\uff5e', '\u{1f33e}']

async function fill(storage: Storage): Promise<void> {
  const records = names.map((name, index) =>
    resident(`r${index}`, { name, number: index % 3 === 0 ? null : `n${index}`, onDuty: index % 2 === 0 }),
  )
  await storage.transact(village, (tx) => tx.insertMany(residents, records))
  await storage.transact(otherVillage, (tx) => tx.insertMany(residents, records))
}

async function pages(
  storage: Storage,
  query: { where?: Where<typeof residents>; orderBy?: readonly OrderBy<typeof residents>[] },
  limit: number,
): Promise<RecordOf<typeof residents>[]> {
  const found: RecordOf<typeof residents>[] = []
  let after: string | undefined
  do {
    const page = await storage.read(village, (tx) =>
      tx.query(residents, { ...query, limit, ...(after === undefined ? {} : { after }) }),
    )
    found.push(...page.records)
    after = page.next
  } while (after !== undefined)
  return found
}

const filters: readonly [string, Where<typeof residents>, readonly string[]][] = [
  ['a value', { name: 'a' }, ['r1']],
  ['nothing', { number: null }, ['r0', 'r3', 'r6']],
  ['a truth value', { onDuty: false }, ['r1', 'r3', 'r5', 'r7']],
  ['one of several', { name: { in: ['a', 'Z', 'nobody'] } }, ['r1', 'r2']],
  ['one of none', { name: { in: [] } }, []],
  [
    'anything else, nothing included',
    { number: { not: 'n1' } },
    ['r0', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8'],
  ],
  ['anything at all', { number: { not: null } }, ['r1', 'r2', 'r4', 'r5', 'r7', 'r8']],
  ['a half-open range (semantics 11)', { number: { from: 'n2', to: 'n5' } }, ['r2', 'r4']],
  ['an open range', { number: { from: 'n5' } }, ['r5', 'r7', 'r8']],
  ['a prefix, by code point and with case', { name: { startsWith: 'a' } }, ['r1', 'r3', 'r8']],
  ['a prefix beyond the first plane', { name: { startsWith: '\u{1f33e}' } }, ['r6']],
  ['the empty prefix', { name: { startsWith: '' } }, ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8']],
  ['several conditions at once', { onDuty: true, number: null }, ['r0', 'r6']],
]

export function testQueries(test: StoreTest): void {
  for (const [name, where, expected] of filters) {
    test(`a query finds ${name}, and counts the same`, async (storage) => {
      await fill(storage)
      const found = await pages(storage, { where }, 100)
      equal(
        found.map(({ id }) => id),
        expected,
      )
      equal(await storage.read(village, (tx) => tx.count(residents, where)), expected.length, 'the count')
    })
  }

  test('text is ordered by code point, whatever the collation (semantics 5)', async (storage) => {
    await fill(storage)
    equal(
      (await pages(storage, { orderBy: ['name'] }, 100)).map(({ name }) => name),
      inOrder,
    )
    equal(
      (await pages(storage, { orderBy: ['-name'] }, 100)).map(({ name }) => name),
      inOrder.toReversed(),
    )
  })

  test('what is missing comes last, in both directions', async (storage) => {
    await fill(storage)
    const up = await pages(storage, { orderBy: ['number'] }, 100)
    equal(
      up.map(({ number }) => number),
      ['n1', 'n2', 'n4', 'n5', 'n7', 'n8', null, null, null],
    )
    const down = await pages(storage, { orderBy: ['-number'] }, 100)
    equal(
      down.map(({ number }) => number),
      ['n8', 'n7', 'n5', 'n4', 'n2', 'n1', null, null, null],
    )
  })

  const orders: readonly (readonly OrderBy<typeof residents>[])[] = [
    [],
    ['name'],
    ['-name'],
    ['number'],
    ['-number'],
    ['onDuty', '-name'],
    ['-onDuty', 'number', 'name'],
  ]
  for (const orderBy of orders) {
    test(`pages of one to four records in the order [${orderBy}] are those of one long page`, async (storage) => {
      await fill(storage)
      const whole = (await pages(storage, { orderBy }, 100)).map(({ id }) => id)
      for (const limit of [1, 2, 3, 4]) {
        equal(
          (await pages(storage, { orderBy }, limit)).map(({ id }) => id),
          whole,
          `pages of ${limit}`,
        )
      }
      const streamed = await storage.read(village, (tx) => all(tx.stream(residents, { orderBy })))
      equal(
        streamed.map(({ id }) => id),
        whole,
        'the stream',
      )
    })
  }

  test('a page stays where it was while others write before and after it', async (storage) => {
    await fill(storage)
    const first = await storage.read(village, (tx) => tx.query(residents, { orderBy: ['name'], limit: 4 }))
    equal(
      first.records.map(({ name }) => name),
      ['', 'B', 'Z', 'a'],
    )
    await storage.transact(village, async (tx) => {
      const last = first.records.at(-1)
      if (last) await tx.remove(residents, last)
      await tx.insertMany(residents, [resident('x1', { name: 'A' }), resident('x2', { name: 'aa' })])
    })
    const after = first.next ?? ''
    const second = await storage.read(village, (tx) =>
      tx.query(residents, { orderBy: ['name'], limit: 4, after }),
    )
    equal(
      second.records.map(({ name }) => name),
      ['a b', 'aa', 'ab', 'ä'],
    )
  })

  test('a cursor of another query, cut or made up is refused', async (storage) => {
    await fill(storage)
    const { next = '' } = await storage.read(village, (tx) =>
      tx.query(residents, { orderBy: ['name'], limit: 2 }),
    )
    for (const after of [
      next.slice(2),
      `${next}x`,
      '',
      'null',
      btoa('[]'),
      btoa('["residents:name,id",{},1]'),
    ]) {
      await refused('storage/invalid-cursor', () =>
        storage.read(village, (tx) => tx.query(residents, { orderBy: ['name'], after })),
      )
    }
    await refused('storage/invalid-cursor', () =>
      storage.read(village, (tx) => tx.query(residents, { orderBy: ['-name'], after: next })),
    )
  })

  test('a page size out of bounds and a field that is not there are refused', async (storage) => {
    for (const limit of [0, 1001, 1.5]) {
      await refused('storage/invalid-query', () =>
        storage.read(village, (tx) => tx.query(residents, { limit })),
      )
    }
    const where = { nobody: 1 } as unknown as Where<typeof residents>
    await refused('storage/invalid-query', () =>
      storage.read(village, (tx) => tx.query(residents, { where })),
    )
    const nested = { nested: 'x' } as unknown as Where<typeof samples>
    await refused('storage/invalid-query', () =>
      storage.read(village, (tx) => tx.query(samples, { where: nested })),
    )
  })

  test('text that looks like SQL is only text', async (storage) => {
    const name = `'; drop table residents; --"`
    await storage.transact(village, (tx) => tx.insert(residents, resident('1', { name })))
    equal((await pages(storage, { where: { name: { startsWith: name } }, orderBy: ['name'] }, 1)).length, 1)
  })

  test('an analytical read sees every village, an everyday read only its own (semantics 13)', async (storage) => {
    await fill(storage)
    const found = await storage.readAcrossVillages((tx) => all(tx.stream(residents, { name: 'a' })))
    equal(
      found.map(({ villageId, record }) => [villageId, record.id]),
      [
        [village, 'r1'],
        [otherVillage, 'r1'],
      ],
    )
    equal(await storage.readAcrossVillages((tx) => tx.count(residents)), 18)
    equal(await storage.read(village, (tx) => tx.count(residents)), 9)
  })

  test('a village id that could not be a partition is refused', async (storage) => {
    const wrong = 'a/b' as typeof village
    await refused('storage/invalid-key', () => storage.read(wrong, async () => 0))
    await refused('storage/invalid-key', () => storage.transact(wrong, async () => 0))
  })

  test('a record that is not there is undefined, a key of another type a fault', async (storage) => {
    equal(await storage.read(village, (tx) => tx.get(residents, { id: 'nobody' })), undefined)
    const key = { id: 1 } as unknown as { id: string }
    const error = await refused('storage/invalid-key', () =>
      storage.read(village, (tx) => tx.get(residents, key)),
    )
    equal(error.details, { collection: 'residents', field: 'id' })
  })
}
