import type * as z from 'zod'
import { type CanonicalValue, canonicalBytes, LumbungError, sha256Hex } from '../kernel/index.ts'
import { checkProgramme, citationsOf } from './check-programme.ts'
import { checkTests } from './check-tests.ts'
import type { Source } from './citation.ts'
import type { PackIdentity } from './decision.ts'
import { frozen } from './freeze.ts'
import { PackConfig } from './pack.ts'
import { type PackFault, PackFaults, type PackPath, type PlaceOf } from './pack-fault.ts'
import type { CheckedProgramme } from './programme-in-force.ts'
import { type Readings, withReadings } from './readings.ts'
import { type Vocabulary, withPackFacts } from './vocabulary.ts'

/** What a pack is checked against. */
export interface PackOptions {
  /** The facts of the village, as the snapshot of its register gives them to rules. */
  readonly vocabulary: Vocabulary
  /** The packs that this one extends. Default: none. */
  readonly bases?: readonly Pack[]
  /** Where a part stands in the file that it was read from. Default: nobody knows. */
  readonly placeOf?: PlaceOf
  /**
   * Which of several readings counts where sources conflict: `programme.parameter`, of this pack or of one that it
   * extends, and the id of the reading's source. They go before those that stand in the pack. Default: those.
   */
  readonly readings?: Readings
}

/** A pack whose every rule was checked; frozen. */
export interface Pack {
  readonly config: PackConfig
  readonly identity: PackIdentity
  readonly vocabulary: Vocabulary
  /** What citations name: its own sources and those of its bases. */
  readonly sources: Readonly<Record<string, Source>>
  /** Its own and those of its bases that it does not replace, by id. */
  readonly programmes: ReadonlyMap<string, CheckedProgramme>
}

/** What {@link checkPack} gives: a pack, or all faults that were found. */
export type CheckedPack =
  | { readonly ok: true; readonly pack: Pack }
  | { readonly ok: false; readonly faults: readonly PackFault[] }

/**
 * Checks a pack: its shape, dates, references and the rules of every time. Gives all faults at once.
 *
 * @example
 * ```ts
 * import { checkPack, vocabularyOf } from '@lumbung/core/eligibility'
 *
 * const text = { id: 'village', version: '1', title: { en: 'Our village' }, extends: ['district'] }
 * const checked = checkPack({ ...text, sources: {}, programmes: [] }, { vocabulary: vocabularyOf([]) })
 * checked.ok ? [] : checked.faults.map(({ code }) => code) // => ['eligibility/no-such-pack']
 * ```
 */
