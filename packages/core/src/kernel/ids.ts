import * as z from 'zod'

/**
 * The schema of an id that belongs to one kind of record: a lower-case UUID with a brand, so that the id of a
 * household cannot be passed where that of a resident is meant.
 *
 * @example
 * ```ts
 * import { idSchema } from '@lumbung/core/kernel'
 *
 * const WellId = idSchema('Well')
 * WellId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40') // => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * WellId.safeParse('well 3').success // => false
 * ```
 */
export function idSchema<Brand extends string>(_brand: Brand) {
  return z.uuid().lowercase().brand<`${Brand}Id`>()
}

/** A person who lives, or lived, in the village. */
export const ResidentId = idSchema('Resident')
export type ResidentId = z.output<typeof ResidentId>

/** People who live and eat together. */
export const HouseholdId = idSchema('Household')
export type HouseholdId = z.output<typeof HouseholdId>

/** A village government, NGO, company, community group, school, health post or cooperative. */
export const OrganisationId = idSchema('Organisation')
export type OrganisationId = z.output<typeof OrganisationId>

/**
 * The partition that everything belongs to: 1 to 64 ASCII letters, digits, dots, hyphens or underscores
 * (semantics 13).
 */
export const VillageId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/)
  .brand<'VillageId'>()
export type VillageId = z.output<typeof VillageId>

/** What a new id is made from; injected, so that the core has neither clock nor chance. */
export interface IdSource {
  /** Milliseconds since 1970 in UTC. */
  readonly clock: () => number
  /** So many random bytes. */
  readonly random: (length: number) => Uint8Array
}

const counterMax = 2n ** 74n - 1n
const millisecondsMax = 2 ** 48 - 1

/**
 * Makes UUIDs of version 7 (RFC 9562): they sort by the time they were made. Within one millisecond, or where
 * the clock went back, the random part is counted up (method 2 of section 6.2), so that the order always holds.
 *
 * @example
 * ```ts
 * import { createIdGenerator } from '@lumbung/core/kernel'
 *
 * const nextId = createIdGenerator({ clock: () => 1_732_417_200_000, random: (length) => new Uint8Array(length) })
 * nextId() // => '01935c1c-9f80-7000-8000-000000000000'
 * nextId() // => '01935c1c-9f80-7000-8000-000000000001'
 * ```
 */
export function createIdGenerator({ clock, random }: IdSource): () => string {
  let milliseconds = -1
  let tail = 0n
  return () => {
    const now = Math.min(Math.max(Math.floor(clock()), 0), millisecondsMax)
    if (now > milliseconds) {
      milliseconds = now
      tail = bigintOf(random(10)) & counterMax
    } else if (tail === counterMax) {
      milliseconds += 1
      tail = bigintOf(random(10)) & counterMax
    } else tail += 1n
    return uuidText(BigInt(milliseconds), tail)
  }
}

/** 48 bits of time, then 74 of chance around the version and the variant. */
function uuidText(milliseconds: bigint, tail: bigint): string {
  const value =
    (milliseconds << 80n) | (7n << 76n) | ((tail >> 62n) << 64n) | (2n << 62n) | (tail & (2n ** 62n - 1n))
  const hex = value.toString(16).padStart(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function bigintOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}
