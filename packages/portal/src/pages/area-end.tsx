import type { CivilDate } from '@lumbung/core/kernel'
import { AreaId } from '@lumbung/core/people'
import { type AreaWithHistory, endAreaRecord, reopenAreaRecord } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { DateField, type FieldError, type Html, SelectField } from '../ui/index.ts'
import { AreaForm, AreaPreview } from './area-steps.tsx'
import {
  dateAsTyped,
  dateErrors,
  dateIn,
  refusalError,
  sendForm,
  type Typed,
  typedIn,
} from './form-values.ts'
import { areaWithAll, type FoundArea, requireScope } from './place-texts.ts'
import { entered, enteredDate } from './typed.ts'

/** What is chosen where an area becomes part of no other. */
const closing = 'close'

/** Merging an area into another, closing one, and taking either back: tried out and shown before it is written. */
export function areaEndPages({ app, options, store }: PortalParts): void {
  const { today } = options.village

  app.get('/areas/:id/end', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, endAreaRecord)
    const found = await areaWithAll(visit, context.req.param('id'))
    return context.html(<EndForm visit={visit} {...found} typed={dateAsTyped('on', today())} errors={[]} />)
  })

  app.post('/areas/:id/end', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const found = await areaWithAll(visit, context.req.param('id'))
    const typed = await typedIn(context)
    const show = (errors: readonly FieldError[], status: 200 | 422) =>
      context.html(<EndForm visit={visit} {...found} typed={typed} errors={errors} />, status)
    if (typed['step'] === 'back') return show([], 200)
    const on = dateIn(typed, 'on')
    const into = othersOf(found).find(({ id }) => id === typed['into'])
    const errors = [
      ...(into === undefined && typed['into'] !== closing
        ? [{ name: 'into', message: words.say('areas.endMissing') }]
        : []),
      ...dateErrors(typed, words, { on: 'needed' }),
    ]
    if (errors.length > 0 || !on) return show(errors, 422)
    const end = { area: found.area.id, on, ...(into === undefined ? {} : { into: AreaId.parse(into.id) }) }
    const refusedBy = (refusal: Parameters<typeof refusalError>[0]) =>
      show([refusalError(refusal, words, fieldOfRefusal, wordsOfRefusal)], 422)
    if (typed['step'] !== 'end') {
      const tried = await visit.session().perform(endAreaRecord, { ...end, isDryRun: true })
      if (!tried.ok) return await refusedBy(tried.refusal.code)
      return context.html(<EndPreview visit={visit} {...found} typed={typed} on={on} into={into} />)
    }
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(endAreaRecord, end),
      () => `/areas/${found.area.id}?saved=1`,
    )
    return 'address' in sent ? context.redirect(sent.address, 303) : await refusedBy(sent.refusal)
  })

  app.get('/areas/:id/reopen', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, reopenAreaRecord)
    const found = await areaWithAll(visit, context.req.param('id'))
    return context.html(<ReopenPage visit={visit} {...found} errors={[]} />)
  })

  app.post('/areas/:id/reopen', async (context) => {
    const visit = context.get('visit')
    const found = await areaWithAll(visit, context.req.param('id'))
    const sent = await sendForm(
      store,
      await typedIn(context),
      () => visit.session().perform(reopenAreaRecord, { area: found.area.id }),
      () => `/areas/${found.area.id}?saved=1`,
    )
    if ('address' in sent) return context.redirect(sent.address, 303)
    const wrong = refusalError(sent.refusal, visit.words, { other: 'reopen' }, wordsOfReopening)
    return context.html(<ReopenPage visit={visit} {...found} errors={[wrong]} />, 422)
  })
}

const fieldOfRefusal = {
  'people/in-the-future': 'on',
  'people/changed-later': 'on',
  other: 'into',
} as const
const wordsOfRefusal = {
  'people/has-members': 'areas.endHasMembers',
  'people/incomplete': 'areas.endInnerLeft',
  'people/already-there': 'areas.endNameTaken',
  'people/changed-later': 'areas.ended',
} as const
const wordsOfReopening = {
  'people/already-undone': 'areas.reopenDone',
  'people/changed-since': 'areas.reopenChanged',
  'people/already-there': 'refusal.nameTaken',
} as const

/** Whether an area ended in a way that can be taken back. */
export function canReopen({ isOpen, events }: AreaWithHistory): boolean {
  return !isOpen && events.some(({ kind }) => kind === 'merged' || kind === 'closed')
}

/** The areas of its kind that go on. */
function othersOf({ area, areas }: FoundArea): readonly AreaWithHistory[] {
  return areas.filter(({ id, kind, isOpen }) => isOpen && kind === area.kind && id !== area.id)
}

interface EndFormProps extends FoundArea {
  readonly visit: Visit
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function EndForm({ visit, area, areas, typed, errors }: EndFormProps): Html {
  const { words } = visit
  const nameOf = (id: string | null) => areas.find((candidate) => candidate.id === id)?.name
  const label = ({ name, parent }: AreaWithHistory) => [nameOf(parent), name].filter(Boolean).join(', ')
  return (
    <AreaForm
      visit={visit}
      area={area}
      change="end"
      title={words.say('areas.endOf', { name: area.name })}
      lead={words.say('areas.endLead')}
      errors={errors}
      save={{ label: words.say('areas.splitCheck'), step: 'check' }}
      next={words.say('areas.splitNext')}
    >
      <SelectField
        words={words}
        {...entered(typed, errors, 'into')}
        label={words.say('areas.endInto', { name: area.name })}
        options={[
          ...othersOf({ area, areas }).map((one) => ({
            value: one.id,
            label: words.say('areas.mergeInto', { name: label(one) }),
          })),
          { value: closing, label: words.say('areas.close') },
        ]}
      />
      <DateField words={words} {...enteredDate(typed, errors, 'on')} label={words.say('areas.on')} />
    </AreaForm>
  )
}

interface EndPreviewProps extends FoundArea {
  readonly visit: Visit
  readonly typed: Typed
  readonly on: CivilDate
  /** The area that it becomes a part of; undefined where it is closed. */
  readonly into: AreaWithHistory | undefined
}

function EndPreview({ visit, area, areas, typed, on, into }: EndPreviewProps): Html {
  const { words } = visit
  const inner = areas.filter(({ parent, isOpen }) => parent === area.id && isOpen)
  const names = inner.map(({ name }) => name).join(', ')
  return (
    <AreaPreview
      {...{ visit, area, typed }}
      change="end"
      title={words.say('areas.endOf', { name: area.name })}
      rows={[
        { term: words.say('areas.on'), value: words.date(on) },
        {
          term: area.name,
          value:
            into === undefined
              ? words.say('areas.event.closed')
              : words.say('areas.event.merged', { names: into.name }),
        },
        ...(into === undefined || names === ''
          ? []
          : [{ term: words.say('areas.goesTo', { name: names }), value: into.name }]),
      ]}
      save={words.say(into === undefined ? 'areas.closeNow' : 'areas.mergeNow')}
      next={words.say(into === undefined ? 'areas.closeAfter' : 'areas.endAfter')}
    />
  )
}

interface ReopenProps extends FoundArea {
  readonly visit: Visit
  readonly errors: readonly FieldError[]
}

function ReopenPage({ visit, area, errors }: ReopenProps): Html {
  const { words } = visit
  return (
    <AreaForm
      visit={visit}
      area={area}
      change="reopen"
      title={words.say('areas.reopenOf', { name: area.name })}
      lead={words.say('areas.reopenLead')}
      errors={errors}
      save={words.say('areas.reopenNow')}
      cancel={`/areas/${area.id}`}
    />
  )
}
