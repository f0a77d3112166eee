import type { DumpLine } from '../dump.ts'
import { all, equal, refused } from './assertions.ts'
import { fill, journal, noon, resident, residents, samples, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

const lastRow = (lines: readonly DumpLine[]): number => lines.findLastIndex((line) => 'row' in line)

export function testWholeStore(test: StoreTest): void {
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
    ['no line at all', () => []],
    [
      'its last row missing',
      (lines) => lines.filter((line, index) => 'table' in line || index < lastRow(lines)),
    ],
    [
      'its last table missing',
      (lines) =>
        lines.slice(
          0,
          lines.findLastIndex((line) => 'table' in line),
        ),
    ],
    ['a row too many', (lines) => lines.toSpliced(lastRow(lines), 0, lines[lastRow(lines)] ?? { row: [] })],
    ['a table twice', (lines) => [...lines, ...lines]],
  ]
  for (const [name, breaks] of broken) {
    test(`a dump with ${name} is refused and changes nothing`, async (storage) => {
      await fill(storage)
      const before = await all(storage.dump())
      await refused('storage/invalid-dump', () => storage.restore(breaks([...before])))
      equal(await all(storage.dump()), before)
    })
  }

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
}
