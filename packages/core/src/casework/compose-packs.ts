import {
  checkPack,
  definePack,
  type Pack,
  type PackConfig,
  type PackFault,
  vocabularyOf,
} from '../eligibility/index.ts'
import type { LocalizedText } from '../kernel/index.ts'
import type { FactConfig } from '../people/index.ts'

/** Packs that hold together: with the facts that somebody keeps, such as a village, and the name of who does. */
export interface PackSet {
  readonly name: LocalizedText
  readonly facts: readonly FactConfig[]
  readonly packs: readonly PackConfig[]
}

/** The same before anybody has looked whether the packs are sound. */
export interface UncheckedPacks extends Omit<PackSet, 'packs'> {
  readonly packs: readonly unknown[]
}

/** What packs come to together: one that has all their programmes, or the faults of each. */
export type ComposedPacks =
  | { readonly ok: true; readonly pack: Pack }
  | { readonly ok: false; readonly faults: readonly (PackFault & { readonly pack: number })[] }

/**
 * Checks packs against the facts that are kept, and makes one of them. A later pack may extend those before it, and
 * reads the facts that they declare.
 *
 * @example
 * ```ts
 * import { composePacks } from '@lumbung/core/casework'
 *
 * const composed = composePacks({ name: { en: 'Hill Village' }, facts: [], packs: [] })
 * composed.ok && composed.pack.programmes.size // => 0
 * ```
 */
export function composePacks({ packs, name, facts }: UncheckedPacks): ComposedPacks {
  const faults: (PackFault & { readonly pack: number })[] = []
  const own: PackConfig = {
    id: 'village',
    title: name,
    version: '0',
    extends: [],
    sources: {},
    facts: [],
    programmes: [],
  }
  let whole = definePack(own, { vocabulary: vocabularyOf(facts) })
  const bases: Pack[] = []
  packs.forEach((config, index) => {
    const checked = checkPack(config, { vocabulary: whole.vocabulary, bases })
    if (!checked.ok) {
      faults.push(...checked.faults.map((fault) => ({ ...fault, pack: index })))
      return
    }
    const { pack } = checked
    const told = new Map(whole.programmes)
    pack.config.programmes.forEach(({ id }, at) => {
      const programme = pack.programmes.get(id)
      if (programme === undefined) return
      if (told.has(id) && programme.replaces === undefined) {
        faults.push({
          pack: index,
          code: 'eligibility/id-twice',
          path: ['programmes', at, 'id'],
          message: `${id} stands in an earlier pack. To replace it, extend that pack.`,
        })
      }
      told.set(id, programme)
    })
    bases.push(pack)
    whole = Object.freeze({ ...pack, sources: { ...whole.sources, ...pack.sources }, programmes: told })
  })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, pack: whole }
}

const checked = new WeakMap<PackSet, Pack>()

/**
 * All programmes of a village as one pack: those of each of its packs, of which a later one may replace those of an
 * earlier. Each programme still says which pack it is from. The same config gives the same pack.
 *
 * @throws LumbungError `eligibility/invalid-pack`; details: `faults`
 *
 * @example
 * ```ts
 * import { packOf } from '@lumbung/core/casework'
 *
 * const config = { name: { en: 'Hill Village' }, facts: [], packs: [] }
 * packOf(config).programmes.size // => 0
 * packOf(config) === packOf(config) // => true
 * ```
 */
export function packOf(config: PackSet): Pack {
  const known = checked.get(config)
  if (known !== undefined) return known
  const result = composePacks(config)
  // A config that the schema accepted has no such fault; one that was made by hand is refused as a pack is.
  const pack = result.ok
    ? result.pack
    : definePack(config.packs[result.faults[0]?.pack ?? 0], { vocabulary: vocabularyOf(config.facts) })
  checked.set(config, pack)
  return pack
}
