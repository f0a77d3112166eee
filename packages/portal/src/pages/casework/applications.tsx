import { ApplicationId } from '@lumbung/core/casework'
import {
  type ApplicationView,
  type CasePage,
  decideApplicationRecord,
  listApplications,
  showApplicationDocuments,
  submitApplicationRecord,
  withdrawApplicationRecord,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { PortalContext, Visit } from '../../server/visit.ts'
import { Button, Buttons, EmptyState, type Html, Pagination, Table } from '../../ui/index.ts'
import { PickPersonPage, peopleToPick } from '../pick-person.tsx'
import { requireScope } from '../place-texts.ts'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { ApplicationPage } from './application-page.tsx'
import { applyStep } from './apply.tsx'
import { aboveDesk, CaseState, caseSession, hamletText, programmeIn, whoText } from './parts.tsx'
import { hasDesk, requireDesk } from './requires.ts'
import { led, type StepPage, stepPage } from './step-page.tsx'

/** Applications to a programme: taken at the counter or made at home, with the papers that were shown. */
export function applicationPages(parts: PortalParts): void {
  const { app, options } = parts

  app.get('/programmes/:id/applications', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const after = context.req.query('after')
    const page = await caseSession(parts, visit, listApplications).perform(listApplications, {
      programme: programme.id,
      ...(after && { after }),
    })
    return context.html(<ApplicationsPage visit={visit} programme={programme} page={page} isFirst={!after} />)
  })

  app.get('/programmes/:id/applications/new', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, submitApplicationRecord)
    const programme = programmeIn(parts, context.req.param('id'))
    const person = context.req.query('person') ?? visit.actor.resident
    const address = `/programmes/${programme.id}/applications/new`
    if (person !== undefined) return context.redirect(`${address}/${person}`, 303)
    const q = context.req.query('q')
    const found = await peopleToPick(visit, q)
    return context.html(
      <PickPersonPage
        visit={visit}
        title={visit.words.say('case.applyWho')}
        section="/cases"
        above={aboveDesk(visit, programme)}
        address={address}
        q={q}
        found={found}
        on={options.village.today()}
      />,
    )
  })

  stepPage(
    parts,
    '/programmes/:id/applications/new/:person',
    submitApplicationRecord,
    async (context, visit) => await applyStep(parts, context, visit),
  )

  const find = async (visit: Visit, ids: { readonly id: string; readonly application: string }) => {
    const programme = programmeIn(parts, ids.id)
    const { items } = await caseSession(parts, visit, listApplications).perform(listApplications, {
      id: idFrom(ApplicationId, ids.application),
      programme: programme.id,
    })
    const [application] = items
    if (application === undefined) throw new HTTPException(404)
    return { programme, application }
  }

  app.get('/programmes/:id/applications/:application', async (context) => {
    const visit = context.get('visit')
    const found = await find(visit, context.req.param())
    return context.html(<ApplicationPage visit={visit} {...found} done={context.req.query('done')} />)
  })

  const step = async (context: PortalContext, visit: Visit) => {
    const { id = '', application: one = '' } = context.req.param()
    const { programme, application } = await find(visit, { id, application: one })
    const back = `/programmes/${id}/applications/${application.id}`
    const name = whoText(application.listed, visit.words)
    const section = hasDesk(visit) ? '/cases' : '/my/cases'
    const above = hasDesk(visit)
      ? aboveDesk(visit, programme, { href: back, label: name })
      : [{ href: back, label: visit.words.text(programme.title) }]
    return { application, back, name, section, above, session: caseSession(parts, visit, listApplications) }
  }

  stepPage(
    parts,
    '/programmes/:id/applications/:application/documents',
    showApplicationDocuments,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const { application, back, section, above } = await step(context, visit)
      return {
        title: words.say('case.documentsTitle'),
        section,
        above,
        fields: [
          {
            kind: 'choices',
            name: 'documents',
            label: words.say('case.documentsShown'),
            options: application.papers
              .filter(({ isShown }) => !isShown)
              .map(({ id, label }) => ({ value: id, label: words.text(label) })),
          },
        ],
        button: words.say('case.documentsDo'),
        back,
        perform: ({ documents = '' }) =>
          led(
            caseSession(parts, visit, showApplicationDocuments).perform(showApplicationDocuments, {
              id: application.id,
              documents: documents.split(','),
            }),
            () => `${back}?done=documents`,
          ),
      }
    },
  )

  stepPage(
    parts,
    '/programmes/:id/applications/:application/decide',
    decideApplicationRecord,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const { application, back, name, section, above } = await step(context, visit)
      return {
        title: words.say('case.decideTitle', { name }),
        lead: words.say('case.decideLead'),
        section,
        above,
        button: words.say('case.decide'),
        next: words.say('case.decideNext'),
        back,
        perform: () =>
          led(
            caseSession(parts, visit, decideApplicationRecord).perform(decideApplicationRecord, {
              id: application.id,
            }),
            ({ record }) => `/decisions/${record.decision}?done=decided`,
          ),
      }
    },
  )

  stepPage(
    parts,
    '/programmes/:id/applications/:application/withdraw',
    withdrawApplicationRecord,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const { application, back, name, section, above } = await step(context, visit)
      return {
        title: words.say('case.withdrawTitle', { name }),
        section,
        above,
        warning: { title: words.say('case.noWayBack'), text: words.say('case.withdrawWarning') },
        fields: [{ kind: 'long-text', name: 'reason', label: words.say('case.reason'), isOptional: true }],
        button: words.say('case.withdraw'),
        isLoss: true,
        back,
        perform: ({ reason }) =>
          led(
            caseSession(parts, visit, withdrawApplicationRecord).perform(withdrawApplicationRecord, {
              id: application.id,
              ...(reason && { reason }),
            }),
            () => `${back}?done=withdrawn`,
          ),
      }
    },
  )
}

interface ApplicationsProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly page: CasePage<ApplicationView>
  readonly isFirst: boolean
}

function ApplicationsPage({ visit, programme, page, isFirst }: ApplicationsProps): Html {
  const { words } = visit
  const at = `/programmes/${programme.id}/applications`
  const missing = ({ papers }: ApplicationView) => papers.filter(({ isShown }) => !isShown).length
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.applications')}
      lead={words.say('case.applicationsLead')}
      section="/cases"
      above={aboveDesk(visit, programme)}
    >
      {visit.may(submitApplicationRecord) && (
        <Buttons>
          <Button href={`${at}/new`} icon="plus">
            {words.say('case.newApplication')}
          </Button>
        </Buttons>
      )}
      {page.items.length === 0 ? (
        <EmptyState icon="file" title={words.say('case.noApplications')}>
          <p>{words.say('case.noApplicationsNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.applications')}
          hideCaption
          columns={[
            {
              label: words.say('case.who'),
              cell: ({ id, listed }: ApplicationView) => <a href={`${at}/${id}`}>{whoText(listed, words)}</a>,
            },
            { label: words.say('home.hamlet'), cell: ({ listed }) => hamletText(listed, words) },
            { label: words.say('case.receivedOn'), cell: ({ began }) => words.date(began) },
            {
              label: words.say('case.papersMissing'),
              cell: (one) => words.number(missing(one)),
              isNumber: true,
            },
            { label: words.say('case.state'), cell: ({ state }) => <CaseState words={words} is={state} /> },
          ]}
          rows={page.items.toReversed()}
        />
      )}
      <Pagination
        words={words}
        {...(isFirst ? {} : { first: at })}
        {...(page.next === undefined ? {} : { next: `${at}?after=${page.next}` })}
      />
    </VisitPage>
  )
}
