import type { RecordOf } from '../collection.ts'
import type { Where } from '../selection.ts'
import { all, equal, refused } from './assertions.ts'
import { journal, noon, plain, samples, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** Conditions that types refuse as well, or that no type can: what a caller without them may ask. */
const wrong: readonly object[] = [
  { whole: Number.NaN },
  { whole: 1.5 },
  { whole: 2 ** 53 },
  { whole: Number.POSITIVE_INFINITY },
  { whole: '1' },
  { whole: 1n },
  { small: { from: Number.NaN } },
  { small: { in: [1, 0.5] } },
  { real: Number.NaN },
  { real: { to: Number.POSITIVE_INFINITY } },
  { wide: 2n ** 63n },
  { wide: 1 },
  { flag: 1 },
  { date: '2023-02-29' },
  { date: '0000-01-01' },
  { date: new Date(0) },
  { instant: '2026-11-24T05:00:00Z' },
  { whole: { startsWith: '1' } },
  { flag: { startsWith: 't' } },
  { text: 'a\0' },
  { text: { startsWith: 'a\0' } },
  { text: { startsWith: 'a\ud800' } },
  { text: { in: ['a', '\udc00'] } },
  { text: { in: ['a', null] } },
  { text: { in: ['a', undefined] } },
  { text: { in: 'a' } },
  { text: {} },
  { text: [] },
  { text: { from: undefined } },
  { text: { from: null } },
  { text: { not: undefined } },
  { text: { like: 'a' } },
  { text: Symbol('a') },
  { id: undefined },
  [],
]

const wrongOrders: readonly unknown[] = ['text', [1], [undefined], ['text', '-']]

export function testOperands(test: StoreTest): void {
  test('a condition that no value of its field could meet is refused, and finds not everything', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(samples, plain))
    for (const condition of wrong) {
      // What a caller without types may give.
      const where = condition as Where<typeof samples>
      await refused('storage/invalid-query', () => storage.read(village, (tx) => tx.count(samples, where)))
      await refused('storage/invalid-query', () =>
        storage.read(village, (tx) => tx.query(samples, { where })),
      )
      await refused('storage/invalid-query', () =>
        storage.read(village, (tx) => all(tx.stream(samples, { where }))),
      )
      await refused('storage/invalid-query', () =>
        storage.readAcrossVillages((tx) => tx.count(samples, where)),
      )
    }
    for (const order of wrongOrders) {
      const orderBy = order as readonly 'text'[]
      await refused('storage/invalid-query', () =>
        storage.read(village, (tx) => tx.query(samples, { orderBy })),
      )
    }
  })

  test('a condition beyond the range of a field is in order and finds nothing', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(samples, plain))
    await storage.read(village, async (tx) => {
      equal(await tx.count(samples, { small: 100 }), 0)
      equal(await tx.count(samples, { small: { from: Number.MIN_SAFE_INTEGER } }), 1)
      equal(await tx.count(samples, { wide: { to: -(2n ** 63n) } }), 0)
      equal(await tx.count(samples, { real: { to: Number.MAX_VALUE } }), 1)
      equal(await tx.count(samples, { date: { startsWith: '2024' } }), 1)
      equal(await tx.count(samples, { text: { not: null } }), 1)
    })
  })

  test('a cursor that was forged is refused', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(samples, plain))
    const forged: readonly (readonly [keyof RecordOf<typeof samples>, string])[] = [
      ['whole', '1.5'],
      ['whole', '1e400'],
      ['whole', '9007199254740992'],
      ['real', '"1"'],
      ['wide', '{"int":"9223372036854775808"}'],
      ['wide', '{"int":" 1 "}'],
      ['wide', '{"int":true}'],
      ['wide', '1'],
      ['date', '"2023-02-29"'],
      ['text', '"a\\u0000"'],
      ['text', '"a\\ud800"'],
      ['text', '{}'],
      ['flag', '1'],
      ['kind', 'null'],
    ]
    for (const [field, cell] of forged) {
      const after = btoa(`["samples:${field},id",${cell},"plain"]`)
      await refused('storage/invalid-cursor', () =>
        storage.read(village, (tx) => tx.query(samples, { orderBy: [field as 'whole'], after })),
      )
    }
  })

  test('events follow a whole number, from zero', async (storage) => {
    await storage.transact(village, (tx) =>
      tx.append(journal, 'main', [{ kind: 'opened', account: 'a' }], noon),
    )
    for (const after of [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53, '0' as unknown as number]) {
      await refused('storage/invalid-query', () =>
        storage.read(village, (tx) => all(tx.events(journal, 'main', { after }))),
      )
    }
    equal((await storage.read(village, (tx) => all(tx.events(journal, 'main', { after: 0 })))).length, 1)
    equal((await storage.read(village, (tx) => all(tx.events(journal, 'main', { after: 9 })))).length, 0)
  })
}
