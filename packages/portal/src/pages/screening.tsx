import {
  type ListedUnit,
  listScreened,
  type ScreenedProgramme,
  screenVillage,
  type VillageScreening,
} from '@lumbung/core/village'
import { BarChart } from '../charts/index.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Card, EmptyState, type Html, Page, Pagination, Table, Tiles } from '../ui/index.ts'
import { sessionFor } from './purpose-for.ts'
import { HamletChart, Units } from './screened.tsx'
import { type Figure, figuresOf, SimulationForm, simulationPages } from './simulation.tsx'

/** Who is indicated as eligible over the whole village, by hamlet, and what other figures would change. */
export function screeningPages(parts: PortalParts): void {
  const { app, options } = parts
  const { config } = options.village

  app.get('/screening', async (context) => {
    const visit = context.get('visit')
    const { session } = sessionFor(visit, config, screenVillage)
    const screening = await session.perform(screenVillage, {})
    return context.html(<ScreeningPage visit={visit} screening={screening} />)
  })

  app.get('/screening/:id', async (context) => {
    const visit = context.get('visit')
    const { session, purpose } = sessionFor(visit, config, screenVillage)
    const id = context.req.param('id')
    const screening = await session.perform(screenVillage, { programmes: [id] })
    const [programme] = screening.programmes
    const after = context.req.query('after')
    const list = await session.perform(listScreened, {
      programme: id,
      ...(after === undefined ? {} : { after }),
    })
    const figures = figuresOf(options.village, id, visit.words)
    const props = { visit, screening, list, figures, isFirst: after === undefined }
    if (programme === undefined) return context.notFound()
    return context.html(
      <ProgrammeScreeningPage {...props} programme={programme} purpose={visit.labelOfPurpose(purpose)} />,
    )
  })

  simulationPages(parts)
}

interface ScreeningProps {
  readonly visit: Visit
  readonly screening: VillageScreening
  readonly purpose: string
}

function ScreeningPage({ visit, screening }: Omit<ScreeningProps, 'purpose'>): Html {
  const { frame, words, translation } = visit
  const { programmes, on } = screening
  const inForce = programmes.filter(({ isInForce }) => isInForce)
  const count = (of: keyof ScreenedProgramme['total']) => ({
    label: words.say(`screening.${of}`),
    cell: ({ total, isInForce }: ScreenedProgramme) => (isInForce ? words.number(total[of]) : '–'),
    isNumber: true,
  })
  return (
    <Page
      frame={frame}
      title={words.say('screening.title')}
      lead={words.say('screening.lead', { date: words.date(on) })}
      section="/screening"
      translation={translation}
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
                  <a href={`/screening/${id}`}>{words.text(title)}</a>
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
        </>
      )}
    </Page>
  )
}

interface ProgrammeScreeningProps extends ScreeningProps {
  readonly programme: ScreenedProgramme
  readonly list: { readonly units: readonly ListedUnit[]; readonly count: number; readonly next?: string }
  readonly figures: readonly Figure[]
  readonly isFirst: boolean
}

function ProgrammeScreeningPage(props: ProgrammeScreeningProps): Html {
  const { visit, screening, programme, list, figures, isFirst, purpose } = props
  const { frame, words, translation } = visit
  const { id, title, total, hamlets, isInForce } = programme
  const source = words.say('screening.source', { date: words.date(screening.on) })
  return (
    <Page
      frame={frame}
      title={words.text(title)}
      lead={words.say('screening.lead', { date: words.date(screening.on) })}
      section="/screening"
      above={[{ href: '/screening', label: words.say('menu.screening') }]}
      translation={translation}
    >
      {!isInForce ? (
        <EmptyState icon="calendar" title={words.say('programme.closed')}>
          <p>
            <a href={`/programmes/${id}`}>{words.say('programme.history')}</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <Tiles
            tiles={(['eligible', 'undetermined', 'ineligible'] as const).map((of) => ({
              value: words.number(total[of]),
              label: words.say(`screening.${of}`),
            }))}
          />
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
          {figures.length > 0 && <SimulationForm {...{ words, figures, id }} form={{}} errors={[]} />}
          <Card title={words.say('screening.list')}>
            {list.count === 0 ? (
              <EmptyState icon="people" title={words.say('screening.listNone')}>
                <p>{words.say('screening.listNoneNext')}</p>
              </EmptyState>
            ) : (
              <>
                <Units {...{ words }} units={list.units} isOfHouseholds={programme.unit === 'household'} />
                <Pagination
                  words={words}
                  count={list.count}
                  {...(isFirst ? {} : { first: `/screening/${id}` })}
                  {...(list.next === undefined ? {} : { next: `/screening/${id}?after=${list.next}` })}
                />
              </>
            )}
          </Card>
        </>
      )}
      <p class="soft">{words.say('counter.purpose', { purpose })}</p>
    </Page>
  )
}
