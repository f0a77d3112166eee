import {
  type RegisterPage as Found,
  type HouseholdView,
  type ResidentFile,
  type ResidentView,
  readHousehold,
  readResident,
  readsOfResident,
  residentHistory,
  searchResidents,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Card,
  Columns,
  EmptyState,
  type Html,
  Page,
  Pagination,
  PrintButton,
  SearchForm,
  SelectField,
  SummaryList,
  type SummaryRow,
  Table,
  TextField,
} from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'
import { purposeTail } from './agreement-texts.ts'
import { bornText, maskedNumber, nameOf, StatusOf } from './people.tsx'

const anyHamlet = 'any'

/** The register: searching it, and what it knows of a person or a household. */
export function registerPages({ app, options }: PortalParts): void {
  const { village } = options
  const { today } = village

  app.get('/residents', async (context) => {
    const visit = context.get('visit')
    const { q = '', hamlet = anyHamlet, after } = context.req.query()
    const asked = {
      text: q,
      ...(hamlet === anyHamlet || hamlet === '' ? {} : { hamlet: hamlet as never }),
      ...(after === undefined ? {} : { after }),
    }
    const session = visit.session()
    const found = await session.perform(searchResidents, asked)
    return context.html(
      <RegisterPage visit={visit} found={found} q={q} hamlet={hamlet} isFirst={after === undefined} />,
    )
  })

  app.get('/residents/:id', async (context) => {
    const visit = context.get('visit')
    const id = context.req.param('id')
    const file = await visit.session().perform(readResident, { id: id as never })
    const tail = purposeTail(context)
    return context.html(<ResidentPage visit={visit} file={file} on={today()} tail={tail} />)
  })

  app.get('/households/:id', async (context) => {
    const visit = context.get('visit')
    const household = await visit.session().perform(readHousehold, { id: context.req.param('id') as never })
    return context.html(<HouseholdPage visit={visit} household={household} on={today()} />)
  })
}

interface RegisterProps {
  readonly visit: Visit
  readonly found: Found
  readonly q: string
  readonly hamlet: string
  readonly isFirst: boolean
}

function RegisterPage({ visit, found, q, hamlet, isFirst }: RegisterProps): Html {
  const { frame, words, translation } = visit
  const { residents, count, next, hamlets, on } = found
  const search = (more: Readonly<Record<string, string>>) =>
    `/residents?${new URLSearchParams({ ...(q === '' ? {} : { q }), ...(hamlet === anyHamlet ? {} : { hamlet }), ...more })}`
  const isFiltered = q !== '' || hamlet !== anyHamlet
  return (
    <Page
      frame={frame}
      title={words.say('register.title')}
      lead={words.say('register.lead')}
      section="/residents"
      translation={translation}
    >
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
            columns={[
              {
                label: words.say('resident.name'),
                cell: (resident) => <a href={`/residents/${resident.id}`}>{nameOf(resident, words)}</a>,
              },
              {
                label: words.say('resident.number'),
                cell: ({ identityNumber, temporaryNumber, isPersonal }) => (
                  <span class="number">
                    {isPersonal
                      ? maskedNumber(identityNumber ?? temporaryNumber, words)
                      : words.say('value.hidden')}
                  </span>
                ),
              },
              { label: words.say('resident.birth'), cell: (resident) => bornText(resident, words, on) },
              {
                label: words.say('home.hamlet'),
                cell: ({ hamlet: name }) => name ?? words.say('value.none'),
              },
              {
                label: words.say('resident.status'),
                cell: (resident) => <StatusOf resident={resident} words={words} />,
              },
            ]}
            rows={residents}
          />
          <Pagination
            words={words}
            count={count}
            {...(isFirst ? {} : { first: search({}) })}
            {...(next === undefined ? {} : { next: search({ after: next }) })}
          />
        </>
      )}
    </Page>
  )
}

