import type { Outcome } from '@lumbung/core/eligibility'
import {
  listScreened,
  type ScreenedList,
  type ScreenedProgramme,
  screenVillage,
  type VillageScreening,
} from '@lumbung/core/village'
import { BarChart } from '../charts/index.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  type Html,
  Notice,
  Pagination,
  PrintButton,
  Table,
  Tiles,
} from '../ui/index.ts'
import { type AskedDay, addressWith, askedDay, OtherDay } from './asked-day.tsx'
import { type Figure, figuresOf } from './figures.tsx'
import { sessionFor } from './purpose-for.ts'
import { rankingPages } from './ranking.tsx'
import { CsvLink, HamletChart, Units } from './screened.tsx'
import { csvHeaders, csvOfScreened, listMax } from './screened-csv.ts'
import { SimulationForm, simulationPages } from './simulation.tsx'
import { type Sent, textOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Who is indicated as eligible over the whole village, by hamlet, and what other figures would change. */
export function screeningPages(parts: PortalParts): void {
  const { app, options } = parts
  const { config, today } = options.village

  app.get('/screening', async (context) => {
    const visit = context.get('visit')
    const day = askedDay(context.req.query(), today())
    const { session } = sessionFor(visit, config, screenVillage)
    const screening = await session.perform(screenVillage, { on: day.on })
    return context.html(<ScreeningPage {...{ visit, screening, day }} />, day.isWrong ? 422 : 200)
  })

  app.get('/screening/:id', async (context) => {
    const visit = context.get('visit')
    const page = await programmePage(visit, context.req.param('id'), context.req.query())
    return page === undefined ? context.notFound() : context.html(page.html, page.isWrong ? 422 : 200)
  })

  app.get('/screening/:id/list.csv', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const programme = context.req.param('id')
    const query = context.req.query()
    const { on } = askedDay(query, today())
    const outcome = askedOutcome(query)
    const { session } = sessionFor(visit, config, listScreened)
    const list = await session.perform(listScreened, { programme, on, outcome, limit: listMax })
    if (list.next !== undefined) {
      const page = await programmePage(visit, programme, query, true)
      return page === undefined ? context.notFound() : context.html(page.html, 422)
    }
    const name = `${config.id}-${programme}-${outcome}-${list.on}.csv`
    return context.body(csvOfScreened(list.units, outcome, words), 200, csvHeaders(name))
  })

  async function programmePage(visit: Visit, id: string, query: Sent, isTooLong = false) {
    const day = askedDay(query, today())
    const { session, purpose } = sessionFor(visit, config, screenVillage)
    const screening = await session.perform(screenVillage, { programmes: [id], on: day.on })
    const [programme] = screening.programmes
    if (programme === undefined) return undefined
    const outcome = askedOutcome(query)
    const after = textOf(query, 'after')
    const asked = { programme: id, on: day.on, outcome, ...(after === '' ? {} : { after }) }
    const list = await session.perform(listScreened, asked)
    const figures = figuresOf(options.village, id, visit.words, day.on)
    const html = (
      <ProgrammeScreeningPage
        {...{ visit, screening, programme, list, figures, day, outcome, isTooLong }}
        isFirst={after === ''}
        purpose={visit.labelOfPurpose(purpose)}
      />
    )
    return { html, isWrong: day.isWrong }
  }

  rankingPages(parts)
  simulationPages(parts)
}

function askedOutcome(query: Sent): Outcome {
  const asked = textOf(query, 'outcome')
  return outcomes.find((outcome) => outcome === asked) ?? 'eligible'
}

const outcomes = ['eligible', 'undetermined', 'ineligible'] as const

interface ScreeningProps {
  readonly visit: Visit
  readonly screening: VillageScreening
  readonly day: AskedDay
  readonly purpose: string
}

function ScreeningPage({ visit, screening, day }: Omit<ScreeningProps, 'purpose'>): Html {
  const { words } = visit
  const { programmes, on } = screening
  const inForce = programmes.filter(({ isInForce }) => isInForce)
  const count = (of: keyof ScreenedProgramme['total']) => ({
    label: words.say(`screening.${of}`),
    cell: ({ total, isInForce }: ScreenedProgramme) => (isInForce ? words.number(total[of]) : '–'),
    isNumber: true,
  })
  return (
    <VisitPage
      visit={visit}
      title={words.say('screening.title')}
      lead={words.say('screening.lead', { date: words.date(on) })}
      section="/screening"
    >
      {programmes.length === 0 ? (
        <EmptyState icon="gift" title={words.say('programme.noneYet')}>
          <p>{words.say('programme.noneYetNext')}</p>
        </EmptyState>
      ) : (
        <>
          {inForce.length > 0 && (
            <Card>
              <BarChart
                words={words}
                title={words.say('screening.eligible')}
                labelOfBars={words.say('programme.which')}
                labelOfValues={words.say('screening.eligible')}
                source={words.say('screening.source', { date: words.date(on) })}
                bars={inForce.map(({ title, total }) => ({
                  label: words.text(title),
                  value: total.eligible,
                }))}
              />
            </Card>
          )}
          <Table
            caption={words.say('menu.programmes')}
            hideCaption
            columns={[
              {
                label: words.say('programme.which'),
                cell: ({ id, title }: ScreenedProgramme) => (
                  <a href={addressWith(`/screening/${id}`, day.query)}>{words.text(title)}</a>
                ),
              },
              {
                label: words.say('programme.for'),
                cell: ({ unit }) => words.say(`programme.${unit}`),
              },
              count('eligible'),
              count('undetermined'),
              count('ineligible'),
            ]}
            rows={programmes}
          />
          <OtherDay words={words} action="/screening" day={day} />
          <PrintButton words={words} />
        </>
      )}
    </VisitPage>
  )
}

