import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { type CanonicalValue, canonicalBytes } from './canonical.ts'
import { LumbungError } from './errors.ts'

/**
 * A SHA-256 digest: 64 hexadecimal digits in lower case.
 *
 * @example
 * ```ts
 * import { Digest } from '@lumbung/core/kernel'
 *
 * Digest.safeParse('0f'.repeat(32)).success // => true
 * Digest.safeParse('0F'.repeat(32)).success // => false
 * ```
 */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Digest'>()

/** A digest that the schema of the same name has accepted, or that a function of this file has made. */
export type Digest = z.infer<typeof Digest>

/**
 * The SHA-256 of bytes (FIPS 180-4).
 *
 * @example
 * ```ts
 * import { sha256Hex } from '@lumbung/core/kernel'
 *
 * sha256Hex(new TextEncoder().encode('abc')).slice(0, 16) // => 'ba7816bf8f01cfea'
 * ```
 */
export function sha256Hex(bytes: Uint8Array): Digest {
  return digestOf(sha256(bytes))
}

/** What stands in place of a digest before the first link. */
const nothingBefore = new Uint8Array(32)

/**
 * The hash of a link of a chain: SHA-256 over the 32 bytes of the hash before it, zeros for the first link, and
 * then its own bytes. So each hash vouches for all links up to its own, in their order.
 *
 * @example
 * ```ts
 * import { canonicalBytes, chainHash } from '@lumbung/core/kernel'
 *
 * const first = chainHash(undefined, canonicalBytes('note', 'one'))
 * const second = chainHash(first, canonicalBytes('note', 'two'))
 * second.slice(0, 16) // => '6012b5558100c392'
 * ```
 */
export function chainHash(previous: Digest | undefined, bytes: Uint8Array): Digest {
  const before = previous === undefined ? nothingBefore : hexToBytes(previous)
  return digestOf(sha256.create().update(before).update(bytes).digest())
}

/** Fewest bytes of a salt, so that a short value cannot be found by trying all salts with all values. */
const saltBytesMin = 16

/**
 * The digest that stands in a chain for a value that may have to be erased: SHA-256 over the canonical bytes of
 * salt and value, under the tag `salted`. Salt and value lie beside the chain; once they are erased nothing can
 * be learnt from the digest, and the chain still holds.
 *
 * @param salt Random bytes for this value alone, 16 or more.
 *
 * @throws `chain/short-salt` if the salt has fewer than 16 bytes; details: `saltBytes`, `saltBytesMin`
 * @throws `canonical/unsupported` if the value has no canonical bytes
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
export function saltedDigest(salt: Uint8Array, value: CanonicalValue): Digest {
  if (salt.length < saltBytesMin) {
    throw new LumbungError('chain/short-salt', `A salt has at least ${saltBytesMin} bytes.`, {
      details: { saltBytes: salt.length, saltBytesMin },
    })
  }
  return sha256Hex(canonicalBytes('salted', [salt, value]))
}

/** The last link of a chain at some time. Noted outside, it proves later that all up to it is as it was. */
export interface Head {
  /** Place in the chain, from 1. */
  readonly seq: number
  readonly hash: Digest
}

/**
 * A head as it is printed on minutes and receipts: `seq:hash`. {@link parseHead} reads it back.
 *
 * @example
 * ```ts
 * import { headText, sha256Hex } from '@lumbung/core/kernel'
 *
 * headText({ seq: 7, hash: sha256Hex(new Uint8Array()) }).slice(0, 10) // => '7:e3b0c442'
 * ```
 */
export function headText({ seq, hash }: Head): string {
  return `${seq}:${hash}`
}

/**
 * Reads a head from the form `seq:hash`.
 *
 * @throws `chain/invalid-head` if the text has another form; details: `text`
 *
 * @example
 * ```ts
 * import { parseHead } from '@lumbung/core/kernel'
 *
 * parseHead(`7:${'0f'.repeat(32)}`).seq // => 7
 * parseHead('7:0f') // throws 'chain/invalid-head'
 * ```
 */
