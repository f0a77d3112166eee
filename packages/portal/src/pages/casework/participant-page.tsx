import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import {
  type DecisionSummary,
  type EnrolmentView,
  listDecisions,
  listEnrolments,
  moveEnrolmentRecord,
  paymentsOfUnit,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Button, Buttons, Card, EmptyState, type Html, SummaryList } from '../../ui/index.ts'
import { spanText } from '../place-texts.ts'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { DecisionTable, type PaidUnit, PaymentTable } from './case-tables.tsx'
import {
  aboveDesk,
  CaseHistory,
  CaseState,
  caseSession,
  DoneNotice,
  hamletText,
  programmeIn,
  whoText,
} from './parts.tsx'
import { requireDesk } from './requires.ts'
import { led, stepPage } from './step-page.tsx'

/** One participant: how it came about, what was paid, and what is done with it. */
export function participantPage(parts: PortalParts): void {
  const { app, options } = parts

  const find = async (visit: Visit, id: string, subject: string) => {
    const programme = programmeIn(parts, id)
    const session = caseSession(parts, visit, listEnrolments)
    const { items } = await session.perform(listEnrolments, {
      programme: id,
      subject: idFrom(HouseholdId.or(ResidentId), subject),
      limit: 100,
    })
    const [newest] = items.toReversed()
    if (newest === undefined) throw new HTTPException(404)
    return { programme, newest, items: items.toReversed() }
  }

  app.get('/programmes/:id/participants/:subject', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const { id, subject } = context.req.param()
    const found = await find(visit, id, subject)
    const decisions = await caseSession(parts, visit, listDecisions).perform(listDecisions, {
      programme: id,
      subject,
      limit: 100,
    })
    const paid = visit.may(paymentsOfUnit)
      ? await caseSession(parts, visit, paymentsOfUnit).perform(paymentsOfUnit, {
          unit: found.newest.unit,
          subject,
        })
      : undefined
    const done = context.req.query('done')
    return context.html(
      <ParticipantPage
        visit={visit}
        {...found}
        decisions={decisions.items.toReversed()}
        paid={paid}
        done={done}
      />,
    )
  })

  for (const action of ['suspend', 'resume', 'exit', 'reinstate'] as const) {
    stepPage(
      parts,
      `/programmes/:id/participants/:subject/${action}`,
      moveEnrolmentRecord,
      async (context, visit) => {
        const { words } = visit
        const { id = '', subject = '' } = context.req.param()
        const { programme, newest } = await find(visit, id, subject)
        const name = whoText(newest.listed, words)
        const back = `/programmes/${id}/participants/${subject}`
        return {
          title: words.say(`case.${action}Title`, { name }),
          above: aboveParticipant(visit, programme, { href: back, label: name }),
          fields: [
            ...(action === 'resume'
              ? []
              : [
                  {
                    kind: 'long-text',
                    name: 'reason',
                    label: words.say('case.reason'),
                    hint: words.say('case.reasonToldHint'),
                  } as const,
                ]),
            {
              kind: 'date',
              name: 'on',
              label: words.say('case.stepOn'),
              value: options.village.today(),
            },
          ],
          ...(action === 'exit' && {
            warning: { title: words.say('case.exitWarningTitle'), text: words.say('case.exitWarning') },
            isLoss: true,
          }),
          button: words.say(`case.${action}`),
          next: words.say(`case.${action}Next`),
          back,
          perform: ({ reason, on }) =>
            led(
              caseSession(parts, visit, moveEnrolmentRecord).perform(moveEnrolmentRecord, {
                id: newest.id,
                action,
                ...(reason && { reason }),
                ...(on && { on }),
              }),
              ({ movedUp }) => `${back}?done=${movedUp > 0 ? 'movedUp' : action}`,
            ),
        }
      },
    )
  }
}

function aboveParticipant(
  visit: Visit,
  programme: ReturnType<typeof programmeIn>,
  ...more: readonly { readonly href: string; readonly label: string }[]
) {
  const list = {
    href: `/programmes/${programme.id}/participants`,
    label: visit.words.say('case.participants'),
  }
  return aboveDesk(visit, programme, list, ...more)
}

interface ParticipantProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly newest: EnrolmentView
  readonly items: readonly EnrolmentView[]
  readonly decisions: readonly DecisionSummary[]
  readonly paid: PaidUnit | undefined
  readonly done: string | undefined
}

function ParticipantPage(props: ParticipantProps): Html {
  const { visit, programme, newest, items, decisions, paid, done } = props
  const { words } = visit
  const at = `/programmes/${programme.id}/participants/${newest.subject}`
  const { listed, state } = newest
  const home = newest.unit === 'household' ? `/households/${newest.subject}` : `/residents/${newest.subject}`
  return (
    <VisitPage
      visit={visit}
      title={whoText(listed, words)}
      section="/cases"
      above={aboveParticipant(visit, programme)}
    >
      <DoneNotice words={words} done={done} />
      <SummaryList
        rows={[
          { term: words.say('case.state'), value: <CaseState words={words} is={state} /> },
          { term: words.say('programme.which'), value: words.text(newest.title) },
          { term: words.say('case.enrolFrom'), value: spanText(newest, words) },
          { term: words.say('home.hamlet'), value: hamletText(listed, words) },
          {
            term: words.say('case.participantNumber'),
            value: newest.participantNumber ?? words.say('value.none'),
          },
          { term: words.say('case.source'), value: words.say(`case.source-${newest.source}`) },
          {
            term: words.say('case.register'),
            value: <a href={home}>{words.say('case.openRegister')}</a>,
          },
        ]}
      />
      {visit.may(moveEnrolmentRecord) && (
        <Buttons>
          {state === 'active' && <Button href={`${at}/suspend`}>{words.say('case.suspend')}</Button>}
          {state === 'suspended' && <Button href={`${at}/resume`}>{words.say('case.resume')}</Button>}
          {state !== 'exited' && (
            <Button kind="danger" href={`${at}/exit`}>
              {words.say('case.exit')}
            </Button>
          )}
          {state === 'exited' && (
            <Button kind="second" href={`${at}/reinstate`}>
              {words.say('case.reinstate')}
            </Button>
          )}
        </Buttons>
      )}
      {items.map(({ began, history }) => (
        <Card title={words.say('case.course')}>
          <CaseHistory words={words} began={began} first="active" history={history} />
        </Card>
      ))}
      {paid !== undefined && (
        <Card title={words.say('case.payments')}>
          {paid.payments.length === 0 ? (
            <EmptyState icon="coins" title={words.say('case.noPaymentsYet')}>
              <p>{words.say('case.noPaymentsYetNext')}</p>
            </EmptyState>
          ) : (
            <PaymentTable words={words} paid={paid} />
          )}
        </Card>
      )}
      {decisions.length > 0 && (
        <Card title={words.say('case.decisions')}>
          <DecisionTable words={words} decisions={decisions} />
        </Card>
      )}
    </VisitPage>
  )
}
