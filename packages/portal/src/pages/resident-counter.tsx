import { packOf } from '@lumbung/core/casework'
import { ResidentId } from '@lumbung/core/kernel'
import { decideResident, type ResidentDecisions, type VillageConfig } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Card, EmptyState, type Html, Notice, PrintButton } from '../ui/index.ts'
import { type AskedDay, addressWith, askedDay, OtherDay } from './asked-day.tsx'
import { type CounterPartProps, DecisionPart, memberName, NextCard } from './counter-parts.tsx'
import { eligibilityTexts } from './eligibility-texts.ts'
import { nameOf } from './people.tsx'
import { sessionFor } from './purpose-for.ts'
import { idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Somebody who is on no family card against the programmes of residents, at the counter and for themselves. */
export function residentCounterPages({ app, options }: PortalParts): void {
  const { config, today } = options.village

  app.get('/residents/:id/programmes', async (context) => {
    const visit = context.get('visit')
    const resident = idFrom(ResidentId, context.req.param('id'))
    const day = askedDay(context.req.query(), today())
    const { session, purpose } = sessionFor(visit, config, decideResident)
    const found = await session.perform(decideResident, { resident, on: day.on, withNext: day.isToday })
    // Whoever is on a family card is looked at with the others on it, by whoever may see them.
    if (found.household !== null && found.members.every((member) => member !== null)) {
      return context.redirect(addressWith(`/households/${found.household}/programmes`, day.query))
    }
    const name = nameOf(found.resident, visit.words)
    return context.html(
      <ResidentCounterPage
        {...{ visit, day }}
        {...partsFor(visit, found, config)}
        who={found}
        title={visit.words.say('counter.title', { name })}
        above={[
          { href: '/residents', label: visit.words.say('menu.residents') },
          { href: `/residents/${resident}`, label: name },
        ]}
        purpose={visit.labelOfPurpose(purpose)}
      />,
      day.isWrong ? 422 : 200,
    )
  })
}

/** The same for whoever is on no family card and looks at what is meant for them. */
export async function ownPage(visit: Visit, resident: ResidentId, { options }: PortalParts): Promise<Html> {
  const { config, today } = options.village
  const found = await visit.session().perform(decideResident, { resident })
  return (
    <ResidentCounterPage
      visit={visit}
      day={askedDay({}, today())}
      {...partsFor(visit, found, config)}
      who={found}
      title={visit.words.say('own.title')}
      above={[]}
    />
  )
}

/** The facts that a village keeps, as `household.name`. */
export function keptFactsOf({ facts }: VillageConfig): ReadonlySet<string> {
  return new Set(facts.map(({ unit, name }) => `${unit}.${name}`))
}

function partsFor(
  visit: Visit,
  found: ResidentDecisions,
  config: VillageConfig,
): Omit<CounterPartProps, 'visit'> {
  return {
    found,
    pack: packOf(config),
    kept: keptFactsOf(config),
    texts: eligibilityTexts(visit.words, config, (position) => memberName(visit, found.members[position])),
  }
}

interface ResidentCounterProps extends CounterPartProps {
  readonly who: ResidentDecisions
  readonly title: string
  readonly above: readonly { readonly href: string; readonly label: string }[]
  readonly purpose?: string
  readonly day: AskedDay
}

function ResidentCounterPage(props: ResidentCounterProps): Html {
  const { visit, who, title, above, purpose, pack, day } = props
  const { words } = visit
  const isOwn = above.length === 0
  return (
    <VisitPage
      visit={visit}
      title={title}
      lead={words.say('counter.lead', { date: words.date(who.on) })}
      section={isOwn ? '/my/programmes' : '/residents'}
      above={above}
    >
      {who.household === null && who.belongs && (
        <Notice is="info" title={words.say(isOwn ? 'own.none' : 'counter.noCard')}>
          <p>{words.say(isOwn ? 'own.noneNext' : 'counter.noCardText')}</p>
        </Notice>
      )}
      {!who.belongs && (
        <EmptyState icon="calendar" title={words.say('counter.notHere', { date: words.date(who.on) })} />
      )}
      {who.next !== undefined && who.decisions.length > 0 && <NextCard {...props} next={who.next} />}
      {who.belongs && who.decisions.length === 0 && (
        <EmptyState icon="gift" title={words.say('counter.noneForPersons')} />
      )}
      {who.decisions.map((view) => {
        const { programme } = view.decision
        return (
          <Card title={words.text(pack.programmes.get(programme)?.config.title ?? { en: programme })}>
            <DecisionPart {...props} view={view} isOfOne />
            <p>
              <a href={`/programmes/${programme}`}>{words.say('programme.rule')}</a>
            </p>
          </Card>
        )
      })}
      {who.household === null && who.ofHouseholds.length > 0 && (
        <Card title={words.say('counter.ofFamilies')}>
          <p>{words.say('counter.ofFamiliesText')}</p>
          <p>
            {who.ofHouseholds.map(({ id, title: ofProgramme }, index) => (
              <>
                {index > 0 && ' · '}
                <a href={`/programmes/${id}`}>{words.text(ofProgramme)}</a>
              </>
            ))}
          </p>
        </Card>
      )}
      {!isOwn && <OtherDay words={words} action={`/residents/${who.resident.id}/programmes`} day={day} />}
      {purpose !== undefined && <p class="soft">{words.say('counter.purpose', { purpose })}</p>}
      <PrintButton words={words} />
    </VisitPage>
  )
}
