import type { RecordInput, RecordOf } from '../collection.ts'
import { all, equal, refused } from './assertions.ts'
import {
  households,
  otherVillage,
  plain,
  resident,
  residents,
  samples,
  tallies,
  village,
} from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

type Sample = RecordOf<typeof samples>

/** Values at the edges of their types, each as it must come back. */
const edges: Readonly<Record<string, Partial<Sample>>> = {
  'the empty text': { text: '' },
  'text beyond the first plane, quotes and line ends': { text: '\u{a984}\u{1f33e} "\'\\ \n\t;--' },
  'text of 100,000 characters': { filled: 'ä'.repeat(100_000) },
  'the first and the last date': { date: '0001-01-01' as Sample['date'] },
  'the last date': { date: '9999-12-31' as Sample['date'] },
  'the last instant': { instant: '9999-12-31T23:59:59.999Z' as NonNullable<Sample['instant']> },
  'no instant': { instant: null },
  'a closed value with a quote': { kind: "c'd" },
  'the greatest integer': { whole: Number.MAX_SAFE_INTEGER },
  'the least integer': { whole: Number.MIN_SAFE_INTEGER },
  'the ends of a range': { small: -3 },
  'the greatest wide integer': { wide: 2n ** 63n - 1n },
  'the least wide integer': { wide: -(2n ** 63n) },
  'the greatest double': { real: Number.MAX_VALUE },
  'the least double above zero': { real: Number.MIN_VALUE },
  'a double that is no short decimal': { real: 0.1 + 0.2 },
  'false and absent': { flag: false },
  'optional values': { short: 'short', maybe: false },
  'nested wide integers, absent parts and names in any order': {
    nested: {
      list: [{ amount: 2n ** 62n, note: '' }, { amount: -1n }],
      byName: { z: 1, a: 2, 'ключ "x"': 3 },
    },
  },
}

/** Records that the schema refuses: nothing of them may be written. */
const refusals: Readonly<Record<string, Record<string, unknown>>> = {
  'a date that does not exist': { date: '2023-02-29' },
  'an instant with an offset': { instant: '2026-11-24T03:15:00.000+07:00' },
  'a value outside the closed set': { kind: 'z' },
  'an integer beyond 2^53': { whole: 2 ** 53 },
  'a number outside its range': { small: 10 },
  'a wide integer beyond 64 bits': { wide: 2n ** 63n },
  'a number that is none': { real: Number.NaN },
  'an infinite number': { real: Number.POSITIVE_INFINITY },
  'text for a number': { whole: '1' },
  'text that is too long': { short: '123456' },
}

