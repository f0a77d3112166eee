import { DecisionId, packOf } from '@lumbung/core/casework'
import {
  type AppealView,
  answerAppealRecord,
  type DecisionFile,
  eraseDecision,
  fileAppealRecord,
  listAppeals,
  readDecision,
  replayRecordedDecision,
  type VillageConfig,
  withdrawAppealRecord,
} from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  Details,
  type Html,
  Notice,
  PrintButton,
  SummaryList,
} from '../../ui/index.ts'
import { Explanation, OutcomeMark } from '../decision-parts.tsx'
import { eligibilityTexts } from '../eligibility-texts.ts'
import { nameOf } from '../people.tsx'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { appealIsOpen } from './appeal-texts.ts'
import { aboveDesk, CaseHistory, caseSession, DoneNotice, whoText } from './parts.tsx'
import { hasDesk } from './requires.ts'
import { led, stepPage } from './step-page.tsx'

/** A decision that was written down: what came out, why, by which law, and how to appeal. */
export function decisionPages(parts: PortalParts): void {
  const { app, options } = parts

  app.get('/decisions/:decision', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(DecisionId, context.req.param('decision'))
    const file = await caseSession(parts, visit, readDecision).perform(readDecision, { id })
    const { items } = await caseSession(parts, visit, listAppeals).perform(listAppeals, { decision: id })
    const isReplay = context.req.query('replay') !== undefined
    const replay = isReplay
      ? await caseSession(parts, visit, replayRecordedDecision).perform(replayRecordedDecision, { id })
      : undefined
    const { config, today } = options.village
    const isInTime = file.appealUntil === null || today() <= file.appealUntil
    return context.html(
      <DecisionPage
        {...{ visit, file, config, isInTime }}
        appeals={items.toReversed()}
        replay={replay?.outcome}
        done={context.req.query('done')}
      />,
    )
  })
}

/** Erases what a decision was made of. It asks first, and tells what is lost. */
export function eraseDecisionPage(parts: PortalParts): void {
  stepPage(parts, '/decisions/:decision/erase', eraseDecision, async (context, visit) => {
    const { words } = visit
    const id = idFrom(DecisionId, context.req.param('decision'))
    const file = await caseSession(parts, visit, readDecision).perform(readDecision, { id })
    const programme = words.text(file.title)
    const back = `/decisions/${id}`
    return {
      title: words.say('case.eraseTitle'),
      lead: `${programme}: ${whoText(file.listed, words)}, ${words.date(file.on)}`,
      above: [
        ...aboveDesk(visit, { id: file.programme, title: file.title }),
        { href: back, label: words.say('case.decisionOf', { programme }) },
      ],
      warning: { title: words.say('case.noWayBack'), text: words.say('case.eraseWarning') },
      button: words.say('case.eraseDo'),
      isLoss: true,
      next: words.say('case.eraseNext'),
      back,
      perform: () =>
        led(
          caseSession(parts, visit, eraseDecision).perform(eraseDecision, { id }),
          () => `${back}?done=erased`,
        ),
    }
  })
}

interface DecisionProps {
  readonly visit: Visit
  readonly file: DecisionFile
  readonly config: VillageConfig
  readonly appeals: readonly AppealView[]
  readonly isInTime: boolean
  readonly replay: 'same' | 'differs' | 'erased' | undefined
  readonly done: string | undefined
}

