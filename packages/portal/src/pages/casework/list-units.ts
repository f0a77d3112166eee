import { ProposalId, ProposalListId } from '@lumbung/core/casework'
import {
  listProposalLists,
  type ProposalListFile,
  type ProposalListSummary,
  type ProposalView,
  readDecision,
  readProposalList,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import type { Link } from '../../ui/index.ts'
import { eligibilityTexts } from '../eligibility-texts.ts'
import { nameOf } from '../people.tsx'
import { idFrom } from '../typed.ts'
import { aboveDesk, caseSession } from './parts.tsx'

/** A list with all of its units whom the visitor reaches. */
export async function wholeList(
  parts: PortalParts,
  visit: Visit,
  list: string,
): Promise<Omit<ProposalListFile, 'next'>> {
  const session = caseSession(parts, visit, readProposalList)
  const id = idFrom(ProposalListId, list)
  let page = await session.perform(readProposalList, { id, limit: 100 })
  const proposals: ProposalView[] = [...page.proposals]
  while (page.next !== undefined) {
    page = await session.perform(readProposalList, { id, limit: 100, after: page.next })
    proposals.push(...page.proposals)
  }
  return { list: page.list, forum: page.forum, count: page.count, proposals }
}

/** A list by itself, which names nobody. */
export async function listOf(parts: PortalParts, visit: Visit, list: string): Promise<ProposalListSummary> {
  const session = caseSession(parts, visit, listProposalLists)
  const [found] = await session.perform(listProposalLists, { id: idFrom(ProposalListId, list) })
  if (found === undefined) throw new HTTPException(404)
  return found
}

/** One unit of a list. One that is not on it, or out of reach, is not found. */
export async function unitOf(
  parts: PortalParts,
  visit: Visit,
  ids: { readonly list: string; readonly unit: string },
): Promise<{ readonly list: ProposalListFile['list']; readonly unit: ProposalView }> {
  const id = idFrom(ProposalListId, ids.list)
  const units = [idFrom(ProposalId, ids.unit)]
  const session = caseSession(parts, visit, readProposalList)
  const { list, proposals } = await session.perform(readProposalList, { id, units })
  const [unit] = proposals
  if (unit === undefined) throw new HTTPException(404)
  return { list, unit }
}

/** What must be known before it can be told whether a unit is indicated as eligible. */
export async function missingOf(
  parts: PortalParts,
  visit: Visit,
  unit: ProposalView,
): Promise<readonly string[]> {
  if (unit.outcome !== 'undetermined') return []
  const session = caseSession(parts, visit, readDecision)
  const { explanation, members } = await session.perform(readDecision, { id: unit.decision })
  const texts = eligibilityTexts(visit.words, parts.options.village.config, (position) => {
    const member = members[position]
    return member == null ? visit.words.say('resident.hidden') : nameOf(member, visit.words)
  })
  return explanation.flatMap((message) => (message.key === 'missing' ? message.paths.map(texts.path) : []))
}

/** The pages above one of a list. */
export function aboveList(visit: Visit, list: ProposalListSummary): readonly Link[] {
  return aboveDesk(
    visit,
    { id: list.programme, title: list.programmeTitle },
    { href: `/lists/${list.id}`, label: list.title },
  )
}
