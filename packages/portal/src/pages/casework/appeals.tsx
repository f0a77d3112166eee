import { DecisionId } from '@lumbung/core/casework'
import {
  type AppealView,
  answerAppealRecord,
  fileAppealRecord,
  listAppeals,
  readDecision,
  withdrawAppealRecord,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { EmptyState, type Html, Pagination, Table } from '../../ui/index.ts'
import { nameOf } from '../people.tsx'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { appealIsOpen } from './appeal-texts.ts'
import { CaseState, caseSession, StateFilter, whoText } from './parts.tsx'
import { cameThemselves, mayAskFor, whoMayCome } from './representatives.ts'
import { requireDesk } from './requires.ts'
import { led, type StepPage, stepPage } from './step-page.tsx'

const states = ['filed', 'escalated', 'upheld', 'dismissed', 'withdrawn'] as const

/** The appeals of residents: filing one, the list with its deadlines, and the answer. */
export function appealPages(parts: PortalParts): void {
  const { app } = parts

  app.get('/appeals', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const state = states.find((each) => each === context.req.query('state'))
    const after = context.req.query('after')
    const programme = context.req.query('programme')
    const { items, next } = await caseSession(parts, visit, listAppeals).perform(listAppeals, {
      ...(state && { state }),
      ...(programme && { programme }),
      ...(after && { after }),
    })
    const sorted = items.toSorted((a, b) => byUrgency(a).localeCompare(byUrgency(b)))
    return context.html(
      <AppealsPage visit={visit} appeals={sorted} state={state} next={next} isFirst={!after} />,
    )
  })

  stepPage(
    parts,
    '/decisions/:decision/appeal',
    fileAppealRecord,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const id = idFrom(DecisionId, context.req.param('decision'))
      const file = await caseSession(parts, visit, readDecision).perform(readDecision, { id })
      const back = `/decisions/${id}`
      const people = file.members.flatMap((member) => (member === null ? [] : [member]))
      const listed = file.listed === null ? [] : [file.listed.resident]
      const concerned = file.unit === 'resident' || people.length === 0 ? listed : people
      const { resident } = visit.actor
      const allowed = resident === undefined ? undefined : await mayAskFor(parts, visit, resident)
      const of = concerned.filter(({ id: person }) => allowed?.has(person) ?? true)
      const [first] = of
      const own = of.find((person) => person.id === visit.actor.resident)
      const appellant = (own ?? first)?.id ?? ''
      const comers = await whoMayCome(parts, visit, appellant)
      return {
        title: words.say('case.appealTitle'),
        lead:
          file.appealUntil === null
            ? words.say('case.appealLead')
            : words.say('case.appealLeadUntil', { date: words.date(file.appealUntil) }),
        section: visit.actor.resident === undefined ? '/cases' : '/my/cases',
        above: [{ href: back, label: words.say('case.decisionOf', { programme: words.text(file.title) }) }],
        fields: [
          ...(of.length > 1
            ? [
                {
                  kind: 'choice',
                  name: 'appellant',
                  label: words.say('case.appellant'),
                  options: of.map((person) => ({ value: person.id ?? '', label: nameOf(person, words) })),
                  value: appellant,
                } as const,
              ]
            : []),
          ...(comers.length > 1
            ? [
                {
                  kind: 'choice',
                  name: 'representative',
                  label: words.say('case.whoCame'),
                  options: comers,
                  value: cameThemselves,
                } as const,
              ]
            : []),
          {
            kind: 'long-text',
            name: 'reason',
            label: words.say('case.appealReason'),
            hint: words.say('case.appealReasonHint'),
          },
        ],
        button: words.say('case.appealSend'),
        next: words.say('case.appealNext'),
        back,
        perform: ({ reason = '', representative = cameThemselves, ...answers }) =>
          led(
            caseSession(parts, visit, fileAppealRecord).perform(fileAppealRecord, {
              decision: id,
              appellant: answers['appellant'] ?? appellant,
              representative: representative === cameThemselves ? null : representative,
              reason,
            }),
            () => `${back}?done=appealed`,
          ),
      }
    },
  )

  const opened = async (visit: Visit, ids: { readonly decision: string; readonly appeal: string }) => {
    const { items } = await caseSession(parts, visit, listAppeals).perform(listAppeals, {
      decision: idFrom(DecisionId, ids.decision),
    })
    const appeal = items.find(({ id }) => id === ids.appeal)
    if (appeal === undefined) throw new HTTPException(404)
    return appeal
  }

  for (const action of ['uphold', 'dismiss'] as const) {
    stepPage(
      parts,
      `/decisions/:decision/appeals/:appeal/${action}`,
      answerAppealRecord,
      async (context, visit): Promise<StepPage> => {
        const { words } = visit
        const { decision = '', appeal: id = '' } = context.req.param()
        const appeal = await opened(visit, { decision, appeal: id })
        const back = `/decisions/${decision}`
        return {
          title: words.say(`case.${action}Title`, { name: whoText(appeal.listed, words) }),
          above: [
            { href: '/appeals', label: words.say('case.appeals') },
            { href: back, label: words.say('case.decision') },
          ],
          about: <blockquote class="text">{appeal.reason}</blockquote>,
          fields: [
            {
              kind: 'long-text',
              name: 'reason',
              label: words.say('case.answerReason'),
              hint: words.say('case.answerReasonHint'),
            },
          ],
          button: words.say(`case.${action}`),
          next: words.say(`case.${action}Next`),
          back,
          perform: ({ reason = '' }) =>
            led(
              caseSession(parts, visit, answerAppealRecord).perform(answerAppealRecord, {
                id: appeal.id,
                action,
                reason,
              }),
              ({ record }) => `/decisions/${record.newDecision ?? decision}?done=${action}`,
            ),
        }
      },
    )
  }

  stepPage(
    parts,
    '/decisions/:decision/appeals/:appeal/withdraw',
    withdrawAppealRecord,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const { decision = '', appeal: id = '' } = context.req.param()
      const appeal = await opened(visit, { decision, appeal: id })
      const back = `/decisions/${decision}`
      return {
        title: words.say('case.withdrawAppealTitle'),
        section: visit.actor.resident === undefined ? '/cases' : '/my/cases',
        above: [{ href: back, label: words.say('case.decision') }],
        about: <blockquote class="text">{appeal.reason}</blockquote>,
        warning: { title: words.say('case.noWayBack'), text: words.say('case.withdrawAppealWarning') },
        button: words.say('case.withdrawAppeal'),
        isLoss: true,
        back,
        perform: () =>
          led(
            caseSession(parts, visit, withdrawAppealRecord).perform(withdrawAppealRecord, { id: appeal.id }),
            () => `${back}?done=withdrawn`,
          ),
      }
    },
  )
}

