import type { Programme } from '@lumbung/core/eligibility'
import {
  type CaseworkCounts,
  countCasework,
  draftList,
  listBenefitCorrections,
  listDoubleBenefits,
  listPaymentLists,
  listRechecks,
  moveEnrolmentRecord,
  preparePaymentList,
  readTargeting,
  submitApplicationRecord,
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
  Table,
  type Task,
  TaskList,
  Tiles,
} from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import { VisitPage } from '../visit-page.tsx'
import { aboveDesk, caseSession, deskAddress, programmeIn } from './parts.tsx'
import { requireDesk } from './requires.ts'

/** What waits for somebody in every programme, and the desk of each. */
export function deskPages(parts: PortalParts): void {
  const { app } = parts

  app.get('/cases', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const counts = await caseSession(parts, visit, countCasework).perform(countCasework, {})
    return context.html(<CasesPage visit={visit} counts={counts} />)
  })

  app.get('/programmes/:id/cases', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const session = caseSession(parts, visit, countCasework)
    const [counts] = await session.perform(countCasework, { programme: programme.id })
    if (counts === undefined) return context.notFound()
    return context.html(<DeskPage visit={visit} programme={programme} counts={counts} />)
  })
}

/** How much of a programme waits for somebody. */
export function waitingIn(counts: CaseworkCounts): number {
  const { applications, openLists, appeals, rechecks, corrections, pendingPayments } = counts
  return applications + openLists + appeals + rechecks + corrections + (pendingPayments ?? 0)
}

interface CasesProps {
  readonly visit: Visit
  readonly counts: readonly CaseworkCounts[]
}

function CasesPage({ visit, counts }: CasesProps): Html {
  const { words } = visit
  const appeals = counts.reduce((sum, one) => sum + one.appeals, 0)
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.casesTitle')}
      lead={words.say('case.casesLead')}
      section="/cases"
    >
      {counts.length === 0 ? (
        <EmptyState icon="gift" title={words.say('programme.noneYet')}>
          <p>{words.say('programme.noneYetNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.casesTitle')}
          hideCaption
          columns={[
            {
              label: words.say('programme.which'),
              cell: (one: CaseworkCounts) => <a href={deskAddress(one.programme)}>{words.text(one.title)}</a>,
            },
            {
              label: words.say('case.participants'),
              cell: (one) => words.number(one.participants),
              isNumber: true,
            },
            {
              label: words.say('case.openLists'),
              cell: (one) => words.number(one.openLists),
              isNumber: true,
            },
            { label: words.say('case.waits'), cell: (one) => words.number(waitingIn(one)), isNumber: true },
          ]}
          rows={counts}
        />
      )}
      <Card title={words.say('case.acrossAll')}>
        <TaskList
          tasks={[
            countTask(words, '/appeals', 'case.appeals', appeals),
            ...(visit.may(listDoubleBenefits)
              ? [{ href: '/double-benefits', label: words.say('case.doubles') }]
              : []),
          ]}
        />
      </Card>
    </VisitPage>
  )
}

type CountKey =
  | 'case.appeals'
  | 'case.applications'
  | 'case.lists'
  | 'case.payments'
  | 'case.rechecks'
  | 'case.corrections'

function countTask(words: Words, href: string, key: CountKey, count: number): Task {
  const label = words.say(key)
  return count === 0
    ? { href, label, note: words.say('case.nothingWaits') }
    : { href, label, mark: { is: 'waiting', text: words.say('case.waiting', { count }) } }
}

interface DeskProps {
  readonly visit: Visit
  readonly programme: Programme
  readonly counts: CaseworkCounts
}

function DeskPage({ visit, programme, counts }: DeskProps): Html {
  const { words } = visit
  const at = (tail: string) => `/programmes/${programme.id}/${tail}`
  return (
    <VisitPage
      visit={visit}
      title={words.text(programme.title)}
      lead={words.say('case.deskLead')}
      section="/cases"
      above={aboveDesk(visit, programme).slice(0, 1)}
    >
      <Tiles
        tiles={[
          { value: words.number(counts.participants), label: words.say('case.participants') },
          { value: words.number(counts.suspended), label: words.say('case.suspended') },
          { value: words.number(counts.openLists), label: words.say('case.openLists') },
          { value: words.number(waitingIn(counts)), label: words.say('case.waits') },
        ]}
      />
      {waitingIn(counts) === 0 && <Notice is="good" title={words.say('case.allDone')} />}
      <Card title={words.say('case.inProgramme')}>
        <TaskList tasks={tasksOf(visit, counts, at)} />
      </Card>
      <Buttons>
        {visit.may(draftList) && (
          <Button href={at('lists/new')} icon="plus">
            {words.say('case.newList')}
          </Button>
        )}
        {visit.may(submitApplicationRecord) && (
          <Button kind="second" href={at('applications/new')}>
            {words.say('case.newApplication')}
          </Button>
        )}
        {visit.may(preparePaymentList) && (
          <Button kind="second" href={at('payments/new')}>
            {words.say('case.newPayments')}
          </Button>
        )}
      </Buttons>
      <p>
        <a href={`/programmes/${programme.id}`}>{words.say('case.ruleOf')}</a>
      </p>
    </VisitPage>
  )
}

function tasksOf(visit: Visit, counts: CaseworkCounts, at: (tail: string) => string): readonly Task[] {
  const { words } = visit
  const participants = { href: at('participants'), label: words.say('case.participants') }
  return [
    countTask(words, at('applications'), 'case.applications', counts.applications),
    countTask(words, at('lists'), 'case.lists', counts.openLists),
    visit.may(moveEnrolmentRecord)
      ? { ...participants, note: words.say('case.count', { count: counts.participants }) }
      : participants,
    ...(visit.may(listPaymentLists)
      ? [countTask(words, at('payments'), 'case.payments', counts.pendingPayments ?? 0)]
      : []),
    ...(visit.may(listRechecks) ? [countTask(words, at('rechecks'), 'case.rechecks', counts.rechecks)] : []),
    ...(visit.may(listBenefitCorrections)
      ? [countTask(words, at('corrections'), 'case.corrections', counts.corrections)]
      : []),
    countTask(words, `/appeals?programme=${counts.programme}`, 'case.appeals', counts.appeals),
    ...(visit.may(readTargeting) ? [{ href: at('targeting'), label: words.say('case.targeting') }] : []),
  ]
}
