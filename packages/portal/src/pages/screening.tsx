import { programmeOn } from '@lumbung/core/eligibility'
import { intervalContains, isLumbungError } from '@lumbung/core/kernel'
import {
  type HamletOutcomes,
  type ListedUnit,
  listScreened,
  packOf,
  readProgramme,
  type ScreenedProgramme,
  screenVillage,
  simulateProgramme,
  type VillageScreening,
  type VillageSimulation,
} from '@lumbung/core/village'
import { BarChart } from '../charts/index.ts'
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
  NumberField,
  Page,
  Pagination,
  Table,
  Tiles,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { nameOf } from './people.tsx'
import { sessionFor } from './purpose-for.ts'
import { errorOf, type Sent, textOf } from './typed.ts'

/** A figure of a programme that a simulation can change. */
interface Figure {
  readonly name: string
  readonly label: string
  readonly value: number
  /** How many of the smallest unit make one. */
  readonly scale: number
}

/** Who is indicated as eligible over the whole village, by hamlet, and what other figures would change. */
export function screeningPages({ app, options }: PortalParts): void {
  const { config, today } = options.village

  /** The whole numbers by which a programme decides or gives today; money as people write it, without a fraction. */
  function figuresOf(id: string, words: Words): readonly Figure[] {
    const programme = packOf(config).programmes.get(id)
    const version = programme && programmeOn(programme, today())?.version
    const text = JSON.stringify([version?.criteria, version?.benefit])
    const isUsed = (name: string) => new RegExp(`parameters\\.${name}\\b`).test(text)
    const parameters = Object.entries(programme?.config.parameters ?? {}).filter(([name]) => isUsed(name))
    return parameters.flatMap(([name, { label, type, values }]) => {
      const value = values.find((dated) => intervalContains(dated, today()))?.value
      const scale = type.kind === 'money' ? 10 ** config.currencyScale : 1
      const isFigure = type.kind === 'int' || type.kind === 'money'
      if (!isFigure || typeof value !== 'number' || value % scale !== 0) return []
      return [{ name, label: words.text(label), value: value / scale, scale }]
    })
  }

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
    const figures = figuresOf(id, visit.words)
    const props = { visit, screening, list, figures, isFirst: after === undefined }
    if (programme === undefined) return context.notFound()
    return context.html(
      <ProgrammeScreeningPage {...props} programme={programme} purpose={visit.labelOfPurpose(purpose)} />,
    )
  })

  app.get('/screening/:id/simulation', async (context) => {
    const visit = context.get('visit')
    const { session } = sessionFor(visit, config, simulateProgramme)
    const { words } = visit
    const { programme } = await visit.session().perform(readProgramme, { id: context.req.param('id') })
    const form = context.req.query()
    const figures = figuresOf(programme.id, words)
    const { parameters, errors } = askedFigures(form, figures, words)
    const per = programme.versions.find((version) => intervalContains(version, today()))?.benefit?.per
    const common = { visit, figures, form, id: programme.id, title: words.text(programme.title), per }
    if (errors.length > 0) return context.html(<SimulationPage {...common} errors={errors} />, 422)
    try {
      const result = await session.perform(simulateProgramme, { programme: programme.id, parameters })
      return context.html(<SimulationPage {...common} errors={[]} result={result} />)
    } catch (error) {
      if (!isLumbungError(error) || error.code !== 'eligibility/invalid-pack') throw error
      const wrong = figures.map(({ name }) => ({ name, message: words.say('screening.wrong') }))
      return context.html(<SimulationPage {...common} errors={wrong.slice(0, 1)} />, 422)
    }
  })
}

