import { packOf } from '@lumbung/core/casework'
import { programmeOf, programmeOn } from '@lumbung/core/eligibility'
import { rankProgramme } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import type { FieldError } from '../ui/index.ts'
import { addressWith, askedDay } from './asked-day.tsx'
import { eligibilityTexts } from './eligibility-texts.ts'
import { wholeOf } from './fact-value.tsx'
import { sessionFor } from './purpose-for.ts'
import { RankingPage } from './ranking-page.tsx'
import { RankingSheet } from './ranking-sheet.tsx'
import { rankingTexts } from './ranking-texts.ts'
import type { AskedRanking, RankingView } from './ranking-view.ts'
import { csvHeaders, csvOfRanking, listMax } from './screened-csv.ts'
import { type Sent, textOf } from './typed.ts'

/** How many places one printed sheet takes, so that a slow phone can load it. */
const sheetMax = 150

/** Who is served first within quota and budget, who waits, and where only chance would decide. */
export function rankingPages({ app, options }: PortalParts): void {
  const { look } = options
  const { config, today } = options.village

  app.get('/screening/:id/ranking', async (context) => {
    const visit = context.get('visit')
    const { view, purpose } = await viewOf(visit, context.req.param('id'), context.req.query(), {})
    return context.html(<RankingPage {...view} purpose={purpose} />, isWrong(view.asked) ? 422 : 200)
  })

  app.get('/screening/:id/ranking/print', async (context) => {
    const visit = context.get('visit')
    const id = context.req.param('id')
    const { view } = await viewOf(visit, id, context.req.query(), { limit: sheetMax })
    return context.html(
      <RankingSheet {...view} look={look} printedOn={today()} />,
      isWrong(view.asked) ? 422 : 200,
    )
  })

  app.get('/screening/:id/ranking.csv', async (context) => {
    const visit = context.get('visit')
    const id = context.req.param('id')
    const { view } = await viewOf(visit, id, context.req.query(), { limit: listMax })
    if (isWrong(view.asked) || view.ranking.next !== undefined) {
      return context.redirect(addressWith(`/screening/${id}/ranking`, view.asked.query))
    }
    const { ranking, texts } = view
    const name = `${config.id}-${id}-ranking-${ranking.on}.csv`
    return context.body(csvOfRanking(ranking, texts, visit.words), 200, csvHeaders(name))
  })

  async function viewOf(
    visit: Visit,
    id: string,
    query: Sent,
    { limit }: { readonly limit?: number },
  ): Promise<{ readonly view: RankingView; readonly purpose: string }> {
    const { session, purpose } = sessionFor(visit, config, rankProgramme)
    const asked = askedRanking(query, visit)
    const ranking = await session.perform(rankProgramme, {
      programme: id,
      on: asked.day.on,
      from: asked.from,
      ...asked.input,
      ...(limit === undefined ? {} : { limit }),
    })
    const inForce = programmeOn(programmeOf(packOf(config), id), asked.day.on)
    const facts = (inForce?.version.ranking ?? []).map(({ by }) => by.split('.').at(-1) ?? by)
    const texts = rankingTexts(visit.words, ranking, {
      facts,
      texts: eligibilityTexts(visit.words, config),
      currencyScale: config.currencyScale,
    })
    return { view: { visit, ranking, asked, texts }, purpose: visit.labelOfPurpose(purpose) }
  }

  function askedRanking(form: Sent, { words }: Visit): AskedRanking {
    const day = askedDay(form, today())
    const errors: FieldError[] = []
    // A field that was sent empty lifts the limit; one that was not sent leaves that of the law.
    const limitOf = (name: 'units' | 'budget', scale: number): number | null | undefined => {
      if (form[name] === undefined) return undefined
      const typed = textOf(form, name)
      if (typed === '') return null
      const value = wholeOf(typed, scale, words.locale)
      if (value === undefined) errors.push({ name, message: words.say('screening.wrong') })
      return value
    }
    const units = limitOf('units', 0)
    const budgetMinor = limitOf('budget', config.currencyScale)
    const from = Number(textOf(form, 'from'))
    const sent = (name: 'units' | 'budget') =>
      form[name] === undefined ? {} : { [name]: textOf(form, name) }
    return {
      day,
      form,
      from: Number.isSafeInteger(from) && from > 0 && from < 10_000_000 ? from : 1,
      query: { ...day.query, ...sent('units'), ...sent('budget') },
      input: { ...(units !== undefined && { units }), ...(budgetMinor !== undefined && { budgetMinor }) },
      errors,
    }
  }
}

function isWrong({ errors, day }: AskedRanking): boolean {
  return errors.length > 0 || day.isWrong
}
