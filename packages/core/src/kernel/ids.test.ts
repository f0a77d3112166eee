import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import {
  createIdGenerator,
  type HouseholdId,
  idSchema,
  type OrganisationId,
  type ResidentId,
  uuidV7,
  VillageId,
} from './ids.ts'

const times = fc.integer({ min: 0, max: 2 ** 48 - 1 })
const randoms = fc.uint8Array({ minLength: 10, maxLength: 10 })
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The first 48 bits. */
const epochMsOf = (uuid: string) => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)

describe('semantics 14: ids are UUIDv7', () => {
  test('with the bits where RFC 9562 has them', () => {
    // RFC 9562, appendix A.6: time 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    const randomPart = (0xcc3n << 62n) | 0x18c4dc0c0c07398fn
    const hex = randomPart.toString(16).padStart(20, '0')
    const random = Uint8Array.from({ length: 10 }, (_, index) =>
      Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
    )
    expect(uuidV7({ epochMs: 0x017f22e279b0, random })).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  test('that zod takes for such, from the first to the last millisecond', () => {
    fc.assert(
      fc.property(times, randoms, (epochMs, random) => {
        const id = uuidV7({ epochMs, random })
        expect(id).toMatch(uuidForm)
        expect(z.uuidv7().safeParse(id).success).toBe(true)
        expect(epochMsOf(id)).toBe(epochMs)
      }),
    )
    expect(uuidV7({ epochMs: 0, random: new Uint8Array(10) })).toBe('00000000-0000-7000-8000-000000000000')
    const last = uuidV7({ epochMs: 2 ** 48 - 1, random: new Uint8Array(10).fill(255) })
    expect(last).toBe('ffffffff-ffff-7fff-bfff-ffffffffffff')
  })

  test('that sort by time', () => {
    fc.assert(
      fc.property(times, times, randoms, randoms, (epochMs, other, random, otherRandom) => {
        fc.pre(epochMs < other)
        expect(uuidV7({ epochMs, random }) < uuidV7({ epochMs: other, random: otherRandom })).toBe(true)
      }),
    )
  })

  test('in which all 74 bits of chance show', () => {
    const bit = (at: number) =>
      Uint8Array.from({ length: 10 }, (_, byte) => (byte === 9 - (at >> 3) ? 1 << (at & 7) : 0))
    const ids = Array.from({ length: 74 }, (_, at) => uuidV7({ epochMs: 0, random: bit(at) }))
    expect(new Set(ids).size).toBe(74)
  })

  test.each([-1, 0.5, 2 ** 48, Number.NaN, Number.POSITIVE_INFINITY])(
    'a time of %d is refused',
    (epochMs) => {
      const error = expect.objectContaining({ code: 'id/invalid-time', details: { epochMs } })
      expect(() => uuidV7({ epochMs, random: new Uint8Array(10) })).toThrow(error)
      expect(createIdGenerator({ clock: () => epochMs, random: (length) => new Uint8Array(length) })).toThrow(
        error,
      )
    },
  )

  test.each([0, 9, 11])('%i random bytes are refused', (bytes) => {
    const error = expect.objectContaining({
      code: 'id/invalid-random',
      details: { bytes, bytesExpected: 10 },
    })
    expect(() => uuidV7({ epochMs: 0, random: new Uint8Array(bytes) })).toThrow(error)
    expect(createIdGenerator({ clock: () => 0, random: () => new Uint8Array(bytes) })).toThrow(error)
  })
})

describe('semantics 14: ids come from the injected generator', () => {
  /** A generator with a clock that shows these times, and bytes of chance that repeat. */
  function generatorOf(clockTimes: readonly number[], chance: readonly number[]): () => string {
    let tick = 0
    let at = 0
    return createIdGenerator({
      clock: () => clockTimes[tick++ % clockTimes.length] ?? 0,
      random: (length) => Uint8Array.from({ length }, () => chance[at++ % chance.length] ?? 0),
    })
  }

  const chances = fc.oneof(
    fc.array(fc.nat({ max: 255 }), { minLength: 1 }),
    fc.constantFrom([0], [255], [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]),
  )

  test('each greater than the one before, whatever the clock does', () => {
    const clocks = fc.array(fc.integer({ min: 1_000, max: 1_005 }), { minLength: 1 })
    fc.assert(
      fc.property(clocks, chances, (clockTimes, chance) => {
        const nextId = generatorOf(clockTimes, chance)
        const ids = Array.from({ length: 20 }, nextId)
        expect(ids.toSorted()).toEqual(ids)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(id).toMatch(uuidForm)
      }),
    )
  })

  test('with the time of the clock as soon as it moves on', () => {
    const nextId = generatorOf([5, 5, 3, 6], [1])
    expect(Array.from({ length: 4 }, nextId).map(epochMsOf)).toEqual([5, 5, 5, 6])
  })

  test('with a random step within a millisecond', () => {
    const nextId = generatorOf([5], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
    expect(nextId()).toBe('00000000-0005-7000-8000-000000000000')
    expect(nextId()).toBe('00000000-0005-7000-8000-000000000103')
  })

  test('a millisecond ahead where chance overflows', () => {
    const nextId = generatorOf([5], [255])
    expect(nextId()).toBe('00000000-0005-7fff-bfff-ffffffffffff')
    expect(nextId()).toBe('00000000-0006-7000-8000-0000ffffffff')
  })

  test('a short step of chance is refused', () => {
    const nextId = createIdGenerator({ clock: () => 5, random: () => new Uint8Array(10) })
    nextId()
    expect(nextId).toThrow(expect.objectContaining({ code: 'id/invalid-random' }))
  })
})

describe('the id of a record', () => {
  const WellId = idSchema('Well')

  test('is a UUID of any version in lower case', () => {
    for (const id of ['0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', '9b2f4d5e-3c1a-4f6b-8d7e-1a2b3c4d5e6f']) {
      expect(WellId.parse(id)).toBe(id)
    }
    for (const text of [
      '',
      'well 3',
      '0190A5B8-7E2C-7C3E-9F5B-0D6A3C1E2F40',
      '0190a5b87e2c7c3e9f5b0d6a3c1e2f40',
    ]) {
      expect(WellId.safeParse(text).success).toBe(false)
    }
  })

  test('is text to the storage layer', () => {
    expect(WellId.def.type).toBe('string')
    expect(VillageId).toMatchObject({ minLength: 1, maxLength: 64 })
  })

  test('of one kind does not pass for that of another', () => {
    expectTypeOf<ResidentId>().not.toExtend<HouseholdId>()
    expectTypeOf<HouseholdId>().not.toExtend<OrganisationId>()
    expectTypeOf<z.infer<typeof WellId>>().toEqualTypeOf<string & z.$brand<'WellId'>>()
    expectTypeOf<string>().not.toExtend<ResidentId>()
  })
})

describe('semantics 13: village_id is the partition', () => {
  test.each(['a', '7', '62.13.04.2001', 'Hill_Village-2', 'x'.repeat(64)])('%j names one', (id) => {
    expect(VillageId.parse(id)).toBe(id)
  })

  test.each(['.', '..', '...', '-', '-rf', '--help', '_', '.a'])(
    '%j does not, as it names something else to a shell',
    (id) => {
      expect(VillageId.safeParse(id).success).toBe(false)
    },
  )

  test.each(['', 'x'.repeat(65), 'a b', 'é', 'a/b', 'a\n', "a'"])('%j does not', (id) => {
    expect(VillageId.safeParse(id).success).toBe(false)
  })
})
