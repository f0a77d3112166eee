import { packOf } from '@lumbung/core/casework'
import { programmeOn } from '@lumbung/core/eligibility'
import { draftList, listProposalLists, type ProposalListSummary } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Button, Buttons, EmptyState, type Html, type Link, Table } from '../../ui/index.ts'
import { VisitPage } from '../visit-page.tsx'
import { aboveDesk, CaseState, caseSession, programmeIn } from './parts.tsx'
import { requireDesk } from './requires.ts'
import { led, stepPage } from './step-page.tsx'

/** The proposal lists of a programme, and a new one. */
export function listsPages(parts: PortalParts): void {
  const { app, options } = parts
  const { today, config } = options.village

  stepPage(parts, '/programmes/:id/lists/new', draftList, async (context, visit) => {
    const { words } = visit
    const programme = programmeIn(parts, context.req.param('id') ?? '')
    const checked = packOf(config).programmes.get(programme.id)
    const version = checked && programmeOn(checked, today())?.version
    const quota = version?.quota
    return {
      title: words.say('case.newListTitle'),
      lead: words.say('case.newListLead'),
      above: aboveDesk(visit, programme, {
        href: `/programmes/${programme.id}/lists`,
        label: words.say('case.lists'),
      }),
      ...(version === undefined && {
        warning: { title: words.say('programme.closed'), text: words.say('case.noRuleToday') },
      }),
      fields: [
        {
          kind: 'text',
          name: 'title',
          label: words.say('case.listTitle'),
          hint: words.say('case.listTitleHint'),
          value: `${words.text(programme.title)} ${today().slice(0, 4)}`,
        },
        {
          kind: 'date',
          name: 'on',
          label: words.say('case.listOn'),
          hint: words.say('case.listOnHint'),
          value: today(),
        },
        {
          kind: 'number',
          name: 'places',
          label: words.say('case.places'),
          hint: words.say('case.placesHint'),
          isOptional: true,
          ...(quota?.units === undefined ? {} : { value: String(quota.units) }),
        },
        {
          kind: 'number',
          name: 'budget',
          label: words.say('case.budget'),
          hint: words.say('case.budgetHint'),
          isOptional: true,
          before: 'Rp',
          ...(quota?.budgetMinor === undefined ? {} : { value: String(quota.budgetMinor) }),
        },
      ],
      button: words.say('case.draftSubmit'),
      next: words.say('case.draftNext'),
      back: `/programmes/${programme.id}/lists`,
      perform: ({ title = '', on, places = '', budget = '' }) =>
        led(
          caseSession(parts, visit, draftList).perform(draftList, {
            programme: programme.id,
            title,
            ...(on && { on }),
            places: places === '' ? null : Number(places),
            budgetMinor: budget === '' ? null : Number(budget),
          }),
          ({ record }) => `/lists/${record.id}?done=drafted`,
        ),
    }
  })

  app.get('/programmes/:id/lists', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const session = caseSession(parts, visit, listProposalLists)
    const lists = await session.perform(listProposalLists, { programme: programme.id })
    const above = aboveDesk(visit, programme)
    return context.html(
      <ListsPage visit={visit} lists={lists.toReversed()} above={above} programme={programme.id} />,
    )
  })
}

interface ListsProps {
  readonly visit: Visit
  readonly lists: readonly ProposalListSummary[]
  readonly above: readonly Link[]
  readonly programme: string
}

function ListsPage({ visit, lists, above, programme }: ListsProps): Html {
  const { words } = visit
  const settledOf = ({ counts }: ProposalListSummary) => counts.accepted + counts.enrolled
  const totalOf = ({ counts }: ProposalListSummary) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.lists')}
      lead={words.say('case.listsLead')}
      section="/cases"
      above={above}
    >
      {visit.may(draftList) && (
        <Buttons>
          <Button href={`/programmes/${programme}/lists/new`} icon="plus">
            {words.say('case.newList')}
          </Button>
        </Buttons>
      )}
      {lists.length === 0 ? (
        <EmptyState icon="file" title={words.say('case.noLists')}>
          <p>{words.say('case.noListsNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.lists')}
          hideCaption
          columns={[
            {
              label: words.say('case.list'),
              cell: (list: ProposalListSummary) => <a href={`/lists/${list.id}`}>{list.title}</a>,
            },
            { label: words.say('case.listOn'), cell: ({ on }) => words.date(on) },
            { label: words.say('case.state'), cell: ({ state }) => <CaseState words={words} is={state} /> },
            { label: words.say('case.units'), cell: (list) => words.number(totalOf(list)), isNumber: true },
            {
              label: words.say('caseState.accepted'),
              cell: (list) => words.number(settledOf(list)),
              isNumber: true,
            },
          ]}
          rows={lists}
        />
      )}
    </VisitPage>
  )
}
