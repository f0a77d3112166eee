import { type Glance, glance, searchResidents } from '@lumbung/core/village'
import { BarChart, PopulationPyramid } from '../charts/index.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Card, Columns, EmptyState, type Html, Page, Table, Tiles, villageName } from '../ui/index.ts'

/** How long a public page may be behind what was changed meanwhile; who signs in always sees the latest. */
const publicPageMs = 10_000

interface KeptPage {
  readonly head: string
  readonly madeAt: number
  readonly html: string
}

/** The village at a glance: the first page, for anybody. */
export function homePages({ app, options }: PortalParts): void {
  const kept = new Map<string, KeptPage>()

  app.get('/', async (context) => {
    const visit = context.get('visit')
    if (visit.account !== undefined) return context.html(await homeFor(visit))
    const found = kept.get(visit.words.locale)
    const now = performance.now()
    if (found !== undefined && now - found.madeAt < publicPageMs) return context.html(found.html)
    const head = `${options.village.today()} ${await options.village.changes()}`
    const isCurrent = found !== undefined && found.head === head
    const html = isCurrent ? found.html : String(await homeFor(forEverybody(visit)))
    kept.set(visit.words.locale, { head, madeAt: now, html })
    return context.html(html)
  })
}

/** A kept page is shown to everybody, so nothing of one reader may stand in it: no form, no query of theirs. */
function forEverybody(visit: Visit): Visit {
  const { locale } = visit.translation
  return { ...visit, csrf: '', translation: { locale, href: `/?lang=${locale}` } }
}

async function homeFor(visit: Visit): Promise<Html> {
  const figures = await visit.session().perform(glance, {})
  return <HomePage visit={visit} figures={figures} />
}

function HomePage({ visit, figures }: { readonly visit: Visit; readonly figures: Glance }): Html {
  const { frame, words, translation } = visit
  const { residents, female, male, households, pyramid, hamlets, on } = figures
  const groups = pyramid.map(({ from, to, ...counts }) => ({
    label: to === undefined ? `${from}+` : `${from}–${to - 1}`,
    ...counts,
  }))
  const named = hamlets.map((hamlet) => ({ ...hamlet, name: hamlet.name ?? words.say('home.noHamlet') }))
  return (
    <Page
      frame={frame}
      title={villageName(frame.look, words)}
      lead={words.say('home.lead', { date: words.date(on) })}
      section="/"
      translation={translation}
    >
      {residents === 0 ? (
        <EmptyState icon="people" title={words.say('home.empty')}>
          <p>{words.say('home.emptyNext')}</p>
        </EmptyState>
      ) : (
        <>
          <Tiles
            tiles={[
              { value: words.number(residents), label: words.say('home.residents') },
              { value: words.number(households), label: words.say('home.households') },
              { value: words.number(female), label: words.say('home.female') },
              { value: words.number(male), label: words.say('home.male') },
            ]}
          />
          <Columns
            main={
              <Card>
                <PopulationPyramid words={words} title={words.say('home.pyramid')} groups={groups} />
              </Card>
            }
            aside={
              <Card title={words.say('home.hamlets')}>
                <BarChart
                  words={words}
                  title={words.say('home.residentsByHamlet')}
                  labelOfBars={words.say('home.hamlet')}
                  labelOfValues={words.say('home.residents')}
                  bars={named.map(({ name, residents: value }) => ({ label: name, value }))}
                />
                <Table
                  caption={words.say('home.hamlets')}
                  hideCaption
                  columns={[
                    {
                      label: words.say('home.hamlet'),
                      cell: ({ id, name }) =>
                        visit.may(searchResidents) && id !== null ? (
                          <a href={`/residents?hamlet=${id}`}>{name}</a>
                        ) : (
                          name
                        ),
                    },
                    {
                      label: words.say('home.residents'),
                      cell: (row) => words.number(row.residents),
                      isNumber: true,
                    },
                    {
                      label: words.say('home.households'),
                      cell: (row) => words.number(row.households),
                      isNumber: true,
                    },
                  ]}
                  rows={named}
                />
              </Card>
            }
          />
        </>
      )}
    </Page>
  )
}
