import {
  declineListed,
  enrolListed,
  type ProposalListSummary,
  type ProposalView,
  verifyListed,
} from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Button, Buttons, Card, type Html, SummaryList } from '../../ui/index.ts'
import { OutcomeMark } from '../decision-parts.tsx'
import { VisitPage } from '../visit-page.tsx'
import { aboveList, missingOf, unitOf } from './list-units.ts'
import { amountText, CaseHistory, CaseState, caseSession, DoneNotice, hamletText, whoText } from './parts.tsx'
import { requireDesk } from './requires.ts'
import { led, type StepPage, stepPage } from './step-page.tsx'

/** One unit of a proposal list, and what is done with it: verification, enrolment, or that it takes no place. */
export function unitPages(parts: PortalParts): void {
  const { app, options } = parts

  app.get('/lists/:list/units/:unit', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const found = await unitOf(parts, visit, context.req.param())
    const missing = await missingOf(parts, visit, found.unit)
    return context.html(
      <UnitPage visit={visit} {...found} missing={missing} done={context.req.query('done')} />,
    )
  })

  const opened = async (visit: Visit, ids: { readonly list: string; readonly unit: string }) => {
    const { list, unit } = await unitOf(parts, visit, ids)
    const back = `/lists/${list.id}/units/${unit.id}`
    const name = whoText(unit.listed, visit.words)
    const above = [...aboveList(visit, list), { href: back, label: name }]
    return { unit, back, name, above, about: <UnitSummary visit={visit} unit={unit} /> }
  }

  for (const action of ['verify', 'reject', 'doubt'] as const) {
    stepPage(
      parts,
      `/lists/:list/units/:unit/${action}`,
      verifyListed,
      async (context, visit): Promise<StepPage> => {
        const { words } = visit
        const { list = '', unit: id = '' } = context.req.param()
        const { unit, back, name, above, about } = await opened(visit, { list, unit: id })
        return {
          title: words.say(`case.${action}Title`, { name }),
          above,
          about,
          fields:
            action === 'verify'
              ? []
              : [
                  {
                    kind: 'long-text',
                    name: 'reason',
                    label: words.say('case.reason'),
                    hint: words.say('case.reasonHint'),
                  },
                ],
          button: words.say(`case.${action}`),
          next: words.say(`case.${action}Next`),
          back,
          perform: ({ reason }) =>
            led(
              caseSession(parts, visit, verifyListed).perform(verifyListed, {
                id: unit.id,
                action,
                ...(reason && { reason }),
              }),
              () => `/lists/${unit.list}?state=proposed&done=${action}`,
            ),
        }
      },
    )
  }

  stepPage(
    parts,
    '/lists/:list/units/:unit/enrol',
    enrolListed,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const { list = '', unit: id = '' } = context.req.param()
      const { unit, back, name, above, about } = await opened(visit, { list, unit: id })
      return {
        title: words.say('case.enrolTitle', { name }),
        above,
        about,
        fields: [
          {
            kind: 'date',
            name: 'from',
            label: words.say('case.enrolFrom'),
            value: options.village.today(),
          },
          {
            kind: 'text',
            name: 'number',
            label: words.say('case.participantNumber'),
            hint: words.say('case.participantNumberHint'),
            isOptional: true,
          },
        ],
        button: words.say('case.enrol'),
        next: words.say('case.enrolNext'),
        back,
        perform: ({ from, number }) =>
          led(
            caseSession(parts, visit, enrolListed).perform(enrolListed, {
              proposal: unit.id,
              ...(from && { from }),
              ...(number && { participantNumber: number }),
            }),
            ({ record }) => `/programmes/${record.programme}/participants/${record.subject}?done=enrolled`,
          ),
      }
    },
  )

  stepPage(
    parts,
    '/lists/:list/units/:unit/decline',
    declineListed,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const { list = '', unit: id = '' } = context.req.param()
      const { unit, back, name, above, about } = await opened(visit, { list, unit: id })
      return {
        title: words.say('case.declineTitle', { name }),
        above,
        about,
        warning: { title: words.say('case.noWayBack'), text: words.say('case.declineWarning') },
        fields: [{ kind: 'long-text', name: 'reason', label: words.say('case.reason') }],
        button: words.say('case.decline'),
        isLoss: true,
        back,
        perform: ({ reason = '' }) =>
          led(
            caseSession(parts, visit, declineListed).perform(declineListed, { id: unit.id, reason }),
            () => `${back}?done=declined`,
          ),
      }
    },
  )
}