function DecisionPage(props: DecisionProps): Html {
  const { visit, file, config, appeals, isInTime, replay, done } = props
  const { words } = visit
  const { id, outcome, replacedBy, replaces, erasedAt, appealUntil } = file
  const isAppealed = appeals.some(({ state }) => state !== 'withdrawn')
  const mayAppeal = visit.may(fileAppealRecord) && isInTime && !isAppealed && replacedBy === null
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.decisionOf', { programme: words.text(file.title) })}
      lead={`${whoText(file.listed, words)}, ${words.date(file.on)}`}
      section={hasDesk(visit) ? '/cases' : '/my/cases'}
      above={
        hasDesk(visit)
          ? aboveDesk(visit, { id: file.programme, title: file.title })
          : [{ href: '/my/cases', label: words.say('menu.ownCases') }]
      }
    >
      <DoneNotice words={words} done={done} />
      {replay !== undefined && (
        <Notice
          is={replay === 'same' ? 'good' : replay === 'erased' ? 'unknown' : 'bad'}
          title={words.say(`case.replay-${replay}`)}
        />
      )}
      {replacedBy !== null && (
        <Notice is="info" title={words.say('case.wasReplaced')}>
          <p>
            <a href={`/decisions/${replacedBy}`}>{words.say('case.openNewDecision')}</a>
          </p>
        </Notice>
      )}
      <SummaryList
        rows={[
          {
            term: words.say('case.outcome'),
            value: outcome === null ? words.say('value.hidden') : <OutcomeMark words={words} is={outcome} />,
          },
          { term: words.say('case.madeOn'), value: words.date(file.madeOn) },
          {
            term: words.say('case.appealUntil'),
            value: appealUntil === null ? words.say('case.appealAnyTime') : words.date(appealUntil),
          },
          ...(replaces === null
            ? []
            : [
                {
                  term: words.say('case.replaces'),
                  value: <a href={`/decisions/${replaces}`}>{words.say('case.openOldDecision')}</a>,
                },
              ]),
        ]}
      />
      <Card title={words.say('case.whySo')}>
        <Why visit={visit} file={file} config={config} isErased={erasedAt !== null} />
      </Card>
      {appeals.map((appeal) => (
        <AppealCard visit={visit} appeal={appeal} />
      ))}
      <Buttons>
        {mayAppeal && <Button href={`/decisions/${id}/appeal`}>{words.say('case.fileAppeal')}</Button>}
        <PrintButton words={words} />
        <Button kind="second" href={`/decisions/${id}?replay`}>
          {words.say('case.replay')}
        </Button>
        {visit.may(eraseDecision) && erasedAt === null && (
          <Button kind="danger" href={`/decisions/${id}/erase`}>
            {words.say('case.eraseDo')}
          </Button>
        )}
      </Buttons>
      {!isInTime && <p class="soft">{words.say('case.appealTooLate')}</p>}
    </VisitPage>
  )
}

interface WhyProps extends Pick<DecisionProps, 'visit' | 'file' | 'config'> {
  readonly isErased: boolean
}

function Why({ visit: { words }, file, config, isErased }: WhyProps): Html {
  if (isErased) return <p>{words.say('case.erased')}</p>
  if (file.decision === null) return <p>{words.say('counter.masked')}</p>
  const memberName = (position: number) => {
    const member = file.members[position]
    return member == null ? words.say('resident.hidden') : nameOf(member, words)
  }
  return (
    <>
      <Explanation
        words={words}
        texts={eligibilityTexts(words, config, memberName)}
        pack={packOf(config)}
        programme={file.programme}
        messages={file.explanation}
        changes={[]}
        isMasked={file.isMasked}
      />
      {file.sources.length > 0 && (
        <Details summary={words.say('case.sources')}>
          <ul>
            {[
              ...new Set(file.sources.map(({ source, degree }) => words.say(`degree.${degree}`, { source }))),
            ].map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Details>
      )}
    </>
  )
}

function AppealCard({ visit, appeal }: { readonly visit: Visit; readonly appeal: AppealView }): Html {
  const { words } = visit
  const at = `/decisions/${appeal.decision}/appeals/${appeal.id}`
  const isOpen = appealIsOpen(appeal)
  return (
    <Card title={words.say('case.appeal')}>
      <p>{appeal.reason}</p>
      {isOpen && appeal.answerUntil !== null && (
        <p>
          <b>{words.say('case.answerUntil', { date: words.date(appeal.answerUntil) })}</b>
        </p>
      )}
      <CaseHistory words={words} began={appeal.began} first="filed" history={appeal.history} />
      {isOpen && (
        <Buttons>
          {visit.may(answerAppealRecord) && (
            <>
              <Button href={`${at}/uphold`}>{words.say('case.uphold')}</Button>
              <Button kind="second" href={`${at}/dismiss`}>
                {words.say('case.dismiss')}
              </Button>
            </>
          )}
          {visit.may(withdrawAppealRecord) && (
            <Button kind="second" href={`${at}/withdraw`}>
              {words.say('case.withdrawAppeal')}
            </Button>
          )}
        </Buttons>
      )}
    </Card>
  )
}
