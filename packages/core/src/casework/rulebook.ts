import * as z from 'zod'
import type { Pack } from '../eligibility/index.ts'
import {
  asciiJson,
  type CanonicalValue,
  canonicalBytes,
  type Digest,
  type Instant,
  LocalizedText,
  sha256Hex,
} from '../kernel/index.ts'
import { FactConfig } from '../people/index.ts'
import type { Transaction } from '../storage/index.ts'
import { rulebooks } from './collections.ts'
import { composePacks, type PackSet, packOf } from './compose-packs.ts'

/** The rules that a village decides by now, and the digest under which they are kept. */
export interface RulebookInUse {
  readonly pack: Pack
  readonly digest: Digest
  /** JSON of the name, the facts and the packs of the village. */
  readonly text: string
}

const inUse = new WeakMap<PackSet, RulebookInUse>()

/**
 * The rulebook of a village's config. The same config gives the same rulebook.
 *
 * @throws LumbungError `eligibility/invalid-pack`; details: `faults`
 *
 * @example
 * ```ts
 * import { rulebookOf } from '@lumbung/core/casework'
 *
 * const config = { name: { en: 'Hill Village' }, facts: [], packs: [] }
 * rulebookOf(config).text // => '{"name":{"en":"Hill Village"},"facts":[],"packs":[]}'
 * ```
 */
export function rulebookOf(config: PackSet): RulebookInUse {
  const known = inUse.get(config)
  if (known !== undefined) return known
  const { name, facts, packs } = config
  const text = asciiJson({ name, facts, packs })
  const rulebook = { pack: packOf(config), digest: digestOfText(text), text }
  inUse.set(config, rulebook)
  return rulebook
}

/** Writes a rulebook down where it is not known yet. */
export async function keepRulebook(
  tx: Transaction,
  { digest, text }: RulebookInUse,
  storedAt: Instant,
): Promise<void> {
  if ((await tx.get(rulebooks, { digest })) === undefined)
    await tx.insert(rulebooks, { digest, text, storedAt })
}

const Kept = z.object({ name: LocalizedText, facts: z.array(FactConfig), packs: z.array(z.unknown()) })

/** The packs of a stored rulebook as one; undefined where they do not hold. */
export function packOfText(text: string): Pack | undefined {
  const composed = composePacks(Kept.parse(JSON.parse(text)))
  return composed.ok ? composed.pack : undefined
}

/** The digest under which a rulebook is kept. */
export function digestOfText(text: string): Digest {
  // What JSON gives back are texts, numbers, truth values, lists and plain objects.
  return sha256Hex(canonicalBytes('rulebook', JSON.parse(text) as CanonicalValue))
}
