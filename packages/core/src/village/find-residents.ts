import { foldText, type ResidentId } from '../kernel/index.ts'
import {
  type AreaId,
  households,
  memberships,
  type ResidentStatus,
  residents,
  residentWords,
} from '../people/index.ts'
import type { ReadTransaction, Stored, Where } from '../storage/index.ts'

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
  const searched = {
    ...(areas === undefined ? {} : { area: { in: areas } }),
    status: status ?? { not: 'merged' as const },
  }
  if (folded === '') return await pageOf(tx, searched, page)
  const words = folded.split(/\s+/u)
  const isNumber = words.length === 1 && /\d/.test(folded)
  const ids = isNumber ? await idsByNumber(tx, text.trim()) : await idsByWords(tx, words)
  // Nobody is found, so nothing needs to be asked.
  if (ids.length === 0) return { residents: [], count: 0 }
  const { limit, after } = page
  const where = { ...searched, id: { in: ids } }
  // A place in what was found is told by an id alone: a name has no business in an address.
  const last = after === undefined ? undefined : await lastShown(tx, where, after)
  const { next, ...found } = await pageOf(tx, where, {
    limit,
    ...(last === undefined ? {} : { after: last }),
  })
  const lastId = found.residents.at(-1)?.id
  return { ...found, ...(next === undefined || lastId === undefined ? {} : { next: lastId }) }
}

/** The database finds, counts and orders, so only the few of a page are ever read, however many a search finds. */
async function pageOf(
  tx: ReadTransaction,
  where: Where<typeof residents>,
  page: { readonly limit: number; readonly after?: string | Stored<typeof residents> },
): Promise<FoundResidents> {
  const { records, next } = await tx.query(residents, { where, orderBy: ['nameKey'], ...page })
  const isWhole = page.after === undefined && next === undefined
  const count = isWhole ? records.length : await tx.count(residents, where)
  return { residents: records, count, ...(next === undefined ? {} : { next }) }
}

/** The last of the page before; an id of anybody whom the search does not find leads to its beginning. */
async function lastShown(
  tx: ReadTransaction,
  where: Where<typeof residents> & { readonly id: { readonly in: readonly ResidentId[] } },
  given: string,
): Promise<Stored<typeof residents> | undefined> {
  const id = where.id.in.find((found) => found === given)
  if (id === undefined) return undefined
  const { records } = await tx.query(residents, { where: { ...where, id }, limit: 1 })
  return records[0]
}

/** Those who have for each word one that begins so; they are sought by the longest, which the fewest have. */
async function idsByWords(tx: ReadTransaction, words: readonly string[]): Promise<readonly ResidentId[]> {
  const [longest = '', ...others] = words.toSorted((a, b) => b.length - a.length)
  let ids = await idsByWord(tx, { word: { startsWith: longest } })
  for (const word of new Set(others)) {
    if (ids.length > 0) ids = await idsByWord(tx, { word: { startsWith: word }, resident: { in: ids } })
  }
  return ids
}

async function idsByWord(
  tx: ReadTransaction,
  where: Where<typeof residentWords>,
): Promise<readonly ResidentId[]> {
  const ids = new Set<ResidentId>()
  for await (const { resident } of tx.stream(residentWords, { where })) {
    ids.add(resident)
    if (ids.size === candidatesMax) break
  }
  return [...ids]
}

async function idsByNumber(tx: ReadTransaction, number: string): Promise<readonly ResidentId[]> {
  const ids = new Set<ResidentId>()
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
