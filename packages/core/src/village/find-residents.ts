import { foldText, LumbungError, ResidentId } from '../kernel/index.ts'
import { households, memberships, type ResidentStatus, residents, residentWords } from '../people/index.ts'
import type { ReadTransaction, Stored, Where } from '../storage/index.ts'
import type { SearchReach } from './search-reach.ts'

/** Which residents a search looks among. */
export interface SearchedResidents {
  readonly reach: SearchReach
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
 * or family card number: only by what the actor may see of them. Without a text all are found. They come by name.
 */
export async function findResidents(
  tx: ReadTransaction,
  text: string,
  { reach, status }: SearchedResidents,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<FoundResidents> {
  const folded = foldText(text).trim()
  const searched = {
    ...(reach.areas === undefined ? {} : { area: { in: reach.areas } }),
    status: status ?? { not: 'merged' as const },
  }
  const where = folded === '' ? searched : await foundBy(tx, text.trim(), folded, searched, reach)
  // Nobody is found, so nothing needs to be asked.
  if (where === undefined) return { residents: [], count: 0 }
  // A place in what was found is told by an id alone: a name has no business in an address.
  const last = after === undefined ? undefined : await lastShown(tx, where, after)
  const { next, ...found } = await pageOf(tx, where, {
    limit,
    ...(last === undefined ? {} : { after: last }),
  })
  const lastId = found.residents.at(-1)?.id
  return { ...found, ...(next === undefined || lastId === undefined ? {} : { next: lastId }) }
}

/** Whom a text finds; undefined where that is nobody. */
async function foundBy(
  tx: ReadTransaction,
  text: string,
  folded: string,
  searched: Where<typeof residents>,
  reach: SearchReach,
): Promise<Where<typeof residents> | undefined> {
  const words = folded.split(/\s+/u)
  if (words.length === 1 && /\d/.test(folded)) {
    const own = await idsAmong(tx, await idsByNumber(tx, text), reach.named)
    const ids = new Set([...own, ...(await idsByCard(tx, text, reach))])
    return ids.size === 0 ? undefined : { ...searched, id: { in: [...ids] } }
  }
  const ids = reach.named.length === 0 ? [] : await idsByWords(tx, words)
  if (ids.length === 0) return undefined
  const [named, ...others] = reach.named
  if (others.length === 0) return { ...named, ...statusOf(searched), id: { in: ids } }
  const among = await idsAmong(tx, ids, reach.named)
  return among.length === 0 ? undefined : { ...searched, id: { in: among } }
}

function statusOf({ status }: Where<typeof residents>): Pick<Where<typeof residents>, 'status'> {
  return status === undefined ? {} : { status }
}

/** Those of some people who meet one of several conditions. */
async function idsAmong(
  tx: ReadTransaction,
  ids: readonly ResidentId[],
  conditions: readonly Where<typeof residents>[],
): Promise<readonly ResidentId[]> {
  if (ids.length === 0) return []
  const among = new Set<ResidentId>()
  for (const condition of conditions) {
    for await (const { id } of tx.stream(residents, { where: { ...condition, id: { in: ids } } }))
      among.add(id)
  }
  return [...among]
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

/**
 * The last of the page before; an id of anybody whom the search does not find leads to its beginning.
 *
 * @throws LumbungError `storage/invalid-cursor` for what is no id at all
 */
async function lastShown(
  tx: ReadTransaction,
  where: Where<typeof residents>,
  given: string,
): Promise<Stored<typeof residents> | undefined> {
  const id = ResidentId.safeParse(given)
  if (!id.success)
    throw new LumbungError('storage/invalid-cursor', 'No page ends there.', { details: { after: given } })
  const among = where.id
  if (among !== undefined && !isAmong(among, id.data)) return undefined
  const { records } = await tx.query(residents, { where: { ...where, id: id.data }, limit: 1 })
  return records[0]
}

function isAmong(condition: Where<typeof residents>['id'], id: ResidentId): boolean {
  if (typeof condition !== 'object' || condition === null) return condition === id
  return 'in' in condition && condition.in.includes(id)
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
  return [...ids]
}

/** Those on a card with a number that the actor may see; whoever may not be named is listed without a name. */
async function idsByCard(
  tx: ReadTransaction,
  number: string,
  reach: SearchReach,
): Promise<readonly ResidentId[]> {
  const ids = new Set<ResidentId>()
  for await (const { id, area } of tx.stream(households, { where: { number } })) {
    if (!reach.seesCardsOf(area)) continue
    const where = { household: id, retractedAt: null }
    for await (const { resident } of tx.stream(memberships, { where })) ids.add(resident)
  }
  return [...ids]
}
