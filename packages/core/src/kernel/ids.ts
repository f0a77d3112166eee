import { bytesToHex } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { LumbungError } from './errors.ts'

/**
 * The schema of the ids of one kind of record: a UUID in lower case, with a brand, so that the id of a household
 * cannot be passed where that of a resident is meant.
 *
 * One form only, so that equal ids are equal texts; any version of UUID, since a caller may bring their own.
 *
 * @param name What the id belongs to; the brand is `<name>Id`.
 *
 * @example
 * ```ts
 * import { idSchema } from '@lumbung/core/kernel'
 *
 * const WellId = idSchema('Well')
 * WellId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40') // => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * WellId.safeParse('0190A5B8-7E2C-7C3E-9F5B-0D6A3C1E2F40').success // => false
 * ```
 */
export function idSchema<const Name extends string>(name: Name) {
  return z
    .uuid()
    .lowercase()
    .brand(`${name}Id` as const)
}

/**
 * The id of a person who lives, or lived, in the village.
 *
 * @example
 * ```ts
 * import { ResidentId } from '@lumbung/core/kernel'
 *
 * ResidentId.safeParse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40').success // => true
 * ```
 */
export const ResidentId = idSchema('Resident')

/** A text that the schema of the same name has accepted. */
export type ResidentId = z.infer<typeof ResidentId>

/**
 * The id of people who live and eat together.
 *
 * @example
 * ```ts
 * import { HouseholdId } from '@lumbung/core/kernel'
 *
 * HouseholdId.safeParse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40').success // => true
 * ```
 */
export const HouseholdId = idSchema('Household')

/** A text that the schema of the same name has accepted. */
export type HouseholdId = z.infer<typeof HouseholdId>

/**
 * The id of a village government, company, community group, school, health post or cooperative.
 *
 * @example
 * ```ts
 * import { OrganisationId } from '@lumbung/core/kernel'
 *
 * OrganisationId.safeParse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40').success // => true
 * ```
 */
export const OrganisationId = idSchema('Organisation')

/** A text that the schema of the same name has accepted. */
export type OrganisationId = z.infer<typeof OrganisationId>

/**
 * The partition that everything belongs to: 1 to 64 ASCII letters, digits, dots, hyphens and underscores, chosen
 * by the village, so that an official code serves as it is.
 *
 * The first is a letter or a digit. So it is neither `.` nor `..`, which name other folders, nor does it look like
 * the option of a command, and it can stand in a path, an address or a command line as it is.
 *
 * @example
 * ```ts
 * import { VillageId } from '@lumbung/core/kernel'
 *
 * VillageId.parse('hill-village.2026') // => 'hill-village.2026'
 * VillageId.safeParse('hill village').success // => false
 * VillageId.safeParse('..').success // => false
 * ```
 */
export const VillageId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .brand<'VillageId'>()

/** A text that the schema of the same name has accepted. */
export type VillageId = z.infer<typeof VillageId>

/**
 * A UUID of version 7 (RFC 9562, section 5.7): the time, then chance, so that ids sort by when they were made.
 *
 * @param parts.epochMs Whole milliseconds since 1970-01-01T00:00:00Z, below 2^48.
 * @param parts.random 10 random bytes, of which the last 74 bits are used.
 *
 * @throws `id/invalid-time` if the time is not whole or out of range; details: `epochMs`
 * @throws `id/invalid-random` if there are not exactly 10 bytes; details: `bytes`, `bytesExpected`
 *
 * @example
 * ```ts
 * import { uuidV7 } from '@lumbung/core/kernel'
 *
 * const random = new Uint8Array(10).fill(255)
 * uuidV7({ epochMs: 1_732_417_200_000, random }) // => '01935c1c-9f80-7fff-bfff-ffffffffffff'
 * ```
 */
export function uuidV7(parts: { readonly epochMs: number; readonly random: Uint8Array }): string {
  return uuidText((timeOf(parts.epochMs) << randomBits) | randomPartOf(parts.random))
}

/** What new ids are made from; it is injected, so that core has neither clock nor chance. */
export interface IdSource {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  /** So many random bytes, from a source that cannot be guessed. */
  readonly random: (length: number) => Uint8Array
}

/**
 * Makes UUIDs of version 7, each greater than the one before, as text and as bytes.
 *
 * Within a millisecond, and as long as a clock that went back lags behind, the random part grows by a random
 * step of up to 2^32 (RFC 9562, section 6.2, method 2), so that neighbours cannot be guessed. Should it
 * overflow, the id runs a millisecond ahead of the clock.
 *
 * @throws The function made throws `id/invalid-time` and `id/invalid-random`, as {@link uuidV7} does.
 *
 * @example
 * ```ts
 * import { createIdGenerator } from '@lumbung/core/kernel'
 *
 * const random = (length: number) => new Uint8Array(length)
 * const nextId = createIdGenerator({ clock: () => 1_732_417_200_000, random })
 * nextId() // => '01935c1c-9f80-7000-8000-000000000000'
 * nextId() // => '01935c1c-9f80-7000-8000-000000000001'
 * ```
 */
export function createIdGenerator({ clock, random }: IdSource): () => string {
  let last = -1n
  return () => {
    const time = timeOf(clock())
    last =
      time > last >> randomBits
        ? (time << randomBits) | randomPartOf(random(10))
        : last + 1n + integerOf(random(4), 4)
    return uuidText(last)
  }
}

/** The bits of a UUIDv7 that are neither time nor fixed. A time and they make one integer, by which ids sort. */
const randomBits = 74n

function timeOf(epochMs: number): bigint {
  if (Number.isInteger(epochMs) && epochMs >= 0 && epochMs < 2 ** 48) return BigInt(epochMs)
  throw new LumbungError('id/invalid-time', 'The time of an id is no whole number of 48 bits.', {
    details: { epochMs },
  })
}

function randomPartOf(random: Uint8Array): bigint {
  return BigInt.asUintN(Number(randomBits), integerOf(random, 10))
}

function integerOf(bytes: Uint8Array, bytesExpected: number): bigint {
  if (bytes.length === bytesExpected) return BigInt(`0x${bytesToHex(bytes)}`)
  throw new LumbungError('id/invalid-random', 'The source of chance gave another number of bytes.', {
    details: { bytes: bytes.length, bytesExpected },
  })
}

/** Writes the integer with the version after the first 60 of its 122 bits, and the variant behind that. */
function uuidText(value: bigint): string {
  const timeAndMore = (value >> 62n).toString(16).padStart(15, '0')
  const variantAndRest = ((2n << 62n) | BigInt.asUintN(62, value)).toString(16)
  return [
    timeAndMore.slice(0, 8),
    timeAndMore.slice(8, 12),
    `7${timeAndMore.slice(12)}`,
    variantAndRest.slice(0, 4),
    variantAndRest.slice(4),
  ].join('-')
}
