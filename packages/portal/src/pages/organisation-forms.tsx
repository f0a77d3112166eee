import { OrganisationId } from '@lumbung/core/kernel'
import { Organisation } from '@lumbung/core/people'
import {
  type OrganisationView,
  readAreaHistory,
  readOrganisation,
  saveOrganisationRecord,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { type FieldError, type Html, SelectField, TextField } from '../ui/index.ts'
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
import { areaOptions, kindText, requireScope } from './place-texts.ts'
import { SpanFields } from './span-fields.tsx'
import { entered, idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

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
    return (
      <OrganisationForm
        visit={visit}
        organisation={organisation}
        places={areaOptions(areas, organisation?.area)}
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
    const id = idFrom(OrganisationId, context.req.param('id'))
    const organisation = await visit.session().perform(readOrganisation, { id })
    const { kind, name, area, from, to, version } = organisation
    const typed = {
      kind,
      name,
      area: area ?? '',
      version: String(version),
      ...dateAsTyped('from', from),
      ...dateAsTyped('to', to),
    }
    return context.html(await showOrganisation(visit, organisation, typed))
  })

  app.on('POST', ['/organisations', '/organisations/:id/edit'], async (context) => {
    const visit = context.get('visit')
    const given = context.req.param('id')
    const id = given === undefined ? undefined : idFrom(OrganisationId, given)
    const organisation =
      id === undefined ? undefined : await visit.session().perform(readOrganisation, { id })
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
      area: typed['area'] || null,
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
  const { words } = visit
  const isNew = organisation === undefined
  return (
    <VisitPage
      visit={visit}
      title={words.say(isNew ? 'organisations.add' : 'organisations.edit')}
      section="/organisations"
      above={aboveOf(visit, organisation)}
    >
      <EntryForm
        visit={visit}
        action={isNew ? '/organisations' : `/organisations/${organisation.id}/edit`}
        errors={errors}
        hidden={{ version: typed['version'] ?? '' }}
        save={words.say('organisations.save')}
      >
        <TextField
          words={words}
          {...entered(typed, errors, 'name')}
          label={words.say('organisations.name')}
          autocomplete="off"
          lengthMax={200}
        />
        <SelectField
          words={words}
          {...entered(typed, errors, 'kind')}
          label={words.say('organisations.kind')}
          options={Organisation.shape.kind.options.map((value) => ({
            value,
            label: kindText(value, words),
          }))}
        />
        <SelectField
          words={words}
          {...entered(typed, errors, 'area')}
          label={words.say('organisations.place')}
          options={places}
          isOptional
        />
        <SpanFields
          {...{ words, typed, errors }}
          isFromOptional
          hasTo={!isNew}
          toHint={words.say('organisations.toHint')}
        />
      </EntryForm>
    </VisitPage>
  )
}
