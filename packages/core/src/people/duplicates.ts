import { distance } from 'fastest-levenshtein'
import type { CivilDate } from '../kernel/index.ts'
import { hamletOf } from './areas.ts'
import type { Area, AreaId, Resident } from './records.ts'
import { groupBy } from './spans.ts'

/** What the search for duplicates looks at of a resident. */
export type DuplicateCandidate = Pick<
  Resident,
  'id' | 'identityNumber' | 'nameKey' | 'birthDate' | 'area' | 'status'
>

/** Two records that may be of one person, and why. */
export interface PossibleDuplicate {
  readonly first: Resident['id']
  readonly second: Resident['id']
  /**
   * `identity-number`: the same but for spaces and signs; `name-and-birth-date`: a similar name, the same birth
   * date and hamlet; `name-and-near-birth-date`: the same name and hamlet, and a birth date that a slip of the
   * pen makes of the other: day and month exchanged, or one of day, month and year.
   */
  readonly reason: 'identity-number' | 'name-and-birth-date' | 'name-and-near-birth-date'
  /** From 0 to 1: 1 less the edits between the names, words in any order, over the length of the longer. */
  readonly similarity: number
}

/** How {@link possibleDuplicates} judges. */
export interface DuplicateOptions {
  /** Hamlets of neighbourhoods. Default: each area by itself. */
  readonly areas?: readonly Area[]
}

/** From what similarity two names are alike: one slip in five letters. */
const similarityMin = 0.8

/**
 * Pairs of records that may be of one person, likeliest first. Records that name nobody, or were merged, are left
 * out. Only records that share a number, a birth date or a name are compared, so that a large register takes
 * seconds.
 *
 * @example
 * ```ts
 * import { CivilDate, ResidentId } from '@lumbung/core/kernel'
 * import { possibleDuplicates } from '@lumbung/core/people'
 *
 * const resident = (last: string, nameKey: string) => ({
 *   id: ResidentId.parse(`0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f4${last}`),
 *   identityNumber: null,
 *   nameKey,
 *   birthDate: CivilDate.parse('1950-03-01'),
 *   area: null,
 *   status: 'present' as const,
 * })
 * const found = possibleDuplicates([resident('0', 'siti aminah'), resident('1', 'aminah sitti')])
 * found.map(({ reason, similarity }) => [reason, similarity > 0.9]) // => [['name-and-birth-date', true]]
 * ```
 */
export function possibleDuplicates(
  residents: readonly DuplicateCandidate[],
  { areas = [] }: DuplicateOptions = {},
): readonly PossibleDuplicate[] {
  const byId = new Map(areas.map((area): [AreaId, Area] => [area.id, area]))
  const hamlets = new Map<AreaId | null, string>([[null, '']])
  const hamlet = (id: AreaId | null): string => {
    const known = hamlets.get(id)
    if (known !== undefined) return known
    const found = hamletOf(byId, id)?.id ?? id ?? ''
    hamlets.set(id, found)
    return found
  }
  const people = residents
    .filter(({ status }) => status !== 'merged' && status !== 'invalid')
    .map((resident) => ({
      ...resident,
      words: resident.nameKey.split(' ').sort().join(' '),
      hamlet: hamlet(resident.area),
    }))

  const found = new Map<string, PossibleDuplicate>()
  const note = (a: Person, b: Person, reason: PossibleDuplicate['reason'], similarity: number): void => {
    const [first, second] = a.id < b.id ? [a.id, b.id] : [b.id, a.id]
    const key = `${first}:${second}`
    if (!found.has(key)) found.set(key, { first, second, reason, similarity })
  }

  const numbered = people.filter(({ identityNumber }) => identityNumber !== null)
  for (const [a, b] of pairsBy(numbered, ({ identityNumber }) => bareNumber(identityNumber ?? ''))) {
    note(a, b, 'identity-number', similarityOf(a.words, b.words))
  }
  for (const [a, b] of pairsBy(people, (person) => `${person.birthDate}/${person.hamlet}`)) {
    // The difference of the lengths is the least number of edits, and is had for nothing.
    const longer = Math.max(a.words.length, b.words.length)
    if (Math.abs(a.words.length - b.words.length) > (1 - similarityMin) * longer) continue
    const similarity = similarityOf(a.words, b.words)
    if (similarity >= similarityMin) note(a, b, 'name-and-birth-date', similarity)
  }
  for (const [a, b] of pairsBy(people, ({ words, hamlet }) => `${words}/${hamlet}`)) {
    if (isSlip(a.birthDate, b.birthDate)) note(a, b, 'name-and-near-birth-date', 1)
  }
  return [...found.values()].sort(byLikelihood)
}

interface Person extends DuplicateCandidate {
  readonly words: string
  readonly hamlet: string
}

function* pairsBy(
  people: readonly Person[],
  key: (person: Person) => string,
): Generator<readonly [Person, Person]> {
  for (const group of groupBy(people, key).values()) {
    for (const [index, a] of group.entries()) {
      for (let other = index + 1; other < group.length; other += 1) {
        const b = group[other]
        if (b !== undefined) yield [a, b]
      }
    }
  }
}

/** A number without what people write between its digits and letters. */
export function bareNumber(number: string): string {
  return number
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}

function similarityOf(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  return longer === 0 ? 1 : 1 - distance(a, b) / longer
}

function isSlip(a: CivilDate, b: CivilDate): boolean {
  const [yearA, monthA, dayA] = a.split('-')
  const [yearB, monthB, dayB] = b.split('-')
  const same = [yearA === yearB, monthA === monthB, dayA === dayB].filter(Boolean).length
  return same === 2 || (yearA === yearB && monthA === dayB && dayA === monthB)
}

const reasons: readonly PossibleDuplicate['reason'][] = [
  'identity-number',
  'name-and-birth-date',
  'name-and-near-birth-date',
]

function byLikelihood(a: PossibleDuplicate, b: PossibleDuplicate): number {
  return (
    reasons.indexOf(a.reason) - reasons.indexOf(b.reason) ||
    b.similarity - a.similarity ||
    (a.first + a.second < b.first + b.second ? -1 : 1)
  )
}
