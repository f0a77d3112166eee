import { Organisation } from '@lumbung/core/people'
import {
  type OrganisationView,
  readAreaHistory,
  readOrganisation,
  saveOrganisationRecord,
} from '@lumbung/core/village'
import { newKey } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Page,
  SelectField,
  TextField,
} from '../ui/index.ts'
import {
  dateErrors,
  dateIn,
  fieldError,
  nameErrors,
  refusalError,
  sendForm,
  type Typed,
  typedDate,
  typedIn,
} from './form-values.ts'
import { kindText, requireScope } from './place-texts.ts'
import { SpanFields } from './span-fields.tsx'

/** Writing down an organisation, and correcting its record. */
export function organisationForms(parts: PortalParts): void {
  const { app, store } = parts

  const showOrganisation = async (
    visit: Visit,
    organisation: OrganisationView | undefined,
    typed: Typed,
    errors: readonly FieldError[] = [],
  ) => {
    const { areas } = await visit.session().perform(readAreaHistory, {})
    const places = areas
      .filter(({ isOpen, id }) => isOpen || id === organisation?.area)
      .map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` }))
    return (
      <OrganisationForm
        visit={visit}
        organisation={organisation}
        places={places}
        typed={typed}
        errors={errors}
      />
    )
  }

  app.get('/organisations/new', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, saveOrganisationRecord)
    return context.html(await showOrganisation(visit, undefined, {}))
  })

  app.get('/organisations/:id/edit', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, saveOrganisationRecord)
    const id = context.req.param('id') as never
    const organisation = await visit.session().perform(readOrganisation, { id })
    const { kind, name, area, from, to, version } = organisation
    const typed = {
      kind,
      name,
      area: area ?? '',
      version: String(version),
      ...typedDate('from', from),
      ...typedDate('to', to),
    }
    return context.html(await showOrganisation(visit, organisation, typed))
  })

  app.on('POST', ['/organisations', '/organisations/:id/edit'], async (context) => {
    const visit = context.get('visit')
    const id = context.req.param('id')
    const organisation =
      id === undefined ? undefined : await visit.session().perform(readOrganisation, { id: id as never })
    const typed = await typedIn(context)
    const { words } = visit
    const kind = Organisation.shape.kind.safeParse(typed['kind'])
    const errors = [
      ...(kind.success ? [] : [{ name: 'kind', message: words.say('refusal.kindMissing') }]),
      ...nameErrors(typed, 'name', words),
      ...dateErrors(typed, words, { from: 'optional', to: 'optional' }),
    ]
    if (errors.length > 0 || !kind.success)
      return context.html(await showOrganisation(visit, organisation, typed, errors), 422)
    const input = {
      kind: kind.data,
      name: typed['name'] ?? '',
      area: typed['area'] ? (typed['area'] as never) : null,
      from: dateIn(typed, 'from') ?? null,
      to: dateIn(typed, 'to') ?? null,
      ...(organisation === undefined ? {} : { id: organisation.id, version: Number(typed['version'] ?? 1) }),
    }
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(saveOrganisationRecord, input),
      (record) => `/organisations/${record.id}?saved=1`,
    )
    if ('address' in sent) return context.redirect(sent.address, 303)
    const fields = { 'people/empty-span': 'to', 'people/unknown-area': 'area', other: 'name' }
    const wrong = refusalError(sent.refusal, words, fields)
    return context.html(await showOrganisation(visit, organisation, typed, [wrong]), 422)
  })
}

/** The pages above one about an organisation. */
export function aboveOf({ words }: Visit, organisation: OrganisationView | undefined) {
  const list = { href: '/organisations', label: words.say('menu.organisations') }
  if (organisation === undefined) return [list]
  return [list, { href: `/organisations/${organisation.id}`, label: organisation.name }]
}

interface OrganisationFormProps {
  readonly visit: Visit
  readonly organisation: OrganisationView | undefined
  readonly places: readonly { readonly value: string; readonly label: string }[]
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function OrganisationForm({ visit, organisation, places, typed, errors }: OrganisationFormProps): Html {
  const { frame, words, translation, csrf } = visit
  const isNew = organisation === undefined
  return (
    <Page
      frame={frame}
      title={words.say(isNew ? 'organisations.add' : 'organisations.edit')}
      section="/organisations"
      above={aboveOf(visit, organisation)}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form
        words={words}
        action={isNew ? '/organisations' : `/organisations/${organisation.id}/edit`}
        csrf={csrf}
        once={newKey()}
      >
        <input type="hidden" name="version" value={typed['version'] ?? ''} />
        <TextField
          words={words}
          name="name"
          label={words.say('organisations.name')}
          value={typed['name'] ?? ''}
          autocomplete="off"
          lengthMax={200}
          {...fieldError(errors, 'name')}
        />
        <SelectField
          words={words}
          name="kind"
          label={words.say('organisations.kind')}
          options={Organisation.shape.kind.options.map((value) => ({
            value,
            label: kindText(value, words),
          }))}
          value={typed['kind'] ?? ''}
          {...fieldError(errors, 'kind')}
        />
        <SelectField
          words={words}
          name="area"
          label={words.say('organisations.place')}
          options={places}
          value={typed['area'] ?? ''}
          isOptional
          {...fieldError(errors, 'area')}
        />
        <SpanFields
          {...{ words, typed, errors }}
          isFromOptional
          hasTo={!isNew}
          toHint={words.say('organisations.toHint')}
        />
        <Buttons>
          <Button>{words.say('organisations.save')}</Button>
        </Buttons>
      </Form>
    </Page>
  )
}
