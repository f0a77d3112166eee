import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import {
  type ApplicationView,
  type DecisionSummary,
  type EnrolmentView,
  listApplications,
  listDecisions,
  listEnrolments,
  paymentsOfUnit,
  readHousehold,
  readResident,
} from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Card, EmptyState, type Html, type Link, PrintButton } from '../../ui/index.ts'
import { householdTitle } from '../household-page.tsx'
import { nameOf } from '../people.tsx'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import {
  ApplicationTable,
  DecisionTable,
  EnrolmentTable,
  type PaidUnit,
  PaymentTable,
} from './case-tables.tsx'
import { caseSession } from './parts.tsx'
import { requireDesk } from './requires.ts'

/** What one household or resident has to do with the programmes, for whoever looks from its own page. */
export function unitCasePages(parts: PortalParts): void {
  const { app } = parts

  app.get('/households/:id/cases', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const id = idFrom(HouseholdId, context.req.param('id'))
    const household = await caseSession(parts, visit, readHousehold).perform(readHousehold, { id })
    const label = householdTitle(household, visit.words)
    const cases = await casesOf(parts, visit, 'household', id)
    return context.html(
      <UnitCasesPage visit={visit} above={{ href: `/households/${id}`, label }} {...cases} />,
    )
  })

  app.get('/residents/:id/cases', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const id = idFrom(ResidentId, context.req.param('id'))
    const { resident } = await caseSession(parts, visit, readResident).perform(readResident, { id })
    const label = nameOf(resident, visit.words)
    const cases = await casesOf(parts, visit, 'resident', id)
    return context.html(
      <UnitCasesPage visit={visit} above={{ href: `/residents/${id}`, label }} {...cases} />,
    )
  })
}

interface UnitCases {
  readonly decisions: readonly DecisionSummary[]
  readonly enrolments: readonly EnrolmentView[]
  readonly applications: readonly ApplicationView[]
  readonly paid: PaidUnit
}

async function casesOf(
  parts: PortalParts,
  visit: Visit,
  unit: 'household' | 'resident',
  subject: string,
): Promise<UnitCases> {
  const session = caseSession(parts, visit, listDecisions)
  const of = { subject, limit: 100 }
  const { items: decisions } = await session.perform(listDecisions, of)
  const { items: enrolments } = await session.perform(listEnrolments, of)
  const { items: applications } = await session.perform(listApplications, of)
  const paid = visit.may(paymentsOfUnit)
    ? await caseSession(parts, visit, paymentsOfUnit).perform(paymentsOfUnit, { unit, subject })
    : { payments: [], corrections: [] }
  return { decisions: decisions.toReversed(), enrolments, applications, paid }
}

function UnitCasesPage({
  visit,
  above,
  decisions,
  enrolments,
  applications,
  paid,
}: UnitCases & { readonly visit: Visit; readonly above: Link }): Html {
  const { words } = visit
  const isEmpty = [decisions, enrolments, applications, paid.payments].every(({ length }) => length === 0)
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.unitCases', { name: above.label })}
      section="/cases"
      above={[above]}
    >
      {isEmpty && (
        <EmptyState icon="file" title={words.say('case.unitNoCases')}>
          <p>{words.say('case.unitNoCasesNext')}</p>
        </EmptyState>
      )}
      {enrolments.length > 0 && (
        <Card title={words.say('case.ownEnrolments')}>
          <EnrolmentTable
            words={words}
            enrolments={enrolments}
            addressOf={({ programme, subject }) => `/programmes/${programme}/participants/${subject}`}
          />
        </Card>
      )}
      {paid.payments.length > 0 && (
        <Card title={words.say('case.payments')}>
          <PaymentTable words={words} paid={paid} />
        </Card>
      )}
      {decisions.length > 0 && (
        <Card title={words.say('case.decisions')}>
          <DecisionTable words={words} decisions={decisions} />
        </Card>
      )}
      {applications.length > 0 && (
        <Card title={words.say('case.applications')}>
          <ApplicationTable words={words} applications={applications} />
        </Card>
      )}
      <PrintButton words={words} />
    </VisitPage>
  )
}
