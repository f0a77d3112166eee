import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { canonicalBytes } from './canonical.ts'
import { LumbungError } from './errors.ts'

/** A SHA-256 digest as 64 lower-case hex digits. */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Digest'>()
export type Digest = z.output<typeof Digest>

/** The end of a chain: printed once, it proves later that nothing before it was changed or cut (semantics 16). */
export interface Head {
  readonly seq: number
  readonly hash: Digest
}

/**
 * SHA-256 of bytes.
 *
 * @example
 * ```ts
 * import { sha256Hex } from '@lumbung/core/kernel'
 *
 * sha256Hex(new Uint8Array()).slice(0, 16) // => 'e3b0c44298fc1c14'
 * ```
 */
export function sha256Hex(bytes: Uint8Array): Digest {
  return bytesToHex(sha256(bytes)) as Digest
}

const nothingBefore = new Uint8Array(32)

/**
 * The hash of a link: SHA-256 over the 32 bytes of the hash before it (zeros for the first link), then its bytes.
 *
 * @example
 * ```ts
 * import { canonicalBytes, chainHash } from '@lumbung/core/kernel'
 *
 * const first = chainHash(undefined, canonicalBytes('note', 'one'))
 * const second = chainHash(first, canonicalBytes('note', 'two'))
 * chainHash(first, canonicalBytes('note', 'two')) === second // => true
 * chainHash(second, canonicalBytes('note', 'two')) === second // => false
 * ```
 */
export function chainHash(previous: Digest | undefined, bytes: Uint8Array): Digest {
  const hash = sha256.create()
  hash.update(previous === undefined ? nothingBefore : hexToBytes(previous))
  hash.update(bytes)
  return bytesToHex(hash.digest()) as Digest
}

/**
 * A head as it is printed on minutes and receipts: `seq:hash`.
 *
 * @example
 * ```ts
 * import { headText, parseHead, sha256Hex } from '@lumbung/core/kernel'
 *
 * const head = { seq: 7, hash: sha256Hex(new Uint8Array()) }
 * parseHead(headText(head)).seq // => 7
 * ```
 */
export function headText({ seq, hash }: Head): string {
  return `${seq}:${hash}`
}

/**
 * Reads what {@link headText} printed.
 *
 * @throws LumbungError `chain/invalid-head`.
 *
 * @example
 * ```ts
 * import { parseHead } from '@lumbung/core/kernel'
 *
 * parseHead('7:abc') // throws 'chain/invalid-head'
 * ```
 */
export function parseHead(text: string): Head {
  const [, seq = '', hash = ''] = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (hash === '')
    throw new LumbungError('chain/invalid-head', 'A head is a number, a colon and 64 hex digits.')
  return { seq: Number(seq), hash: hash as Digest }
}

/** Fewest bytes of a salt: enough that a short value cannot be found by trying. */
const saltBytesMin = 16

/**
 * The digest under which a value stands in a chain while the value itself lies beside it and can be erased:
 * SHA-256 over the canonical bytes of salt and value (semantics 29). Without the salt nothing can be guessed
 * from it.
 *
 * @throws LumbungError `chain/short-salt` below 16 bytes.
 *
 * @example
 * ```ts
 * import { saltedDigest } from '@lumbung/core/kernel'
 *
 * const salt = new Uint8Array(16).fill(7)
 * saltedDigest(salt, 'a name') === saltedDigest(salt, 'another name') // => false
 * saltedDigest(new Uint8Array(4), 'a name') // throws 'chain/short-salt'
 * ```
 */
export function saltedDigest(salt: Uint8Array, value: Parameters<typeof canonicalBytes>[1]): Digest {
  if (salt.length < saltBytesMin) {
    throw new LumbungError('chain/short-salt', `A salt has at least ${saltBytesMin} bytes.`)
  }
  return sha256Hex(canonicalBytes('salted', [salt, value]))
}
