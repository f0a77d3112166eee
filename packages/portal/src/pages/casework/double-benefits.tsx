import { packOf } from '@lumbung/core/casework'
import { type DoubleBenefitView, listDoubleBenefits } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import { EmptyState, PrintButton, Table } from '../../ui/index.ts'
import { eligibilityTexts } from '../eligibility-texts.ts'
import { VisitPage } from '../visit-page.tsx'
import { caseSession, hamletText, whoText } from './parts.tsx'
import { requireDesk } from './requires.ts'

/** Who takes part in programmes that the law does not allow together. */
export function doubleBenefitPages(parts: PortalParts): void {
  const { app, options } = parts
  const { config } = options.village

  app.get('/double-benefits', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const { words } = visit
    const pack = packOf(config)
    const texts = eligibilityTexts(words, config)
    const { on, count, doubles } = await caseSession(parts, visit, listDoubleBenefits).perform(
      listDoubleBenefits,
      {},
    )
    const titleOf = (programme: string) => {
      const known = pack.programmes.get(programme)
      return known === undefined ? programme : words.text(known.config.title)
    }
    const sideOf = ({ programme, who }: DoubleBenefitView['first']) => (
      <a href={`/programmes/${programme}/participants/${who.household ?? who.resident?.id}`}>
        {titleOf(programme)}
      </a>
    )
    return context.html(
      <VisitPage
        visit={visit}
        title={words.say('case.doubles')}
        lead={words.say('case.doublesLead', { date: words.date(on) })}
        section="/cases"
        above={[{ href: '/cases', label: words.say('menu.cases') }]}
      >
        {doubles.length === 0 ? (
          <EmptyState icon="done" title={words.say('case.noDoubles')}>
            <p>{words.say('case.noDoublesNext')}</p>
          </EmptyState>
        ) : (
          <>
            <p>{words.say('duplicates.count', { count })}</p>
            <Table
              caption={words.say('case.doubles')}
              hideCaption
              columns={[
                {
                  label: words.say('case.who'),
                  cell: ({ first }: DoubleBenefitView) => whoText(first.who, words),
                },
                { label: words.say('home.hamlet'), cell: ({ first }) => hamletText(first.who, words) },
                { label: words.say('case.firstProgramme'), cell: ({ first }) => sideOf(first) },
                { label: words.say('case.otherProgramme'), cell: ({ second }) => sideOf(second) },
                {
                  label: words.say('case.lawOf'),
                  cell: ({ forbiddenBy, citation }) =>
                    citation === null ? titleOf(forbiddenBy) : texts.citation(citation, pack.sources),
                },
              ]}
              rows={doubles}
            />
            {count > doubles.length && <p>{words.say('case.andMore', { count: count - doubles.length })}</p>}
          </>
        )}
        <PrintButton words={words} />
      </VisitPage>,
    )
  })
}
