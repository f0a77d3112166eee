import { Instant, VillageId } from '@lumbung/core/kernel'
import { defineCollection, defineStream } from '@lumbung/core/storage'
import * as z from 'zod'
import { openSqlite } from '../src/sqlite/index.ts'

/** What a writer process writes: a note and an event of the same number in each transaction. */
export const notes = defineCollection({
  name: 'notes',
  schema: z.object({ number: z.int(), text: z.string() }),
  key: 'number',
  fieldClasses: 'internal',
})
export const log = defineStream({ name: 'log', event: z.object({ number: z.int() }) })
export const schema = { collections: [notes], streams: [log] }
export const village = VillageId.parse('village')
export const noon = Instant.parse('2026-11-24T05:00:00.000Z')

/** Writes without end and prints each number once its commit was acknowledged; several at once where shared. */
async function write(file: string, first: number, count: number, shared: boolean): Promise<void> {
  const storage = await openSqlite({ file, schema })
  const one = async (number: number) => {
    await storage.transact(
      village,
      async (tx) => {
        await tx.insert(notes, { number, text: 'x'.repeat(200) })
        await tx.append(log, 'main', [{ number }], noon)
      },
      { shared },
    )
    process.stdout.write(`${number}\n`)
  }
  for (let number = first; number < first + count; number += 10) {
    const group = Array.from({ length: 10 }, (_, index) => number + index)
    if (shared) await Promise.all(group.map(one))
    else for (const each of group) await one(each)
  }
  await storage.close()
}

if (process.argv[1] === import.meta.filename) {
  const [, , file = '', first = '0', count = '0', shared = ''] = process.argv
  await write(file, Number(first), Number(count), shared === 'shared')
}
