import { packOf } from '@lumbung/core/casework'
import { programmeOn } from '@lumbung/core/eligibility'
import {
  type ApplicationView,
  type DecisionSummary,
  type EnrolmentView,
  fileAppealRecord,
  listAgreements,
  listApplications,
  listDecisions,
  listEnrolments,
  paymentsOfUnit,
  submitApplicationRecord,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Button, Card, EmptyState, type Html, PrintButton } from '../../ui/index.ts'
import { nameOf } from '../people.tsx'
import { VisitPage } from '../visit-page.tsx'
import {
  ApplicationTable,
  DecisionTable,
  EnrolmentTable,
  type PaidUnit,
  PaymentTable,
} from './case-tables.tsx'
import { caseSession, DoneNotice } from './parts.tsx'
import { stepPage } from './step-page.tsx'

/** What a family has to do with the programmes: its decisions, enrolments, payments, applications, in one place. */
export function ownPages(parts: PortalParts): void {
  const { app, options } = parts
  const { config, today } = options.village

  app.get('/my/cases', async (context) => {
    const visit = context.get('visit')
    if (visit.actor.resident === undefined || !visit.may(listDecisions)) throw new HTTPException(403)
    const session = caseSession(parts, visit, listDecisions)
    const { items: decisions } = await session.perform(listDecisions, { limit: 100 })
    const { items: enrolments } = await session.perform(listEnrolments, { limit: 100 })
    const { items: applications } = await session.perform(listApplications, { limit: 100 })
    const paid: { payments: PaidUnit['payments'][number][]; corrections: PaidUnit['corrections'][number][] } =
      {
        payments: [],
        corrections: [],
      }
    if (visit.may(paymentsOfUnit)) {
      const money = caseSession(parts, visit, paymentsOfUnit)
      for (const subject of new Set(enrolments.map((one) => one.subject))) {
        const unit = enrolments.find((one) => one.subject === subject)?.unit ?? 'household'
        const found = await money.perform(paymentsOfUnit, { unit, subject })
        paid.payments.push(...found.payments)
        paid.corrections.push(...found.corrections)
      }
    }
    return context.html(
      <OwnPage
        {...{ visit, enrolments, applications, paid }}
        decisions={decisions.toReversed()}
        done={context.req.query('done')}
      />,
    )
  })

  stepPage(parts, '/my/applications/new', submitApplicationRecord, async (_, visit) => {
    const { words } = visit
    const own = visit.actor.resident
    if (own === undefined) throw new HTTPException(403)
    const agreements = await caseSession(parts, visit, listAgreements).perform(listAgreements, {
      resident: own,
    })
    const people = [
      { value: own, label: nameOf(agreements.resident, words), hint: words.say('case.yourself') },
      ...agreements.represented.flatMap(({ holds, person }) =>
        holds && person !== null && person.id !== null
          ? [{ value: person.id, label: nameOf(person, words) }]
          : [],
      ),
    ]
    const open = [...packOf(config).programmes.values()].filter(
      (programme) => programmeOn(programme, today()) !== undefined,
    )
    return {
      title: words.say('case.ownApplyTitle'),
      section: '/my/cases',
      above: [{ href: '/my/cases', label: words.say('menu.ownCases') }],
      fields: [
        {
          kind: 'choice',
          name: 'programme',
          label: words.say('case.whichProgramme'),
          options: open.map((one) => ({
            value: one.config.id,
            label: words.text(one.config.title),
            hint: words.text(one.config.purpose),
          })),
        },
        ...(people.length > 1
          ? [
              {
                kind: 'choice',
                name: 'person',
                label: words.say('case.forWhom'),
                options: people,
                value: own,
              } as const,
            ]
          : []),
      ],
      button: words.say('case.continue'),
      back: '/my/cases',
      perform: async ({ programme = '', person = own }) => ({
        ok: true,
        address: `/programmes/${programme}/applications/new/${person}`,
      }),
    }
  })
}

interface OwnProps {
  readonly visit: Visit
  readonly decisions: readonly DecisionSummary[]
  readonly enrolments: readonly EnrolmentView[]
  readonly applications: readonly ApplicationView[]
  readonly paid: PaidUnit
  readonly done: string | undefined
}

function OwnPage({ visit, decisions, enrolments, applications, paid, done }: OwnProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('menu.ownCases')}
      lead={words.say('case.ownLead')}
      section="/my/cases"
    >
      <DoneNotice words={words} done={done} />
      <Card title={words.say('case.ownEnrolments')}>
        {enrolments.length === 0 ? (
          <EmptyState icon="gift" title={words.say('case.ownNoEnrolments')}>
            <p>
              <a href="/my/programmes">{words.say('case.ownNoEnrolmentsNext')}</a>
            </p>
          </EmptyState>
        ) : (
          <EnrolmentTable
            words={words}
            enrolments={enrolments}
            addressOf={({ programme }) => `/programmes/${programme}`}
          />
        )}
      </Card>
      {paid.payments.length > 0 && (
        <Card title={words.say('case.payments')}>
          <PaymentTable words={words} paid={paid} />
        </Card>
      )}
      <Card title={words.say('case.decisions')}>
        {decisions.length === 0 ? (
          <EmptyState icon="file" title={words.say('case.ownNoDecisions')}>
            <p>{words.say('case.ownNoDecisionsNext')}</p>
          </EmptyState>
        ) : (
          <>
            <DecisionTable words={words} decisions={decisions} />
            {visit.may(fileAppealRecord) && <p class="soft">{words.say('case.ownAppealHint')}</p>}
          </>
        )}
      </Card>
      <Card title={words.say('case.applications')}>
        {applications.length === 0 ? (
          <p class="soft">{words.say('case.ownNoApplications')}</p>
        ) : (
          <ApplicationTable words={words} applications={applications} />
        )}
        {visit.may(submitApplicationRecord) && (
          <p>
            <Button href="/my/applications/new">{words.say('case.ownApply')}</Button>
          </p>
        )}
      </Card>
      <PrintButton words={words} />
    </VisitPage>
  )
}