function UnitSummary({ visit, unit }: { readonly visit: Visit; readonly unit: ProposalView }): Html {
  const { words } = visit
  const { listed, rank, isTied, outcome, isDeclared, costMinor, override, decision, isMasked } = unit
  const home =
    listed?.household == null
      ? listed && `/residents/${listed.resident.id}`
      : `/households/${listed.household}`
  return (
    <SummaryList
      rows={[
        {
          term: words.say('case.who'),
          value: home ? <a href={home}>{whoText(listed, words)}</a> : whoText(listed, words),
        },
        { term: words.say('home.hamlet'), value: hamletText(listed, words) },
        {
          term: words.say('case.rank'),
          value:
            rank === null
              ? words.say('case.noRank')
              : `${words.number(rank)}${isTied ? ` (${words.say('case.tiedText')})` : ''}`,
        },
        {
          term: words.say('case.outcome'),
          value:
            outcome === null ? (
              words.say('value.hidden')
            ) : (
              <>
                <OutcomeMark words={words} is={outcome} />
                {isDeclared === true && <> {words.say('case.declared')}</>}
              </>
            ),
          action: { href: `/decisions/${decision}`, label: words.say('case.why') },
        },
        {
          term: words.say('case.cost'),
          value:
            costMinor === null && !isMasked ? words.say('case.costUnknown') : amountText(costMinor, words),
        },
        ...(override === null
          ? []
          : [
              {
                term: words.say('case.overridden'),
                value: `${words.say(`case.${override.towards}`)}: ${override.reason}`,
              },
            ]),
      ]}
    />
  )
}

interface UnitProps {
  readonly visit: Visit
  readonly list: ProposalListSummary
  readonly unit: ProposalView
  readonly missing: readonly string[]
  readonly done: string | undefined
}

function UnitPage({ visit, list, unit, missing, done }: UnitProps): Html {
  const { words } = visit
  const at = `/lists/${list.id}/units/${unit.id}`
  const { state } = unit
  return (
    <VisitPage
      visit={visit}
      title={whoText(unit.listed, words)}
      section="/cases"
      above={aboveList(visit, list)}
    >
      <DoneNotice words={words} done={done} />
      <p>
        <CaseState words={words} is={state} />
      </p>
      <UnitSummary visit={visit} unit={unit} />
      {missing.length > 0 && (
        <Card title={words.say('counter.missing')}>
          <div class="text">
            <ul>
              {missing.map((fact) => (
                <li>{fact}</li>
              ))}
            </ul>
          </div>
        </Card>
      )}
      <Buttons>
        {visit.may(verifyListed) && list.state === 'verifying' && state === 'proposed' && (
          <>
            <Button href={`${at}/verify`}>{words.say('case.verify')}</Button>
            <Button kind="second" href={`${at}/reject`}>
              {words.say('case.reject')}
            </Button>
          </>
        )}
        {visit.may(verifyListed) &&
          list.state === 'verifying' &&
          (state === 'verified' || state === 'rejected') && (
            <Button kind="second" href={`${at}/doubt`}>
              {words.say('case.doubt')}
            </Button>
          )}
        {visit.may(enrolListed) && list.state === 'closed' && state === 'accepted' && (
          <Button href={`${at}/enrol`}>{words.say('case.enrol')}</Button>
        )}
        {visit.may(declineListed) &&
          list.state === 'closed' &&
          (state === 'accepted' || state === 'waiting') && (
            <Button kind="second" href={`${at}/decline`}>
              {words.say('case.decline')}
            </Button>
          )}
      </Buttons>
      <Card title={words.say('case.course')}>
        <CaseHistory words={words} began={unit.began} first="proposed" history={unit.history} />
      </Card>
    </VisitPage>
  )
}
