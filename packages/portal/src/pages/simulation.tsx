import { packOf, programmeOn } from '@lumbung/core/eligibility'
import { intervalContains, isLumbungError } from '@lumbung/core/kernel'
import { readProgramme, simulateProgramme, type Village, type VillageSimulation } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  ErrorSummary,
  type FieldError,
  type Html,
  NumberField,
  Page,
  Table,
  Tiles,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { sessionFor } from './purpose-for.ts'
import { HamletChart, Units } from './screened.tsx'
import { errorOf, type Sent, textOf } from './typed.ts'

/** A figure of a programme that a simulation can change. */
export interface Figure {
  readonly name: string
  readonly label: string
  readonly value: number
  /** How many of the smallest unit make one. */
  readonly scale: number
}

/** What other figures of a programme would change. Nothing is stored. */
export function simulationPages({ app, options }: PortalParts): void {
  const { village } = options
  const { config, today } = village

  app.get('/screening/:id/simulation', async (context) => {
    const visit = context.get('visit')
    const { session } = sessionFor(visit, config, simulateProgramme)
    const { words } = visit
    const { programme } = await visit.session().perform(readProgramme, { id: context.req.param('id') })
    const form = context.req.query()
    const figures = figuresOf(village, programme.id, words)
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

/** The whole numbers by which a programme decides or gives today; money as people write it, without a fraction. */
export function figuresOf({ config, today }: Village, id: string, words: Words): readonly Figure[] {
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

interface SimulationFormProps {
  readonly words: Words
  readonly figures: readonly Figure[]
  readonly id: string
  readonly form: Sent
  readonly errors: readonly FieldError[]
}

export function SimulationForm({ words, figures, id, form, errors }: SimulationFormProps): Html {
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
