import { type Pack, packOf } from '@lumbung/core/eligibility'
import { type CivilDate, HouseholdId } from '@lumbung/core/kernel'
import {
  type CounterQuestion,
  type DecisionView,
  decideHousehold,
  type HouseholdDecisions,
  readResident,
  recordDatedFact,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  DateField,
  Details,
  EmptyState,
  type Html,
  Notice,
  Page,
  PrintButton,
} from '../ui/index.ts'
import { Explanation, OutcomeMark } from './decision-parts.tsx'
import { type EligibilityTexts, eligibilityTexts } from './eligibility-texts.ts'
import { nameOf } from './people.tsx'
import { sessionFor } from './purpose-for.ts'
import { civilDateOf, errorOf, idFrom, shownDate, typedDate } from './typed.ts'

/** A household against all programmes: at the counter, and for the family itself. */
export function counterPages({ app, options }: PortalParts): void {
  const { config, today } = options.village

  app.get('/households/:id/programmes', async (context) => {
    const visit = context.get('visit')
    const household = idFrom(HouseholdId, context.req.param('id'))
    const asked = civilDateOf(typedDate(context.req.query(), 'on'))
    const on = asked ?? today()
    const { session, purpose } = sessionFor(visit, config, decideHousehold)
    const found = await session.perform(decideHousehold, { household, on, withNext: on === today() })
    const name = words(visit, found.members[found.head ?? 0])
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
        isDateWrong={asked === undefined}
        kept={keptFacts}
      />,
      asked === undefined ? 422 : 200,
    )
  })

  app.get('/my/programmes', async (context) => {
    const visit = context.get('visit')
    const { resident } = visit.actor
    if (resident === undefined || !visit.may(decideHousehold)) throw new HTTPException(403)
    const title = visit.words.say('own.title')
    const { households } = await visit.session().perform(readResident, { id: resident })
    const own = households.find(({ kind }) => kind === 'family')
    if (own === undefined) return context.html(<NoFamilyPage visit={visit} title={title} />)
    const found = await visit.session().perform(decideHousehold, { household: own.id })
    return context.html(
      <CounterPage
        {...{ visit, found, title }}
        pack={packOf(config)}
        texts={textsFor(visit, found)}
        above={[]}
        isDateWrong={false}
        kept={keptFacts}
      />,
    )
  })

  const keptFacts = new Set(config.facts.map(({ unit, name }) => `${unit}.${name}`))
  const textsFor = (visit: Visit, { members }: HouseholdDecisions) =>
    eligibilityTexts(visit.words, config, (position) => words(visit, members[position]))
}

function words({ words: own }: Visit, member: HouseholdDecisions['members'][number] | undefined): string {
  return member === undefined ? own.say('household.title') : nameOf(member, own)
}

interface CounterProps {
  readonly visit: Visit
  readonly found: HouseholdDecisions
  readonly pack: Pack
  readonly texts: EligibilityTexts
  readonly title: string
  readonly above: readonly { readonly href: string; readonly label: string }[]
  readonly purpose?: string
  readonly isDateWrong: boolean
  /** The facts that the village keeps, as `household.name`. */
  readonly kept: ReadonlySet<string>
}

function CounterPage(props: CounterProps): Html {
  const { visit, found, title, above, purpose, pack } = props
  const { frame, words: own, translation } = visit
  const ids = [...new Set(found.decisions.map(({ decision }) => decision.programme))]
  return (
    <Page
      frame={frame}
      title={title}
      lead={own.say('counter.lead', { date: own.date(found.on) })}
      section={above.length > 0 ? '/residents' : '/my/programmes'}
      above={above}
      translation={translation}
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
      {above.length > 0 && <OtherDay {...props} />}
      {purpose !== undefined && <p class="soft">{own.say('counter.purpose', { purpose })}</p>}
      <PrintButton words={own} />
    </Page>
  )
}

function DecisionPart({
  visit,
  found,
  pack,
  texts,
  view,
  kept,
}: CounterProps & { readonly view: DecisionView }) {
  const { words: own } = visit
  const { decision, explanation, changes, isMasked, member } = view
  const common = { words: own, texts, pack, changes, isMasked, messages: explanation }
  const linkOf = (path: string) => factAddress(visit, found, kept, path)
  const explained = <Explanation {...common} programme={decision.programme} linkOf={linkOf} />
  if (member === null || decision.kind === 'no-version-in-force') return explained
  const name = words(visit, found.members[member])
  return (
    <>
      <h3>{name}</h3>
      <OutcomeMark words={own} is={decision.outcome} />
      <Details summary={`${own.say('counter.why')}: ${name}`}>{explained}</Details>
    </>
  )
}

/** Where a fact is written down; undefined where the village keeps none, or the visitor may not. */
function factAddress(
  visit: Visit,
  { household, members }: HouseholdDecisions,
  kept: ReadonlySet<string>,
  path: string,
): string | undefined {
  if (!visit.may(recordDatedFact)) return undefined
  const [, position, name = ''] = /^household\.(?:members\[(\d+)\]\.)?(\w+)$/.exec(path) ?? []
  const unit = position === undefined ? 'household' : 'resident'
  if (!kept.has(`${unit}.${name}`)) return undefined
  if (position === undefined) return `/households/${household}/facts?fact=${name}`
  const member = members[Number(position)]
  return member === undefined ? undefined : `/residents/${member.id}/facts?fact=${name}`
}

function NextCard(props: CounterProps & { readonly next: CounterQuestion | null }): Html {
  const { visit, found, texts, next, kept } = props
  const { words: own } = visit
  if (next === null) {
    return (
      <Notice is="good" title={own.say('counter.nextNone')}>
        <p>{own.say('counter.nextNoneText')}</p>
      </Notice>
    )
  }
  const href = factAddress(visit, found, kept, next.path)
  const fact = texts.fact(next.fact)
  const label =
    next.member === null
      ? own.say('counter.record', { fact })
      : own.say('counter.recordFor', { fact, name: words(visit, found.members[next.member]) })
  return (
    <Notice is="info" title={`${own.say('counter.next')}: ${texts.path(next.path)}`}>
      <p>{own.say('counter.nextWhy')}</p>
      {href === undefined ? (
        !next.isKept && <p>{own.say('counter.notKept')}</p>
      ) : (
        <Buttons>
          <Button href={href}>{label}</Button>
        </Buttons>
      )}
    </Notice>
  )
}

function OtherDay({ visit, found, isDateWrong }: CounterProps): Html {
  const { words: own } = visit
  const errors = isDateWrong ? [{ name: 'on', message: own.say('fault.dateWrong') }] : []
  return (
    <details class="details noprint" open={isDateWrong}>
      <summary>{own.say('counter.otherDay')}</summary>
      <form class="form" method="get" action={`/households/${found.household}/programmes`}>
        <DateField
          words={own}
          name="on"
          label={own.say('counter.on')}
          value={shownDate(found.on satisfies CivilDate)}
          {...errorOf(errors, 'on')}
        />
        <Buttons>
          <Button kind="second">{own.say('counter.show')}</Button>
        </Buttons>
      </form>
    </details>
  )
}

function NoFamilyPage({ visit, title }: { readonly visit: Visit; readonly title: string }): Html {
  const { frame, words: own, translation } = visit
  return (
    <Page frame={frame} title={title} section="/my/programmes" translation={translation}>
      <EmptyState icon="people" title={own.say('own.none')}>
        <p>{own.say('own.noneNext')}</p>
      </EmptyState>
    </Page>
  )
}
