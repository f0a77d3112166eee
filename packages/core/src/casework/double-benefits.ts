import { type Citation, type Pack, programmeOn } from '../eligibility/index.ts'
import type { CivilDate } from '../kernel/index.ts'

/** Somebody who takes part in a programme, or would. */
export interface EnrolledUnit {
  /** The id of the enrolment, or what the caller knows it by. */
  readonly id: string
  readonly programme: string
  readonly subject: string
  /** Everybody whom it serves: the resident, or the members of the household. */
  readonly people: readonly string[]
}

/** Two enrolments that the law does not allow together. */
export interface DoubleBenefit<Unit extends EnrolledUnit = EnrolledUnit> {
  readonly first: Unit
  readonly second: Unit
  /** The programme whose law says so. */
  readonly forbiddenBy: string
  readonly citation: Citation | null
}

/**
 * Finds enrolments that may not stand together, by the combinations of the versions in force on a day. What either
 * of two programmes forbids is forbidden, whatever the other says; what neither speaks of is allowed. Two enrolments
 * stand together where they serve the same person: the same resident or household, a household and one of its
 * members, or a family and a dwelling that share somebody.
 *
 * @example
 * ```ts
 * import { findDoubleBenefits } from '@lumbung/core/casework'
 * import { definePack, vocabularyOf } from '@lumbung/core/eligibility'
 * import { parseCivilDate } from '@lumbung/core/kernel'
 *
 * const law = { source: 'bylaw', confidence: 'high' }
 * const programme = (id: string, combinations: readonly object[]) => ({
 *   id,
 *   title: { en: id },
 *   purpose: { en: id },
 *   unit: 'household',
 *   versions: [
 *     {
 *       from: '2026-01-01',
 *       legalBasis: [law],
 *       criteria: { id: 'all', label: { en: 'All' }, all: [{ id: 'known', label: { en: 'Known' }, when: 'true' }] },
 *       combinations,
 *     },
 *   ],
 * })
 * const pack = definePack(
 *   {
 *     id: 'village',
 *     version: '1',
 *     title: { en: 'Our village' },
 *     sources: { bylaw: { title: 'Bylaw 3' } },
 *     facts: [],
 *     programmes: [programme('rice', [{ with: 'cash', allowed: false, citation: law }]), programme('cash', [])],
 *   },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * const enrolled = [
 *   { id: 'a', programme: 'rice', subject: 'h1', people: ['siti', 'budi'] },
 *   { id: 'b', programme: 'cash', subject: 'h1', people: ['siti', 'budi'] },
 *   { id: 'c', programme: 'cash', subject: 'h2', people: ['darto'] },
 * ]
 * const found = findDoubleBenefits(pack, enrolled, parseCivilDate('2026-06-15'))
 * found.map(({ first, second, forbiddenBy }) => [first.id, second.id, forbiddenBy]) // => [['a', 'b', 'rice']]
 * ```
 */
export function findDoubleBenefits<Unit extends EnrolledUnit>(
  pack: Pack,
  enrolled: readonly Unit[],
  on: CivilDate,
): readonly DoubleBenefit<Unit>[] {
  const forbidden = forbiddenPairs(pack, on)
  const concerned = new Set([...forbidden.keys()].flatMap((pair) => pair.split('\n')))
  const byPerson = new Map<string, Unit[]>()
  const found = new Map<string, DoubleBenefit<Unit>>()
  for (const unit of enrolled) {
    if (!concerned.has(unit.programme)) continue
    // A household without members is still the same household.
    for (const person of new Set([unit.subject, ...unit.people])) {
      const others = byPerson.get(person) ?? []
      for (const other of others) {
        const law = forbidden.get(pairOf(other.programme, unit.programme))
        const key = pairOf(other.id, unit.id)
        if (law !== undefined && !found.has(key)) found.set(key, { first: other, second: unit, ...law })
      }
      byPerson.set(person, [...others, unit])
    }
  }
  return [...found.values()]
}

function pairOf(one: string, other: string): string {
  return one < other ? `${one}\n${other}` : `${other}\n${one}`
}

function forbiddenPairs(
  pack: Pack,
  on: CivilDate,
): ReadonlyMap<string, Pick<DoubleBenefit, 'forbiddenBy' | 'citation'>> {
  const pairs = new Map<string, Pick<DoubleBenefit, 'forbiddenBy' | 'citation'>>()
  for (const [id, programme] of pack.programmes) {
    for (const { with: other, allowed, citation } of programmeOn(programme, on)?.version.combinations ?? []) {
      const pair = pairOf(id, other)
      if (!allowed && !pairs.has(pair)) pairs.set(pair, { forbiddenBy: id, citation: citation ?? null })
    }
  }
  return pairs
}
