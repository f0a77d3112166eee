import { CivilDate, createIdGenerator, Instant, instantOf, VillageId } from '@lumbung/core/kernel'
import { defineCollection, type RecordOf, type Stored } from '@lumbung/core/storage'
import * as z from 'zod'

/** The residents that both sides store: a record as a village keeps it, of 16 fields. */
export const residents = defineCollection({
  name: 'residents',
  schema: z.object({
    id: z.uuid(),
    householdId: z.uuid(),
    name: z.string().min(1).max(120),
    nameKey: z.string().min(1).max(120),
    sex: z.enum(['female', 'male']),
    birthDate: CivilDate,
    birthPlace: z.string().max(80).nullable(),
    number: z.string().max(16).nullable(),
    hamlet: z.string().min(1).max(40),
    religion: z.enum(['a', 'b', 'c', 'd', 'e', 'f']).nullable(),
    education: z.int().min(1).max(10).nullable(),
    occupation: z.int().min(1).max(89).nullable(),
    income: z.bigint().min(0n).nullable(),
    active: z.boolean(),
    recordedAt: Instant,
    details: z.object({
      phone: z.string().optional(),
      skills: z.array(z.string()),
      dwelling: z.object({ floorSquareMetres: z.int(), water: z.string() }),
    }),
  }),
  key: 'id',
  indexes: [['hamlet', 'nameKey'], ['householdId']],
  fieldClasses: 'personal',
})

export type Resident = RecordOf<typeof residents>
export type StoredResident = Stored<typeof residents>

export const schema = { collections: [residents], streams: [] }
export const village = VillageId.parse('bench-village')
export const hamlets = Array.from({ length: 8 }, (_, index) => `Hamlet ${index + 1}`)

/** A generator of numbers in [0, 1) that gives the same ones in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many residents of nowhere, the same ones in every run. */
export function fictionalResidents(count: number): readonly Resident[] {
  const random = seededRandom(7)
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T
  const orNull = <T>(value: T): T | null => (below(5) === 0 ? null : value)
  let clock = Date.UTC(2026, 0, 1)
  const nextId = createIdGenerator({
    clock: () => clock,
    random: (length) => Uint8Array.from({ length }, () => below(256)),
  })
  const word = () => pick(syllables) + pick(syllables) + pick(syllables)
  const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  let householdId = nextId()
  return Array.from({ length: count }, (_, index): Resident => {
    clock += 40
    if (index % 4 === 0) householdId = nextId()
    const names = [word(), word()]
    return {
      id: nextId(),
      householdId,
      name: names.map(title).join(' '),
      nameKey: names.join(' '),
      sex: pick(['female', 'male']),
      birthDate: CivilDate.parse(
        new Date(Date.UTC(1940 + below(85), below(12), 1 + below(28))).toISOString().slice(0, 10),
      ),
      birthPlace: orNull(title(word())),
      // Too short for a real number, so that it can be nobody's.
      number: orNull(`TEST${String(index).padStart(8, '0')}`),
      hamlet: pick(hamlets),
      religion: orNull(pick(['a', 'b', 'c', 'd', 'e', 'f'])),
      education: orNull(1 + below(10)),
      occupation: orNull(1 + below(89)),
      income: orNull(BigInt(below(9_000_000))),
      active: below(20) > 0,
      recordedAt: instantOf(clock),
      details: {
        ...(below(2) === 0 ? { phone: `000-${below(1_000_000)}` } : {}),
        skills: [word(), word()],
        dwelling: { floorSquareMetres: 20 + below(100), water: pick(['well', 'pipe', 'spring']) },
      },
    }
  })
}

const syllables = ['ba', 'do', 'ki', 'lu', 'me', 'no', 'pi', 'ra', 'su', 'ta', 've', 'zo']
