import { BenefitCorrection } from '@lumbung/core/casework'
import {
  type CorrectionView,
  findBenefitCorrections,
  listBenefitCorrections,
  settleBenefitCorrection,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import {
  Button,
  Buttons,
  EmptyState,
  type Html,
  Pagination,
  SearchForm,
  SelectField,
  Table,
} from '../../ui/index.ts'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { differenceText } from './case-tables.tsx'
import {
  aboveDesk,
  amountText,
  CaseState,
  caseSession,
  DoneNotice,
  programmeIn,
  stateText,
  whoText,
} from './parts.tsx'
import { requireDesk } from './requires.ts'
import { led, type StepPage, stepPage } from './step-page.tsx'

const states = BenefitCorrection.shape.state

/** What was over- or underpaid for a time that is past. */
export function correctionPages(parts: PortalParts): void {
  const { app } = parts

  app.get('/programmes/:id/corrections', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const asked = states.safeParse(context.req.query('state'))
    const state = asked.success ? asked.data : 'open'
    const after = context.req.query('after')
    const page = await caseSession(parts, visit, listBenefitCorrections).perform(listBenefitCorrections, {
      programme: programme.id,
      state,
      limit: 25,
      ...(after && { after }),
    })
    const done = context.req.query('done')
    return context.html(<CorrectionsPage {...{ visit, programme, page, state, done }} isFirst={!after} />)
  })

  stepPage(parts, '/programmes/:id/corrections/find', findBenefitCorrections, async (context, visit) => {
    const { words } = visit
    const programme = programmeIn(parts, context.req.param('id') ?? '')
    const back = `/programmes/${programme.id}/corrections`
    return {
      title: words.say('case.findTitle'),
      lead: words.say('case.findLead'),
      above: aboveDesk(visit, programme, { href: back, label: words.say('case.corrections') }),
      button: words.say('case.findDo'),
      next: words.say('case.findNext'),
      back,
      perform: () =>
        led(
          caseSession(parts, visit, findBenefitCorrections).perform(findBenefitCorrections, {
            programme: programme.id,
          }),
          ({ raised }) => `${back}?done=${raised > 0 ? 'found' : 'foundNothing'}`,
        ),
    }
  })

  for (const action of ['settle', 'waive'] as const) {
    stepPage(
      parts,
      `/programmes/:id/corrections/:correction/${action}`,
      settleBenefitCorrection,
      async (context, visit): Promise<StepPage> => {
        const { words } = visit
        const { id = '', correction: one = '' } = context.req.param()
        const programme = programmeIn(parts, id)
        const { corrections } = await caseSession(parts, visit, listBenefitCorrections).perform(
          listBenefitCorrections,
          { id: idFrom(BenefitCorrection.shape.id, one), programme: id },
        )
        const [correction] = corrections
        if (correction === undefined) throw new HTTPException(404)
        const back = `/programmes/${id}/corrections`
        return {
          title: words.say(`case.${action}CorrectionTitle`, {
            name: whoText(correction.who, words),
            difference: differenceText(correction.differenceMinor, words),
          }),
          above: aboveDesk(visit, programme, { href: back, label: words.say('case.corrections') }),
          warning: { title: words.say('case.noWayBack'), text: words.say(`case.${action}CorrectionText`) },
          fields:
            action === 'waive'
              ? [{ kind: 'long-text', name: 'reason', label: words.say('case.reason') }]
              : [],
          button: words.say(`case.${action}Correction`),
          ...(action === 'waive' && { isLoss: true }),
          back,
          perform: ({ reason }) =>
            led(
              caseSession(parts, visit, settleBenefitCorrection).perform(settleBenefitCorrection, {
                correction: correction.id,
                action,
                ...(reason && { reason }),
              }),
              () => `${back}?done=correction`,
            ),
        }
      },
    )
  }
}

interface CorrectionsProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly page: { readonly corrections: readonly CorrectionView[]; readonly next?: string }
  readonly state: string
  readonly isFirst: boolean
  readonly done: string | undefined
}

function CorrectionsPage({ visit, programme, page, state, isFirst, done }: CorrectionsProps): Html {
  const { words } = visit
  const at = `/programmes/${programme.id}/corrections`
  const mayCorrect = visit.may(settleBenefitCorrection)
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.corrections')}
      lead={words.say('case.correctionsLead')}
      section="/cases"
      above={aboveDesk(visit, programme)}
    >
      <DoneNotice words={words} done={done} />
      {mayCorrect && (
        <Buttons>
          <Button href={`${at}/find`} icon="search">
            {words.say('case.findDo')}
          </Button>
        </Buttons>
      )}
      <SearchForm words={words} action={at} label={words.say('case.filterUnits')}>
        <SelectField
          words={words}
          name="state"
          label={words.say('case.state')}
          options={states.options.map((value) => ({ value, label: stateText(value, words) }))}
          value={state}
        />
      </SearchForm>
      {page.corrections.length === 0 ? (
        <EmptyState icon="coins" title={words.say('case.noCorrections')}>
          <p>{words.say('case.noCorrectionsNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.corrections')}
          hideCaption
          columns={[
            { label: words.say('case.who'), cell: ({ who }: CorrectionView) => whoText(who, words) },
            {
              label: words.say('case.paid'),
              cell: (one) => amountText(one.paidMinor, words),
              isNumber: true,
            },
            { label: words.say('case.due'), cell: (one) => amountText(one.dueMinor, words), isNumber: true },
            {
              label: words.say('case.difference'),
              cell: ({ differenceMinor }) => differenceText(differenceMinor, words),
            },
            {
              label: words.say('case.decision'),
              cell: ({ decision }) => <a href={`/decisions/${decision}`}>{words.say('case.why')}</a>,
            },
            { label: words.say('case.state'), cell: ({ state: is }) => <CaseState words={words} is={is} /> },
            ...(mayCorrect && state === 'open'
              ? [
                  {
                    label: '',
                    cell: ({ id, who }: CorrectionView) => (
                      <Buttons>
                        {(['settle', 'waive'] as const).map((action) => (
                          <a href={`${at}/${id}/${action}`}>
                            {words.say(`case.${action}Correction`)}
                            <span class="hidden">: {whoText(who, words)}</span>
                          </a>
                        ))}
                      </Buttons>
                    ),
                  },
                ]
              : []),
          ]}
          rows={page.corrections}
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
