import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBytes } from './canonical.ts'
import {
  type ChainLink,
  chainHash,
  Digest,
  type Head,
  headText,
  nextHead,
  parseHead,
  saltedDigest,
  sha256Hex,
  verifyChain,
} from './chain.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('SHA-256', () => {
  // CAVP SHA256ShortMsg.rsp (Len = 0) and FIPS 180-2, appendix B.
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of %.20j is the published digest', (message, digest) => {
    expect(sha256Hex(bytesOf(message))).toBe(digest)
  })

  test('a digest is 64 hexadecimal digits in lower case and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Digest.parse(sha256Hex(bytes))).toBe(sha256Hex(bytes))
      }),
    )
    for (const text of [
      '',
      '0'.repeat(63),
      '0'.repeat(65),
      'F'.repeat(64),
      'g'.repeat(64),
      `${'0'.repeat(64)}\n`,
    ]) {
      expect(Digest.safeParse(text).success).toBe(false)
    }
  })
})

/** A whole chain over these contents. */
function chainOf(contents: readonly Uint8Array[]): ChainLink[] {
  let hash: Digest | undefined
  return contents.map((bytes, index) => {
    hash = chainHash(hash, bytes)
    return { seq: index + 1, hash, bytes }
  })
}

const headOf = (chain: readonly ChainLink[]): Head => {
  const last = chain.at(-1)
  return { seq: last?.seq ?? 0, hash: Digest.parse(last?.hash) }
}

const chains = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 6 }).map(chainOf)

/** A chain and the index of one of its links. */
const chainsAndIndexes = chains.chain((chain) =>
  fc.tuple(fc.constant(chain), fc.nat({ max: chain.length - 1 })),
)

describe('a chain', () => {
  test('has the published hashes', () => {
    // From an independent program in Python, with its hashlib.
    expect(
      chainOf(['one', 'two', 'three'].map((note) => canonicalBytes('note', note))).map(({ hash }) => hash),
    ).toEqual([
      '02db82394f3581bed2ef36d93b1687e6597335dc9cec7d4116d6a9bef4718011',
      '6012b5558100c39277efbb680a9edd17d3b64351a5d11c8111c9a9e46cdfa33c',
      '7cd0842f34a5181f25695be4db77318050551bff0df6a579c5e3d1866df9d5c1',
    ])
  })

  test('that is whole verifies with its head, from a list or from a stream', async () => {
    async function* streamed(chain: readonly ChainLink[]) {
      yield* chain
    }
    await fc.assert(
      fc.asyncProperty(chains, async (chain) => {
        const whole = { ok: true, head: headOf(chain) }
        expect(await verifyChain(chain)).toEqual(whole)
        expect(await verifyChain(streamed(chain))).toEqual(whole)
      }),
    )
    expect(await verifyChain([])).toEqual({ ok: true, head: undefined })
  })

  test('with an altered content, at the link that was altered', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, fc.uint8Array({ maxLength: 8 }), async ([chain, index], bytes) => {
        const link = chain[index] as ChainLink
        fc.pre(link.bytes.join() !== bytes.join())
        const altered = { ok: false, kind: 'altered', seq: index + 1 }
        expect(await verifyChain(chain.with(index, { ...link, bytes }))).toEqual(altered)
      }),
    )
  })

  test('with an altered hash, at the link that was altered', async () => {
    const hashes = fc.oneof(fc.uint8Array().map(sha256Hex), fc.constantFrom('', 'not a hash'))
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, hashes, async ([chain, index], hash) => {
        const link = chain[index] as ChainLink
        fc.pre(link.hash !== hash)
        const altered = { ok: false, kind: 'altered', seq: index + 1 }
        expect(await verifyChain(chain.with(index, { ...link, hash }))).toEqual(altered)
      }),
    )
  })

  test('that was altered with a fitting hash, at the link behind it', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, fc.uint8Array({ maxLength: 8 }), async ([chain, index], bytes) => {
        const link = chain[index] as ChainLink
        fc.pre(link.bytes.join() !== bytes.join() && index + 1 < chain.length)
        const before = chain[index - 1]?.hash
        const hash = chainHash(before === undefined ? undefined : Digest.parse(before), bytes)
        const altered = { ok: false, kind: 'altered', seq: index + 2 }
        expect(await verifyChain(chain.with(index, { ...link, bytes, hash }))).toEqual(altered)
      }),
    )
  })

  test('with a missing link, at the gap, unless it was the last', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, async ([chain, index]) => {
        const gap = { ok: false, kind: 'gap', seq: index + 1 }
        const rest = chain.toSpliced(index, 1)
        if (index + 1 < chain.length) expect(await verifyChain(rest)).toEqual(gap)
        expect(await verifyChain(rest, headOf(chain))).toEqual(gap)
      }),
    )
  })

  test('with a missing link and the numbers moved up, at the first link that moved', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, async ([chain, index]) => {
        fc.pre(index + 1 < chain.length)
        const closed = chain.toSpliced(index, 1).map((link, at) => ({ ...link, seq: at + 1 }))
        expect(await verifyChain(closed)).toEqual({ ok: false, kind: 'altered', seq: index + 1 })
      }),
    )
  })

  test('with links in another order, or twice, at the first that is out of place', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, async ([chain, index]) => {
        fc.pre(index + 1 < chain.length)
        const [first, second] = [chain[index] as ChainLink, chain[index + 1] as ChainLink]
        const exchanged = chain.with(index, second).with(index + 1, first)
        expect(await verifyChain(exchanged)).toEqual({ ok: false, kind: 'gap', seq: index + 1 })
        const twice = chain.toSpliced(index, 0, first)
        expect(await verifyChain(twice)).toEqual({ ok: false, kind: 'gap', seq: index + 2 })
      }),
    )
  })
})