function ResidentPage({
  visit,
  file,
  on,
  tail,
}: {
  readonly visit: Visit
  readonly file: ResidentFile
  readonly tail: string
  readonly on: Found['on']
}): Html {
  const { frame, words, translation } = visit
  const { resident, households, facts } = file
  const shown = resident.isPersonal
  return (
    <Page
      frame={frame}
      title={nameOf(resident, words)}
      section="/residents"
      above={visit.may(searchResidents) ? [{ href: '/residents', label: words.say('menu.residents') }] : []}
      translation={translation}
    >
      <Columns
        main={
          <>
            <Card title={words.say('resident.person')}>
              <SummaryList
                rows={[
                  {
                    term: words.say('resident.number'),
                    value: (
                      <span class="number">
                        {shown
                          ? (resident.identityNumber ?? resident.temporaryNumber ?? words.say('value.none'))
                          : words.say('value.hidden')}
                      </span>
                    ),
                  },
                  {
                    term: words.say('resident.sex'),
                    value:
                      resident.sex === null ? words.say('value.hidden') : words.say(`sex.${resident.sex}`),
                  },
                  { term: words.say('resident.birth'), value: bornText(resident, words, on) },
                  {
                    term: words.say('resident.birthPlace'),
                    value: shown
                      ? (resident.birthPlace ?? words.say('value.none'))
                      : words.say('value.hidden'),
                  },
                  {
                    term: words.say('home.hamlet'),
                    value: [resident.hamlet, resident.areaName]
                      .filter((part, index, all) => part !== null && all.indexOf(part) === index)
                      .join(', '),
                  },
                  {
                    term: words.say('resident.status'),
                    value: <StatusOf resident={resident} words={words} />,
                  },
                ]}
              />
            </Card>
            {facts.length > 0 && (
              <Card title={words.say('resident.facts')}>
                <SummaryList rows={factRows(visit, facts)} />
              </Card>
            )}
          </>
        }
        aside={
          <>
            {households.map((household) => (
              <Card title={words.say(`household.${household.kind}`)}>
                <Members visit={visit} household={household} on={on} />
                <p>
                  <a href={`/households/${household.id}`}>{words.say('household.open')}</a>
                </p>
              </Card>
            ))}
            {households.length === 0 && <p>{words.say('resident.noHousehold')}</p>}
            <p>
              <a href={`/residents/${resident.id}/consents${tail}`}>{words.say('agreements.link')}</a>
            </p>
            {visit.may(readsOfResident) && (
              <p>
                <a href={`/residents/${resident.id}/reads`}>{words.say('reads.ofResident')}</a>
              </p>
            )}
            {visit.may(residentHistory) && (
              <p>
                <a href={`/residents/${resident.id}/history`}>{words.say('history.link')}</a>
              </p>
            )}
            <PrintButton words={words} />
          </>
        }
      />
    </Page>
  )
}

function factRows({ words }: Visit, facts: ResidentFile['facts']): readonly SummaryRow[] {
  return facts.map(({ label, value, valueLabel, months, isStale, degree, source }) => ({
    term: words.text(label),
    value: (
      <>
        {valueLabel === undefined ? valueText(value, words) : words.text(valueLabel)}
        <br />
        <small class="soft">
          {words.say(`degree.${degree}` satisfies MessageKey, { source })}
          {months > 0 && ` · ${words.say('fact.age', { count: months })}`}
          {isStale && ` · ${words.say('fact.stale')}`}
        </small>
      </>
    ),
  }))
}

function valueText(value: boolean | number | string, words: Visit['words']): string {
  if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no')
  return typeof value === 'number' ? words.number(value) : value
}

function Members({
  visit,
  household,
  on,
}: {
  readonly visit: Visit
  readonly household: HouseholdView
  readonly on: Found['on']
}): Html {
  const { words } = visit
  return (
    <Table
      caption={words.say('household.members')}
      columns={[
        {
          label: words.say('resident.name'),
          cell: ({ resident }: { readonly resident: ResidentView }) => (
            <a href={`/residents/${resident.id}`}>{nameOf(resident, words)}</a>
          ),
        },
        {
          label: words.say('household.relationship'),
          cell: ({ relationshipLabel }) => words.text(relationshipLabel),
        },
        { label: words.say('resident.birth'), cell: ({ resident }) => bornText(resident, words, on) },
      ]}
      rows={household.members}
    />
  )
}

function HouseholdPage({
  visit,
  household,
  on,
}: {
  readonly visit: Visit
  readonly household: HouseholdView
  readonly on: Found['on']
}): Html {
  const { frame, words, translation } = visit
  const head = household.members[0]
  const title =
    head === undefined
      ? words.say('household.title')
      : words.say('household.of', { name: nameOf(head.resident, words) })
  return (
    <Page
      frame={frame}
      title={title}
      section="/residents"
      above={visit.may(searchResidents) ? [{ href: '/residents', label: words.say('menu.residents') }] : []}
      translation={translation}
    >
      <Card title={words.say(`household.${household.kind}`)}>
        <SummaryList
          rows={[
            {
              term: words.say('household.number'),
              value: <span class="number">{household.number ?? words.say('value.hidden')}</span>,
            },
            { term: words.say('household.address'), value: household.address ?? words.say('value.hidden') },
            { term: words.say('home.hamlet'), value: household.hamlet ?? words.say('value.none') },
          ]}
        />
      </Card>
      {household.facts.length > 0 && (
        <Card title={words.say('household.facts')}>
          <SummaryList rows={factRows(visit, household.facts)} />
        </Card>
      )}
      <Card title={words.say('household.members')}>
        <Members visit={visit} household={household} on={on} />
      </Card>
      <PrintButton words={words} />
    </Page>
  )
}
