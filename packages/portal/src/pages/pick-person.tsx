import type { CivilDate } from '@lumbung/core/kernel'
import { type RegisterPage, type ResidentView, searchResidents } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { EmptyState, type Html, type Link, SearchForm, Table, TextField } from '../ui/index.ts'
import { bornText, nameOf } from './people.tsx'
import { VisitPage } from './visit-page.tsx'

/** How many people a choice shows; whoever is not among them needs more letters. */
const shownMax = 10

/** Whom a search for a person finds; undefined before anything is searched. */
export async function peopleToPick(visit: Visit, q: string | undefined): Promise<RegisterPage | undefined> {
  if (q === undefined || q.trim() === '') return undefined
  return await visit.session().perform(searchResidents, { text: q, limit: shownMax })
}

interface PickPersonProps {
  readonly visit: Visit
  /** For what somebody is picked. */
  readonly title: string
  readonly section: string
  readonly above: readonly Link[]
  /** The address of the page that asks; `?person=` and the id are added to it. */
  readonly address: string
  readonly q: string | undefined
  readonly found: RegisterPage | undefined
  readonly on: CivilDate
}

/** One question: who is it? A search, and one link for each person whom it finds. */
export function PickPersonPage({ visit, address, q, found, on, ...place }: PickPersonProps): Html {
  const { words } = visit
  return (
    <VisitPage visit={visit} lead={words.say('pick.title')} {...place}>
      <SearchForm words={words} action={address} label={words.say('pick.title')}>
        <TextField
          words={words}
          name="q"
          label={words.say('pick.query')}
          hint={words.say('register.queryHint')}
          kind="search"
          autocomplete="off"
          value={q ?? ''}
        />
      </SearchForm>
      {found === undefined && (
        <EmptyState icon="search" title={words.say('pick.start')}>
          <p>{words.say('pick.startNext')}</p>
        </EmptyState>
      )}
      {found !== undefined && found.residents.length === 0 && (
        <EmptyState icon="search" title={words.say('pick.nothing')}>
          <p>{words.say('pick.nothingNext')}</p>
        </EmptyState>
      )}
      {found !== undefined && found.residents.length > 0 && (
        <PeopleTable
          visit={visit}
          caption={words.say('pick.found')}
          people={found.residents}
          addressOf={(id) => `${address}?person=${id}`}
          on={on}
        />
      )}
    </VisitPage>
  )
}

interface PeopleTableProps {
  readonly visit: Visit
  readonly caption: string
  readonly people: readonly ResidentView[]
  /** Where the name of somebody leads. */
  readonly addressOf: (id: string) => string
  readonly on: CivilDate
}

/** People of the register as a search finds them. */
export function PeopleTable({ visit, caption, people, addressOf, on }: PeopleTableProps): Html {
  const { words } = visit
  return (
    <Table
      caption={caption}
      columns={[
        {
          label: words.say('resident.name'),
          cell: (person) => <a href={addressOf(`${person.id}`)}>{nameOf(person, words)}</a>,
        },
        { label: words.say('resident.birth'), cell: (person) => bornText(person, words, on) },
        { label: words.say('home.hamlet'), cell: ({ hamlet }) => hamlet ?? words.say('value.none') },
      ]}
      rows={people}
    />
  )
}
