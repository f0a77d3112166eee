import type { AreaEvent } from '@lumbung/core/people'
import { type AreaWithHistory, readAreaHistory, saveAreaRecord, searchResidents } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  type Html,
  Notice,
  StatusMark,
  SummaryList,
  Table,
  Timeline,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { areaEndPages, canReopen } from './area-end.tsx'
import { areaForms } from './area-forms.tsx'
import { areaSplitPages } from './area-split.tsx'
import { aboveArea, areaKind, areaWithAll, type FoundArea, spanText } from './place-texts.ts'
import { VisitPage } from './visit-page.tsx'

/** Hamlets and neighbourhoods: which there are, what each is called, and what happened to them. */
export function areaPages(parts: PortalParts): void {
  const { app } = parts

  app.get('/areas', async (context) => {
    const visit = context.get('visit')
    const { areas } = await visit.session().perform(readAreaHistory, {})
    return context.html(<AreasPage visit={visit} areas={areas} />)
  })

  areaForms(parts)
  areaSplitPages(parts)
  areaEndPages(parts)

  app.get('/areas/:id', async (context) => {
    const visit = context.get('visit')
    const found = await areaWithAll(visit, context.req.param('id'))
    const isSaved = context.req.query('saved') !== undefined
    return context.html(<AreaPage visit={visit} {...found} isSaved={isSaved} />)
  })
}

function AreasPage({
  visit,
  areas,
}: {
  readonly visit: Visit
  readonly areas: readonly AreaWithHistory[]
}): Html {
  const { words } = visit
  return (
    <VisitPage visit={visit} title={words.say('areas.title')} lead={words.say('areas.lead')} section="/areas">
      {visit.may(saveAreaRecord) && (
        <Buttons>
          <Button href="/areas/new" icon="plus">
            {words.say('areas.add')}
          </Button>
        </Buttons>
      )}
      {areas.length === 0 ? (
        <EmptyState icon="home" title={words.say('areas.none')}>
          <p>{words.say('areas.noneNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('areas.title')}
          hideCaption
          columns={[
            { label: words.say('areas.name'), cell: (area) => <AreaLink of={area} /> },
            {
              label: words.say('areas.inner'),
              cell: (area) => {
                const inner = areas.filter(({ parent, isOpen }) => parent === area.id && isOpen)
                return inner.length === 0
                  ? words.say('value.none')
                  : inner.map((one) => (
                      <>
                        <AreaLink of={one} />{' '}
                      </>
                    ))
              },
            },
            { label: words.say('resident.status'), cell: (area) => <Standing of={area} words={words} /> },
          ]}
          rows={areas
            .filter(({ depth }) => depth === 0)
            .toSorted((one, other) => Number(other.isOpen) - Number(one.isOpen))}
        />
      )}
    </VisitPage>
  )
}

function AreaLink({ of }: { readonly of: AreaWithHistory }): Html {
  return <a href={`/areas/${of.id}`}>{of.name}</a>
}

/** The areas that one lies in, the outermost first. */
function parentText(area: AreaWithHistory, all: readonly AreaWithHistory[], words: Words): string {
  const names: string[] = []
  for (let at = area.parent; at !== null && names.length < all.length; ) {
    const outer = all.find(({ id }) => id === at)
    if (outer === undefined) break
    names.unshift(outer.name)
    at = outer.parent
  }
  return names.length === 0 ? words.say('areas.noParent') : names.join(', ')
}

function Standing({ of, words }: { readonly of: AreaWithHistory; readonly words: Words }): Html {
  return (
    <StatusMark is={of.isOpen ? 'good' : 'unknown'}>
      {words.say(of.isOpen ? 'areas.open' : 'areas.closed')}
    </StatusMark>
  )
}

function AreaPage({
  visit,
  area,
  areas,
  isSaved,
}: FoundArea & { readonly visit: Visit; readonly isSaved: boolean }): Html {
  const { words } = visit
  const { id, name, kind, code, events, isOpen } = area
  const inner = areas.filter(({ parent }) => parent === id)
  return (
    <VisitPage
      visit={visit}
      title={name}
      lead={areaKind(kind, words)}
      section="/areas"
      above={aboveArea(visit, undefined)}
    >
      {isSaved && <Notice is="good" title={words.say('organisations.saved')} />}
      <Card title={words.say('areas.about')}>
        <SummaryList
          rows={[
            { term: words.say('areas.parent'), value: parentText(area, areas, words) },
            ...(code === null ? [] : [{ term: words.say('areas.code'), value: code }]),
            { term: words.say('span.from'), value: sinceText(area, words) },
            { term: words.say('resident.status'), value: <Standing of={area} words={words} /> },
          ]}
        />
        {kind === 'hamlet' && isOpen && visit.may(searchResidents) && (
          <p>
            <a href={`/residents?hamlet=${id}`}>{words.say('areas.residents')}</a>
          </p>
        )}
        {isOpen && visit.may(saveAreaRecord) && (
          <Buttons>
            <Button kind="second" href={`/areas/${id}/rename`}>
              {words.say('areas.rename')}
            </Button>
            <Button kind="second" href={`/areas/${id}/split`}>
              {words.say('areas.split')}
            </Button>
            <Button kind="second" href={`/areas/${id}/end`}>
              {words.say('areas.end')}
            </Button>
          </Buttons>
        )}
        {canReopen(area) && visit.may(saveAreaRecord) && (
          <Buttons>
            <Button kind="second" href={`/areas/${id}/reopen`}>
              {words.say('areas.reopen')}
            </Button>
          </Buttons>
        )}
      </Card>
      {inner.length > 0 && (
        <Card title={words.say('areas.inner')}>
          <Table
            caption={words.say('areas.inner')}
            hideCaption
            columns={[
              { label: words.say('areas.name'), cell: (one) => <AreaLink of={one} /> },
              { label: words.say('areas.kind'), cell: (one) => areaKind(one.kind, words) },
              { label: words.say('resident.status'), cell: (one) => <Standing of={one} words={words} /> },
            ]}
            rows={inner}
          />
        </Card>
      )}
      <Card title={words.say('areas.history')}>
        <Timeline
          words={words}
          steps={events.map((event) => ({
            title: eventText(event, areas, words),
            state: 'done',
            when: isFirstDay(event.on) ? words.say('areas.always') : words.date(event.on),
          }))}
        />
      </Card>
    </VisitPage>
  )
}

/** An area whose beginning nobody knows is named from the first day that there is. */
function isFirstDay(on: AreaEvent['on']): boolean {
  return on === '0001-01-01'
}

function sinceText(area: AreaWithHistory, words: Words): string {
  return area.from === null && area.to === null ? words.say('areas.always') : spanText(area, words)
}

function eventText(event: AreaEvent, areas: readonly AreaWithHistory[], words: Words): string {
  const nameOf = (id: string | null) =>
    areas.find((area) => area.id === id)?.name ?? words.say('areas.noParent')
  const names = event.into.map(nameOf).join(', ')
  switch (event.kind) {
    case 'named':
      return words.say('areas.event.named', { name: event.name ?? '' })
    case 'split':
      return words.say('areas.event.split', { names })
    case 'merged':
      return words.say('areas.event.merged', { names })
    case 'moved':
      return words.say('areas.event.moved', { name: nameOf(event.parent) })
    case 'closed':
      return words.say('areas.event.closed')
    case 'reopened':
      return words.say('areas.event.reopened')
  }
}
