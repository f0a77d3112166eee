import { expect, test } from 'vitest'
import * as z from 'zod'
import { Instant, VillageId } from '../kernel/index.ts'
import { type AnyCollection, defineCollection } from './collection.ts'
import type { DumpLine } from './dump.ts'
import { openMemory } from './memory/open.ts'
import { type AnyStream, defineStream } from './stream.ts'

/** Goal: what was written under an older schema is read as today's has it, and its chain holds. */

const village = VillageId.parse('example-village')
const now = Instant.parse('2026-11-24T05:00:00.000Z')
const part = { place: z.string() }
const later = { ...part, tags: z.array(z.string()).default([]), kind: z.enum(['a', 'b']).default('a') }
const readings = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  defineStream({
    name: 'readings',
    event: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('read'),
        list: z.array(z.object(shape)),
        by: z.record(z.string(), z.object(shape)),
      }),
    ]),
  })
const wells = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  defineCollection({
    name: 'wells',
    schema: z.object({ id: z.string(), nested: z.object({ inner: z.object(shape).optional() }) }),
    key: 'id',
    fieldClasses: 'public',
  })

async function moved(
  storage: { dump(): AsyncIterable<DumpLine> },
  collection: AnyCollection,
  stream: AnyStream,
) {
  const target = openMemory({ collections: [collection], streams: [stream] })
  await target.restore(storage.dump())
  return target
}

test('a default that was added later fills what was written before, and changes no hash', async () => {
  const [oldWells, oldReadings] = [wells(part), readings(part)]
  const before = openMemory({ collections: [oldWells], streams: [oldReadings] })
  const [appended] = await before.transact(village, async (tx) => {
    await tx.insert(oldWells, { id: 'a', nested: { inner: { place: 'x' } } })
    await tx.insert(oldWells, { id: 'b', nested: {} })
    const list = [{ place: 'x' }]
    return await tx.append(oldReadings, 'main', [{ type: 'read', list, by: { y: { place: 'y' } } }], now)
  })
  const [newWells, newReadings] = [wells(later), readings(later)]
  const after = await moved(before, newWells, newReadings)
  await after.read(village, async (tx) => {
    expect((await tx.get(newWells, { id: 'a' }))?.nested).toEqual({
      inner: { place: 'x', tags: [], kind: 'a' },
    })
    expect((await tx.get(newWells, { id: 'b' }))?.nested).toEqual({})
    for await (const { event, hash } of tx.events(newReadings, 'main')) {
      expect(hash).toBe(appended?.hash)
      expect(event.list).toEqual([{ place: 'x', tags: [], kind: 'a' }])
      expect(event.by).toEqual({ y: { place: 'y', tags: [], kind: 'a' } })
    }
  })
  expect((await after.verify()).faults).toEqual([])
})

test('each reader gets a default of its own', async () => {
  const { read, encode } = readings(later)
  const { body } = encode({ type: 'read', list: [], by: {} })
  const written = body.replace('[]', '[{"place":"x"}]')
  read(written).list[0]?.tags.push('mine')
  expect(read(written).list[0]?.tags).toEqual([])
})

test('the body of an event is in normal form as a whole, whatever stands after an escape', () => {
  const stream = defineStream({ name: 'notes', event: z.object({ note: z.string() }) })
  for (const note of [
    'a\n\u0301',
    '\u0301',
    '\\n\u0301',
    '\u0007\u0338\u0301',
    '"\u0338',
    '\t\u{1d165}',
    '\b\u0323x',
  ]) {
    const { event, body } = stream.encode({ note })
    expect(body.normalize('NFC')).toBe(body)
    expect(stream.decode(body)).toEqual(event)
    expect(event).toEqual({ note: note.normalize('NFC') })
  }
})