interface ProgrammeScreeningProps extends ScreeningProps {
  readonly programme: ScreenedProgramme
  readonly list: ScreenedList
  readonly figures: readonly Figure[]
  readonly outcome: Outcome
  readonly isFirst: boolean
  readonly isTooLong: boolean
}

function ProgrammeScreeningPage(props: ProgrammeScreeningProps): Html {
  const { visit, screening, programme, figures, purpose, day, isTooLong } = props
  const { words } = visit
  const { id, title, total, hamlets, isInForce, onNoCard } = programme
  const source = words.say('screening.source', { date: words.date(screening.on) })
  return (
    <VisitPage
      visit={visit}
      title={words.text(title)}
      lead={words.say('screening.lead', { date: words.date(screening.on) })}
      section="/screening"
      above={[{ href: addressWith('/screening', day.query), label: words.say('menu.screening') }]}
    >
      {isTooLong && (
        <Notice is="bad" title={words.say('list.tooLong')}>
          <p>{words.say('screening.tooLongNext')}</p>
        </Notice>
      )}
      {!isInForce ? (
        <EmptyState icon="calendar" title={words.say('screening.closed', { date: words.date(screening.on) })}>
          <p>
            <a href={`/programmes/${id}`}>{words.say('programme.history')}</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <Tiles
            tiles={outcomes.map((of) => ({
              value: words.number(total[of]),
              label: words.say(`screening.${of}`),
            }))}
          />
          {onNoCard > 0 && <p>{words.say('screening.onNoCard', { count: onNoCard })}</p>}
          <Buttons>
            <Button kind="second" href={addressWith(`/screening/${id}/ranking`, day.query)}>
              {words.say('ranking.open')}
            </Button>
          </Buttons>
          <Card>
            <HamletChart
              {...{ words, hamlets, source }}
              of="eligible"
              title={words.say('screening.byHamlet')}
            />
          </Card>
          {total.undetermined > 0 && (
            <Card>
              <HamletChart
                {...{ words, hamlets, source }}
                of="undetermined"
                title={words.say('screening.unknownByHamlet')}
              />
            </Card>
          )}
          {figures.length > 0 && <SimulationForm {...{ words, figures, id, day }} form={{}} errors={[]} />}
          <ListCard {...props} />
        </>
      )}
      <OtherDay words={words} action={`/screening/${id}`} day={day} />
      <p class="soft">{words.say('counter.purpose', { purpose })}</p>
    </VisitPage>
  )
}

/** Those with one outcome, to look through, to take along, or to complete what is not known of them. */
function ListCard({ visit, programme, list, outcome, isFirst, day }: ProgrammeScreeningProps): Html {
  const { words } = visit
  const path = `/screening/${programme.id}`
  const asked = { ...day.query, outcome: outcome === 'eligible' ? undefined : outcome }
  const others = outcomes.filter((other) => other !== outcome)
  return (
    <Card title={words.say(`screening.list.${outcome}`)}>
      {list.count === 0 ? (
        <EmptyState icon="people" title={words.say('screening.listNone')}>
          <p>{words.say('screening.listNoneNext')}</p>
        </EmptyState>
      ) : (
        <>
          <Units {...{ words, day }} units={list.units} isOfHouseholds={programme.unit === 'household'} />
          <Pagination
            words={words}
            count={list.count}
            {...(isFirst ? {} : { first: addressWith(path, asked) })}
            {...(list.next === undefined ? {} : { next: addressWith(path, { ...asked, after: list.next }) })}
          />
          <Buttons>
            <CsvLink words={words} href={addressWith(`${path}/list.csv`, asked)} />
          </Buttons>
          <p class="hint noprint">{words.say('list.logged')}</p>
        </>
      )}
      <p class="noprint">
        {words.say('screening.otherLists')}{' '}
        {others.map((other, index) => (
          <>
            {index > 0 && ' · '}
            <a href={addressWith(path, { ...day.query, outcome: other === 'eligible' ? undefined : other })}>
              {words.say(`screening.${other}`)} ({words.number(programme.total[other])})
            </a>
          </>
        ))}
      </p>
    </Card>
  )
}
