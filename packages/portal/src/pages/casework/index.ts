import type { PortalParts } from '../../server/parts.ts'
import { appealPages } from './appeals.tsx'
import { applicationPages } from './applications.tsx'
import { correctionPages } from './corrections.tsx'
import { decisionPages, eraseDecisionPage } from './decision-page.tsx'
import { deskPages } from './desk.tsx'
import { doubleBenefitPages } from './double-benefits.tsx'
import { listAddPages } from './list-add.tsx'
import { listPage } from './list-page.tsx'
import { listSheets } from './list-sheet.tsx'
import { listSteps } from './list-steps.tsx'
import { listsPages } from './lists.tsx'
import { ownPages } from './own.tsx'
import { participantPage } from './participant-page.tsx'
import { participantPages } from './participants.tsx'
import { paymentListPage } from './payment-list.tsx'
import { paymentSteps } from './payment-steps.tsx'
import { paymentPages } from './payments.tsx'
import { recheckPages } from './rechecks.tsx'
import { settlePages } from './settle.tsx'
import { targetingPages } from './targeting.tsx'
import { unitCasePages } from './unit-cases.tsx'
import { unitPages } from './unit-page.tsx'

/** What follows a decision: proposals, the forum, participants, payments, appeals. */
export function caseworkPages(parts: PortalParts): void {
  deskPages(parts)
  listsPages(parts)
  listPage(parts)
  listSteps(parts)
  listAddPages(parts)
  settlePages(parts)
  listSheets(parts)
  unitPages(parts)
  unitCasePages(parts)
  participantPages(parts)
  participantPage(parts)
  applicationPages(parts)
  decisionPages(parts)
  eraseDecisionPage(parts)
  appealPages(parts)
  ownPages(parts)
  paymentPages(parts)
  paymentListPage(parts)
  paymentSteps(parts)
  correctionPages(parts)
  recheckPages(parts)
  doubleBenefitPages(parts)
  targetingPages(parts)
}
