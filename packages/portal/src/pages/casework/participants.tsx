import { Enrolment } from '@lumbung/core/casework'
import { type CasePage, type EnrolmentView, exportParticipants, listEnrolments } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Button, Buttons, EmptyState, type Html, Pagination, PrintButton, Table } from '../../ui/index.ts'
import { spanText } from '../place-texts.ts'
import { VisitPage } from '../visit-page.tsx'
import { csvText } from './csv.ts'
import { aboveDesk, CaseState, caseSession, hamletText, programmeIn, StateFilter, whoText } from './parts.tsx'
import { requireDesk } from './requires.ts'

/** Who takes part in a programme. */
export function participantPages(parts: PortalParts): void {
  const { app, options } = parts

  app.get('/programmes/:id/participants', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const state = Enrolment.shape.state.safeParse(context.req.query('state'))
    const after = context.req.query('after')
    const page = await caseSession(parts, visit, listEnrolments).perform(listEnrolments, {
      programme: programme.id,
      ...(state.success && { state: state.data }),
      ...(after && { after }),
    })
    return context.html(
      <ParticipantsPage
        visit={visit}
        programme={programme}
        page={page}
        state={state.success ? state.data : undefined}
        isFirst={!after}
      />,
    )
  })

  app.get('/programmes/:id/participants/csv', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const programme = programmeIn(parts, context.req.param('id'))
    const entries = await caseSession(parts, visit, exportParticipants).perform(exportParticipants, {
      programme: programme.id,
    })
    const none = ''
    const name = `${programme.id}-${options.village.today()}.csv`
    return context.body(
      csvText([
        [
          words.say('case.participantNumber'),
          words.say('resident.name'),
          words.say('case.cardNumber'),
          words.say('resident.number'),
          words.say('case.enrolFrom'),
          words.say('case.until'),
        ],
        ...entries.map(({ participantNumber, holder, number, from, to }) => [
          participantNumber ?? none,
          holder?.name ?? none,
          number ?? none,
          holder?.identityNumber ?? none,
          from,
          to ?? none,
        ]),
      ]),
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      },
    )
  })
}

interface ParticipantsProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly page: CasePage<EnrolmentView>
  readonly state: string | undefined
  readonly isFirst: boolean
}

function ParticipantsPage({ visit, programme, page, state, isFirst }: ParticipantsProps): Html {
  const { words } = visit
  const at = `/programmes/${programme.id}/participants`
  const query = state === undefined ? '?' : `?state=${state}&`
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.participants')}
      lead={words.say('case.participantsLead')}
      section="/cases"
      above={aboveDesk(visit, programme)}
    >
      <StateFilter words={words} action={at} states={Enrolment.shape.state.options} state={state} />
      {page.items.length === 0 ? (
        <EmptyState icon="people" title={words.say('case.noParticipants')}>
          <p>{words.say('case.noParticipantsNext')}</p>
          {visit.may({ scope: 'enrolment.import' }) && (
            <p>
              <a href="/import">{words.say('case.importParticipants')}</a>
            </p>
          )}
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.participants')}
          hideCaption
          columns={[
            {
              label: words.say('case.who'),
              cell: ({ subject, listed }: EnrolmentView) => (
                <a href={`${at}/${subject}`}>{whoText(listed, words)}</a>
              ),
            },
            { label: words.say('home.hamlet'), cell: ({ listed }) => hamletText(listed, words) },
            {
              label: words.say('case.participantNumber'),
              cell: ({ participantNumber }) => participantNumber ?? words.say('value.none'),
            },
            { label: words.say('case.enrolFrom'), cell: (one) => spanText(one, words) },
            { label: words.say('case.state'), cell: ({ state: is }) => <CaseState words={words} is={is} /> },
          ]}
          rows={page.items}
        />
      )}
      <Pagination
        words={words}
        {...(isFirst ? {} : { first: `${at}${query}` })}
        {...(page.next === undefined ? {} : { next: `${at}${query}after=${page.next}` })}
      />
      <Buttons>
        {visit.may(exportParticipants) && page.items.length > 0 && (
          <Button kind="second" href={`${at}/csv`} icon="download">
            {words.say('case.csvFull')}
          </Button>
        )}
        <PrintButton words={words} />
      </Buttons>
    </VisitPage>
  )
}