/** Those that wait come first, the one that must be answered soonest on top. */
function byUrgency(appeal: AppealView): string {
  return `${appealIsOpen(appeal) ? 0 : 1} ${appeal.answerUntil ?? '9999-12-31'} ${appeal.id}`
}

interface AppealsProps {
  readonly visit: Visit
  readonly appeals: readonly AppealView[]
  readonly state: string | undefined
  readonly next: string | undefined
  readonly isFirst: boolean
}

function AppealsPage({ visit, appeals, state, next, isFirst }: AppealsProps): Html {
  const { words } = visit
  const query = state === undefined ? '?' : `?state=${state}&`
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.appeals')}
      lead={words.say('case.appealsLead')}
      section="/cases"
      above={[{ href: '/cases', label: words.say('menu.cases') }]}
    >
      <StateFilter words={words} action={'/appeals'} states={states} state={state} />
      {appeals.length === 0 ? (
        <EmptyState icon="speech" title={words.say('case.noAppeals')}>
          <p>{words.say('case.noAppealsNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.appeals')}
          hideCaption
          columns={[
            {
              label: words.say('case.who'),
              cell: ({ decision, listed }: AppealView) => (
                <a href={`/decisions/${decision}`}>{whoText(listed, words)}</a>
              ),
            },
            { label: words.say('programme.which'), cell: ({ title }) => words.text(title) },
            { label: words.say('case.filedOn'), cell: ({ began }) => words.date(began) },
            {
              label: words.say('case.answerBy'),
              cell: (appeal) =>
                appeal.answerUntil === null || !appealIsOpen(appeal) ? '–' : words.date(appeal.answerUntil),
            },
            { label: words.say('case.state'), cell: ({ state: is }) => <CaseState words={words} is={is} /> },
          ]}
          rows={appeals}
        />
      )}
      <Pagination
        words={words}
        {...(isFirst ? {} : { first: `/appeals${query}` })}
        {...(next === undefined ? {} : { next: `/appeals${query}after=${next}` })}
      />
    </VisitPage>
  )
}