export function testValues(test: StoreTest): void {
  for (const [name, edge] of Object.entries(edges)) {
    test(`${name} comes back as it went in`, async (storage) => {
      const record = { ...plain, ...edge }
      const inserted = await storage.transact(village, (tx) => tx.insert(samples, record))
      const read = await storage.read(village, (tx) => tx.get(samples, { id: 'plain' }))
      equal(inserted, { ...record, version: 1 }, 'what insert returns')
      equal(read, { ...record, version: 1 }, 'what get returns')
    })
  }

  test('minus zero comes back as zero', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(samples, { ...plain, real: -0, whole: -0 }))
    const read = await storage.read(village, (tx) => tx.get(samples, { id: 'plain' }))
    equal([Object.is(read?.real, 0), Object.is(read?.whole, 0)], [true, true])
  })

  test('text is stored in Unicode normal form, and found in any form (semantics 5)', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(samples, { ...plain, text: 'e\u0301' }))
    const page = await storage.read(village, (tx) => tx.query(samples, { where: { text: 'e\u0301' } }))
    equal(
      page.records.map(({ text }) => text),
      ['\u00e9'],
    )
  })

  test('a default fills what is left out', async (storage) => {
    const { filled: _, ...rest } = plain
    const inserted = await storage.transact(village, (tx) =>
      tx.insert(samples, rest as RecordInput<typeof samples>),
    )
    equal(inserted.filled, 'filled')
  })

  for (const [name, part] of Object.entries(refusals)) {
    test(`${name} is refused and leaves nothing`, async (storage) => {
      const record = { ...plain, ...part } as Sample
      await refused('storage/invalid-record', () =>
        storage.transact(village, (tx) => tx.insert(samples, record)),
      )
      equal(await storage.read(village, (tx) => tx.count(samples)), 0, 'the number of records')
    })
  }

  for (const [name, text] of Object.entries({ 'U+0000': 'a\u0000b', 'a lone surrogate': 'a\ud800' })) {
    test(`text with ${name} is refused, in a column and in a nested part`, async (storage) => {
      const nested = { list: [{ amount: 1n, note: text }], byName: {} }
      await refused('text/invalid', () =>
        storage.transact(village, (tx) => tx.insert(samples, { ...plain, text })),
      )
      await refused('text/invalid', () =>
        storage.transact(village, (tx) => tx.insert(samples, { ...plain, nested })),
      )
      equal(await storage.read(village, (tx) => tx.count(samples)), 0, 'the number of records')
    })
  }

  test('the same key is refused within a village and free in another (semantics 13)', async (storage) => {
    await storage.transact(village, (tx) => tx.insert(samples, plain))
    await refused('storage/duplicate', () => storage.transact(village, (tx) => tx.insert(samples, plain)))
    await storage.transact(otherVillage, (tx) => tx.insert(samples, { ...plain, text: 'other' }))
    equal((await storage.read(village, (tx) => tx.get(samples, { id: 'plain' })))?.text, 'text')
    equal((await storage.read(otherVillage, (tx) => tx.get(samples, { id: 'plain' })))?.text, 'other')
  })

  test('a unique index refuses a value twice, but nothing any number of times', async (storage) => {
    await storage.transact(village, (tx) =>
      tx.insertMany(residents, [resident('1', { number: 'x' }), resident('2'), resident('3')]),
    )
    const error = await refused('storage/duplicate', () =>
      storage.transact(village, (tx) => tx.insert(residents, resident('4', { number: 'x' }))),
    )
    equal(error.details, { table: 'residents', columns: ['number'] })
    await storage.transact(otherVillage, (tx) => tx.insert(residents, resident('4', { number: 'x' })))
    equal(await storage.read(village, (tx) => tx.count(residents)), 3)
  })

  test('a value of a unique index is free again after it was changed or removed', async (storage) => {
    await storage.transact(village, async (tx) => {
      const first = await tx.insert(residents, resident('1', { number: 'x' }))
      const second = await tx.insert(residents, resident('2', { number: 'y' }))
      await tx.update(residents, { ...first, number: 'z' })
      await tx.remove(residents, second)
      await tx.insertMany(residents, [resident('3', { number: 'x' }), resident('4', { number: 'y' })])
    })
    equal(await storage.read(village, (tx) => tx.count(residents)), 3)
  })

  test('a reference must name a record of the same village, as long as it is named', async (storage) => {
    await storage.transact(otherVillage, (tx) => tx.insert(households, { id: 'h', hamlet: 'a' }))
    const insert = () =>
      storage.transact(village, (tx) => tx.insert(residents, resident('1', { householdId: 'h' })))
    await refused('storage/reference-missing', insert)
    await storage.transact(village, (tx) => tx.insert(households, { id: 'h', hamlet: 'a' }))
    await insert()
    await refused('storage/referenced', () =>
      storage.transact(village, async (tx) => {
        const found = await tx.get(households, { id: 'h' })
        if (found) await tx.remove(households, found)
      }),
    )
    equal(await storage.read(village, (tx) => tx.count(households)), 1)
  })

  test('counters add up from zero and stay within 64 bits', async (storage) => {
    const tally = { hamlet: 'a', month: '2026-11', visits: 2, rupees: 2n ** 62n }
    await storage.transact(village, (tx) => tx.add(tallies, tally))
    await storage.transact(village, (tx) => tx.add(tallies, { ...tally, rupees: 5n }))
    const key = { hamlet: 'a', month: '2026-11' }
    const read = () => storage.read(village, (tx) => tx.get(tallies, key))
    equal(await read(), { ...tally, visits: 4, rupees: 2n ** 62n + 5n, version: 2 })
    await refused('storage/out-of-range', () => storage.transact(village, (tx) => tx.add(tallies, tally)))
    equal((await read())?.visits, 4, 'the counter after the refusal')
  })

  test('many records are written from an iterable, all or none', async (storage) => {
    const many = Array.from({ length: 2500 }, (_, index) => resident(String(index)))
    await refused('storage/duplicate', () =>
      storage.transact(village, (tx) => tx.insertMany(residents, [...many, resident('7')])),
    )
    equal(await storage.read(village, (tx) => tx.count(residents)), 0, 'the number after a refusal')
    equal(await storage.transact(village, (tx) => tx.insertMany(residents, many)), 2500)
    const read = await storage.read(village, (tx) => all(tx.stream(residents)))
    equal(new Set(read.map(({ id }) => id)).size, 2500)
  })
}
