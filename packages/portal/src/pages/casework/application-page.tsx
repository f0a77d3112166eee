import {
  type ApplicationView,
  decideApplicationRecord,
  showApplicationDocuments,
  withdrawApplicationRecord,
} from '@lumbung/core/village'
import type { Visit } from '../../server/visit.ts'
import { Button, Buttons, Card, type Html, PrintButton, StatusMark, SummaryList } from '../../ui/index.ts'
import { VisitPage } from '../visit-page.tsx'
import {
  aboveDesk,
  CaseHistory,
  CaseState,
  DoneNotice,
  hamletText,
  type programmeIn,
  whoText,
} from './parts.tsx'
import { hasDesk } from './requires.ts'

interface ApplicationProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly application: ApplicationView
  readonly done: string | undefined
}

/** One application with its papers, and what is next. */
export function ApplicationPage({ visit, programme, application, done }: ApplicationProps): Html {
  const { words } = visit
  const at = `/programmes/${programme.id}/applications/${application.id}`
  const { state, papers, decision, note, representative, listed } = application
  const isOpen = state === 'received'
  const isDesk = hasDesk(visit)
  const list = { href: `/programmes/${programme.id}/applications`, label: words.say('case.applications') }
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.applicationOf', { name: whoText(listed, words) })}
      lead={words.text(application.title)}
      section={isDesk ? '/cases' : '/my/cases'}
      above={
        isDesk
          ? aboveDesk(visit, programme, list)
          : [{ href: '/my/cases', label: words.say('menu.ownCases') }]
      }
    >
      <DoneNotice words={words} done={done} />
      <SummaryList
        rows={[
          { term: words.say('case.state'), value: <CaseState words={words} is={state} /> },
          { term: words.say('home.hamlet'), value: hamletText(listed, words) },
          {
            term: words.say('case.whoCame'),
            value: words.say(representative === null ? 'case.cameThemselves' : 'case.cameRepresented'),
          },
          ...(note === '' ? [] : [{ term: words.say('case.note'), value: note }]),
          ...(decision === null
            ? []
            : [
                {
                  term: words.say('case.decision'),
                  value: <a href={`/decisions/${decision}`}>{words.say('case.openDecision')}</a>,
                },
              ]),
        ]}
      />
      {papers.length > 0 && (
        <Card title={words.say('programme.documents')}>
          <SummaryList
            rows={papers.map(({ label, isShown }) => ({
              term: words.text(label),
              value: (
                <StatusMark is={isShown ? 'good' : 'waiting'}>
                  {words.say(isShown ? 'case.shown' : 'case.notShown')}
                </StatusMark>
              ),
            }))}
          />
        </Card>
      )}
      <Buttons>
        {isOpen && visit.may(decideApplicationRecord) && (
          <Button href={`${at}/decide`}>{words.say('case.decide')}</Button>
        )}
        {isOpen && visit.may(showApplicationDocuments) && papers.some(({ isShown }) => !isShown) && (
          <Button kind="second" href={`${at}/documents`}>
            {words.say('case.documentsDo')}
          </Button>
        )}
        {isOpen && visit.may(withdrawApplicationRecord) && (
          <Button kind="second" href={`${at}/withdraw`}>
            {words.say('case.withdraw')}
          </Button>
        )}
        <PrintButton words={words} />
      </Buttons>
      <Card title={words.say('case.course')}>
        <CaseHistory words={words} began={application.began} first="received" history={application.history} />
      </Card>
    </VisitPage>
  )
}