function askedFigures(form: Sent, figures: readonly Figure[], words: Words) {
  const parameters: Record<string, number> = {}
  const errors: FieldError[] = []
  for (const { name, value, scale } of figures) {
    const typed = textOf(form, name).replaceAll(/[\s.,]/g, '')
    const number = typed === '' ? value : Number(typed)
    if (!Number.isSafeInteger(number) || number < 0)
      errors.push({ name, message: words.say('screening.wrong') })
    else if (number !== value) parameters[name] = number * scale
  }
  return { parameters, errors }
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

interface ChartProps {
  readonly words: Words
  readonly title: string
  readonly hamlets: readonly Pick<HamletOutcomes, 'name' | 'eligible' | 'undetermined'>[]
  readonly of: 'eligible' | 'undetermined'
  readonly source?: string
}

function HamletChart({ words, title, hamlets, of, source }: ChartProps): Html {
  return (
    <BarChart
      words={words}
      title={title}
      labelOfBars={words.say('screening.hamlet')}
      labelOfValues={words.say(`screening.${of}`)}
      {...(source === undefined ? {} : { source })}
      bars={hamlets.map((hamlet) => ({
        label: hamlet.name ?? words.say('home.noHamlet'),
        value: hamlet[of],
      }))}
    />
  )
}

interface UnitsProps {
  readonly words: Words
  readonly units: readonly ListedUnit[]
  readonly isOfHouseholds: boolean
}

function Units({ words, units, isOfHouseholds }: UnitsProps): Html {
  const name = words.say(isOfHouseholds ? 'screening.head' : 'screening.person')
  return (
    <Table
      caption={words.say('screening.list')}
      hideCaption
      columns={[
        {
          label: name,
          cell: ({ household, resident }: ListedUnit) => (
            <a
              href={household === null ? `/residents/${resident.id}` : `/households/${household}/programmes`}
            >
              {nameOf(resident, words)}
            </a>
          ),
        },
        {
          label: words.say('screening.hamlet'),
          cell: ({ resident }) => resident.hamlet ?? words.say('home.noHamlet'),
        },
      ]}
      rows={units}
    />
  )
}

interface SimulationFormProps {
  readonly words: Words
  readonly figures: readonly Figure[]
  readonly id: string
  readonly form: Sent
  readonly errors: readonly FieldError[]
}

function SimulationForm({ words, figures, id, form, errors }: SimulationFormProps): Html {
  return (
    <Card title={words.say('screening.simulate')}>
      <p class="soft">{words.say('screening.simulateHint')}</p>
      <form class="form" method="get" action={`/screening/${id}/simulation`}>
        {figures.map(({ name, label, value }) => (
          <NumberField
            words={words}
            name={name}
            label={label}
            value={textOf(form, name) || words.number(value)}
            {...errorOf(errors, name)}
          />
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

function SimulationPage({ visit, id, title, figures, form, errors, result, per }: SimulationProps): Html {
  const { frame, words, translation } = visit
  return (
    <Page
      frame={frame}
      title={words.say('screening.simulate')}
      section="/screening"
      above={[
        { href: '/screening', label: words.say('menu.screening') },
        { href: `/screening/${id}`, label: title },
      ]}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      {result !== undefined && <SimulationResult {...{ words, result, per }} />}
      <SimulationForm {...{ words, figures, id, form, errors }} />
    </Page>
  )
}

interface ResultProps {
  readonly words: Words
  readonly result: VillageSimulation
  readonly per: SimulationProps['per']
}

function SimulationResult({ words, result, per = 'year' }: ResultProps): Html {
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
      <Moved {...{ words }} title={words.say('screening.entering')} moved={entering} />
      <Moved {...{ words }} title={words.say('screening.leaving')} moved={leaving} />
    </>
  )
}

interface MovedProps {
  readonly words: Words
  readonly title: string
  readonly moved: VillageSimulation['entering']
}

function Moved({ words, title, moved }: MovedProps): Html | null {
  const { count, units } = moved
  if (count === 0) return null
  return (
    <Card title={title}>
      {count > units.length && (
        <p class="soft">{words.say('screening.first', { shown: words.number(units.length), count })}</p>
      )}
      <Units
        words={words}
        units={units}
        isOfHouseholds={units.every(({ household }) => household !== null)}
      />
    </Card>
  )
}
