import { CivilDate, Instant } from '@lumbung/core/kernel'
import { type JobView, listJobs } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { EmptyState, type Html, StatusMark, Table } from '../ui/index.ts'
import { VisitPage } from './visit-page.tsx'

/** What the village does by itself. */
export function jobPages({ app }: PortalParts): void {
  app.get('/jobs', async (context) => {
    const visit = context.get('visit')
    const jobs = await visit.session().perform(listJobs, {})
    return context.html(<JobsPage visit={visit} jobs={jobs} />)
  })
}

function JobsPage({ visit, jobs }: { readonly visit: Visit; readonly jobs: readonly JobView[] }): Html {
  const { words } = visit
  const runs = jobs.flatMap(({ name, runs: all }) => all.map((run) => ({ name, ...run })))
  return (
    <VisitPage visit={visit} title={words.say('jobs.title')} lead={words.say('jobs.lead')} section="/jobs">
      {runs.length === 0 ? (
        <EmptyState icon="clock" title={words.say('jobs.none')}>
          <p>{words.say('jobs.noneNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('jobs.title')}
          hideCaption
          columns={[
            { label: words.say('jobs.name'), cell: ({ name }) => jobText(name, words) },
            { label: words.say('jobs.on'), cell: ({ on }) => words.date(CivilDate.parse(on)) },
            {
              label: words.say('jobs.started'),
              cell: ({ startedAt }) => words.instant(Instant.parse(startedAt), visit.timeZone),
            },
            {
              label: words.say('jobs.outcome'),
              cell: ({ outcome }) => (
                <StatusMark is={outcome === 'done' ? 'good' : 'bad'}>
                  {words.say(`jobs.${outcome}`)}
                </StatusMark>
              ),
            },
            {
              label: words.say('jobs.result'),
              cell: ({ result }) =>
                Object.entries(result)
                  .map(([what, value]) => `${what}: ${value}`)
                  .join(', '),
            },
          ]}
          rows={runs}
        />
      )}
    </VisitPage>
  )
}

function jobText(name: string, words: Visit['words']): string {
  if (name === 'portal-clean-up') return words.say('jobs.cleanUp')
  if (name === 'casework-appeals') return words.say('jobs.appeals')
  if (name === 'casework-recheck') return words.say('jobs.recheck')
  return name === 'snapshot-turn' ? words.say('jobs.snapshotTurn') : name
}
