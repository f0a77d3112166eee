import {
  type RegisterPage as Found,
  listResidents,
  type ResidentView,
  recordEvent,
  saveResidentRecord,
  searchResidents,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  type Column,
  EmptyState,
  type Html,
  Icon,
  Notice,
  Pagination,
  SearchForm,
  SelectField,
  Table,
  TextField,
} from '../ui/index.ts'
import { bornText, maskedNumber, nameOf, StatusOf } from './people.tsx'
import { csvOf } from './register-csv.ts'
import { RegisterSheet } from './register-sheet.tsx'
import { VisitPage } from './visit-page.tsx'

const anyHamlet = 'any'
/** How many residents one printed sheet takes, so that a slow phone can load it. */
const sheetMax = 150

/** The register: searching it, and taking it along. */
export function registerPages({ app, options }: PortalParts): void {
  const { look } = options

  app.get('/residents', async (context) => {
    const visit = context.get('visit')
    const asked = askedOf(context.req.query())
    const found = await visit.session().perform(searchResidents, asked.input)
    return context.html(<RegisterPage visit={visit} found={found} asked={asked} />)
  })

  app.get('/residents.csv', async (context) => {
    const visit = context.get('visit')
    const asked = askedOf(context.req.query())
    const list = await visit.session().perform(listResidents, asked.input)
    if (list.next !== undefined) {
      const found = await visit.session().perform(searchResidents, asked.input)
      return context.html(<RegisterPage visit={visit} found={found} asked={asked} isTooLong />, 422)
    }
    return context.body(csvOf(list.residents, visit.words), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${options.village.config.id}-${list.on}.csv"`,
    })
  })

  app.get('/residents/print', async (context) => {
    const visit = context.get('visit')
    const asked = askedOf(context.req.query())
    const list = await visit.session().perform(listResidents, { ...asked.input, limit: sheetMax })
    const next =
      list.next === undefined ? {} : { next: addressOf('/residents/print', asked, { after: list.next }) }
    const back = addressOf('/residents', asked)
    return context.html(<RegisterSheet visit={visit} look={look} list={list} back={back} {...next} />)
  })
}

/** What the address asks of the register. */
interface Asked {
  readonly q: string
  readonly hamlet: string
  readonly isFirst: boolean
  readonly input: { readonly text: string; readonly hamlet?: string; readonly after?: string }
}

function askedOf({ q = '', hamlet = anyHamlet, after }: Readonly<Record<string, string>>): Asked {
  return {
    q,
    hamlet,
    isFirst: after === undefined,
    input: {
      text: q,
      // A use case parses what it is given, and refuses what is no id.
      ...(hamlet === anyHamlet || hamlet === '' ? {} : { hamlet }),
      ...(after === undefined ? {} : { after }),
    },
  }
}

function addressOf(path: string, { q, hamlet }: Asked, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...(hamlet === anyHamlet ? {} : { hamlet }),
    ...more,
  })
  return query.size === 0 ? path : `${path}?${query}`
}

function registerColumns({ words }: Visit, on: Found['on']): readonly Column<ResidentView>[] {
  return [
    {
      label: words.say('resident.name'),
      cell: (resident) => <a href={`/residents/${resident.id}`}>{nameOf(resident, words)}</a>,
    },
    {
      label: words.say('resident.number'),
      cell: ({ identityNumber, temporaryNumber, isPersonal }) => (
        <span class="number">
          {isPersonal ? maskedNumber(identityNumber ?? temporaryNumber, words) : words.say('value.hidden')}
        </span>
      ),
    },
    { label: words.say('resident.birth'), cell: (resident) => bornText(resident, words, on) },
    { label: words.say('home.hamlet'), cell: ({ hamlet }) => hamlet ?? words.say('value.none') },
    {
      label: words.say('resident.status'),
      cell: (resident) => <StatusOf resident={resident} words={words} />,
    },
  ]
}

interface RegisterProps {
  readonly visit: Visit
  readonly found: Found
  readonly asked: Asked
  readonly isTooLong?: boolean
}

function RegisterPage({ visit, found, asked, isTooLong = false }: RegisterProps): Html {
  const { words } = visit
  const { residents, count, next, hamlets, on } = found
  const { q, hamlet, isFirst } = asked
  const isFiltered = q !== '' || hamlet !== anyHamlet
  return (
    <VisitPage
      visit={visit}
      title={words.say('register.title')}
      lead={words.say('register.lead')}
      section="/residents"
    >
      {isTooLong && (
        <Notice is="bad" title={words.say('list.tooLong')}>
          <p>{words.say('list.tooLongNext')}</p>
        </Notice>
      )}
      <SearchForm
        words={words}
        action="/residents"
        label={words.say('register.search')}
        {...(isFiltered ? { clear: '/residents' } : {})}
      >
        <TextField
          words={words}
          name="q"
          label={words.say('register.query')}
          hint={words.say('register.queryHint')}
          kind="search"
          autocomplete="off"
          value={q}
          isOptional
        />
        <SelectField
          words={words}
          name="hamlet"
          label={words.say('home.hamlet')}
          options={[
            { value: anyHamlet, label: words.say('register.allHamlets') },
            ...hamlets.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={hamlet}
        />
      </SearchForm>
      {residents.length === 0 ? (
        <EmptyState icon="search" title={words.say(isFiltered ? 'register.nothing' : 'register.empty')}>
          <p>{words.say(isFiltered ? 'register.nothingNext' : 'register.emptyNext')}</p>
        </EmptyState>
      ) : (
        <>
          <Table
            caption={words.say('register.found')}
            hideCaption
            columns={registerColumns(visit, on)}
            rows={residents}
          />
          <Pagination
            words={words}
            count={count}
            {...(isFirst ? {} : { first: addressOf('/residents', asked) })}
            {...(next === undefined ? {} : { next: addressOf('/residents', asked, { after: next }) })}
          />
          <Buttons>
            <a class="button second" href={addressOf('/residents.csv', asked)} download>
              <Icon name="download" />
              {words.say('act.csv')}
            </a>
            <Button kind="second" icon="print" href={addressOf('/residents/print', asked)}>
              {words.say('act.printList')}
            </Button>
          </Buttons>
          <p class="hint noprint">{words.say('list.logged')}</p>
        </>
      )}
      <Entries visit={visit} />
    </VisitPage>
  )
}

/** How somebody comes into the register by hand. */
function Entries({ visit }: { readonly visit: Visit }): Html | null {
  const { words } = visit
  if (!visit.may(saveResidentRecord)) return null
  return (
    <Buttons>
      <Button kind="second" icon="plus" href="/residents/new">
        {words.say('act.add')}
      </Button>
      {visit.may(recordEvent) && (
        <Button kind="second" icon="plus" href="/move-in">
          {words.say('act.moveIn')}
        </Button>
      )}
    </Buttons>
  )
}
