import { Area, AreaId } from '@lumbung/core/people'
import {
  type AreaWithHistory,
  readAreaHistory,
  recordAreaChange,
  saveAreaRecord,
} from '@lumbung/core/village'
import { newKey } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Page,
  Radios,
  SelectField,
  TextField,
} from '../ui/index.ts'
import {
  dateErrors,
  dateIn,
  datePartsOf,
  fieldError,
  nameErrors,
  refusalError,
  sendForm,
  type Typed,
  typedDate,
  typedIn,
} from './form-values.ts'
import { aboveArea, areaKind, areaWithAll, requireScope } from './place-texts.ts'

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
    const typed = typedDate('on', today())
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
  const { frame, words, translation, csrf } = visit
  const outer = areas
    .filter(({ isOpen }) => isOpen)
    .map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` }))
  return (
    <Page
      frame={frame}
      title={words.say('areas.add')}
      section="/areas"
      above={aboveArea(visit, undefined)}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action="/areas" csrf={csrf} once={newKey()}>
        <TextField
          words={words}
          name="name"
          label={words.say('areas.name')}
          value={typed['name'] ?? ''}
          autocomplete="off"
          lengthMax={200}
          {...fieldError(errors, 'name')}
        />
        <Radios
          words={words}
          name="kind"
          label={words.say('areas.kind')}
          options={Area.shape.kind.options.map((value) => ({ value, label: areaKind(value, words) }))}
          value={typed['kind'] ?? ''}
          {...fieldError(errors, 'kind')}
        />
        <SelectField
          words={words}
          name="parent"
          label={words.say('areas.parent')}
          hint={words.say('areas.parentHint')}
          options={outer}
          value={typed['parent'] ?? ''}
          isOptional
          {...fieldError(errors, 'parent')}
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
        <Buttons>
          <Button>{words.say('areas.save')}</Button>
        </Buttons>
      </Form>
    </Page>
  )
}

interface AreaFormProps {
  readonly visit: Visit
  readonly area: AreaWithHistory
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function RenameForm({ visit, area, typed, errors }: AreaFormProps): Html {
  const { frame, words, translation, csrf } = visit
  return (
    <Page
      frame={frame}
      title={words.say('areas.renameOf', { name: area.name })}
      lead={words.say('areas.renameLead')}
      section="/areas"
      above={aboveArea(visit, area)}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action={`/areas/${area.id}/rename`} csrf={csrf} once={newKey()}>
        <TextField
          words={words}
          name="name"
          label={words.say('areas.newName')}
          value={typed['name'] ?? ''}
          autocomplete="off"
          lengthMax={200}
          {...fieldError(errors, 'name')}
        />
        <DateField
          words={words}
          name="on"
          label={words.say('areas.on')}
          value={datePartsOf(typed, 'on')}
          {...fieldError(errors, 'on')}
        />
        <Buttons>
          <Button>{words.say('areas.rename')}</Button>
        </Buttons>
      </Form>
    </Page>
  )
}
