import type { PortalParts } from '../../server/parts.ts'
import { appealPages } from './appeals.tsx'
import { applicationPages } from './applications.tsx'
import { decisionPages } from './decision-page.tsx'
import { deskPages } from './desk.tsx'
import { listPage } from './list-page.tsx'
import { listSheets } from './list-sheet.tsx'
import { listSteps } from './list-steps.tsx'
import { listsPages } from './lists.tsx'
import { ownPages } from './own.tsx'
import { participantPage } from './participant-page.tsx'
import { participantPages } from './participants.tsx'
import { settlePages } from './settle.tsx'
import { unitPages } from './unit-page.tsx'

/** What follows a decision: proposals, the forum, participants, payments, appeals. */
export function caseworkPages(parts: PortalParts): void {
  deskPages(parts)
  listsPages(parts)
  listPage(parts)
  listSteps(parts)
  settlePages(parts)
  listSheets(parts)
  unitPages(parts)
  participantPages(parts)
  participantPage(parts)
  applicationPages(parts)
  decisionPages(parts)
  appealPages(parts)
  ownPages(parts)
}
