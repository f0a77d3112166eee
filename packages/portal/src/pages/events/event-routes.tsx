import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import { type LifeEventDetails, LifeEventId, type PeopleRefusal } from '@lumbung/core/people'
import { listLifeEvents, readHousehold, readResident, recordEvent } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import { once } from '../../server/once.ts'
import type { PortalParts } from '../../server/parts.ts'
import type { PortalContext, Visit } from '../../server/visit.ts'
import type { Link } from '../../ui/index.ts'
import { householdTitle } from '../household-page.tsx'
import { nameOf } from '../people.tsx'
import { readDate } from '../person-values.ts'
import { refusalText } from '../refusal-text.ts'
import { Refused } from '../refused.ts'
import { idFrom, type Sent, textOf } from '../typed.ts'
import { Asked, areasFor, type EventName, eventNames, type Place } from './asked.ts'
import { effectsOf } from './effects.ts'
import { ConfirmPage, EventPage, EventsPage, ReversePage } from './event-pages.tsx'
import { eventForms, isOffered } from './forms.ts'
import { newcomersIn } from './move-in.tsx'

const noteMax = 2000

/** Recording what happens in people's lives, from the page of a person, of a household, or of the register. */
export function eventPages({ app, options, store }: PortalParts): void {
  const { village } = options
  const { config } = village

  const askedFor = async (visit: Visit, place: Place, form: Sent) =>
    new Asked({ visit, config, today: village.today(), place, form, areas: await areasFor(visit) })
  const detailsOf = (asked: Asked, details: LifeEventDetails, on: ReturnType<typeof readDate>) =>
    on === undefined ? undefined : { on, details, ...noteOf(asked) }

  const show = async (context: PortalContext, place: Place, name: EventName) => {
    const visit = context.get('visit')
    const asked = await askedFor(visit, place, {})
    const { resident, households = [] } = place.file ?? {}
    if (name === 'death' || name === 'move-out') {
      for (const { id, members } of households) {
        if (members.length > 1 && members[0]?.resident.id === resident?.id) {
          await asked.askNewHead(HouseholdId.parse(id))
        }
      }
    }
    const page = { asked, name, action: context.req.path, above: aboveOf(place, visit) }
    return context.html(<EventPage {...page} />)
  }

  const take = async (context: PortalContext, place: Place, name: EventName) => {
    const visit = context.get('visit')
    const form = await context.req.parseBody({ all: true })
    const step = textOf(form, 'step')
    const people = step === 'more' ? { people: String(Number(textOf(form, 'people')) + 1) } : {}
    const asked = await askedFor(visit, place, { ...form, ...people })
    const page = { asked, name, action: context.req.path, above: aboveOf(place, visit) }
    for (const key of Object.keys(form)) {
      const household = HouseholdId.safeParse(/^head-(.+)$/.exec(key)?.[1])
      if (household.success) await asked.askNewHead(household.data)
    }
    if (step === 'more' || step === 'edit') return context.html(<EventPage {...page} />)
    const on = readDate(form, 'on', 'fault.dateMissing', visit.words, asked.faults)
    const details = await eventForms[name].read(asked)
    if (textOf(form, 'note').length > noteMax) {
      asked.faults.add('note', visit.words.say('fault.tooLong', { max: String(noteMax) }))
    }
    const report = details === undefined ? undefined : detailsOf(asked, details, on)
    if (asked.errors.length > 0 || report === undefined) return context.html(<EventPage {...page} />, 422)
    const refused = async (refusal: PeopleRefusal) => {
      await noteRefusal(asked, name, refusal)
      return context.html(<EventPage {...page} />, 422)
    }
    if (step !== 'record') {
      const rehearsed = await visit.session().perform(recordEvent, { ...report, isDryRun: true })
      if (!rehearsed.ok) return await refused(rehearsed.refusal)
      const { words } = visit
      const effects = effectsOf(rehearsed.record.edits, { words, config, names: asked.names })
      return context.html(<ConfirmPage {...page} effects={effects} />)
    }
    try {
      const address = await once(store, textOf(form, 'once'), async () => {
        const saved = await visit.session().perform(recordEvent, report)
        if (!saved.ok) throw new Refused(saved.refusal)
        return `${afterwards(place, report.details)}?done=event`
      })
      return context.redirect(address, 303)
    } catch (error) {
      if (error instanceof Refused) return await refused(error.refusal)
      throw error
    }
  }

  const residentPlace = async (context: PortalContext) => {
    const visit = context.get('visit')
    requireScope(visit)
    const id = idFrom(ResidentId, context.req.param('id'))
    const file = await visit.session().perform(readResident, { id })
    if (!file.resident.isPersonal) throw new HTTPException(403)
    return { file }
  }
  const householdPlace = async (context: PortalContext): Promise<Place> => {
    const visit = context.get('visit')
    requireScope(visit)
    const id = idFrom(HouseholdId, context.req.param('id'))
    return { household: await visit.session().perform(readHousehold, { id }) }
  }

  app.get('/residents/:id/events', async (context) => {
    const visit = context.get('visit')
    const { file } = await residentPlace(context)
    const events = await visit
      .session()
      .perform(listLifeEvents, { resident: idFrom(ResidentId, file.resident.id) })
    const above = aboveOf({ file }, visit)
    return context.html(<EventsPage {...{ visit, events, above }} resident={file.resident} />)
  })

  const doors = [
    { path: '/residents/:id/events/:name', place: residentPlace },
    { path: '/households/:id/events/:name', place: householdPlace },
  ]
  for (const { path, place } of doors) {
    app.get(path, async (context) => {
      const found = await place(context)
      return await show(context, found, nameFrom(context, found))
    })
    app.post(path, async (context) => {
      const found = await place(context)
      return await take(context, found, nameFrom(context, found))
    })
  }
  app.get('/move-in', async (context) => {
    requireScope(context.get('visit'))
    return await show(context, {}, 'move-in')
  })
  app.post('/move-in', async (context) => {
    requireScope(context.get('visit'))
    return await take(context, {}, 'move-in')
  })

  const reversed = async (context: PortalContext, form: Sent) => {
    const visit = context.get('visit')
    const place = await residentPlace(context)
    const asked = await askedFor(visit, place, form)
    const resident = idFrom(ResidentId, context.req.param('id'))
    const id = idFrom(LifeEventId, context.req.param('event'))
    const events = await visit.session().perform(listLifeEvents, { resident })
    const event = events.find((known) => known.id === id)
    if (event === undefined) throw new HTTPException(404)
    for (const person of event.people) asked.names.set(person.id ?? '', nameOf(person, visit.words))
    const details = { kind: 'reversal', reverses: id } as const
    const report = { on: village.today(), details, ...noteOf(asked) }
    const rehearsed = await visit.session().perform(recordEvent, { ...report, isDryRun: true })
    if (!rehearsed.ok) asked.faults.add('note', refusalText(rehearsed.refusal, visit.words))
    const telling = { words: visit.words, config, names: asked.names }
    const effects = rehearsed.ok ? effectsOf(rehearsed.record.edits, telling) : []
    const above = [
      ...aboveOf(place, visit),
      { href: `/residents/${resident}/events`, label: visit.words.say('act.events') },
    ]
    const page = <ReversePage {...{ asked, event, effects, above }} action={context.req.path} />
    return { visit, report, page, isRefused: !rehearsed.ok }
  }

  app.get('/residents/:id/events/:event/reverse', async (context) => {
    const { page } = await reversed(context, {})
    return context.html(page)
  })
  app.post('/residents/:id/events/:event/reverse', async (context) => {
    const form = await context.req.parseBody()
    const address = await once(store, textOf(form, 'once'), async () => {
      const { visit, report, isRefused } = await reversed(context, form)
      if (isRefused) return context.req.path
      const saved = await visit.session().perform(recordEvent, report)
      return saved.ok ? `/residents/${context.req.param('id')}?done=reversed` : context.req.path
    })
    return context.redirect(address, 303)
  })
}

