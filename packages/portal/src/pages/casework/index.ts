import type { PortalParts } from '../../server/parts.ts'
import { deskPages } from './desk.tsx'
import { listPage } from './list-page.tsx'
import { listSheets } from './list-sheet.tsx'
import { listSteps } from './list-steps.tsx'
import { listsPages } from './lists.tsx'
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
}
