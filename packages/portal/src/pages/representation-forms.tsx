import { LumbungError, ResidentId } from '@lumbung/core/kernel'
import { Representation } from '@lumbung/core/people'
import {
  type Agreements,
  listAgreements,
  type RepresentationView,
  type ResidentView,
  readResident,
  saveRepresentationRecord,
} from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Checkboxes, type FieldError, type Html, type Option, Radios, SummaryList } from '../ui/index.ts'
import { BasisField, basisErrors, purposeOptions } from './agreement-fields.tsx'
import { aboveAgreements, agreementsAddress, representationKind, withDone } from './agreement-texts.ts'
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
import { nameOf } from './people.tsx'
import { PickPersonPage, peopleToPick } from './pick-person.tsx'
import { requireScope } from './place-texts.ts'
import { SpanFields } from './span-fields.tsx'
import { entered, idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Writing down who may act for a person, correcting it, and ending it. */
export function representationForms({ app, options, store }: PortalParts): void {
  const { today, config } = options.village
  const agreementsOf = (visit: Visit, id: string) =>
    visit.session().perform(listAgreements, { resident: idFrom(ResidentId, id) })
  const personOf = async (visit: Visit, id: string) =>
    (await visit.session().perform(readResident, { id: idFrom(ResidentId, id) })).resident

  const show = (
    visit: Visit,
    found: Agreements,
    representative: ResidentView,
    typed: Typed,
    more: { readonly id?: string; readonly errors?: readonly FieldError[] } = {},
  ) => {
    return (
      <RepresentationForm
        visit={visit}
        found={found}
        name={nameOf(representative, visit.words)}
        purposes={purposeOptions(config, visit.words)}
        typed={typed}
        errors={more.errors ?? []}
        id={more.id}
      />
    )
  }

  app.get('/residents/:id/representatives/new', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    requireScope(visit, saveRepresentationRecord)
    const found = await agreementsOf(visit, context.req.param('id'))
    const { q, person } = context.req.query()
    if (person !== undefined) {
      const typed = { ...dateAsTyped('from', today()), person, kind: 'guardian' }
      return context.html(show(visit, found, await personOf(visit, person), typed))
    }
    const people = await peopleToPick(visit, q)
    return context.html(
      <PickPersonPage
        title={words.say('agreements.addTitle', { name: nameOf(found.resident, words) })}
        section="/residents"
        above={aboveAgreements(visit, found, '')}
        visit={visit}
        address={`/residents/${found.resident.id}/representatives/new`}
        q={q}
        found={people}
        on={today()}
      />,
    )
  })

  app.get('/residents/:id/representatives/:power', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, saveRepresentationRecord)
    const found = await agreementsOf(visit, context.req.param('id'))
    const power = powerIn(found, context.req.param('power'))
    const { kind, purposes, basis, from, to, representative, id } = power
    const typed = {
      kind,
      purposes: purposes.join(','),
      basis: basis ?? '',
      person: representative,
      ...dateAsTyped('from', from),
      ...dateAsTyped('to', to),
    }
    return context.html(show(visit, found, await personOf(visit, representative), typed, { id }))
  })

  app.on(
    'POST',
    ['/residents/:id/representatives', '/residents/:id/representatives/:power'],
    async (context) => {
      const visit = context.get('visit')
      const { words } = visit
      const typed = await typedIn(context)
      const found = await agreementsOf(visit, context.req.param('id') ?? '')
      const key = context.req.param('power')
      const before = key === undefined ? undefined : powerIn(found, key)
      const representative = idFrom(ResidentId, before?.representative ?? typed['person'])
      const id = before === undefined ? {} : { id: before.id }
      const fail = async (errors: readonly FieldError[]) =>
        context.html(show(visit, found, await personOf(visit, representative), typed, { ...id, errors }), 422)
      const kind = Representation.shape.kind.safeParse(typed['kind'])
      const errors = [
        ...(kind.success ? [] : [{ name: 'kind', message: words.say('refusal.kindMissing') }]),
        ...basisErrors(typed, words),
        ...dateErrors(typed, words, { from: 'needed', to: 'optional' }),
      ]
      if (errors.length > 0 || !kind.success) return await fail(errors)
      const to = dateIn(typed, 'to') ?? null
      const input = {
        ...id,
        resident: ResidentId.parse(found.resident.id),
        representative,
        kind: kind.data,
        purposes: (typed['purposes'] ?? '').split(',').filter((purpose) => purpose !== ''),
        basis: typed['basis'] ?? '',
        from: dateIn(typed, 'from') ?? null,
        // Left empty in a new one, a guardian's power ends with childhood; in one that is there, it has no end.
        ...(to === null && before === undefined ? {} : { to }),
      }
      const sent = await sendForm(
        store,
        typed,
        () => visit.session().perform(saveRepresentationRecord, input),
        (record) => withDone(agreementsAddress(record.resident, ''), 'saved'),
      )
      if ('address' in sent) return context.redirect(sent.address, 303)
      return await fail([refusalError(sent.refusal, words, { 'people/empty-span': 'to', other: 'kind' })])
    },
  )
}

function powerIn({ representatives }: Agreements, id: string): RepresentationView {
  const found = representatives.find((power) => power.id === id)
  if (found === undefined) throw new LumbungError('village/not-found', 'There is no such representation.')
  return found
}

interface RepresentationFormProps {
  readonly visit: Visit
  readonly found: Agreements
  /** Of the representative. */
  readonly name: string
  readonly purposes: readonly Option[]
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** Of a power that is there. */
  readonly id: string | undefined
}

function RepresentationForm(props: RepresentationFormProps): Html {
  const { visit, found, name, purposes, typed, errors, id } = props
  const { words } = visit
  const { resident } = found
  const address = `/residents/${resident.id}/representatives`
  const isNew = id === undefined
  return (
    <VisitPage
      visit={visit}
      title={
        isNew
          ? words.say('agreements.addTitle', { name: nameOf(resident, words) })
          : words.say('agreements.editTitle')
      }
      section="/residents"
      above={aboveAgreements(visit, found, '')}
    >
      <EntryForm
        visit={visit}
        action={isNew ? address : `${address}/${id}`}
        errors={errors}
        about={
          <SummaryList
            rows={[
              { term: words.say('agreements.person'), value: nameOf(resident, words) },
              {
                term: words.say('agreements.representative'),
                value: name,
                ...(isNew ? { action: { href: `${address}/new`, label: words.say('pick.change') } } : {}),
              },
            ]}
          />
        }
        hidden={{ person: typed['person'] ?? '' }}
        save={words.say('agreements.save')}
      >
        <Radios
          words={words}
          {...entered(typed, errors, 'kind')}
          label={words.say('agreements.kind')}
          options={Representation.shape.kind.options.map((value) => ({
            value,
            label: representationKind(value, words),
            hint: words.say(value === 'guardian' ? 'agreements.guardianHint' : 'agreements.proxyHint'),
          }))}
        />
        <Checkboxes
          words={words}
          name="purposes"
          label={words.say('agreements.purposes')}
          hint={words.say('agreements.purposesHint')}
          options={purposes}
          values={(typed['purposes'] ?? '').split(',')}
        />
        <BasisField {...{ words, typed, errors }} />
        <SpanFields {...{ words, typed, errors }} toHint={words.say('agreements.toHint')} />
      </EntryForm>
    </VisitPage>
  )
}
