import { packOf } from '@lumbung/core/casework'
import { HouseholdId } from '@lumbung/core/kernel'
import { decideHousehold, type HouseholdDecisions, readResident } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Card, EmptyState, type Html, PrintButton } from '../ui/index.ts'
import { type AskedDay, askedDay, OtherDay } from './asked-day.tsx'
import { type CounterPartProps, DecisionPart, memberName, NextCard } from './counter-parts.tsx'
import { eligibilityTexts } from './eligibility-texts.ts'
import { sessionFor } from './purpose-for.ts'
import { keptFactsOf, ownPage, residentCounterPages } from './resident-counter.tsx'
import { idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** A household against all programmes: at the counter, and for the family itself. */
export function counterPages(parts: PortalParts): void {
  const { app, options } = parts
  const { config, today } = options.village

  app.get('/households/:id/programmes', async (context) => {
    const visit = context.get('visit')
    const household = idFrom(HouseholdId, context.req.param('id'))
    const day = askedDay(context.req.query(), today())
    const { on } = day
    const { session, purpose } = sessionFor(visit, config, decideHousehold)
    const found = await session.perform(decideHousehold, { household, on, withNext: day.isToday })
    const name = memberName(visit, found.members[found.head ?? 0])
    return context.html(
      <CounterPage
        {...{ visit, found }}
        pack={packOf(config)}
        texts={textsFor(visit, found)}
        title={visit.words.say('counter.title', { name })}
        above={[
          { href: '/residents', label: visit.words.say('menu.residents') },
          { href: `/households/${household}`, label: name },
        ]}
        purpose={visit.labelOfPurpose(purpose)}
        day={day}
        kept={keptFacts}
      />,
      day.isWrong ? 422 : 200,
    )
  })

  app.get('/my/programmes', async (context) => {
    const visit = context.get('visit')
    const { resident } = visit.actor
    if (resident === undefined || !visit.may(decideHousehold)) throw new HTTPException(403)
    const title = visit.words.say('own.title')
    const { households } = await visit.session().perform(readResident, { id: resident })
    const own = households.find(({ kind }) => kind === 'family')
    if (own === undefined) return context.html(await ownPage(visit, resident, parts))
    const found = await visit.session().perform(decideHousehold, { household: own.id })
    return context.html(
      <CounterPage
        {...{ visit, found, title }}
        pack={packOf(config)}
        texts={textsFor(visit, found)}
        above={[]}
        day={askedDay({}, today())}
        kept={keptFacts}
      />,
    )
  })

  const keptFacts = keptFactsOf(config)
  const textsFor = (visit: Visit, { members }: HouseholdDecisions) =>
    eligibilityTexts(visit.words, config, (position) => memberName(visit, members[position]))

  residentCounterPages(parts)
}

interface CounterProps extends CounterPartProps {
  readonly title: string
  readonly above: readonly { readonly href: string; readonly label: string }[]
  readonly purpose?: string
  readonly day: AskedDay
}

function CounterPage(props: CounterProps): Html {
  const { visit, found, title, above, purpose, pack, day } = props
  const { words: own } = visit
  const ids = [...new Set(found.decisions.map(({ decision }) => decision.programme))]
  return (
    <VisitPage
      visit={visit}
      title={title}
      lead={own.say('counter.lead', { date: own.date(found.on) })}
      section={above.length > 0 ? '/residents' : '/my/programmes'}
      above={above}
    >
      {found.next !== undefined && <NextCard {...props} next={found.next} />}
      {ids.length === 0 && <EmptyState icon="gift" title={own.say('programme.noneYet')} />}
      {ids.map((id) => {
        const decisions = found.decisions.filter(({ decision }) => decision.programme === id)
        const programme = pack.programmes.get(id)
        if (programme === undefined) return null
        return (
          <Card title={own.text(programme.config.title)}>
            {decisions.map((decision) => (
              <DecisionPart {...props} view={decision} />
            ))}
            <p>
              <a href={`/programmes/${id}`}>{own.say('programme.rule')}</a>
            </p>
          </Card>
        )
      })}
      {above.length > 0 && (
        <OtherDay words={own} action={`/households/${found.household}/programmes`} day={day} />
      )}
      {purpose !== undefined && <p class="soft">{own.say('counter.purpose', { purpose })}</p>}
      <PrintButton words={own} />
    </VisitPage>
  )
}
