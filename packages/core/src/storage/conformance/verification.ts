import { type Digest, headText, sha256Hex } from '../../kernel/index.ts'
import type { DumpLine } from '../dump.ts'
import type { Storage } from '../storage.ts'
import { all, equal, refused } from './assertions.ts'
import { fill, journal, noon, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

type Cells = readonly unknown[]

/** What becomes of a row of a table; undefined where it is left out. */
type Change = (table: string, row: Cells) => Cells | undefined

async function changedDump(storage: Storage, change: Change): Promise<DumpLine[]> {
  let table = ''
  const lines: DumpLine[] = []
  for (const line of await all(storage.dump())) {
    if ('table' in line) table = line.table
    const row = 'row' in line ? change(table, line.row) : undefined
    // Without the number of its rows, which is another one now.
    if ('table' in line) lines.push({ table: line.table, columns: line.columns })
    else if (row !== undefined) lines.push({ row })
  }
  return lines
}

const ofVillage = (row: Cells) => row[0] === village
const isEvent = (table: string, row: Cells, seq: number) =>
  table === 'stream_journal' && ofVillage(row) && row[2] === seq
const replaced = (row: Cells, from: string, to: string): Cells =>
  row.map((cell) => (typeof cell === 'string' ? cell.replace(from, to) : cell))

const bytesPut = new Uint8Array([1, 2, 3])
/** The same bytes and others as a dump writes them, in base64. */
const [textPut, textOther] = ['AQID', 'AQIE']

/** Each damage, and the fault that a verification must name. */
const damages: Readonly<Record<string, readonly [fault: string, change: Change]>> = {
  'an altered event': [
    'altered stream_journal',
    (table, row) => (isEvent(table, row, 2) ? replaced(row, '"5"', '"6"') : row),
  ],
  'a missing event': ['gap stream_journal', (table, row) => (isEvent(table, row, 1) ? undefined : row)],
  'a tail that was cut off': [
    'head-differs stream_journal',
    (table, row) => (isEvent(table, row, 2) ? undefined : row),
  ],
  'a stream that was removed': [
    'missing-events stream_heads',
    (table, row) => (table === 'stream_journal' && ofVillage(row) ? undefined : row),
  ],
  'an altered blob': [
    'altered blobs',
    (table, row) => (table === 'blobs' && ofVillage(row) ? replaced(row, textPut, textOther) : row),
  ],
  'a blob of another size than was noted': [
    'altered blobs',
    (table, row) =>
      table === 'blobs' && ofVillage(row) ? row.map((cell) => (cell === bytesPut.length ? 4 : cell)) : row,
  ],
}

export function testVerification(test: StoreTest): void {
  test('verification finds no fault in what was written', async (storage) => {
    await fill(storage)
    equal((await storage.verify()).faults, [])
  })

  for (const [name, [fault, change]] of Object.entries(damages)) {
    test(`verification finds ${name}, and so does a restore`, async (storage) => {
      await fill(storage)
      const lines = await changedDump(storage, change)
      await refused('storage/invalid-dump', () => storage.restore(lines))
      await storage.restore(lines, { acceptFaults: true })
      const { faults } = await storage.verify()
      equal(
        faults.map(({ code, table, villageId }) => `${code} ${table} ${villageId}`),
        [`${fault} ${village}`],
      )
    })
  }

  test('a blob whose bytes were altered is not given out', async (storage) => {
    await fill(storage)
    const [, change] = damages['an altered blob'] ?? []
    await storage.restore(await changedDump(storage, change ?? ((_, row) => row)), { acceptFaults: true })
    const hash: Digest = sha256Hex(bytesPut)
    const error = await refused('storage/damaged', () => storage.read(village, (tx) => tx.blob(hash)))
    equal(error.details, { table: 'blobs', hash })
  })

  test('a head that was noted proves that a stream was not made anew or cut off (semantics 16)', async (storage) => {
    await fill(storage)
    const [first, second] = await storage.read(village, (tx) => all(tx.events(journal, 'main')))
    const heads = [first, second].flatMap((event) =>
      event ? [{ villageId: village, stream: 'journal', id: 'main', head: headText(event) }] : [],
    )
    const append = (account: string, amount: bigint) =>
      storage.transact(village, (tx) =>
        tx.append(
          journal,
          'main',
          [
            { kind: 'opened', account },
            { kind: 'posted', amount },
          ],
          noon,
        ),
      )
    const lost = async () =>
      (await storage.verify({ heads })).faults.map(({ code, table, villageId, key }) =>
        JSON.stringify([code, table, villageId, key]),
      )
    await append('bank', 7n)
    equal(await lost(), [], 'what is lost after more events')

    const withoutStream = await changedDump(storage, (table, row) =>
      (table === 'stream_journal' || table === 'stream_heads') && ofVillage(row) ? undefined : row,
    )
    await storage.restore(withoutStream)
    const both = [1, 2].map((seq) => JSON.stringify(['head-lost', 'stream_journal', village, ['main', seq]]))
    equal(await lost(), both, 'what is lost of a stream that is gone')

    await append('cash', 6n)
    equal((await storage.verify()).faults, [], 'what the store alone can tell')
    equal(await lost(), both.slice(1), 'what is lost of a stream whose second event is another')
    const unread = [{ villageId: village, stream: 'journal', id: 'main', head: '2' }]
    await refused('chain/invalid-head', () => storage.verify({ heads: unread }))
  })
}
