import {
  type CaseworkCounts,
  countCasework,
  type Glance,
  glance,
  searchResidents,
} from '@lumbung/core/village'
import { BarChart, PopulationPyramid } from '../charts/index.ts'
import { keep } from '../server/keep.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Card, Columns, EmptyState, type Html, Table, TaskList, Tiles, villageName } from '../ui/index.ts'
import type { Locale } from '../words/index.ts'
import { waitingIn } from './casework/desk.tsx'
import { caseSession, deskAddress } from './casework/parts.tsx'
import { hasDesk } from './casework/requires.ts'
import { VisitPage } from './visit-page.tsx'

/** How old the public page may be before anybody looks whether something changed; who signs in always sees the latest. */
const freshMs = 10_000
/** How old it may be shown while the next one is being made, which takes seconds for many people. */
const shownMsMax = 60_000

/** The village in figures, and the page of them in each language that was asked for. */
interface KeptPages {
  readonly figures: Glance
  readonly pages: Map<Locale, string>
}

/** The village at a glance: the first page, for anybody. */
export function homePages(parts: PortalParts): void {
  const { app, options } = parts
  const { village } = options
  const kept = keep<KeptPages>({
    headOf: async () => `${village.today()} ${await village.changes()}`,
    freshMs,
    shownMsMax,
  })

  app.get('/', async (context) => {
    const visit = context.get('visit')
    const figuresOf = () => visit.session().perform(glance, {})
    if (visit.account !== undefined) {
      const counts =
        hasDesk(visit) && visit.may(countCasework) && village.config.packs.length > 0
          ? await caseSession(parts, visit, countCasework).perform(countCasework, {})
          : []
      return context.html(<HomePage visit={visit} figures={await figuresOf()} counts={counts} />)
    }
    const { figures, pages } = await kept(async () => ({ figures: await figuresOf(), pages: new Map() }))
    const { locale } = visit.words
    const html =
      pages.get(locale) ?? String(<HomePage visit={forEverybody(visit)} figures={figures} counts={[]} />)
    pages.set(locale, html)
    return context.html(html)
  })
}

/** A kept page is shown to everybody, so nothing of one reader may stand in it: no form, no query of theirs. */
function forEverybody(visit: Visit): Visit {
  const { locale } = visit.translation
  return { ...visit, csrf: '', translation: { locale, href: `/?lang=${locale}` } }
}

interface HomeProps {
  readonly visit: Visit
  readonly figures: Glance
  /** What waits in each programme, for whoever has a part in it. */
  readonly counts: readonly CaseworkCounts[]
}

function HomePage({ visit, figures, counts }: HomeProps): Html {
  const { frame, words } = visit
  const { residents, female, male, households, pyramid, hamlets, on } = figures
  const groups = pyramid.map(({ from, to, ...counts }) => ({
    label: to === undefined ? `${from}+` : `${from}–${to - 1}`,
    ...counts,
  }))
  const named = hamlets.map((hamlet) => ({ ...hamlet, name: hamlet.name ?? words.say('home.noHamlet') }))
  return (
    <VisitPage
      visit={visit}
      title={villageName(frame.look, words)}
      lead={words.say('home.lead', { date: words.date(on) })}
      section="/"
    >
      <WaitingCases visit={visit} counts={counts} />
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
    </VisitPage>
  )
}

/** In which programmes something waits for somebody, and the way to the desk of each. */
function WaitingCases({ visit, counts }: Pick<HomeProps, 'visit' | 'counts'>): Html | null {
  const { words } = visit
  const waiting = counts.filter((one) => waitingIn(one) > 0)
  if (waiting.length === 0) return null
  return (
    <Card title={words.say('case.waits')}>
      <TaskList
        tasks={waiting.map((one) => ({
          href: deskAddress(one.programme),
          label: words.text(one.title),
          mark: { is: 'waiting', text: words.say('case.waiting', { count: waitingIn(one) }) },
        }))}
      />
    </Card>
  )
}
