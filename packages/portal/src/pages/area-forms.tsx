import { Area, AreaId } from '@lumbung/core/people'
import {
  type AreaWithHistory,
  readAreaHistory,
  recordAreaChange,
  saveAreaRecord,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { DateField, type FieldError, type Html, Radios, SelectField, TextField } from '../ui/index.ts'
import { AreaForm } from './area-steps.tsx'
import { EntryForm } from './entry-form.tsx'
import {
  dateAsTyped,
  dateErrors,
  dateIn,
  nameErrors,
  refusalError,
  sendForm,
  type Typed,
  typedIn,
} from './form-values.ts'
import { aboveArea, areaKind, areaOptions, areaWithAll, requireScope } from './place-texts.ts'
import { entered, enteredDate } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Writing down a hamlet or neighbourhood, and giving one another name. */
export function areaForms({ app, options, store }: PortalParts): void {
  const { today } = options.village

  const showNew = async (visit: Visit, typed: Typed, errors: readonly FieldError[] = []) => {
    const { areas } = await visit.session().perform(readAreaHistory, {})
    return <NewAreaForm visit={visit} areas={areas} typed={typed} errors={errors} />
  }

  app.get('/areas/new', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, saveAreaRecord)
    return context.html(await showNew(visit, {}))
  })

  app.post('/areas', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const typed = await typedIn(context)
    const kind = Area.shape.kind.safeParse(typed['kind'])
    const isInner = typed['kind'] === 'neighbourhood'
    const parent = AreaId.safeParse(typed['parent'])
    const errors = [
      ...nameErrors(typed, 'name', words),
      ...(kind.success ? [] : [{ name: 'kind', message: words.say('refusal.kindMissing') }]),
      ...(isInner && !parent.success ? [{ name: 'parent', message: words.say('areas.parentMissing') }] : []),
    ]
    if (errors.length > 0 || !kind.success) return context.html(await showNew(visit, typed, errors), 422)
    const input = {
      kind: kind.data,
      name: typed['name'] ?? '',
      code: typed['code'] ? typed['code'] : null,
      parent: isInner && parent.success ? parent.data : null,
      from: null,
      to: null,
    }
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(saveAreaRecord, input),
      ({ id }) => `/areas/${id}?saved=1`,
    )
    if ('address' in sent) return context.redirect(sent.address, 303)
    const wrong = refusalError(sent.refusal, words, { 'people/unknown-area': 'parent', other: 'name' })
    return context.html(await showNew(visit, typed, [wrong]), 422)
  })

  app.get('/areas/:id/rename', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, recordAreaChange)
    const { area } = await areaWithAll(visit, context.req.param('id'))
    const typed = dateAsTyped('on', today())
    return context.html(<RenameForm visit={visit} area={area} typed={typed} errors={[]} />)
  })

  app.post('/areas/:id/rename', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const { area } = await areaWithAll(visit, context.req.param('id'))
    const typed = await typedIn(context)
    const on = dateIn(typed, 'on')
    const errors = [...nameErrors(typed, 'name', words), ...dateErrors(typed, words, { on: 'needed' })]
    if (errors.length > 0 || !on)
      return context.html(<RenameForm visit={visit} area={area} typed={typed} errors={errors} />, 422)
    const input = { area: area.id, kind: 'named', on, name: typed['name'] ?? '' } as const
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(recordAreaChange, input),
      ({ id }) => `/areas/${id}?saved=1`,
    )
    if ('address' in sent) return context.redirect(sent.address, 303)
    const wrong = refusalError(sent.refusal, words, { 'people/in-the-future': 'on', other: 'name' })
    return context.html(<RenameForm visit={visit} area={area} typed={typed} errors={[wrong]} />, 422)
  })
}

interface NewAreaProps {
  readonly visit: Visit
  readonly areas: readonly AreaWithHistory[]
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function NewAreaForm({ visit, areas, typed, errors }: NewAreaProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('areas.add')}
      section="/areas"
      above={aboveArea(visit, undefined)}
    >
      <EntryForm visit={visit} action="/areas" errors={errors} save={words.say('areas.save')}>
        <TextField
          words={words}
          {...entered(typed, errors, 'name')}
          label={words.say('areas.name')}
          autocomplete="off"
          lengthMax={200}
        />
        <Radios
          words={words}
          {...entered(typed, errors, 'kind')}
          label={words.say('areas.kind')}
          options={Area.shape.kind.options.map((value) => ({ value, label: areaKind(value, words) }))}
        />
        <SelectField
          words={words}
          {...entered(typed, errors, 'parent')}
          label={words.say('areas.parent')}
          hint={words.say('areas.parentHint')}
          options={areaOptions(areas)}
          isOptional
        />
        <TextField
          words={words}
          name="code"
          label={words.say('areas.code')}
          value={typed['code'] ?? ''}
          autocomplete="off"
          lengthMax={64}
          isShort
          isOptional
        />
      </EntryForm>
    </VisitPage>
  )
}

interface AreaFormProps {
  readonly visit: Visit
  readonly area: AreaWithHistory
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function RenameForm({ visit, area, typed, errors }: AreaFormProps): Html {
  const { words } = visit
  return (
    <AreaForm
      visit={visit}
      area={area}
      change="rename"
      title={words.say('areas.renameOf', { name: area.name })}
      lead={words.say('areas.renameLead')}
      errors={errors}
      save={words.say('areas.rename')}
    >
      <TextField
        words={words}
        {...entered(typed, errors, 'name')}
        label={words.say('areas.newName')}
        autocomplete="off"
        lengthMax={200}
      />
      <DateField words={words} {...enteredDate(typed, errors, 'on')} label={words.say('areas.on')} />
    </AreaForm>
  )
}
