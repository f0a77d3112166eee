import { listProgrammes, type ProgrammeSummary, readProgramme } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { EmptyState, type Html, Table } from '../ui/index.ts'
import { eligibilityTexts } from './eligibility-texts.ts'
import { InForce, ProgrammePage } from './programme-page.tsx'
import { VisitPage } from './visit-page.tsx'

/** The assistance programmes and each one's rule, law and history, for anybody. */
export function programmePages({ app, options }: PortalParts): void {
  const { config } = options.village

  app.get('/programmes', async (context) => {
    const visit = context.get('visit')
    const programmes = await visit.session().perform(listProgrammes, {})
    return context.html(<ProgrammesPage visit={visit} programmes={programmes} />)
  })

  app.get('/programmes/:id', async (context) => {
    const visit = context.get('visit')
    const view = await visit.session().perform(readProgramme, { id: context.req.param('id') })
    return context.html(
      <ProgrammePage visit={visit} view={view} texts={eligibilityTexts(visit.words, config)} />,
    )
  })
}

interface ListProps {
  readonly visit: Visit
  readonly programmes: readonly ProgrammeSummary[]
}

function ProgrammesPage({ visit, programmes }: ListProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('menu.programmes')}
      lead={words.say('programme.lead')}
      section="/programmes"
    >
      {programmes.length === 0 ? (
        <EmptyState icon="gift" title={words.say('programme.noneYet')}>
          <p>{words.say('programme.noneYetNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('menu.programmes')}
          hideCaption
          columns={[
            {
              label: words.say('programme.which'),
              cell: ({ id, title, purpose }: ProgrammeSummary) => (
                <>
                  <a href={`/programmes/${id}`}>{words.text(title)}</a>
                  <br />
                  <small class="soft">{words.text(purpose)}</small>
                </>
              ),
            },
            { label: words.say('programme.for'), cell: ({ unit }) => words.say(`programme.${unit}`) },
            {
              label: words.say('programme.state'),
              cell: ({ isInForce }) => <InForce words={words} is={isInForce} />,
            },
          ]}
          rows={programmes}
        />
      )}
    </VisitPage>
  )
}