export function parseHead(text: string): Head {
  const [, digits, hash] = /^([1-9]\d*):(.*)$/.exec(text) ?? []
  const parsed = Digest.safeParse(hash)
  const seq = Number(digits)
  if (parsed.success && Number.isSafeInteger(seq)) return { seq, hash: parsed.data }
  throw new LumbungError('chain/invalid-head', 'A head is a whole number, a colon and 64 hex digits.', {
    details: { text },
  })
}

/** A link as it was stored, which may have been tampered with. */
export interface ChainLink {
  readonly seq: number
  readonly hash: string
  /** The canonical bytes over which, with the hash before, the hash was taken. */
  readonly bytes: Uint8Array
}

/**
 * What {@link nextHead} found: the head that the link makes, or what does not hold. A `gap` at `seq` means that this
 * link is missing or stands elsewhere, `altered` that it, or its hash, is not what it was.
 */
export type LinkVerdict =
  | { readonly ok: true; readonly head: Head }
  | { readonly ok: false; readonly kind: 'gap' | 'altered'; readonly seq: number }

/**
 * Checks one link against the head before it, which is `undefined` for the first: the step that every walk along a
 * chain repeats. After a break nothing that follows can be told right from wrong, so a walk ends there.
 *
 * @example
 * ```ts
 * import { canonicalBytes, chainHash, nextHead } from '@lumbung/core/kernel'
 *
 * const bytes = canonicalBytes('note', 'one')
 * const link = { seq: 1, hash: chainHash(undefined, bytes), bytes }
 * nextHead(undefined, link).ok // => true
 * nextHead(undefined, { ...link, seq: 2 }) // => { ok: false, kind: 'gap', seq: 1 }
 * nextHead(undefined, { ...link, hash: '' }) // => { ok: false, kind: 'altered', seq: 1 }
 * ```
 */
export function nextHead(head: Head | undefined, link: ChainLink): LinkVerdict {
  const seq = (head?.seq ?? 0) + 1
  if (link.seq !== seq) return { ok: false, kind: 'gap', seq }
  const hash = chainHash(head?.hash, link.bytes)
  return link.hash === hash ? { ok: true, head: { seq, hash } } : { ok: false, kind: 'altered', seq }
}

/**
 * What {@link verifyChain} found: the head of a whole chain, which is `undefined` for an empty one, or the first
 * link that does not hold.
 */
export type ChainVerdict =
  | { readonly ok: true; readonly head: Head | undefined }
  | { readonly ok: false; readonly kind: 'gap' | 'altered'; readonly seq: number }

/**
 * Checks a chain from its first link on, reading each link once, up to its first break.
 *
 * @param noted A head that was written down earlier. Without it a chain that was cut off at its end, or made anew
 * from its first link, cannot be told from a whole one.
 *
 * @example
 * ```ts
 * import { canonicalBytes, chainHash, verifyChain } from '@lumbung/core/kernel'
 *
 * const bytes = canonicalBytes('note', 'one')
 * const link = { seq: 1, hash: chainHash(undefined, bytes), bytes }
 * const { ok } = await verifyChain([link])
 * ok // => true
 * await verifyChain([{ ...link, bytes: canonicalBytes('note', 'two') }]) // => { ok: false, kind: 'altered', seq: 1 }
 * await verifyChain([], { seq: 1, hash: link.hash }) // => { ok: false, kind: 'gap', seq: 1 }
 * ```
 */
export async function verifyChain(
  links: Iterable<ChainLink> | AsyncIterable<ChainLink>,
  noted?: Head,
): Promise<ChainVerdict> {
  let head: Head | undefined
  for await (const link of links) {
    const verdict = nextHead(head, link)
    if (!verdict.ok) return verdict
    head = verdict.head
    const { seq, hash } = head
    if (noted?.seq === seq && noted.hash !== hash) return { ok: false, kind: 'altered', seq }
  }
  const seq = head?.seq ?? 0
  if (noted !== undefined && noted.seq > seq) return { ok: false, kind: 'gap', seq: seq + 1 }
  return { ok: true, head }
}

function digestOf(hash: Uint8Array): Digest {
  // SHA-256 gives 32 bytes, whose hex is what the schema accepts.
  return bytesToHex(hash) as Digest
}