describe('one step along a chain', () => {
  const walk = (links: readonly ChainLink[]) => {
    let head: Head | undefined
    for (const link of links) {
      const verdict = nextHead(head, link)
      if (!verdict.ok) return verdict
      head = verdict.head
    }
    return { ok: true, head }
  }
  const changes = fc.constantFrom<readonly [Partial<ChainLink>, 'gap' | 'altered']>(
    [{ seq: 9 }, 'gap'],
    [{ seq: 0 }, 'gap'],
    [{ hash: '' }, 'altered'],
    [{ hash: sha256Hex(bytesOf('other')) }, 'altered'],
    [{ bytes: bytesOf('longer than any of the chain') }, 'altered'],
  )

  test('leads from each head to the next, up to the first link that does not hold', () => {
    fc.assert(
      fc.property(chainsAndIndexes, changes, ([chain, index], [change, kind]) => {
        expect(walk(chain)).toEqual({ ok: true, head: headOf(chain) })
        const changed = chain.with(index, { ...(chain[index] as ChainLink), ...change })
        expect(walk(changed)).toEqual({ ok: false, kind, seq: index + 1 })
      }),
    )
  })
})

describe('semantics 16: a head that was printed once proves later that the tail before it is whole', () => {
  test('also when the chain has grown since', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, async ([chain, index]) => {
        const noted = headOf(chain.slice(0, index + 1))
        expect(await verifyChain(chain, noted)).toEqual({ ok: true, head: headOf(chain) })
      }),
    )
  })

  test('a chain that was made anew from its first link is found out at the head at the latest', async () => {
    await fc.assert(
      fc.asyncProperty(chainsAndIndexes, fc.uint8Array(), async ([chain, index], bytes) => {
        const contents = chain.map((link) => link.bytes)
        fc.pre(contents[0]?.join() !== bytes.join())
        const forged = chainOf(contents.with(0, bytes))
        const noted = headOf(chain.slice(0, index + 1))
        expect(await verifyChain(forged)).toMatchObject({ ok: true })
        expect(await verifyChain(forged, noted)).toEqual({ ok: false, kind: 'altered', seq: noted.seq })
      }),
    )
  })

  test('what was printed is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.uint8Array(), (seq, bytes) => {
        const head = { seq, hash: sha256Hex(bytes) }
        expect(headText(head)).toBe(`${seq}:${head.hash}`)
        expect(parseHead(headText(head))).toEqual(head)
      }),
    )
  })

  const hash = '0f'.repeat(32)
  test.each([
    '',
    '7',
    hash,
    `:${hash}`,
    `0:${hash}`,
    `-1:${hash}`,
    `07:${hash}`,
    `7.5:${hash}`,
    `9007199254740992:${hash}`,
    `7: ${hash}`,
    `7:${hash}\n`,
    `7:${hash.toUpperCase()}`,
    `7:${hash.slice(1)}`,
  ])('%j is no head', (text) => {
    expect(() => parseHead(text)).toThrow(
      expect.objectContaining({ code: 'chain/invalid-head', details: { text } }),
    )
  })
})

describe('semantics 29: chains hold salted digests, the values live beside them', () => {
  const salts = fc.uint8Array({ minLength: 16, maxLength: 20 })

  test('the digest is published: SHA-256 over the canonical bytes of salt and value', () => {
    const salt = Uint8Array.from({ length: 16 }, (_, index) => index)
    // From an independent program in Python, with its hashlib.
    expect(saltedDigest(salt, 'a name')).toBe(
      '47f420f7ab856e7d0a8a37b3c339d2079129615c5e2ff97208a6af327187df94',
    )
    expect(saltedDigest(salt, new Uint8Array())).toBe(
      '0f6218eb96314ac361fa84b4435aa638e9533ff88359a743e7a88d74f757123f',
    )
  })

  test('another salt or another value is another digest, also where one runs into the other', () => {
    fc.assert(
      fc.property(salts, salts, fc.uint8Array(), fc.uint8Array(), (saltA, saltB, a, b) => {
        const same = saltA.join() === saltB.join() && a.join() === b.join()
        expect(saltedDigest(saltA, a) === saltedDigest(saltB, b)).toBe(same)
      }),
    )
    const seventeen = new Uint8Array(17)
    expect(saltedDigest(seventeen, new Uint8Array())).not.toBe(
      saltedDigest(seventeen.subarray(1), new Uint8Array(1)),
    )
  })

  test('a salt of fewer than 16 bytes is refused', () => {
    expect(() => saltedDigest(new Uint8Array(15), 'a')).toThrow(
      expect.objectContaining({
        code: 'chain/short-salt',
        details: { saltBytes: 15, saltBytesMin: 16 },
      }),
    )
  })
})
