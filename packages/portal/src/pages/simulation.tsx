import { intervalContains, isLumbungError } from '@lumbung/core/kernel'
import { readProgramme, simulateProgramme, type VillageSimulation } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  ErrorSummary,
  type FieldError,
  type Html,
  PrintButton,
  Table,
  Tiles,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { type AskedDay, addressWith, askedDay, HiddenFields, OtherDay } from './asked-day.tsx'
import { askedFigures, type Figure, FigureField, figuresOf, figuresSent } from './figures.tsx'
import { sessionFor } from './purpose-for.ts'
import { HamletChart, Units } from './screened.tsx'
import type { Sent } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** What other figures of a programme would change. Nothing is stored. */
export function simulationPages({ app, options }: PortalParts): void {
  const { village } = options
  const { config, today } = village

  app.get('/screening/:id/simulation', async (context) => {
    const visit = context.get('visit')
    const { session } = sessionFor(visit, config, simulateProgramme)
    const { words } = visit
    const { programme } = await visit.session().perform(readProgramme, { id: context.req.param('id') })
    // Of a list several values may be ticked, each under the same name.
    const form: Sent = context.req.queries()
    const day = askedDay(form, today())
    const figures = figuresOf(village, programme.id, words, day.on)
    const { parameters, errors } = askedFigures(form, figures, words)
    const per = programme.versions.find((version) => intervalContains(version, day.on))?.benefit?.per
    const common = { visit, figures, form, day, id: programme.id, title: words.text(programme.title), per }
    if (day.isWrong) errors.push({ name: 'on', message: words.say('fault.dateWrong') })
    if (errors.length > 0) return context.html(<SimulationPage {...common} errors={errors} />, 422)
    try {
      const asked = { programme: programme.id, parameters, on: day.on }
      const result = await session.perform(simulateProgramme, asked)
      return context.html(<SimulationPage {...common} errors={[]} result={result} />)
    } catch (error) {
      if (!isLumbungError(error)) throw error
      if (error.code === 'eligibility/no-version-in-force') {
        return context.html(<SimulationPage {...common} errors={[]} />)
      }
      if (error.code !== 'eligibility/invalid-pack') throw error
      const wrong = figures.map(({ name }) => ({ name, message: words.say('screening.wrongValue') }))
      return context.html(<SimulationPage {...common} errors={wrong.slice(0, 1)} />, 422)
    }
  })
}

interface SimulationFormProps {
  readonly words: Words
  readonly figures: readonly Figure[]
  readonly id: string
  readonly form: Sent
  readonly errors: readonly FieldError[]
  /** The day of which the result speaks. */
  readonly day: AskedDay
}

/** The figures of a programme, to be tried with other values. */
export function SimulationForm({ words, figures, id, form, errors, day }: SimulationFormProps): Html {
  return (
    <Card title={words.say('screening.simulate')}>
      <p class="soft">{words.say('screening.simulateHint')}</p>
      <form class="form" method="get" action={`/screening/${id}/simulation`}>
        <HiddenFields query={{ ...day.query, [figuresSent]: '1' }} />
        {figures.map((figure) => (
          <FigureField {...{ words, figure, form, errors }} />
        ))}
        <Buttons>
          <Button>{words.say('screening.run')}</Button>
        </Buttons>
      </form>
    </Card>
  )
}

interface SimulationProps extends Omit<SimulationFormProps, 'words'> {
  readonly visit: Visit
  readonly title: string
  readonly per: 'month' | 'quarter' | 'year' | 'once' | undefined
  readonly result?: VillageSimulation
}

function SimulationPage(props: SimulationProps): Html {
  const { visit, id, title, figures, form, errors, result, per, day } = props
  const { words } = visit
  const date = words.date(day.on)
  return (
    <VisitPage
      visit={visit}
      title={words.say('screening.simulate')}
      lead={words.say('screening.simulateLead', { date })}
      section="/screening"
      above={[
        { href: addressWith('/screening', day.query), label: words.say('menu.screening') },
        { href: addressWith(`/screening/${id}`, day.query), label: title },
      ]}
    >
      <ErrorSummary words={words} errors={errors} />
      {result === undefined && errors.length === 0 && (
        <EmptyState icon="calendar" title={words.say('screening.closed', { date })} />
      )}
      {result !== undefined && <SimulationResult {...{ words, result, per, day }} />}
      {figures.length > 0 && <SimulationForm {...{ words, figures, id, form, errors, day }} />}
      <OtherDay words={words} action={`/screening/${id}/simulation`} day={day} />
      <PrintButton words={words} />
    </VisitPage>
  )
}

interface ResultProps {
  readonly words: Words
  readonly result: VillageSimulation
  readonly per: SimulationProps['per']
  readonly day: AskedDay
}

function SimulationResult({ words, result, per = 'year', day }: ResultProps): Html {
  const { before, after, hamlets, entering, leaving } = result
  const cost = (total: VillageSimulation['before']) =>
    [
      words.say(`per.${per}`, { total: words.money(BigInt(total.costMinor)) }),
      ...(total.costUnknown > 0 ? [words.say('screening.costUnknown', { count: total.costUnknown })] : []),
    ].join('; ')
  const rows = [
    { what: words.say('screening.eligible'), of: (side: typeof before) => words.number(side.eligible) },
    {
      what: words.say('screening.undetermined'),
      of: (side: typeof before) => words.number(side.undetermined),
    },
    { what: words.say('screening.cost'), of: cost },
  ]
  return (
    <>
      <Tiles
        tiles={[
          { value: words.number(entering.count), label: words.say('screening.entering') },
          { value: words.number(leaving.count), label: words.say('screening.leaving') },
        ]}
      />
      <Card title={words.say('screening.result')}>
        <Table
          caption={words.say('screening.result')}
          hideCaption
          columns={[
            { label: words.say('programme.state'), cell: ({ what }: (typeof rows)[number]) => what },
            { label: words.say('screening.before'), cell: ({ of }) => of(before), isNumber: true },
            { label: words.say('screening.after'), cell: ({ of }) => of(after), isNumber: true },
          ]}
          rows={rows}
        />
      </Card>
      {hamlets.length > 0 && (
        <Card>
          <HamletChart
            words={words}
            of="eligible"
            title={words.say('screening.afterByHamlet')}
            hamlets={hamlets.map(({ name, after: own }) => ({ name, ...own }))}
          />
        </Card>
      )}
      <Moved {...{ words, day }} title={words.say('screening.entering')} moved={entering} />
      <Moved {...{ words, day }} title={words.say('screening.leaving')} moved={leaving} />
    </>
  )
}

interface MovedProps {
  readonly words: Words
  readonly title: string
  readonly moved: VillageSimulation['entering']
  readonly day: AskedDay
}

function Moved({ words, title, moved, day }: MovedProps): Html | null {
  const { count, units } = moved
  if (count === 0) return null
  return (
    <Card title={title}>
      {count > units.length && (
        <p class="soft">{words.say('screening.first', { shown: words.number(units.length), count })}</p>
      )}
      <Units {...{ words, units, day }} isOfHouseholds={units.every(({ household }) => household !== null)} />
    </Card>
  )
}
