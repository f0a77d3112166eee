import type { LifeEventView, ResidentView } from '@lumbung/core/village'
import type { Visit } from '../../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  DateField,
  EmptyState,
  type Html,
  type Link,
  StatusMark,
  Table,
  TextField,
  WhatNext,
} from '../../ui/index.ts'
import { EntryForm } from '../entry-form.tsx'
import { nameOf } from '../people.tsx'
import { carriedOn, entered, enteredDate, errorOf } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import type { Asked, EventName } from './asked.ts'
import { eventForms, eventsOfResident } from './forms.ts'
import { newcomersIn, newcomersMax } from './move-in.tsx'

interface EventPageProps {
  readonly asked: Asked
  readonly name: EventName
  /** Where the form is sent. */
  readonly action: string
  readonly above: readonly Link[]
}

/** What a page about an event is called. */
export function eventTitle({ place, visit }: Asked, name: EventName): string {
  const { words } = visit
  const event = words.say(`event.${name}`)
  const resident = place.file?.resident ?? place.household?.members[0]?.resident
  if (resident === undefined) return words.say('event.moveInTitle')
  return words.say('event.of', { event, name: nameOf(resident, words) })
}

/** The form of an event. */
export function EventPage({ asked, name, action, above }: EventPageProps): Html {
  const { visit, form, errors } = asked
  const { words } = visit
  const { Fields } = eventForms[name]
  return (
    <VisitPage visit={visit} title={eventTitle(asked, name)} section="/residents" above={above}>
      <EntryForm
        visit={visit}
        action={action}
        errors={errors}
        save={{ label: words.say('event.check'), step: 'check' }}
        cancel={above.at(-1)?.href ?? '/residents'}
        others={
          name === 'move-in' &&
          newcomersIn(asked) < newcomersMax && (
            <Button kind="second" icon="plus" name="step" value="more">
              {words.say('event.oneMore')}
            </Button>
          )
        }
      >
        <DateField words={words} {...enteredDate(form, errors, 'on')} label={words.say('event.on')} />
        <Fields asked={asked} />
        <TextField
          words={words}
          {...entered(form, errors, 'note')}
          label={words.say('event.note')}
          hint={words.say('event.noteHint')}
          autocomplete="off"
          isOptional
        />
        <WhatNext words={words}>{words.say('event.checkNext')}</WhatNext>
      </EntryForm>
    </VisitPage>
  )
}

/** What an event would change, before it is recorded. */
export function ConfirmPage({
  asked,
  name,
  action,
  above,
  effects,
}: EventPageProps & { readonly effects: readonly string[] }): Html {
  const { visit, form } = asked
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('event.confirm')}
      lead={eventTitle(asked, name)}
      section="/residents"
      above={above}
    >
      <Effects visit={visit} effects={effects} />
      <EntryForm
        visit={visit}
        action={action}
        save={{ label: words.say('event.record'), step: 'record' }}
        others={
          <Button kind="second" name="step" value="edit">
            {words.say('event.edit')}
          </Button>
        }
        hidden={carriedOn(form)}
      />
    </VisitPage>
  )
}

/** Effects as a list. */
export function Effects({
  visit,
  effects,
}: {
  readonly visit: Visit
  readonly effects: readonly string[]
}): Html {
  const { words } = visit
  return (
    <Card title={words.say('event.effects')}>
      {effects.length === 0 ? (
        <p>{words.say('event.noEffects')}</p>
      ) : (
        <div class="text">
          <ul>
            {effects.map((effect) => (
              <li>{effect}</li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}

interface EventsPageProps {
  readonly visit: Visit
  readonly resident: ResidentView
  readonly events: readonly LifeEventView[]
  readonly above: readonly Link[]
}

/** What happened in somebody's life, and what can be recorded of it. */
export function EventsPage({ visit, resident, events, above }: EventsPageProps): Html {
  const { words } = visit
  const address = `/residents/${resident.id}/events`
  const offered = eventsOfResident(resident)
  return (
    <VisitPage
      visit={visit}
      title={words.say('events.title', { name: nameOf(resident, words) })}
      lead={words.say('events.lead')}
      section="/residents"
      above={above}
    >
      {offered.length > 0 && (
        <Card title={words.say('events.new')}>
          <Buttons>
            {offered.map((name) => (
              <Button kind="second" href={`${address}/${name}`}>
                {words.say(`event.${name}`)}
              </Button>
            ))}
          </Buttons>
        </Card>
      )}
      <Card title={words.say('events.past')}>
        {events.length === 0 ? (
          <EmptyState icon="calendar" title={words.say('events.none')}>
            <p>{words.say('events.noneNext')}</p>
          </EmptyState>
        ) : (
          <Table
            caption={words.say('events.past')}
            hideCaption
            columns={[
              { label: words.say('events.kind'), cell: (event) => words.say(`event.${event.kind}`) },
              { label: words.say('events.when'), cell: ({ on }) => words.date(on) },
              {
                label: words.say('events.people'),
                cell: ({ people }) => people.map((person) => nameOf(person, words)).join(', '),
              },
              { label: words.say('event.note'), cell: ({ note }) => note || words.say('value.none') },
              {
                label: words.say('resident.status'),
                cell: ({ reversedBy }) => (
                  <StatusMark is={reversedBy === null ? 'good' : 'bad'}>
                    {words.say(reversedBy === null ? 'events.standing' : 'events.reversed')}
                  </StatusMark>
                ),
              },
              {
                label: '',
                cell: ({ id, reversedBy, reverses }) =>
                  reversedBy === null &&
                  reverses === null && <a href={`${address}/${id}/reverse`}>{words.say('events.reverse')}</a>,
              },
            ]}
            rows={events}
          />
        )}
      </Card>
    </VisitPage>
  )
}

interface ReversePageProps {
  readonly asked: Asked
  readonly event: LifeEventView
  readonly effects: readonly string[]
  readonly action: string
  readonly above: readonly Link[]
}

/** What taking an event back would change. */
export function ReversePage({ asked, event, effects, action, above }: ReversePageProps): Html {
  const { visit, errors } = asked
  const { words } = visit
  return (
    <VisitPage visit={visit} title={words.say('events.reverse')} section="/residents" above={above}>
      <EntryForm
        visit={visit}
        action={action}
        errors={errors}
        about={
          <>
            <h2>{words.say('event.reverseTitle')}</h2>
            <p>
              {words.say('event.reverseText', {
                event: words.say(`event.${event.kind}`),
                date: words.date(event.on),
              })}
            </p>
            {errors.length === 0 && <Effects visit={visit} effects={effects} />}
          </>
        }
        save={{ label: words.say('event.reverseSubmit'), kind: 'danger' }}
        cancel={above.at(-1)?.href ?? '/residents'}
      >
        <TextField
          words={words}
          name="note"
          label={words.say('event.note')}
          autocomplete="off"
          isOptional
          {...errorOf(errors, 'note')}
        />
      </EntryForm>
    </VisitPage>
  )
}
