import type { Storage } from '../storage.ts'
import { all, equal, refused } from './assertions.ts'
import { otherVillage, people, village } from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

/** Restores a store from its own dump and looks whether it is the same. */
async function restoredFromItself(storage: Storage): Promise<void> {
  const dump = await all(storage.dump())
  await storage.restore(dump)
  equal(await all(storage.dump()), dump, 'the dump')
  equal((await storage.verify()).faults, [])
}

export function testSelfReference(test: StoreTest): void {
  test('records that name later ones of their own collection are restored', async (storage) => {
    await storage.transact(village, (tx) =>
      tx.insertMany(people, [
        { id: 'z', head: 'z' },
        { id: 'm', head: null },
        { id: 'c', head: 'm' },
        { id: 'b', head: 'c' },
        { id: 'a', head: 'z' },
      ]),
    )
    await storage.transact(otherVillage, (tx) =>
      tx.insertMany(people, [
        { id: 'c', head: null },
        { id: 'b', head: 'c' },
      ]),
    )
    await restoredFromItself(storage)
  })

  test('more of them than fit a batch are restored', async (storage) => {
    const name = (index: number) => String(2500 - index).padStart(4, '0')
    await storage.transact(village, (tx) =>
      tx.insertMany(
        people,
        Array.from({ length: 2500 }, (_, index) => ({
          id: name(index),
          head: index === 0 ? null : name(index - 1),
        })),
      ),
    )
    await restoredFromItself(storage)
  })

  test('records that name one another in a circle are restored, versions included', async (storage) => {
    await storage.transact(village, async (tx) => {
      const a = await tx.insert(people, { id: 'a', head: null })
      await tx.insert(people, { id: 'b', head: 'a' })
      await tx.insert(people, { id: 'c', head: 'b' })
      await tx.insert(people, { id: 'd', head: 'c' })
      await tx.update(people, { ...a, head: 'c' })
    })
    await restoredFromItself(storage)
    const read = await storage.read(village, (tx) => tx.get(people, { id: 'a' }))
    equal([read?.head, read?.version], ['c', 2])
  })

  test('a dump with a record that names nobody is refused and changes nothing', async (storage) => {
    await storage.transact(village, (tx) =>
      tx.insertMany(people, [
        { id: 'b', head: null },
        { id: 'a', head: 'b' },
      ]),
    )
    const before = await all(storage.dump())
    const without = before
      .filter((line) => !('row' in line && line.row[1] === 'b'))
      .map((line) => ('table' in line ? { table: line.table, columns: line.columns } : line))
    await refused('storage/reference-missing', () => storage.restore(without))
    equal(await all(storage.dump()), before)
  })

  test('many records may name themselves and those before them, and none after them', async (storage) => {
    const insert = (...records: { id: string; head: string | null }[]) =>
      storage.transact(village, (tx) => tx.insertMany(people, records))
    await refused('storage/reference-missing', () => insert({ id: 'a', head: 'b' }, { id: 'b', head: null }))
    equal(await storage.read(village, (tx) => tx.count(people)), 0)
    equal(await insert({ id: 'b', head: 'b' }, { id: 'a', head: 'b' }), 2)
  })
}
