import { ProposalListId } from '@lumbung/core/casework'
import {
  closeList,
  draftList,
  enrolListed,
  moveList,
  type ProposalListFile,
  readProposalList,
  recordForum,
  reopenList,
  verifyListed,
} from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  type Html,
  Notice,
  Pagination,
  SummaryList,
  Table,
} from '../../ui/index.ts'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { mayAddTo } from './list-add.tsx'
import {
  aboveDesk,
  CaseHistory,
  CaseState,
  caseSession,
  DoneNotice,
  StateFilter,
  stateText,
} from './parts.tsx'
import { requireDesk } from './requires.ts'
import { unitColumns } from './unit-columns.tsx'

const states = [
  'proposed',
  'verified',
  'rejected',
  'waiting',
  'accepted',
  'refused',
  'declined',
  'enrolled',
] as const

/** One proposal list: its units in their order, and what is next. */
export function listPage(parts: PortalParts): void {
  parts.app.get('/lists/:list', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const state = states.find((each) => each === context.req.query('state'))
    const after = context.req.query('after')
    const file = await caseSession(parts, visit, readProposalList).perform(readProposalList, {
      id: idFrom(ProposalListId, context.req.param('list')),
      ...(state && { state }),
      ...(after && { after }),
    })
    return context.html(
      <ListPage visit={visit} file={file} state={state} isFirst={!after} done={context.req.query('done')} />,
    )
  })
}

interface ListProps {
  readonly visit: Visit
  readonly file: ProposalListFile
  readonly state: string | undefined
  readonly isFirst: boolean
  readonly done: string | undefined
}

function ListPage({ visit, file, state, isFirst, done }: ListProps): Html {
  const { words } = visit
  const { list, forum, proposals, count, next } = file
  const at = `/lists/${list.id}`
  const query = state === undefined ? '?' : `?state=${state}&`
  return (
    <VisitPage
      visit={visit}
      title={list.title}
      lead={words.say('case.listLead', { date: words.date(list.on) })}
      section="/cases"
      above={aboveDesk(
        visit,
        { id: list.programme, title: list.programmeTitle },
        { href: `/programmes/${list.programme}/lists`, label: words.say('case.lists') },
      )}
    >
      <DoneNotice words={words} done={done} />
      <NextStep visit={visit} file={file} />
      <SummaryList
        rows={[
          { term: words.say('case.state'), value: <CaseState words={words} is={list.state} /> },
          {
            term: words.say('case.places'),
            value: list.places === null ? words.say('case.noLimit') : words.number(list.places),
          },
          {
            term: words.say('case.budget'),
            value:
              list.budgetMinor === null ? words.say('case.noLimit') : words.money(BigInt(list.budgetMinor)),
          },
          {
            term: words.say('case.units'),
            value: states
              .filter((each) => list.counts[each] > 0)
              .map((each) => `${stateText(each, words)}: ${words.number(list.counts[each])}`)
              .join(' · '),
          },
          ...(forum === null
            ? []
            : [
                {
                  term: words.say('case.forum'),
                  value: (
                    <>
                      {forum.subject}, {words.date(forum.on)}
                      <br />
                      {words.say('case.votesLine', {
                        for: words.number(forum.votes.for),
                        against: words.number(forum.votes.against),
                        abstained: words.number(forum.votes.abstained),
                      })}
                      <br />
                      <small class="soft">
                        {words.say('document.hash')}: <span class="hash">{forum.minutes}</span>
                      </small>
                    </>
                  ),
                },
              ]),
        ]}
      />
      <Card title={words.say('case.unitsInOrder')}>
        <StateFilter words={words} action={at} states={states} state={state} />
        {proposals.length === 0 ? (
          <EmptyState icon="people" title={words.say('case.noUnits')}>
            <p>{words.say('case.noUnitsNext')}</p>
          </EmptyState>
        ) : (
          <Table
            caption={words.say('case.unitsInOrder')}
            hideCaption
            columns={unitColumns(visit, list.id)}
            rows={proposals}
          />
        )}
        <Pagination
          words={words}
          count={count}
          {...(isFirst ? {} : { first: `${at}${query}` })}
          {...(next === undefined ? {} : { next: `${at}${query}after=${next}` })}
        />
      </Card>
      <Buttons>
        {mayAddTo(visit, list) && (
          <Button kind="second" href={`${at}/add`} icon="plus">
            {words.say('case.addUnit')}
          </Button>
        )}
        <Button kind="second" href={`${at}/sheet`} icon="print">
          {words.say('case.sheet')}
        </Button>
        <Button kind="second" href={`${at}/csv`} icon="download">
          {words.say('case.csv')}
        </Button>
        {visit.may(moveList) && list.state !== 'closed' && list.state !== 'cancelled' && forum === null && (
          <Button kind="danger" href={`${at}/cancel`}>
            {words.say('case.cancelList')}
          </Button>
        )}
      </Buttons>
      <Card title={words.say('case.course')}>
        <CaseHistory words={words} began={list.began} first="draft" history={list.history} />
      </Card>
    </VisitPage>
  )
}

/** What the list waits for, and the way there for whoever may do it. */
function NextStep({
  visit,
  file: { list, forum },
}: {
  readonly visit: Visit
  readonly file: ProposalListFile
}): Html | null {
  const { words } = visit
  const at = `/lists/${list.id}`
  const say = (key: 'submit' | 'verify' | 'convene' | 'forum' | 'settled' | 'enrol') => ({
    title: words.say(`caseNext.${key}`),
    text: words.say(`caseNext.${key}Text`),
  })
  const box = (key: Parameters<typeof say>[0], children: Html | null | false) => (
    <Notice is="info" title={say(key).title}>
      <p>{say(key).text}</p>
      {children}
    </Notice>
  )
  const button = (href: string, label: string) => (
    <Buttons>
      <Button href={href}>{label}</Button>
    </Buttons>
  )
  if (list.state === 'draft')
    return box('submit', visit.may(draftList) && button(`${at}/submit`, words.say('case.submitList')))
  if (list.state === 'verifying')
    return list.counts.proposed > 0
      ? box(
          'verify',
          visit.may(verifyListed) && button(`${at}?state=proposed`, words.say('case.showToVerify')),
        )
      : box('convene', visit.may(moveList) && button(`${at}/convene`, words.say('case.convene')))
  if (list.state === 'before-forum' && forum === null)
    return box('forum', visit.may(recordForum) && button(`${at}/forum`, words.say('case.recordForum')))
  if (list.state === 'before-forum')
    return box(
      'settled',
      visit.may(closeList) && visit.may(reopenList) && (
        <Buttons>
          <Button href={`${at}/close`}>{words.say('case.closeList')}</Button>
          <Button kind="second" href={`${at}/reopen`}>
            {words.say('case.reopenList')}
          </Button>
        </Buttons>
      ),
    )
  if (list.state === 'closed' && list.counts.accepted > 0)
    return box(
      'enrol',
      visit.may(enrolListed) && button(`${at}?state=accepted`, words.say('case.showAccepted')),
    )
  return null
}