export function checkPack(
  value: unknown,
  { vocabulary, bases = [], placeOf, readings = {} }: PackOptions,
): CheckedPack {
  const faults = new PackFaults(placeOf)
  const parsed = PackConfig.safeParse(value)
  if (!parsed.success) {
    for (const issue of leavesOf(parsed.error.issues)) {
      faults.add('eligibility/shape', issue.path as PackPath, issue.message)
    }
    return { ok: false, faults: faults.list }
  }
  const programmes = new Map<string, CheckedProgramme>()
  const sources: Record<string, Source> = {}
  parsed.data.extends.forEach((id, index) => {
    const base = bases.find((candidate) => candidate.identity.id === id)
    if (base === undefined) {
      faults.add('eligibility/no-such-pack', ['extends', index], `There is no pack ${id} here.`)
    }
    for (const [name, programme] of base?.programmes ?? []) programmes.set(name, programme)
    Object.assign(sources, base?.sources)
  })
  const chosen = { ...parsed.data.readings, ...readings }
  const config = {
    ...parsed.data,
    programmes: withReadings(parsed.data.programmes, programmes, chosen, faults),
  }
  const identity = identityOf(config)
  Object.assign(sources, config.sources)
  const words = withPackFacts(vocabulary, config.facts, faults)
  for (const [citation, path] of citationsOf(config.programmes, ['programmes'])) {
    if (Object.hasOwn(sources, citation.source)) continue
    faults.add(
      'eligibility/no-such-source',
      [...path, 'source'],
      `${citation.source} is none of the sources.`,
    )
  }
  const own = new Set<string>()
  config.programmes.forEach((programme, index) => {
    const path = ['programmes', index]
    if (own.has(programme.id)) {
      faults.add('eligibility/id-twice', [...path, 'id'], `${programme.id} stands twice in the pack.`)
    }
    own.add(programme.id)
    const ofThis = new PackFaults(placeOf)
    const replaced = programmes.get(programme.id)
    // A copy of an inherited programme reads what its own pack declares.
    const isCopy = replaced !== undefined && index >= parsed.data.programmes.length
    const vocabularyOfIt = isCopy ? replaced.vocabulary : words
    const inForce = checkProgramme(programme, path, vocabularyOfIt, ofThis)
    checkTests(programme, path, vocabularyOfIt, ofThis)
    faults.take(ofThis)
    programmes.set(programme.id, {
      config: programme,
      pack: identity,
      ...(replaced !== undefined && { replaces: replaced.pack }),
      vocabulary: vocabularyOfIt,
      inForce,
    })
  })
  if (faults.list.length > 0) return { ok: false, faults: faults.list }
  return { ok: true, pack: frozen({ config, identity, vocabulary: words, sources, programmes }) }
}

/**
 * Declares a pack: programmes as data, with their law.
 *
 * @throws LumbungError `eligibility/invalid-pack`; details: `faults`
 *
 * @example
 * ```ts
 * import { definePack, vocabularyOf } from '@lumbung/core/eligibility'
 *
 * const pack = definePack(
 *   {
 *     id: 'village',
 *     version: '1',
 *     title: { en: 'Our village' },
 *     sources: { bylaw: { title: 'Bylaw 3' } },
 *     facts: [
 *       {
 *         name: 'rooms',
 *         unit: 'household',
 *         type: { kind: 'int', minimum: 0, maximum: 20 },
 *         label: { en: 'Rooms' },
 *         fieldClass: 'internal',
 *       },
 *     ],
 *     programmes: [
 *       {
 *         id: 'rooms',
 *         title: { en: 'Another room' },
 *         purpose: { en: 'Room for families' },
 *         unit: 'household',
 *         versions: [
 *           {
 *             from: '2026-01-01',
 *             legalBasis: [{ source: 'bylaw', confidence: 'high' }],
 *             criteria: {
 *               id: 'whole',
 *               label: { en: 'All of' },
 *               all: [{ id: 'rooms', label: { en: 'At most 2 rooms' }, when: 'household.rooms <= 2' }],
 *             },
 *           },
 *         ],
 *       },
 *     ],
 *   },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * pack.programmes.get('rooms')?.config.title // => { en: 'Another room' }
 * ```
 */
export function definePack(value: unknown, options: PackOptions): Pack {
  const checked = checkPack(value, options)
  if (checked.ok) return checked.pack
  const [first] = checked.faults
  throw new LumbungError(
    'eligibility/invalid-pack',
    `The pack does not hold: ${first?.path.join('.')}: ${first?.message}`,
    { details: { faults: checked.faults } },
  )
}

function identityOf(config: PackConfig): PackIdentity {
  const { id, version } = config
  // A pack is plain data: JSON leaves out what is absent, as the canonical form does. That has no fractions, which
  // only the facts of test sentences hold.
  const plain: CanonicalValue = JSON.parse(JSON.stringify(config), (_, part: unknown) =>
    typeof part === 'number' && !Number.isSafeInteger(part) ? { number: String(part) } : part,
  )
  return { id, version, hash: sha256Hex(canonicalBytes('pack', plain)) }
}

/** The issues of the alternative that fits best, in place of "invalid input" for a whole union. */
function leavesOf(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
    const [best = []] = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)
    return leavesOf(best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })))
  })
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length))
}
