import { foldText } from '../kernel/index.ts'
import {
  type AreaId,
  households,
  memberships,
  type ResidentStatus,
  recordsWith,
  residents,
  residentWords,
} from '../people/index.ts'
import type { ReadTransaction, Stored } from '../storage/index.ts'

/** Which residents a search looks among. */
export interface SearchedResidents {
  /** Areas that they belong to; undefined for all, and those of none. */
  readonly areas: readonly AreaId[] | undefined
  /** Undefined for all but those that another record has taken over. */
  readonly status: ResidentStatus | undefined
}

/** One page of what a search found. */
export interface FoundResidents {
  readonly residents: readonly Stored<typeof residents>[]
  readonly count: number
  readonly next?: string
}

/** How many records with a common beginning of a word a search looks at; who is beyond needs a longer one. */
const candidatesMax = 5000

/**
 * Finds residents by the beginning of each word of their names, in any order; or by a whole identity, temporary
 * or family card number. Without a text all are found. They come by name.
 */
export async function findResidents(
  tx: ReadTransaction,
  text: string,
  { areas, status }: SearchedResidents,
  page: { readonly limit: number; readonly after?: string },
): Promise<FoundResidents> {
  const folded = foldText(text).trim()
  if (folded === '') {
    const where = {
      ...(areas === undefined ? {} : { area: { in: areas } }),
      status: status ?? { not: 'merged' as const },
    }
    const { records, next } = await tx.query(residents, { where, orderBy: ['nameKey'], ...page })
    const count = await tx.count(residents, where)
    return { residents: records, count, ...(next === undefined ? {} : { next }) }
  }
  const words = folded.split(/\s+/u)
  const isNumber = words.length === 1 && /\d/.test(folded)
  const ids = isNumber ? await idsByNumber(tx, text.trim()) : await idsByWord(tx, words)
  const isSearched = (resident: Stored<typeof residents>): boolean =>
    (areas === undefined || (resident.area !== null && areas.includes(resident.area))) &&
    (status === undefined ? resident.status !== 'merged' : resident.status === status) &&
    (isNumber || words.every((word) => resident.nameKey.split(/\s+/u).some((own) => own.startsWith(word))))
  const found = (await recordsWith(tx, residents, 'id', ids)).filter(isSearched)
  found.sort((a, b) => (a.nameKey === b.nameKey ? order(a.id, b.id) : order(a.nameKey, b.nameKey)))
  // A place in what was found is told by an id alone: a name has no business in an address.
  const start = found.findIndex(({ id }) => id === page.after) + 1
  const shown = found.slice(start, start + page.limit)
  const last = shown.at(-1)
  const hasNext = last !== undefined && start + page.limit < found.length
  return { residents: shown, count: found.length, ...(hasNext ? { next: last.id } : {}) }
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Those with a word that begins so; of several words the longest, which the fewest have. */
async function idsByWord(tx: ReadTransaction, words: readonly string[]): Promise<readonly string[]> {
  const [longest = ''] = words.toSorted((a, b) => b.length - a.length)
  const ids = new Set<string>()
  for await (const { resident } of tx.stream(residentWords, { where: { word: { startsWith: longest } } })) {
    ids.add(resident)
    if (ids.size === candidatesMax) break
  }
  return [...ids]
}

async function idsByNumber(tx: ReadTransaction, number: string): Promise<readonly string[]> {
  const ids = new Set<string>()
  for (const field of ['identityNumber', 'temporaryNumber'] as const) {
    for await (const { id } of tx.stream(residents, { where: { [field]: number } })) ids.add(id)
  }
  for await (const { id } of tx.stream(households, { where: { number } })) {
    for await (const { resident } of tx.stream(memberships, {
      where: { household: id, retractedAt: null },
    })) {
      ids.add(resident)
    }
  }
  return [...ids]
}
