import type { DumpLine } from '../dump.ts'
import type { Storage } from '../storage.ts'
import { all, equal, refused } from './assertions.ts'
import {
  households,
  journal,
  noon,
  otherVillage,
  resident,
  residents,
  samples,
  tallies,
  village,
} from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

async function fill(storage: Storage): Promise<void> {
  for (const one of [village, otherVillage]) {
    await storage.transact(one, async (tx) => {
      await tx.insert(households, { id: 'h', hamlet: 'a' })
      await tx.insert(residents, resident('1', { householdId: 'h', number: 'x' }))
      await tx.add(tallies, { hamlet: 'a', month: '2026-11', visits: 1, rupees: 2n ** 60n })
      await tx.append(
        journal,
        'main',
        [
          { kind: 'opened', account: 'cash' },
          { kind: 'posted', amount: 5n },
        ],
        noon,
      )
      await tx.putBlob(new Uint8Array([1, 2, 3]))
    })
  }
}

export function testWholeStore(test: StoreTest, openAgain?: (first: Storage) => Promise<Storage>): void {
  test('what was dumped and restored has the same dump, and what was there before is gone', async (storage) => {
    await fill(storage)
    const dump = await all(storage.dump())
    await storage.transact(village, async (tx) => {
      await tx.insert(residents, resident('later'))
      await tx.append(journal, 'main', [{ kind: 'posted', amount: 6n }], noon)
    })
    await storage.restore(dump)
    equal(await all(storage.dump()), dump)
    equal((await storage.verify()).faults, [])
    const [next] = await storage.transact(village, (tx) =>
      tx.append(journal, 'main', [{ kind: 'posted', amount: 7n }], noon),
    )
    equal(next?.seq, 3, 'the event after the restore')
  })

  const broken: readonly [string, (lines: DumpLine[]) => DumpLine[]][] = [
    ['a table that is not defined', (lines) => [{ table: 'strangers', columns: [] }, ...lines]],
    [
      'a column that is not defined',
      (lines) => [...lines, { table: 'residents', columns: ['village_id', 'stranger'] }],
    ],
    ['a row too short', (lines) => lines.map((line) => ('row' in line ? { row: line.row.slice(1) } : line))],
    [
      'a value of another type',
      (lines) => lines.map((line) => ('row' in line ? { row: line.row.map(() => true) } : line)),
    ],
    ['a row before its table', (lines) => lines.filter((line) => 'row' in line)],
  ]
  for (const [name, breaks] of broken) {
    test(`a dump with ${name} is refused and changes nothing`, async (storage) => {
      await fill(storage)
      const before = await all(storage.dump())
      await refused('storage/invalid-dump', () => storage.restore(breaks([...before])))
      equal(await all(storage.dump()), before)
    })
  }

  test('verification finds an altered event, a missing one, a cut tail and a record that breaks its schema', async (storage) => {
    await fill(storage)
    const dump = await all(storage.dump())
    const damage = async (
      change: (table: string, row: readonly unknown[]) => readonly unknown[] | undefined,
    ) => {
      let table = ''
      const lines: DumpLine[] = []
      for (const line of dump) {
        if ('table' in line) table = line.table
        const row = 'row' in line ? change(table, line.row) : undefined
        if ('table' in line) lines.push(line)
        else if (row !== undefined) lines.push({ row })
      }
      await storage.restore(lines, { acceptFaults: true })
      const { faults } = await storage.verify()
      if (faults.length > 0) await refused('storage/invalid-dump', () => storage.restore(lines))
      return faults.map(({ code, table: where, villageId }) => `${code} ${where} ${villageId}`)
    }
    const ofVillage = (row: readonly unknown[]) => row[0] === village
    const event = (table: string, row: readonly unknown[], seq: number) =>
      table === 'stream_journal' && ofVillage(row) && row[2] === seq
    equal(await damage((_, row) => row), [])
    const altered = await damage((table, row) =>
      event(table, row, 2)
        ? row.map((cell) => (typeof cell === 'string' ? cell.replace('"5"', '"6"') : cell))
        : row,
    )
    equal(altered, [`altered stream_journal ${village}`])
    equal(await damage((table, row) => (event(table, row, 1) ? undefined : row)), [
      `gap stream_journal ${village}`,
    ])
    const cut = await damage((table, row) => (event(table, row, 2) ? undefined : row))
    equal(cut, [`head-differs stream_journal ${village}`])
    const lost = await damage((table, row) =>
      table === 'stream_journal' && ofVillage(row) ? undefined : row,
    )
    equal(lost, [`missing-events stream_heads ${village}`])
  })

  test('an empty store has an empty dump of every table and nothing to find fault with', async (storage) => {
    const dump = await all(storage.dump())
    equal(
      dump.every((line) => 'table' in line),
      true,
    )
    equal(
      dump.some((line) => 'table' in line && line.table === samples.name),
      true,
    )
    equal(await storage.verify(), { records: 0, events: 0, faults: [], faultCount: 0 })
  })

  if (openAgain === undefined) return
  test('a second opener sees what the first committed, and both write in turn', async (storage) => {
    await fill(storage)
    const second = await openAgain(storage)
    try {
      const one = (store: Storage, index: number) =>
        store.transact(
          village,
          (tx) => tx.append(journal, 'main', [{ kind: 'posted', amount: BigInt(index) }], noon),
          {
            attempts: 1000,
          },
        )
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => one(index % 2 === 0 ? storage : second, index)),
      )
      const events = await second.read(village, (tx) => all(tx.events(journal, 'main')))
      equal(events.length, 22)
      equal((await storage.verify()).faults, [])
    } finally {
      await second.close()
    }
  })
}
