import { ProposalId, ProposalListId } from '@lumbung/core/casework'
import { type ProposalListFile, type ProposalView, readProposalList } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import type { Typed } from '../form-values.ts'
import { idFrom } from '../typed.ts'
import type { Overrides } from './overrides.ts'
import { caseSession } from './parts.tsx'

/** What a page of a settlement shows of a list that may have hundreds of units. */
export interface SettleUnits {
  readonly list: ProposalListFile['list']
  /** Those on whom the forum decides otherwise, and the two at the line: on every page. */
  readonly marked: readonly ProposalView[]
  /** One page of all. */
  readonly proposals: readonly ProposalView[]
  readonly count: number
  /** After which unit this page begins; empty for the first. */
  readonly after: string
  /** After which unit the next page begins; absent on the last one. */
  readonly next?: string
}

/** Reads the units that one page of a settlement shows, and no others. */
export async function settleUnits(
  parts: PortalParts,
  visit: Visit,
  asked: { readonly list: string; readonly after: string; readonly overrides: Overrides },
  states: Readonly<Record<string, string>>,
): Promise<SettleUnits> {
  const id = idFrom(ProposalListId, asked.list)
  const session = caseSession(parts, visit, readProposalList)
  const after = asked.after === '' ? '' : idFrom(ProposalId, asked.after)
  const page = await session.perform(readProposalList, { id, ...(after !== '' && { after }) })
  const units = [...new Set([...asked.overrides.map(({ proposal }) => proposal), ...lineOf(states)])]
  const marked: ProposalView[] = []
  for (let from = 0; from < units.length; from += pageMax) {
    const some = { id, units: units.slice(from, from + pageMax), limit: pageMax }
    marked.push(...(await session.perform(readProposalList, some)).proposals)
  }
  const { list, proposals, count, next } = page
  return { list, marked, proposals, count, after, ...(next !== undefined && { next }) }
}

/** Where a page of a settlement goes: the unit after which the one begins that was asked for, or the one as it was. */
export function pageIn({ do: action = '', after = '' }: Typed): string {
  return action.startsWith('page:') ? action.slice('page:'.length) : after
}

/** The last unit in the order that takes a place, and the first that waits for one. */
function lineOf(states: Readonly<Record<string, string>>): readonly ProposalId[] {
  const inOrder = Object.entries(states)
  const last = inOrder.findLast(([, state]) => state === 'accepted')
  const first = inOrder.find(([, state]) => state === 'waiting')
  return [last, first].flatMap((unit) => (unit === undefined ? [] : [ProposalId.parse(unit[0])]))
}

/** How many units one reading gives. */
const pageMax = 100
