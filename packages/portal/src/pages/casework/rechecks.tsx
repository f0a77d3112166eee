import { Recheck } from '@lumbung/core/casework'
import { decideRecheck, listRechecks, type RecheckView } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Buttons, EmptyState, type Html, Pagination, SearchForm, SelectField, Table } from '../../ui/index.ts'
import { OutcomeMark } from '../decision-parts.tsx'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { aboveDesk, CaseState, caseSession, DoneNotice, programmeIn, stateText, whoText } from './parts.tsx'
import { requireDesk } from './requires.ts'
import { led, type StepPage, stepPage } from './step-page.tsx'

const states = Recheck.shape.state

/** Those who take part and are no longer indicated as eligible, and what follows. */
export function recheckPages(parts: PortalParts): void {
  const { app } = parts

  app.get('/programmes/:id/rechecks', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const asked = states.safeParse(context.req.query('state'))
    const state = asked.success ? asked.data : 'open'
    const after = context.req.query('after')
    const page = await caseSession(parts, visit, listRechecks).perform(listRechecks, {
      programme: programme.id,
      state,
      limit: 25,
      ...(after && { after }),
    })
    const done = context.req.query('done')
    return context.html(<RechecksPage {...{ visit, programme, page, state, done }} isFirst={!after} />)
  })

  for (const action of ['keep', 'exit'] as const) {
    stepPage(
      parts,
      `/programmes/:id/rechecks/:recheck/${action}`,
      decideRecheck,
      async (context, visit): Promise<StepPage> => {
        const { words } = visit
        const { id = '', recheck: one = '' } = context.req.param()
        const programme = programmeIn(parts, id)
        const { rechecks } = await caseSession(parts, visit, listRechecks).perform(listRechecks, {
          id: idFrom(Recheck.shape.id, one),
          programme: id,
        })
        const [recheck] = rechecks
        if (recheck === undefined) throw new HTTPException(404)
        const back = `/programmes/${id}/rechecks`
        return {
          title: words.say(`case.${action}RecheckTitle`, { name: whoText(recheck.who, words) }),
          above: aboveDesk(visit, programme, { href: back, label: words.say('case.rechecks') }),
          about: (
            <p>
              {recheck.outcome !== null && <OutcomeMark words={words} is={recheck.outcome} />}{' '}
              {words.say(`case.cause-${recheck.cause}`)}{' '}
              <a href={`/decisions/${recheck.decision}`}>{words.say('case.why')}</a>
            </p>
          ),
          fields: [
            {
              kind: 'long-text',
              name: 'reason',
              label: words.say('case.reason'),
              hint: words.say('case.reasonToldHint'),
            },
          ],
          ...(action === 'exit' && {
            warning: { title: words.say('case.exitWarningTitle'), text: words.say('case.exitWarning') },
            isLoss: true,
          }),
          button: words.say(action === 'keep' ? 'case.keepRecheck' : 'case.exit'),
          next: words.say(action === 'keep' ? 'case.keepRecheckNext' : 'case.exitNext'),
          back,
          perform: ({ reason = '' }) =>
            led(
              caseSession(parts, visit, decideRecheck).perform(decideRecheck, {
                recheck: recheck.id,
                action,
                reason,
              }),
              () => `${back}?done=recheck`,
            ),
        }
      },
    )
  }
}

interface RechecksProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly page: { readonly rechecks: readonly RecheckView[]; readonly next?: string }
  readonly state: string
  readonly isFirst: boolean
  readonly done: string | undefined
}

function RechecksPage({ visit, programme, page, state, isFirst, done }: RechecksProps): Html {
  const { words } = visit
  const at = `/programmes/${programme.id}/rechecks`
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.rechecks')}
      lead={words.say('case.rechecksLead')}
      section="/cases"
      above={aboveDesk(visit, programme)}
    >
      <DoneNotice words={words} done={done} />
      <SearchForm words={words} action={at} label={words.say('case.filterUnits')}>
        <SelectField
          words={words}
          name="state"
          label={words.say('case.state')}
          options={states.options.map((value) => ({ value, label: stateText(value, words) }))}
          value={state}
        />
      </SearchForm>
      {page.rechecks.length === 0 ? (
        <EmptyState icon="done" title={words.say('case.noRechecks')}>
          <p>{words.say('case.noRechecksNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.rechecks')}
          hideCaption
          columns={[
            {
              label: words.say('case.who'),
              cell: ({ who }: RecheckView) => (
                <a href={`/programmes/${programme.id}/participants/${who.household ?? who.resident?.id}`}>
                  {whoText(who, words)}
                </a>
              ),
            },
            { label: words.say('case.since'), cell: ({ since }) => words.date(since) },
            {
              label: words.say('case.outcome'),
              cell: ({ outcome }) =>
                outcome === null ? words.say('value.hidden') : <OutcomeMark words={words} is={outcome} />,
            },
            { label: words.say('case.causeOf'), cell: ({ cause }) => words.say(`case.cause-${cause}`) },
            { label: words.say('case.state'), cell: ({ state: is }) => <CaseState words={words} is={is} /> },
            ...(visit.may(decideRecheck) && state === 'open'
              ? [
                  {
                    label: '',
                    cell: ({ id, who }: RecheckView) => (
                      <Buttons>
                        <a href={`${at}/${id}/keep`}>
                          {words.say('case.keepRecheck')}
                          <span class="hidden">: {whoText(who, words)}</span>
                        </a>
                        <a href={`${at}/${id}/exit`}>
                          {words.say('case.exit')}
                          <span class="hidden">: {whoText(who, words)}</span>
                        </a>
                      </Buttons>
                    ),
                  },
                ]
              : []),
          ]}
          rows={page.rechecks}
        />
      )}
      <Pagination
        words={words}
        {...(isFirst ? {} : { first: `${at}?state=${state}` })}
        {...(page.next === undefined
          ? {}
          : { next: `${at}?state=${state}&after=${encodeURIComponent(page.next)}` })}
      />
    </VisitPage>
  )
}
