import type { CivilDate } from '@lumbung/core/kernel'
import {
  decideHousehold,
  type HouseholdView,
  listDecisions,
  recordDatedFact,
  recordEvent,
  searchResidents,
} from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { Button, Buttons, Card, type Html, PrintButton, SummaryList } from '../ui/index.ts'
import { hasDesk } from './casework/requires.ts'
import { NumbersNotice, type Purposes, ShowNumbers } from './numbers.tsx'
import { maskedNumber, nameOf } from './people.tsx'
import { Done, factRows, Members } from './record-parts.tsx'
import { VisitPage } from './visit-page.tsx'

interface HouseholdPageProps {
  readonly visit: Visit
  readonly household: HouseholdView
  readonly on: CivilDate
  readonly purposes: Purposes
  readonly done?: string | undefined
  /** The number in full, once it was opened. */
  readonly shown?: { readonly number: string | null }
  /** Set where it was asked for without a purpose. */
  readonly isAskedAgain?: boolean
  /** Whether the village knows programmes that a household can be held against. */
  readonly hasProgrammes: boolean
}

/** What a household is called: by its head. */
export function householdTitle({ members }: HouseholdView, words: Visit['words']): string {
  const [head] = members
  return head === undefined
    ? words.say('household.title')
    : words.say('household.of', { name: nameOf(head.resident, words) })
}

/** What the register knows of a household. */
export function HouseholdPage(props: HouseholdPageProps): Html {
  const { visit, household, on, purposes, done, shown, isAskedAgain = false, hasProgrammes } = props
  const { words } = visit
  const { id, number, address } = household
  return (
    <VisitPage
      visit={visit}
      title={householdTitle(household, words)}
      section="/residents"
      above={visit.may(searchResidents) ? [{ href: '/residents', label: words.say('menu.residents') }] : []}
    >
      <Done visit={visit} done={done} />
      <NumbersNotice visit={visit} isShown={shown !== undefined} isAskedAgain={isAskedAgain} />
      <Card title={words.say(`household.${household.kind}`)}>
        <SummaryList
          rows={[
            {
              term: words.say('household.number'),
              value: (
                <span class="number">
                  {/* Without an address there is nothing personal to see, so an absent number tells nothing. */}
                  {address === null
                    ? words.say('value.hidden')
                    : (shown?.number ?? maskedNumber(number, words))}
                </span>
              ),
            },
            { term: words.say('household.address'), value: addressText(address, words) },
            { term: words.say('home.hamlet'), value: household.hamlet ?? words.say('value.none') },
          ]}
        />
        {number !== null && shown === undefined && purposes.length > 0 && (
          <ShowNumbers
            visit={visit}
            action={`/households/${id}/number`}
            purposes={purposes}
            isAskedAgain={isAskedAgain}
          />
        )}
      </Card>
      {household.facts.length > 0 && (
        <Card title={words.say('household.facts')}>
          <SummaryList rows={factRows(visit, household.facts)} />
        </Card>
      )}
      <Card title={words.say('household.members')}>
        <Members visit={visit} household={household} on={on} hideCaption />
      </Card>
      <Actions {...{ visit, household, hasProgrammes }} />
      {hasProgrammes && hasDesk(visit) && visit.may(listDecisions) && (
        <p>
          <a href={`/households/${id}/cases`}>{words.say('case.unitCasesLink')}</a>
        </p>
      )}
      <PrintButton words={words} />
    </VisitPage>
  )
}

function addressText(address: string | null, words: Visit['words']): string {
  if (address === null) return words.say('value.hidden')
  return address === '' ? words.say('value.none') : address
}

function Actions({
  visit,
  household,
  hasProgrammes,
}: Pick<HouseholdPageProps, 'visit' | 'household' | 'hasProgrammes'>): Html | null {
  const { words } = visit
  const { id, kind, members } = household
  const events = [
    'birth',
    'move-in',
    'move-out',
    ...(members.length > 1 ? (['head-change'] as const) : []),
    ...(kind === 'family' && members.length > 1 ? (['card-split'] as const) : []),
  ] as const
  const programmes = visit.may(decideHousehold) && hasProgrammes
  if (!visit.may(recordEvent) && !visit.may(recordDatedFact) && !programmes) return null
  return (
    <Card title={words.say('act.title')}>
      <Buttons>
        {programmes && (
          <Button kind="second" href={`/households/${id}/programmes`}>
            {words.say('counter.open')}
          </Button>
        )}
        {visit.may(recordDatedFact) && (
          <Button kind="second" href={`/households/${id}/facts`}>
            {words.say('act.fact')}
          </Button>
        )}
        {visit.may(recordEvent) &&
          events.map((event) => (
            <Button kind="second" href={`/households/${id}/events/${event}`}>
              {words.say(`event.${event}`)}
            </Button>
          ))}
      </Buttons>
    </Card>
  )
}
