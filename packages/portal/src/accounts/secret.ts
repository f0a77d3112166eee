import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { isWeak } from './weak-secret.ts'

/** Cost of scrypt: 64 MiB and about a tenth of a second on the machine of a village, OWASP's first choice. */
const cost = { N: 2 ** 16, r: 8, p: 1 } as const
const maxmemBytes = 256 * 1024 * 1024
const saltBytes = 16
const hashBytes = 32

/**
 * A secret that is told once and changed at the first sign-in: six digits for a resident, four groups of letters
 * and digits that nobody confuses for an officer.
 */
export function newSecret(kind: 'officer' | 'resident'): string {
  if (kind === 'resident') {
    for (;;) {
      const pin = String(randomInt(1_000_000)).padStart(6, '0')
      if (!isWeak(pin, '')) return pin
    }
  }
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** The salted scrypt of a password or PIN as text, with all that is needed to compare with it later. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(secret, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/**
 * Whether a password or PIN is the one that was hashed. Without a hash it takes the same time and is false, so
 * that nobody learns from the time which accounts there are.
 */
export async function checkSecret(secret: string, hashed: string | undefined): Promise<boolean> {
  const parts = hashed === undefined ? undefined : parse(hashed)
  const { salt, hash, ...stored } = parts ?? { ...cost, salt: Buffer.alloc(saltBytes), hash: undefined }
  const derived = await derive(secret, salt, stored)
  return hash !== undefined && hash.length === derived.length && timingSafeEqual(hash, derived)
}

interface Cost {
  readonly N: number
  readonly r: number
  readonly p: number
}

function parse(hashed: string): (Cost & { readonly salt: Buffer; readonly hash: Buffer }) | undefined {
  const [kind, N, r, p, salt, hash] = hashed.split('$')
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return undefined
  return {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  }
}

function derive(secret: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), salt, hashBytes, { N, r, p, maxmem: maxmemBytes }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