function requireScope(visit: Visit): void {
  if (!visit.may(recordEvent)) throw new HTTPException(403)
}

function nameFrom(context: PortalContext, place: Place): EventName {
  const name = eventNames.find((known) => known === context.req.param('name'))
  if (name === undefined || !isOffered(name, place)) throw new HTTPException(404)
  return name
}

function noteOf({ form }: Asked) {
  const note = textOf(form, 'note')
  return note === '' ? {} : { note }
}

/** Puts a refusal beside the field that can mend it. */
async function noteRefusal(asked: Asked, name: EventName, refusal: PeopleRefusal): Promise<void> {
  const message = refusalText(refusal, asked.visit.words)
  const household = HouseholdId.safeParse(refusal.household)
  if (refusal.code === 'people/new-head-needed' && household.success) {
    await asked.askNewHead(household.data)
    asked.faults.add(`head-${household.data}`, message)
    return
  }
  const dated = [
    'people/in-the-future',
    'people/changed-later',
    'people/before-birth',
    'people/not-living-here',
  ]
  if (dated.includes(refusal.code)) asked.faults.add('on', message)
  else if (refusal.code === 'people/number-taken') asked.faults.add(numberField(asked, name), message)
  else asked.faults.add(eventForms[name].mainField, message)
}

/** Of several newcomers it is not told whose number is taken, so the first that has one is pointed at. */
function numberField(asked: Asked, name: EventName): string {
  if (name !== 'move-in') return 'number'
  const names = Array.from({ length: newcomersIn(asked) }, (_, index) => `person-${index + 1}-number`)
  return names.find((candidate) => textOf(asked.form, candidate) !== '') ?? 'person-1-number'
}

/** The page that shows what an event did. */
function afterwards({ file, household }: Place, details: LifeEventDetails): string {
  if (file !== undefined) return `/residents/${file.resident.id}`
  if (household !== undefined) return `/households/${household.id}`
  return details.kind === 'move-in' ? `/households/${details.household}` : '/residents'
}

function aboveOf({ file, household }: Place, { words }: Visit): readonly Link[] {
  const register = { href: '/residents', label: words.say('menu.residents') }
  if (file !== undefined) {
    return [register, { href: `/residents/${file.resident.id}`, label: nameOf(file.resident, words) }]
  }
  if (household === undefined) return [register]
  return [register, { href: `/households/${household.id}`, label: householdTitle(household, words) }]
}
