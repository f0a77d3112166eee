import { LumbungError, OrganisationId, ResidentId } from '@lumbung/core/kernel'
import { Affiliation } from '@lumbung/core/people'
import {
  listAffiliations,
  type OrganisationView,
  readOrganisation,
  readResident,
  saveAffiliationRecord,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { type FieldError, type Html, TextField } from '../ui/index.ts'
import { EntryForm } from './entry-form.tsx'
import {
  dateAsTyped,
  dateErrors,
  dateIn,
  refusalError,
  sendForm,
  type Typed,
  typedIn,
} from './form-values.ts'
import { aboveOf } from './organisation-forms.tsx'
import { nameOf } from './people.tsx'
import { PickPersonPage, peopleToPick } from './pick-person.tsx'
import { requireScope } from './place-texts.ts'
import { SpanFields } from './span-fields.tsx'
import { entered, idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Writing down who has which role in an organisation, correcting it, and ending it. */
export function roleForms({ app, options, store }: PortalParts): void {
  const { today } = options.village

  app.get('/organisations/:id/roles/new', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, saveAffiliationRecord)
    const id = idFrom(OrganisationId, context.req.param('id'))
    const organisation = await visit.session().perform(readOrganisation, { id })
    const { q, person } = context.req.query()
    if (person !== undefined) {
      const { resident } = await visit.session().perform(readResident, { id: idFrom(ResidentId, person) })
      const typed = { ...dateAsTyped('from', today()), person }
      const name = nameOf(resident, visit.words)
      return context.html(
        <RoleForm visit={visit} organisation={organisation} name={name} typed={typed} errors={[]} />,
      )
    }
    const found = await peopleToPick(visit, q)
    const { words } = visit
    return context.html(
      <PickPersonPage
        title={words.say('organisations.addRole')}
        section="/organisations"
        above={aboveOf(visit, organisation)}
        visit={visit}
        address={`/organisations/${id}/roles/new`}
        q={q}
        found={found}
        on={today()}
      />,
    )
  })

  app.get('/organisations/:id/roles/:role', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, saveAffiliationRecord)
    const { organisation, held } = await heldRole(visit, context.req.param('id'), context.req.param('role'))
    const { role, from, to, person } = held
    const typed = { role, person: held.resident, ...dateAsTyped('from', from), ...dateAsTyped('to', to) }
    return context.html(
      <RoleForm
        visit={visit}
        organisation={organisation}
        id={held.id}
        name={nameOf(person, visit.words)}
        typed={typed}
        errors={[]}
      />,
    )
  })

  app.on('POST', ['/organisations/:id/roles', '/organisations/:id/roles/:role'], async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const typed = await typedIn(context)
    const id = idFrom(OrganisationId, context.req.param('id'))
    const role = context.req.param('role')
    const before = role === undefined ? undefined : (await heldRole(visit, id, role)).held
    const organisation = await visit.session().perform(readOrganisation, { id })
    const resident = idFrom(ResidentId, before?.resident ?? typed['person'])
    const show = async (errors: readonly FieldError[]) => {
      const file = before?.person ?? (await visit.session().perform(readResident, { id: resident })).resident
      const name = nameOf(file, words)
      const own = before === undefined ? {} : { id: before.id }
      return context.html(
        <RoleForm
          visit={visit}
          organisation={organisation}
          {...own}
          name={name}
          typed={typed}
          errors={errors}
        />,
        422,
      )
    }
    const errors = [
      ...(typed['role'] ? [] : [{ name: 'role', message: words.say('organisations.roleMissing') }]),
      ...dateErrors(typed, words, { from: 'optional', to: 'optional' }),
    ]
    if (errors.length > 0) return await show(errors)
    const input = {
      organisation: organisation.id,
      resident,
      role: typed['role'] ?? '',
      from: dateIn(typed, 'from') ?? null,
      to: dateIn(typed, 'to') ?? null,
      ...(before === undefined ? {} : { id: before.id }),
    }
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(saveAffiliationRecord, input),
      () => `/organisations/${organisation.id}?saved=1`,
    )
    if ('address' in sent) return context.redirect(sent.address, 303)
    return await show([refusalError(sent.refusal, words, { 'people/empty-span': 'to', other: 'role' })])
  })
}

async function heldRole(visit: Visit, id: string, role: string) {
  const organisation = await visit.session().perform(readOrganisation, { id: idFrom(OrganisationId, id) })
  const { affiliations } = await visit.session().perform(listAffiliations, { organisation: organisation.id })
  const key = Affiliation.shape.id.safeParse(role)
  const held = affiliations.find((candidate) => key.success && candidate.id === key.data)
  if (held === undefined) throw new LumbungError('village/not-found', 'There is no such role.')
  return { organisation, held }
}

interface RoleFormProps {
  readonly visit: Visit
  readonly organisation: OrganisationView
  /** Of a role that is there. */
  readonly id?: string
  /** Of the person. */
  readonly name: string
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function RoleForm({ visit, organisation, id, name, typed, errors }: RoleFormProps): Html {
  const { words } = visit
  const roles = `/organisations/${organisation.id}/roles`
  return (
    <VisitPage
      visit={visit}
      title={words.say('organisations.roleOf', { name })}
      lead={organisation.name}
      section="/organisations"
      above={aboveOf(visit, organisation)}
    >
      <EntryForm
        visit={visit}
        action={id === undefined ? roles : `${roles}/${id}`}
        errors={errors}
        about={
          id === undefined && (
            <p>
              <a href={`${roles}/new`}>{words.say('pick.other')}</a>
            </p>
          )
        }
        hidden={{ person: typed['person'] ?? '' }}
        save={words.say('organisations.saveRole')}
      >
        <TextField
          words={words}
          {...entered(typed, errors, 'role')}
          label={words.say('organisations.role')}
          hint={words.say('organisations.roleHint')}
          autocomplete="off"
          lengthMax={64}
        />
        <SpanFields {...{ words, typed, errors }} isFromOptional />
      </EntryForm>
    </VisitPage>
  )
}
