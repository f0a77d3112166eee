import { OrganisationId } from '@lumbung/core/kernel'
import { Organisation } from '@lumbung/core/people'
import {
  type AffiliationView,
  listAffiliations,
  listOrganisations,
  type OrganisationView,
  readOrganisation,
  saveOrganisationRecord,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  type Html,
  Notice,
  PrintButton,
  SearchForm,
  SelectField,
  StatusMark,
  SummaryList,
  Table,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { Holds } from './holds.tsx'
import { aboveOf, organisationForms } from './organisation-forms.tsx'
import { nameOf } from './people.tsx'
import { kindText, spanText } from './place-texts.ts'
import { roleForms } from './role-forms.tsx'
import { idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** What stands in the filter for organisations of every kind. */
const anyKind = 'any'

/** The organisations of the village, and who has which role in them. */
export function organisationPages(parts: PortalParts): void {
  const { app } = parts

  app.get('/organisations', async (context) => {
    const visit = context.get('visit')
    const kind = Organisation.shape.kind.safeParse(context.req.query('kind'))
    const asked = kind.success ? { kind: kind.data } : {}
    const { organisations } = await visit.session().perform(listOrganisations, asked)
    return context.html(
      <OrganisationsPage
        visit={visit}
        organisations={organisations}
        kind={kind.success ? kind.data : anyKind}
      />,
    )
  })

  organisationForms(parts)
  roleForms(parts)

  app.get('/organisations/:id', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(OrganisationId, context.req.param('id'))
    const organisation = await visit.session().perform(readOrganisation, { id })
    const people = visit.may(listAffiliations)
      ? (await visit.session().perform(listAffiliations, { organisation: id })).affiliations
      : undefined
    const isSaved = context.req.query('saved') !== undefined
    return context.html(
      <OrganisationPage visit={visit} organisation={organisation} people={people} isSaved={isSaved} />,
    )
  })
}

function OrganisationsPage({
  visit,
  organisations,
  kind,
}: {
  readonly visit: Visit
  readonly organisations: readonly OrganisationView[]
  readonly kind: string
}): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('organisations.title')}
      lead={words.say('organisations.lead')}
      section="/organisations"
    >
      {visit.may(saveOrganisationRecord) && (
        <Buttons>
          <Button href="/organisations/new" icon="plus">
            {words.say('organisations.add')}
          </Button>
        </Buttons>
      )}
      <SearchForm
        words={words}
        action="/organisations"
        label={words.say('organisations.filter')}
        {...(kind === anyKind ? {} : { clear: '/organisations' })}
      >
        <SelectField
          words={words}
          name="kind"
          label={words.say('organisations.kind')}
          options={[
            { value: anyKind, label: words.say('organisations.allKinds') },
            ...Organisation.shape.kind.options.map((value) => ({ value, label: kindText(value, words) })),
          ]}
          value={kind}
        />
      </SearchForm>
      {organisations.length === 0 ? (
        <EmptyState icon="people" title={words.say('organisations.none')}>
          <p>{words.say('organisations.noneNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('organisations.title')}
          hideCaption
          columns={[
            {
              label: words.say('organisations.name'),
              cell: ({ id, name }) => <a href={`/organisations/${id}`}>{name}</a>,
            },
            { label: words.say('organisations.kind'), cell: (one) => kindText(one.kind, words) },
            { label: words.say('organisations.place'), cell: (one) => placeText(one, words) },
            { label: words.say('resident.status'), cell: (one) => <Standing of={one} words={words} /> },
          ]}
          rows={organisations}
        />
      )}
    </VisitPage>
  )
}

function placeText({ hamlet, areaName }: OrganisationView, words: Words): string {
  const parts = [hamlet, areaName].filter((part, index, all) => part !== null && all.indexOf(part) === index)
  return parts.length === 0 ? words.say('organisations.noPlace') : parts.join(', ')
}

function Standing({ of, words }: { readonly of: OrganisationView; readonly words: Words }): Html {
  return (
    <StatusMark is={of.isOpen ? 'good' : 'unknown'}>
      {words.say(of.isOpen ? 'organisations.open' : 'organisations.closed')}
    </StatusMark>
  )
}

function OrganisationPage({
  visit,
  organisation,
  people,
  isSaved,
}: {
  readonly visit: Visit
  readonly organisation: OrganisationView
  /** Undefined for whoever may see nobody. */
  readonly people: readonly AffiliationView[] | undefined
  readonly isSaved: boolean
}): Html {
  const { words } = visit
  const { id, name, kind } = organisation
  const mayWrite = visit.may(saveOrganisationRecord)
  return (
    <VisitPage
      visit={visit}
      title={name}
      lead={kindText(kind, words)}
      section="/organisations"
      above={aboveOf(visit, undefined)}
    >
      {isSaved && <Notice is="good" title={words.say('organisations.saved')} />}
      <Card title={words.say('organisations.about')}>
        <SummaryList
          rows={[
            { term: words.say('organisations.place'), value: placeText(organisation, words) },
            { term: words.say('span.from'), value: spanText(organisation, words) },
            { term: words.say('resident.status'), value: <Standing of={organisation} words={words} /> },
          ]}
        />
        {mayWrite && (
          <Buttons>
            <Button kind="second" href={`/organisations/${id}/edit`}>
              {words.say('organisations.edit')}
            </Button>
          </Buttons>
        )}
      </Card>
      {people !== undefined && (
        <Card title={words.say('organisations.people')}>
          <p class="soft">{words.say('organisations.peopleLead')}</p>
          {people.length === 0 ? (
            <EmptyState icon="people" title={words.say('organisations.nobody')}>
              <p>{words.say('organisations.nobodyNext')}</p>
            </EmptyState>
          ) : (
            <People visit={visit} people={people} mayWrite={mayWrite} />
          )}
          {mayWrite && (
            <Buttons>
              <Button href={`/organisations/${id}/roles/new`} icon="plus">
                {words.say('organisations.addRole')}
              </Button>
            </Buttons>
          )}
        </Card>
      )}
      <PrintButton words={words} />
    </VisitPage>
  )
}

function People({
  visit,
  people,
  mayWrite,
}: {
  readonly visit: Visit
  readonly people: readonly AffiliationView[]
  readonly mayWrite: boolean
}): Html {
  const { words } = visit
  return (
    <Table
      caption={words.say('organisations.people')}
      hideCaption
      columns={[
        {
          label: words.say('resident.name'),
          cell: ({ person }) => <a href={`/residents/${person.id}`}>{nameOf(person, words)}</a>,
        },
        { label: words.say('organisations.role'), cell: ({ role }) => role },
        { label: words.say('span.from'), cell: (held) => spanText(held, words) },
        {
          label: words.say('resident.status'),
          cell: ({ isHeld }) => <Holds holds={isHeld} words={words} />,
        },
        ...(mayWrite
          ? [
              {
                label: '',
                cell: ({ id, organisation, role }: AffiliationView) => (
                  <a href={`/organisations/${organisation}/roles/${id}`}>
                    {words.say('organisations.editRole')}
                    <span class="hidden">: {role}</span>
                  </a>
                ),
              },
            ]
          : []),
      ]}
      rows={people}
    />
  )
}
