import { CivilDate } from '@lumbung/core/kernel'
import { ResidentStatus } from '@lumbung/core/people'
import type { FieldChange, ResidentChange } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { Card, EmptyState, type Html, SummaryList } from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'
import { caseworkUseCases } from './casework/use-case-texts.ts'
import { maskedNumber } from './people.tsx'
import { VisitPage } from './visit-page.tsx'

/** What those who read or changed something are called. */
export type Names = (actor: { readonly kind: string; readonly id: string }) => string

const useCaseKeys: Readonly<Record<string, MessageKey>> = {
  ...caseworkUseCases,
  'resident.search': 'useCase.search',
  'resident.read': 'useCase.read',
  'household.read': 'useCase.household',
  'eligibility.decide': 'useCase.decide',
  'eligibility.decide-resident': 'useCase.decide',
  'eligibility.next-question': 'useCase.decide',
  'eligibility.list': 'useCase.screen',
  'eligibility.simulate': 'useCase.screen',
  'eligibility.rank': 'useCase.screen',
  'duplicate.list': 'useCase.duplicates',
  'agreement.list': 'useCase.agreements',
  'affiliation.list': 'useCase.affiliations',
  'audit.resident': 'useCase.history',
  'resident.save': 'useCase.save',
  'resident.merge': 'useCase.merge',
  'resident.unmerge': 'useCase.unmerge',
  'resident.list': 'useCase.list',
  'resident.show-numbers': 'useCase.numbers',
  'household.show-number': 'useCase.cardNumber',
  'life-event.list': 'useCase.events',
  'merge.list': 'useCase.merges',
  'life-event.record': 'useCase.event',
  'fact.record': 'useCase.fact',
}

/** What a use case does, in words. */
export function useCaseText(useCase: string, words: Visit['words']): string {
  const key = useCaseKeys[useCase]
  return key === undefined ? useCase : words.say(key as 'useCase.search')
}

/** What was changed of one resident, the latest first. */
export function HistoryPage({
  visit,
  links,
  names,
  id,
}: {
  readonly visit: Visit
  readonly names: Names
  readonly links: readonly ResidentChange[]
  readonly id: string
}): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('history.title')}
      lead={words.say('history.lead')}
      above={[{ href: `/residents/${id}`, label: words.say('resident.back') }]}
    >
      {links.length === 0 ? (
        <EmptyState icon="clock" title={words.say('history.none')} />
      ) : (
        links.toReversed().map(({ recordedAt, actor, useCase, reason, isErased, fields }) => (
          <Card title={words.instant(recordedAt, visit.timeZone)}>
            <SummaryList
              rows={[
                { term: words.say('reads.who'), value: names(actor) },
                { term: words.say('reads.what'), value: useCaseText(useCase, words) },
                ...(reason === undefined ? [] : [{ term: words.say('reads.why'), value: reason }]),
                ...(isErased
                  ? [{ term: words.say('history.values'), value: words.say('value.erased') }]
                  : fields.map((change) => ({
                      term: words.say(fieldKeys[change.field]),
                      value: changeText(change, words),
                    }))),
              ]}
            />
          </Card>
        ))
      )}
    </VisitPage>
  )
}

/** What each field of a resident is called. */
const fieldKeys = {
  id: 'resident.person',
  identityNumber: 'resident.number',
  temporaryNumber: 'history.temporaryNumber',
  name: 'resident.name',
  nameKey: 'resident.name',
  sex: 'resident.sex',
  birthDate: 'history.birthDate',
  birthPlace: 'resident.birthPlace',
  status: 'resident.status',
  statusSince: 'history.statusSince',
  area: 'history.area',
  validFrom: 'history.validFrom',
  mergedInto: 'history.mergedInto',
  revision: 'history.title',
} as const satisfies Readonly<Record<FieldChange['field'], MessageKey>>

/** What a change made of a value: numbers stay masked, days and states are told in words. */
function changeText({ field, before, after, isHidden }: FieldChange, words: Visit['words']): string {
  if (isHidden) return words.say('value.hidden')
  return `${valueText(field, before, words)} → ${valueText(field, after, words)}`
}

function valueText(field: FieldChange['field'], value: FieldChange['before'], words: Visit['words']): string {
  if (value === null) return words.say('value.none')
  const text = String(value)
  switch (field) {
    case 'identityNumber':
    case 'temporaryNumber':
      return maskedNumber(text, words)
    case 'birthDate':
    case 'statusSince':
    case 'validFrom':
      return words.date(CivilDate.parse(text))
    case 'sex':
      return words.say(`sex.${text === 'female' ? 'female' : 'male'}`)
    case 'status': {
      const status = ResidentStatus.safeParse(text)
      return status.success ? words.say(`status.${status.data}`) : text
    }
    // The other record has a page of its own, and an id tells nobody anything.
    case 'mergedInto':
      return words.say('history.otherRecord')
    default:
      return text
  }
}
