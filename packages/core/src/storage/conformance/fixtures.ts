import * as z from 'zod'
import { CivilDate, Instant, VillageId } from '../../kernel/index.ts'
import { defineCollection } from '../collection.ts'
import type { StorageSchema } from '../schema.ts'
import type { Storage } from '../storage.ts'
import { defineStream } from '../stream.ts'

/** Every type of column, also where it may be missing. */
export const samples = defineCollection({
  name: 'samples',
  schema: z.object({
    id: z.string().min(1),
    text: z.string(),
    short: z.string().max(5).optional(),
    date: CivilDate,
    instant: Instant.nullable(),
    kind: z.enum(['a', 'b', "c'd"]),
    whole: z.int(),
    small: z.int().min(-3).lt(10).nullable(),
    wide: z.bigint(),
    real: z.number(),
    flag: z.boolean(),
    maybe: z.boolean().optional(),
    nested: z.object({
      list: z.array(z.object({ amount: z.bigint(), note: z.string().optional() })),
      byName: z.record(z.string(), z.int()),
    }),
    filled: z.string().default('filled'),
  }),
  key: 'id',
  indexes: [['text'], ['small', 'date']],
  fieldClasses: 'internal',
})

export const households = defineCollection({
  name: 'households',
  schema: z.object({ id: z.string(), hamlet: z.string() }),
  key: 'id',
  fieldClasses: 'internal',
})

export const residents = defineCollection({
  name: 'residents',
  schema: z.object({
    id: z.string(),
    householdId: z.string().nullable(),
    name: z.string(),
    number: z.string().nullable(),
    onDuty: z.boolean(),
  }),
  key: 'id',
  indexes: [['name'], ['householdId'], { unique: ['number'] }],
  references: { householdId: households },
  fieldClasses: {
    id: 'internal',
    householdId: 'personal',
    name: 'personal',
    number: 'personal',
    onDuty: 'internal',
  },
})

const person = {
  name: 'people',
  schema: z.object({
    id: z.string(),
    head: z.string().nullable(),
    photo: z.instanceof(Uint8Array).optional(),
  }),
  key: 'id',
  fieldClasses: 'personal',
} as const

/** They name one another: the head of a family is one of them. */
export const people = defineCollection({ ...person, references: { head: defineCollection(person) } })

export const tallies = defineCollection({
  name: 'tallies',
  schema: z.object({ hamlet: z.string(), month: z.string(), visits: z.int(), rupees: z.bigint() }),
  key: ['hamlet', 'month'],
  counters: ['visits', 'rupees'],
  fieldClasses: 'public',
})

export const journal = defineStream({
  name: 'journal',
  event: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('opened'), account: z.string() }),
    z.object({ kind: z.literal('posted'), amount: z.bigint(), note: z.string().optional() }),
  ]),
})

/** The schema that an adapter opens for the suite. */
export const conformanceSchema: StorageSchema = {
  collections: [samples, households, residents, people, tallies],
  streams: [journal],
}

export const village = VillageId.parse('village-one')
export const otherVillage = VillageId.parse('village-two')
export const noon = Instant.parse('2026-11-24T05:00:00.000Z')

/** A sample with everything that a test does not care about. */
export const plain = samples.schema.parse({
  id: 'plain',
  text: 'text',
  date: '2024-02-29',
  instant: '2026-11-24T03:15:00.000Z',
  kind: 'a',
  whole: 1,
  small: 0,
  wide: 1n,
  real: 0.1,
  flag: true,
  nested: { list: [{ amount: 2n }], byName: {} },
})

/** A resident with everything that a test does not care about. */
export function resident(
  id: string,
  rest: Partial<Parameters<typeof residents.schema.parse>[0] & object> = {},
) {
  return { id, householdId: null, name: `Name ${id}`, number: null, onDuty: false, ...rest }
}

/** Something of every kind, in two villages. */
export async function fill(storage: Storage): Promise<void> {
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
